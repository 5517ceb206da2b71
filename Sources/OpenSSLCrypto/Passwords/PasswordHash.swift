import Identity
import Primitives

/// A password hash as it is stored: `$scrypt$ln=16,r=8,p=2$salt$hash`, the base 64 without padding (PHC string format).
struct PasswordHash: Hashable, Sendable {
    static let saltLength = 16
    static let length = 32

    let cost: SignInPolicy.ScryptCost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: SignInPolicy.ScryptCost, salt: [UInt8], hash: [UInt8]) {
        (self.cost, self.salt, self.hash) = (cost, salt, hash)
    }

    /// `nil` for anything but the one way to write it, and for a cost that no machine should be made to pay.
    init?(_ text: String) {
        guard text.utf8.count <= 512 else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = PasswordHash.cost(parts[2]),
            let salt = PasswordHash.decode(parts[3]), (8...64).contains(salt.count),
            let hash = PasswordHash.decode(parts[4]), (16...64).contains(hash.count)
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
        guard self.text == text else { return nil }
    }

    var text: String {
        let logarithm = cost.n.trailingZeroBitCount
        return
            "$scrypt$ln=\(logarithm),r=\(cost.r),p=\(cost.p)$\(PasswordHash.encode(salt))$\(PasswordHash.encode(hash))"
    }

    private static func cost(_ text: Substring) -> SignInPolicy.ScryptCost? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let logarithm = number(parts[0], after: "ln="), (1...24).contains(logarithm),
            let r = number(parts[1], after: "r="), let p = number(parts[2], after: "p=")
        else { return nil }
        var cost = SignInPolicy.ScryptCost()
        (cost.n, cost.r, cost.p) = (1 << logarithm, r, p)
        return Scrypt.isPayable(cost) ? cost : nil
    }

    private static func number(_ text: Substring, after prefix: String) -> Int? {
        text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count)) : nil
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        String(Base64.encode(bytes).prefix { $0 != "=" })
    }

    private static func decode(_ text: Substring) -> [UInt8]? {
        guard !text.contains("=") else { return nil }
        return Base64.decode(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}
