import Primitives

/// Who asks, where the answer goes, and in which form.
extension AuthorizationDraft {
    mutating func findPortal() throws(AuthorizeRefusal) {
        guard parameters.all("client_id").count == 1, let id = parameters["client_id"],
            let portal = signOn.directory[id]
        else { throw .unknownPortal }
        self.portal = portal
    }

    mutating func keepPortal() throws(AuthorizeRefusal) {
        guard let authenticated, parameters.all("client_id").allSatisfy({ $0 == authenticated.id }) else {
            throw .otherPortal
        }
        portal = authenticated
    }

    mutating func checkRedirectURI() throws(AuthorizeRefusal) {
        guard let portal else { throw .unknownPortal }
        guard parameters.all("redirect_uri").count == 1, let uri = parameters["redirect_uri"] else {
            throw .redirectURIMissing
        }
        guard RedirectURI.isRegistered(uri, for: portal) else { throw .redirectURIUnknown }
        request = AuthorizationRequest(portalID: portal.id, redirectURI: uri)
    }

    mutating func takeState() throws(AuthorizeRefusal) {
        guard parameters.all("state").count <= 1 else { throw .repeatedParameter }
        guard (parameters["state"]?.utf8.count ?? 0) <= 2048 else { throw .tooLong }
        let state = parameters["state"]
        request?.state = state
    }

    func checkRepetition() throws(AuthorizeRefusal) {
        guard parameters.repeated(except: ["resource"]).isEmpty else { throw .repeatedParameter }
    }

    func checkGrant() throws(AuthorizeRefusal) {
        guard portal?.grants.contains(.authorizationCode) == true else { throw .grantNotAllowed }
    }

    /// OpenID Connect Core §6: not offered, and never silently ignored.
    func checkRequestObject() throws(AuthorizeRefusal) {
        guard parameters["request"] == nil else { throw .requestObject }
    }

    func checkRequestURI(refusal: AuthorizeRefusal) throws(AuthorizeRefusal) {
        guard parameters["request_uri"] == nil else { throw refusal }
    }

    /// FAPI 2.0 Security Profile §5.3.2.2: only pushed requests.
    func checkPushed() throws(AuthorizeRefusal) {
        guard portal?.profile != .fapi2 else { throw .mustPush }
    }

    func checkResponseType() throws(AuthorizeRefusal) {
        guard let type = parameters["response_type"] else { throw .responseTypeMissing }
        guard type == "code" else { throw .responseType }
    }

    func checkResponseMode() throws(AuthorizeRefusal) {
        guard parameters["response_mode"] ?? "query" == "query" else { throw .responseMode }
    }
}
