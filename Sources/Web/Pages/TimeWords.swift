import Primitives

/// Moments as people say them. Pages know no time zone, so what is near is told by its distance.
struct TimeWords {
    let words: PageLanguage.Words

    init(_ words: PageLanguage.Words) {
        self.words = words
    }

    private static let (minute, hour, day, month) = (Int64(60), Int64(3600), Int64(86_400), Int64(30 * 86_400))

    /// How long ago; from thirty days on the date.
    func past(_ moment: Instant, from now: Instant) -> String {
        let seconds = now.secondsSinceEpoch - moment.secondsSinceEpoch
        switch seconds {
        case ..<TimeWords.minute: return words == .zh ? "刚刚" : "just now"
        case ..<TimeWords.hour: return ago(seconds / TimeWords.minute, "分钟", "minute")
        case ..<TimeWords.day: return ago(seconds / TimeWords.hour, "小时", "hour")
        case ..<TimeWords.month: return ago(seconds / TimeWords.day, "天", "day")
        default: return moment.date.description
        }
    }

    /// How long until then, rounded up.
    func wait(until moment: Instant, from now: Instant) -> String {
        let seconds = max(moment.secondsSinceEpoch - now.secondsSinceEpoch, 1)
        let minutes = (seconds + TimeWords.minute - 1) / TimeWords.minute
        return words == .zh ? "\(minutes) 分钟" : minutes == 1 ? "a minute" : "\(minutes) minutes"
    }

    /// To the minute, for whoever points at it: `2026-11-22 08:00 UTC`.
    func exact(_ moment: Instant) -> String {
        let time = moment.timeOfDay
        return "\(moment.date) \(time.hour.padded(2)):\(time.minute.padded(2)) UTC"
    }

    private func ago(_ count: Int64, _ zh: String, _ en: String) -> String {
        words == .zh ? "\(count) \(zh)前" : "\(count) \(en)\(count == 1 ? "" : "s") ago"
    }
}
