import Hummingbird
import Identity
import Licensing
import Primitives

/// Lets portals in by their access tokens (RFC 6750 §2.1, RFC 9449 §7.1), and says in which department they may act.
struct LicenseGate: Sendable {
    let tokens: AccessTokens
    let issuerURL: String

    private static let idCharacters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)

    /// Whoever brings a token of this provider with the scope.
    ///
    /// - Throws: `Problem`; what ports throw.
    func holder(of request: Request, scope: Scope) async throws -> TokenHolder {
        let authorization: String?
        do throws(EdgeFault) {
            authorization = try request.single(.authorization)
        } catch {
            throw Problem(ResourceAnswer(.malformed))
        }
        do {
            return try await tokens.authorize(
                ResourceRequest(
                    authorization: authorization, proofs: request.headers[values: TokenRoutes.dpop],
                    method: request.method.rawValue, uri: issuerURL + request.uri.path), scope: scope.rawValue)
        } catch let refusal as ResourceRefusal {
            throw Problem(ResourceAnswer(refusal))
        }
    }

    /// - Parameter number: of the license that it is about, where there is one.
    /// - Throws: `Problem` where the holder may not do so in the department, which is put on record; what ports throw.
    func admit(
        _ holder: TokenHolder, to departmentID: String, scope: Scope, number: LicenseNumber? = nil
    ) async throws {
        guard !holder.mayAct(in: departmentID, roles: scope.roles) else { return }
        // The body of a request can name anything; the log takes what can be a department's id.
        let isID = departmentID.utf8.count <= 64 && departmentID.utf8.allSatisfy { Self.idCharacters.contains($0) }
        try await tokens.noteForbidden(
            holder, scope: scope.rawValue, object: number?.description, department: isID ? departmentID : "?")
        throw Problem.otherDepartment
    }
}

extension LicenseGate {
    /// What a token may be for.
    enum Scope: String, Sendable, CaseIterable {
        case issue = "license:issue"
        case read = "license:read"
        case status = "license:status"

        /// Of a person, where a portal acts for one.
        var roles: Set<DepartmentRole.Role> {
            switch self {
            case .issue, .status: [.maker]
            case .read: [.maker, .checker, .auditor]
            }
        }
    }
}

extension TokenHolder {
    /// For the log.
    var call: PortalCall { PortalCall(portal: portal.id, token: token.id) }
}
