import Foundation
import Primitives
import Testing

/// An authenticator app (RFC 6238) with a hash of its own, so that nothing of the provider checks itself.
struct Authenticator: Sendable {
    let secret: [UInt8]

    /// Six digits of a time step.
    func code(step: Int) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let mac = SHA1.mac(message, key: secret)
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step of this moment.
    static var step: Int { Int(Date().timeIntervalSince1970) / 30 }
}

extension Browser {
    /// Sets up an authenticator for somebody, with the code of the step before this one, so that this one is unspent.
    func enrol(_ person: Person) throws -> (authenticator: Authenticator, recoveryCodes: [String], step: Int) {
        try enrol(from: travel("/enrolment", as: person).answer)
    }

    /// The same from the page that shows the secret.
    func enrol(
        from page: HTTPAnswer
    ) throws -> (authenticator: Authenticator, recoveryCodes: [String], step: Int) {
        let secret = try #require(page.enrolmentSecret, "no secret on “\(page.heading)”")
        let (authenticator, step) = (Authenticator(secret: secret), Authenticator.step)
        let codes = try follow(submit(page, "/enrolment", ["code": authenticator.code(step: step - 1)]))
        let list = codes.text.components(separatedBy: "<li><code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
        try #require(list.count >= 8, "no recovery codes on “\(codes.heading)”")
        return (authenticator, list, step)
    }
}

extension HTTPAnswer {
    /// What the page of enrolment shows for an authenticator app to be set up with.
    var enrolmentSecret: [UInt8]? {
        let shown = text.components(separatedBy: "class=\"secret\">").dropFirst().first?.prefix { $0 != "<" }
        return shown.flatMap { Base32.decode($0.filter { $0 != " " }) }
    }
}

/// FIPS 180-4 §6.1, and HMAC (RFC 2104) with it.
enum SHA1 {
    static func mac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let block = (key.count > 64 ? hash(key) : key) + [UInt8](repeating: 0, count: max(0, 64 - key.count))
        let padded = Array(block.prefix(64))
        return hash(padded.map { $0 ^ 0x5C } + hash(padded.map { $0 ^ 0x36 } + message))
    }

    static func hash(_ message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * $0)) }
        for start in stride(from: 0, to: bytes.count, by: 64) {
            mix(schedule(bytes[start..<start + 64]), into: &state)
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }

    private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { index in
            block[index..<index + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<80 {
            words.append(rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        return words
    }

    private static func mix(_ words: [UInt32], into state: inout [UInt32]) {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (mixed, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            (a, b, c, d, e) = (rotated(a, 5) &+ mixed &+ e &+ constant &+ word, a, rotated(b, 30), c, d)
        }
        for (index, word) in [a, b, c, d, e].enumerated() { state[index] = state[index] &+ word }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
