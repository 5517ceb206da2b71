import Primitives

/// DER Extension values (RFC 5280 §4.2 and §5.2).
enum CertificateExtension {
    static func basicConstraints(_ value: [UInt8]) -> [UInt8] { make("2.5.29.19", isCritical: true, value) }

    static func keyUsage(_ bits: [UInt8]) -> [UInt8] { make("2.5.29.15", isCritical: true, DER.namedBits(bits)) }

    static func extendedKeyUsage(_ oids: [String], isCritical: Bool) -> [UInt8] {
        make("2.5.29.37", isCritical: isCritical, DER.sequence(of: oids.map { DER.oid($0) }))
    }

    static func subjectKeyIdentifier(_ identifier: [UInt8]) -> [UInt8] { make("2.5.29.14", DER.octets(identifier)) }

    static func authorityKeyIdentifier(_ identifier: [UInt8]) -> [UInt8] {
        make("2.5.29.35", DER.sequence(DER.implicit(0, identifier)))
    }

    static func alternativeName(uri: String) -> [UInt8] {
        make("2.5.29.17", DER.sequence(DER.implicit(6, Array(uri.utf8))))
    }

    static func revocationListAddress(_ uri: String) -> [UInt8] {
        let fullName = DER.explicit(0, DER.implicit(6, Array(uri.utf8)))
        return make("2.5.29.31", DER.sequence(DER.sequence(DER.explicit(0, fullName))))
    }

    static func listNumber(_ number: UInt64) -> [UInt8] { make("2.5.29.20", DER.integer(number)) }

    static func reason(_ reason: RevokedCertificate.Reason) -> [UInt8] {
        make("2.5.29.21", DER.value(0x0A, [reason.rawValue]))
    }

    private static func make(_ oid: String, isCritical: Bool = false, _ value: [UInt8]) -> [UInt8] {
        DER.sequence(DER.oid(oid), isCritical ? DER.boolean(true) : [], DER.octets(value))
    }
}
