import Licensing
import Primitives

/// Status for the service's own verifications: from its own register, never over the network, so that a document cannot
/// make the service call anybody.
struct OwnStatusMaterial: StatusFetching {
    let issuerURL: String
    let statusLists: SignedStatusLists
    let trust: any TrustMaterial
    let clock: any Clock

    func fetch(_ url: String, limit: Int) async throws(StatusFetchFault) -> [UInt8] {
        guard let body = await own(url) else {
            throw StatusFetchFault(reason: "this service knows the status of its own licenses only")
        }
        guard body.count <= limit else { throw StatusFetchFault(reason: "the answer is too large") }
        return body
    }

    private func own(_ url: String) async -> [UInt8]? {
        let now = clock.now()
        if let number = rest(of: url, after: "/status-lists/").flatMap({ Int($0) }) {
            return try? await statusLists.list(number, at: now).map { Array($0.text.utf8) }
        }
        guard let file = rest(of: url, after: "/crl/"), file.hasSuffix(".crl") else { return nil }
        return try? trust.revocationLists(at: now)[String(file.dropLast(4))]
    }

    private func rest(of url: String, after path: String) -> String? {
        url.hasPrefix(issuerURL + path) ? String(url.dropFirst(issuerURL.count + path.count)) : nil
    }
}
