import Primitives

/// A refresh token: which family and generation it is of, and a MAC that also covers whose it is. It is not stored, so that
/// the same successor can be given again inside the grace, and no other portal or key gets as far as the books with it.
struct RefreshToken: Hashable, Sendable {
    private static let (familyLength, generationLength, macLength) = (16, 4, 32)
    private static let textLength = 70

    let family: Identifier<RefreshFamily>
    /// From 1.
    let generation: Int

    init?(family: Identifier<RefreshFamily>, generation: Int) {
        guard (1...Int(Int32.max)).contains(generation) else { return nil }
        (self.family, self.generation) = (family, generation)
    }

    /// What a text claims to be; `nil` when it is no refresh token at all. `matches` tells whether it is true.
    init?(claimedBy text: String) {
        guard let bytes = RefreshToken.bytes(text),
            let family = Identifier<RefreshFamily>(bytes: Array(bytes.prefix(RefreshToken.familyLength)))
        else { return nil }
        let number = bytes.dropFirst(RefreshToken.familyLength).prefix(RefreshToken.generationLength)
        self.init(family: family, generation: number.reduce(0) { $0 << 8 | Int($1) })
    }

    /// - Parameters:
    ///   - portalID: the portal that it is for.
    ///   - keyThumbprint: of the DPoP key that every use must prove.
    func text(portalID: String, keyThumbprint: String?, mac: any TokenMAC) -> String {
        Base64.encodeURL(head + value(portalID, keyThumbprint, mac))
    }

    func matches(_ text: String, portalID: String, keyThumbprint: String?, mac: any TokenMAC) -> Bool {
        guard let bytes = RefreshToken.bytes(text) else { return false }
        return ConstantTime.areEqual(bytes, head + value(portalID, keyThumbprint, mac))
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count == textLength, let bytes = Base64.decodeURL(text),
            bytes.count == familyLength + generationLength + macLength
        else { return nil }
        return bytes
    }

    private var head: [UInt8] {
        family.bytes + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: generation >> $0) }
    }

    private func value(_ portalID: String, _ keyThumbprint: String?, _ mac: any TokenMAC) -> [UInt8] {
        let owner = Array(portalID.utf8) + [0] + Array((keyThumbprint ?? "").utf8)
        return Array(mac.mac(head + owner, purpose: "refresh-token").prefix(RefreshToken.macLength))
    }
}
