/// A browser and its system, from what it says of itself: a hint for its owner, never proof of anything.
struct DeviceWords {
    let words: PageLanguage.Words

    init(_ words: PageLanguage.Words) {
        self.words = words
    }

    /// Looked for in this order, because most claim to be several.
    private static let browsers = [
        ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    func name(_ userAgent: String) -> String {
        let browser = find(DeviceWords.browsers, userAgent)
        let system = find(DeviceWords.systems, userAgent)
        switch (browser, system) {
        case (let browser?, let system?): return words == .zh ? "\(system) 上的 \(browser)" : "\(browser) on \(system)"
        case (let one?, nil), (nil, let one?): return one
        case (nil, nil): return words == .zh ? "未知设备" : "Unknown device"
        }
    }

    private func find(_ marks: [(mark: String, name: String)], _ text: String) -> String? {
        marks.first { text.contains($0.mark) }?.name
    }
}
