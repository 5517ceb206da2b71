import Primitives

extension LicenseOffice {
    /// Milliseconds between looks at a number that another call of the same key works on, about 5 s in all.
    private static let pauses = [20, 40, 80, 160, 320, 640, 1_280, 2_560]

    /// Issues one license for a portal, once for each of its keys: a repeat gives the number made first, also after a stop,
    /// and while the first call still works it waits for that.
    ///
    /// - Parameters:
    ///   - key: the portal's own; another portal's equal key is another key.
    ///   - actor: an account id, or the portal's id where it acts for itself.
    /// - Throws: as `issue`; `IssueRefusal.beingIssued` where the first call takes too long.
    @concurrent
    package func issue(
        _ application: Application, type: LicenseType, department: String, key: String, actor: String,
        call: PortalCall
    ) async throws -> IssuedLicense {
        let ownKey = portalKey(key, of: call.portal)
        for pause in Self.pauses {
            do {
                return try await issue(
                    application, type: type, department: department, idempotencyKey: ownKey, actor: actor, call: call)
            } catch IssueRefusal.beingIssued {
                try await Task.sleep(for: .milliseconds(pause))
            }
        }
        return try await issue(
            application, type: type, department: department, idempotencyKey: ownKey, actor: actor, call: call)
    }

    /// Of fixed length and form, whatever the portal sends.
    private func portalKey(_ key: String, of portal: String) -> String {
        "portal:" + Base64.encodeURL(hashing.sha256([Array(portal.utf8)[...], [0], Array(key.utf8)[...]]).bytes)
    }
}
