/// The faces a template can choose from.
enum FaceStyle: Int, CaseIterable, Hashable, Sendable {
    case serif, serifBold, sans, sansBold

    /// Reads `font-family` and `font-weight`; `nil` when no family of the list is one of these.
    init?(family: String, weight: String) {
        let names = family.split(separator: ",").map { name in
            SVGStyle.trimmed(name).filter { $0 != "\"" && $0 != "'" }.lowercased()
        }
        let isSans = names.lazy.compactMap { FaceStyle.families[$0] }.first
        guard let isSans else { return nil }
        let isBold = weight == "bold" || weight == "bolder" || (SVGNumber.plain(weight) ?? 400) >= 600
        self = isSans ? (isBold ? .sansBold : .sans) : (isBold ? .serifBold : .serif)
    }

    /// Whether it is the sans-serif one.
    private static let families: [String: Bool] = [
        "noto sans cjk sc": true, "noto sans sc": true, "sans-serif": true, "sans": true,
        "noto serif cjk sc": false, "noto serif sc": false, "serif": false,
    ]

    /// File names of Debian's `fonts-noto-cjk`.
    var fileName: String {
        switch self {
        case .serif: "NotoSerifCJK-Regular.ttc"
        case .serifBold: "NotoSerifCJK-Bold.ttc"
        case .sans: "NotoSansCJK-Regular.ttc"
        case .sansBold: "NotoSansCJK-Bold.ttc"
        }
    }

    var isSerif: Bool { self == .serif || self == .serifBold }
    var isBold: Bool { self == .serifBold || self == .sansBold }

    /// Itself, then the faces that stand in for characters it does not have: same weight first.
    var fallbacks: [FaceStyle] {
        [self] + FaceStyle.allCases.filter { $0 != self && $0.isBold == isBold }
            + FaceStyle.allCases.filter { $0.isBold != isBold }
    }
}
