/// Check characters of the identifiers that licenses carry. Every function returns `nil` for a foreign character.
package enum CheckCharacter {
    private static let alphanumeric = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    private static let socialCredit = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// ISO 7064 MOD 37,36 over `text`, as GB/T 36904 uses it for license numbers.
    package static func mod37(_ text: String) -> Character? {
        mod37(text) { alphanumeric.firstIndex(of: $0) }
    }

    /// The faulty variant of a known writer that values letters A=11 … Z=36.
    package static func legacyMod37(_ text: String) -> Character? {
        mod37(text) { byte in
            alphanumeric.firstIndex(of: byte).map { $0 >= 10 ? $0 + 1 : $0 }
        }
    }

    private static func mod37(_ text: String, value: (UInt8) -> Int?) -> Character? {
        var product = 36
        for byte in text.utf8 {
            guard let value = value(byte) else { return nil }
            let sum = (product + value) % 36
            product = 2 * (sum == 0 ? 36 : sum) % 37
        }
        let check = (37 - product) % 36
        return Character(UnicodeScalar(alphanumeric[check]))
    }

    /// GB 32100-2015: the 18th character over the first 17 of a unified social credit code.
    package static func socialCreditCode(_ first17: String) -> Character? {
        let bytes = Array(first17.utf8)
        guard bytes.count == 17 else { return nil }
        var sum = 0
        var weight = 1
        for byte in bytes {
            guard let value = socialCredit.firstIndex(of: byte) else { return nil }
            sum += value * weight
            weight = weight * 3 % 31
        }
        return Character(UnicodeScalar(socialCredit[(31 - sum % 31) % 31]))
    }

    /// GB 11714: the 9th character over the first 8 of an organization code.
    package static func organizationCode(_ first8: String) -> Character? {
        let bytes = Array(first8.utf8)
        guard bytes.count == 8 else { return nil }
        var sum = 0
        for (byte, weight) in zip(bytes, [3, 7, 9, 10, 5, 8, 4, 2]) {
            guard let value = alphanumeric.firstIndex(of: byte) else { return nil }
            sum += value * weight
        }
        let check = 11 - sum % 11
        return check == 10 ? "X" : Character(String(check == 11 ? 0 : check))
    }

    /// GB 11643-1999: the 18th character over the first 17 digits of a citizen id number.
    package static func citizenID(_ first17: String) -> Character? {
        let bytes = Array(first17.utf8)
        guard bytes.count == 17, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(bytes, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        let outcomes = Array("10X98765432")
        return outcomes[sum % 11]
    }
}
