/// A value of a policy file where it stands: no anchors, no double keys, bounded depth.
struct YAMLValue: Sendable {
    indirect enum Content: Sendable {
        case nothing
        /// The text as written, without quotes.
        case scalar(String, isQuoted: Bool)
        case list([YAMLValue])
        case map([YAMLEntry])
    }

    let place: Place
    let content: Content

    /// For messages: `found a list`.
    var kind: String {
        switch content {
        case .nothing: "nothing"
        case .scalar(let text, _): "`\(text.shortened)`"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

/// A key and its value in a map.
struct YAMLEntry: Sendable {
    let key: String
    let place: Place
    let value: YAMLValue
}

extension String {
    /// On one line and at most 60 characters long, for a message.
    var shortened: String {
        let line = String(prefix(60)).split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count < count ? line + "…" : line
    }
}
