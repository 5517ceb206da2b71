import Primitives

/// What is asked for, and what the code will be bound to.
extension AuthorizationDraft {
    /// Scopes that are unknown or not the portal's are left out (RFC 6749 §3.3); the token response says what is left.
    mutating func takeScopes() throws(AuthorizeRefusal) {
        let text = parameters["scope"] ?? ""
        guard text.utf8.count <= 1024 else { throw .tooLong }
        let allowed = Set(portal?.scopes ?? [])
        var scopes: [String] = []
        for scope in text.words where allowed.contains(scope) {
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        guard !scopes.isEmpty else { throw .noScope }
        request?.scopes = scopes
    }

    /// RFC 7636, with S256 as the only method (RFC 9700 §2.1.1); without a method, `plain` would be meant.
    mutating func takeProofKey() throws(AuthorizeRefusal) {
        guard let challenge = parameters["code_challenge"] else {
            guard parameters["code_challenge_method"] == nil, portal?.requiresProofKey == false else {
                throw .proofKeyMissing
            }
            return
        }
        guard parameters["code_challenge_method"] == "S256" else { throw .proofKeyMethod }
        guard Base64.decodeURL(challenge)?.count == 32 else { throw .proofKeyMalformed }
        request?.challenge = challenge
    }

    /// RFC 9449 §10, §10.1.
    mutating func takeKeyThumbprint() throws(AuthorizeRefusal) {
        let asked = parameters["dpop_jkt"]
        if let asked {
            guard Base64.decodeURL(asked)?.count == 32, provenThumbprint ?? asked == asked else {
                throw .keyThumbprint
            }
        }
        let thumbprint = asked ?? provenThumbprint
        request?.keyThumbprint = thumbprint
    }

    /// RFC 8707 §2: of resource portals that this one may reach, or this provider itself.
    mutating func takeResources() throws(AuthorizeRefusal) {
        let resources = parameters.all("resource")
        guard resources.count <= 8 else { throw .tooLong }
        guard let portal else { throw .unknownPortal }
        for resource in resources where !signOn.directory.isResource(resource, of: portal, isPersonal: true) {
            throw .unknownResource
        }
        request?.resources = resources
    }

    mutating func takeNonce() throws(AuthorizeRefusal) {
        guard (parameters["nonce"]?.utf8.count ?? 0) <= 1024 else { throw .tooLong }
        let nonce = parameters["nonce"]
        request?.nonce = nonce
    }
}
