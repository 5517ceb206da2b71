/// Validation data for long-term signatures (`DSS`, ETSI EN 319 142-1 §5.4.2), all DER.
package struct PDFSecurityStore: Hashable, Sendable {
    package let certificates: [[UInt8]]
    package let revocationLists: [[UInt8]]
    package let ocspResponses: [[UInt8]]

    package init(certificates: [[UInt8]], revocationLists: [[UInt8]], ocspResponses: [[UInt8]]) {
        (self.certificates, self.revocationLists) = (certificates, revocationLists)
        self.ocspResponses = ocspResponses
    }
}

extension PDFFile {
    /// The document's security store; `nil` when it has none. `VRI` is not read.
    /// - Throws: `structure` when an entry is no stream; faults of the streams; `limit`.
    package func securityStore() throws(PDFFault) -> PDFSecurityStore? {
        guard let store = resolve(catalog["DSS"]).dictionary else { return nil }
        var budget = DecodingBudget(limits)
        return PDFSecurityStore(
            certificates: try streams(store["Certs"], &budget), revocationLists: try streams(store["CRLs"], &budget),
            ocspResponses: try streams(store["OCSPs"], &budget))
    }

    private func streams(_ list: PDFObject?, _ budget: inout DecodingBudget) throws(PDFFault) -> [[UInt8]] {
        let values = resolve(list).array ?? []
        guard values.count <= 1024 else { throw .limit("security store") }
        var decoded: [[UInt8]] = []
        for value in values {
            guard case .stream(let stream) = resolve(value) else { throw .structure("security store") }
            decoded.append(try decode(stream, &budget))
        }
        return decoded
    }
}
