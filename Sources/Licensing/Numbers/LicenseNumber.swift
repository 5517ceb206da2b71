import Primitives

/// A license number as GB/T 36904 builds it (compatible with published samples; the text itself was not to be had):
/// `1.2.156.3005.2.<type 21>.<issuer 18>.<serial>.<version 3>.<check 1>`.
package struct LicenseNumber: Hashable, Sendable, CustomStringConvertible {
    package static let root = "1.2.156.3005.2"

    package let typeCode: String
    package let issuerCode: String
    package let serial: String
    /// 1 at first issue, raised by every later issue of the same license; at most 999.
    package let version: Int
    package let check: Character

    /// Builds a number with its check character; `nil` when a part has a wrong length or a foreign character.
    package init?(typeCode: String, issuerCode: String, serial: String, version: Int) {
        guard typeCode.utf8.count == 21, issuerCode.utf8.count == 18, (1...20).contains(serial.utf8.count),
            (1...999).contains(version),
            let check = CheckCharacter.mod37(typeCode + issuerCode + serial + version.padded(3))
        else { return nil }
        self.init(typeCode: typeCode, issuerCode: issuerCode, serial: serial, version: version, check: check)
    }

    private init(typeCode: String, issuerCode: String, serial: String, version: Int, check: Character) {
        (self.typeCode, self.issuerCode, self.serial) = (typeCode, issuerCode, serial)
        (self.version, self.check) = (version, check)
    }

    package var description: String {
        "\(LicenseNumber.root).\(typeCode).\(issuerCode).\(serial).\(version.padded(3)).\(check)"
    }

    /// What reading a number found.
    package enum Reading: Hashable, Sendable {
        case valid(LicenseNumber)
        /// Right by the faulty variant of a known writer: not forged, but named.
        case legacyCheck(LicenseNumber)
        case wrongCheck(expected: Character)
        case malformed
    }

    /// Reads the dotted text.
    package static func read(_ text: String) -> Reading {
        guard text.utf8.count <= 128, text.hasPrefix(root + ".") else { return .malformed }
        let parts = text.dropFirst(root.count + 1).split(separator: ".", omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 5, parts[3].utf8.count == 3, parts[4].utf8.count == 1, let version = Int(parts[3]),
            let check = parts[4].first,
            let number = LicenseNumber(typeCode: parts[0], issuerCode: parts[1], serial: parts[2], version: version)
        else { return .malformed }
        if number.check == check { return .valid(number) }
        let body = parts[0] + parts[1] + parts[2] + parts[3]
        guard CheckCharacter.legacyMod37(body) == check else { return .wrongCheck(expected: number.check) }
        return .legacyCheck(
            LicenseNumber(
                typeCode: parts[0], issuerCode: parts[1], serial: parts[2], version: version, check: check))
    }

    /// The number in `text` where it is wholly right.
    package init?(_ text: String) {
        guard case .valid(let number) = LicenseNumber.read(text) else { return nil }
        self = number
    }
}
