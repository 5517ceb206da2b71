import Licensing
import Primitives

/// Who a certificate is about.
struct CertificateSubject: Hashable, Sendable {
    /// RFC 5280 appendix A.1: ub-common-name and ub-organization-name.
    private static let maximumLength = 64

    let commonName: String
    let organization: String
    /// Unified social credit code.
    let organizationIdentifier: String

    /// - Parameter role: stands after the name, which is cut where both are longer than the standard allows.
    init(name: String, role: String = "", organization: String, code: String) {
        commonName = name.prefix(characters: CertificateSubject.maximumLength - role.unicodeScalars.count) + role
        self.organization = organization.prefix(characters: CertificateSubject.maximumLength)
        organizationIdentifier = code
    }

    /// A part of the authority itself.
    init(_ authority: Authority, role: String) {
        self.init(
            name: authority.name.english, role: role, organization: authority.name.english, code: authority.code.text)
    }

    init(_ department: Department, of authority: Authority) {
        self.init(
            name: department.name.english, organization: authority.name.english, code: department.code.text)
    }

    /// DER Name: country, organization, organizationIdentifier (2.5.4.97), common name.
    var name: [UInt8] {
        DER.sequence(
            CertificateSubject.attribute("2.5.4.6", DER.printable("CN")),
            CertificateSubject.attribute("2.5.4.10", DER.utf8(organization)),
            CertificateSubject.attribute("2.5.4.97", DER.utf8(organizationIdentifier)),
            CertificateSubject.attribute("2.5.4.3", DER.utf8(commonName)))
    }

    private static func attribute(_ oid: String, _ value: [UInt8]) -> [UInt8] {
        DER.set(DER.sequence(DER.oid(oid), value))
    }
}

extension String {
    /// At most `count` Unicode scalars, which is what X.520 counts.
    fileprivate func prefix(characters count: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(max(0, count))))
    }
}
