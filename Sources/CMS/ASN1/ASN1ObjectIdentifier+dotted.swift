import SwiftASN1

extension ASN1ObjectIdentifier {
    /// Components of one identifier from the configuration; real ones have about ten.
    private static let maximumComponents = 32

    /// The usual text, for example `2.999.1`.
    ///
    /// `description` splits the first octet group by 40 even under arc 2, where the second component may be larger
    /// (X.690 §8.19.4): it calls 2.999 `26.39`.
    var dotted: String {
        let components = oidComponents
        guard components.count >= 2, components[0] > 2 else {
            return components.map { String($0) }.joined(separator: ".")
        }
        let second = (components[0] - 2) * 40 + components[1]
        return (["2", String(second)] + components.dropFirst(2).map { String($0) }).joined(separator: ".")
    }

    /// Reads a dotted text; `nil` when it names no object.
    init?(dotted text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let components = parts.compactMap { UInt32($0).map { UInt($0) } }
        guard (2...ASN1ObjectIdentifier.maximumComponents).contains(parts.count), components.count == parts.count,
            zip(parts, components).allSatisfy({ String($1) == $0 }),
            components[0] == 2 || (components[0] < 2 && components[1] < 40),
            let identifier = try? ASN1ObjectIdentifier(elements: components)
        else { return nil }
        self = identifier
    }
}
