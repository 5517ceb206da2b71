import Glibc

/// The system's own words for the last failed call.
enum SystemFault {
    static var reason: String { reason(errno) }

    static func reason(_ code: Int32) -> String {
        var text = [CChar](repeating: 0, count: 256)
        // The POSIX form, which fills `text`.
        guard unsafe strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
        return text.untilZero
    }
}

extension [CChar] {
    /// A C string in a buffer as text.
    var untilZero: String { String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) }
}
