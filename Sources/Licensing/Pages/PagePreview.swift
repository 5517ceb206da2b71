package import Primitives

/// Draws a type's page with sample values and a specimen mark, unsigned: for whoever draws templates. Needs no key and
/// no register.
package struct PagePreview: Sendable {
    private let policy: LicensingPolicy
    private let renderer: any PageRenderer
    private let randomness: any Randomness
    private let clock: any Clock
    private let issuerURL: String

    /// - Parameter issuerURL: public base URL of the service, as QR codes name it.
    package init(
        policy: LicensingPolicy, renderer: any PageRenderer, randomness: any Randomness, clock: any Clock,
        issuerURL: String
    ) {
        (self.policy, self.renderer, self.randomness) = (policy, renderer, randomness)
        (self.clock, self.issuerURL) = (clock, issuerURL)
    }

    /// The page as a PDF that claims nothing.
    ///
    /// - Parameter department: id; `nil` for the first that may issue the type.
    /// - Throws: `IssueRefusal`, `PDFFault`.
    package func pdf(of type: LicenseType, department: String?) throws -> [UInt8] {
        let specimen = try specimen(of: type, department: department)
        return try UnsignedPDF(page: try page(specimen), language: specimen.language)
            .bytes(identifier: randomness.bytes(16))
    }

    /// The page alone, as issuing draws it.
    package func page(of type: LicenseType, department: String?) throws(IssueRefusal) -> RenderedPage {
        try page(specimen(of: type, department: department))
    }

    private func page(_ specimen: Specimen) throws(IssueRefusal) -> RenderedPage {
        do {
            return try renderer.render(specimen.content)
        } catch {
            throw .page(error)
        }
    }

    private func specimen(of type: LicenseType, department: String?) throws(IssueRefusal) -> Specimen {
        guard policy.types[type.id] == type else { throw .unknownType }
        guard let id = department ?? type.departments.first, let issuer = policy.departments[id] else {
            throw .unknownDepartment
        }
        guard type.departments.contains(id) else { throw .departmentNotAllowed }
        guard let address = IssuerAddress(issuerURL) else { throw .issuerURL }
        return Specimen(
            type: type, department: issuer, authority: policy.authority, language: type.pageLanguage(policy.authority),
            today: clock.now().date, qrText: address.specimenQRText)
    }
}

extension LicenseType {
    /// Of the page and its metadata: the authority's first language that the type has a page in.
    func pageLanguage(_ authority: Authority) -> String {
        authority.languages.first { pages[$0] != nil } ?? pages.keys.min() ?? "en"
    }
}
