import Primitives

/// What a person reads from a device and types at `/device` (RFC 8628 §6.1): eight letters without vowels, so that no word
/// comes out, shown in two groups.
struct UserCode: Hashable, Sendable {
    private static let letters = Array("BCDFGHJKLMNPQRSTVWXZ".utf8)
    private static let count = 8

    /// Upper case, without the hyphen.
    let text: String

    init(from randomness: any Randomness) {
        let letters = (0..<UserCode.count).map { _ in UserCode.letters[randomness.number(below: UserCode.letters.count)]
        }
        text = String(decoding: letters, as: UTF8.self)
    }

    /// Reads either case; hyphens and spaces are ignored. `nil` for anything that is no user code.
    init?(_ typed: String) {
        guard typed.utf8.count <= 32 else { return nil }
        let letters = typed.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        guard letters.count == UserCode.count, letters.allSatisfy({ UserCode.letters.contains($0) }) else { return nil }
        text = String(decoding: letters, as: UTF8.self)
    }

    /// `BCDF-GHJK`.
    var shown: String { "\(text.prefix(4))-\(text.suffix(4))" }

    func hash(_ hashing: any Hashing) -> Digest { hashing.sha256(Array(text.utf8)) }
}
