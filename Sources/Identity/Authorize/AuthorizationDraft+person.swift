import Primitives

/// What is asked of the person.
extension AuthorizationDraft {
    mutating func takePrompts() throws(AuthorizeRefusal) {
        let words = (parameters["prompt"] ?? "").words
        let prompts = words.compactMap { AuthorizationRequest.Prompt(rawValue: $0) }
        // `none` with another one is an error (OpenID Connect Core §3.1.2.1).
        guard prompts.count == words.count, !prompts.contains(.none) || Set(prompts).count == 1 else { throw .prompt }
        request?.prompts = Set(prompts)
    }

    mutating func takeMaximumAge() throws(AuthorizeRefusal) {
        guard let text = parameters["max_age"] else { return }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text),
            seconds <= Int64(Int32.max)
        else { throw .maximumAge }
        request?.maximumAge = seconds
    }

    /// Claims that the portal's scopes do not cover are left out: asking one by one gives no more than asking by scope.
    mutating func takeClaims() throws(AuthorizeRefusal) {
        guard let text = parameters["claims"] else { return }
        guard let claims = ClaimsRequest(parsing: text) else { throw .claims }
        let scopes = Set(portal?.scopes ?? [])
        let isAllowed = { (name: String) in
            StandardClaims.scope(of: name).map { scopes.contains($0) } ?? StandardClaims.always.contains(name)
        }
        request?.claims = ClaimsRequest(
            userInfo: claims.userInfo.filter { isAllowed($0.key) }, idToken: claims.idToken.filter { isAllowed($0.key) }
        )
        let subjects = [claims.idToken["sub"], claims.userInfo["sub"]].compactMap { $0 }.flatMap(\.values)
        guard let subject = subjects.first else { return }
        guard subjects.allSatisfy({ $0 == subject }), let text = subject.string else { throw .claims }
        request?.expectedSubject = text
    }

    /// The floor: that of the portal and of the resources asked for, the least of `acr_values` that is known (all of them
    /// will do), and an essential `acr` claim (OpenID Connect Core §5.5.1.1), of which at least one must be known.
    mutating func takeFloor() throws(AuthorizeRefusal) {
        let resources = signOn.directory.floor(of: request?.resources ?? [])
        var floor = max(portal?.minimumAssurance ?? .high, resources)
        let words = (parameters["acr_values"] ?? "").words
        if let least = words.compactMap({ Assurance(rawValue: $0) }).min() { floor = max(floor, least) }
        for demand in [request?.claims.idToken["acr"], request?.claims.userInfo["acr"]].compactMap({ $0 })
        where demand.isEssential && !demand.values.isEmpty {
            let known = demand.values.compactMap { $0.string.flatMap { Assurance(rawValue: $0) } }
            guard let least = known.min() else { throw .unmetAssurance }
            floor = max(floor, least)
        }
        request?.floor = floor
    }

    /// Checked like a token, though it may be too old (OpenID Connect Core §3.1.2.1).
    mutating func takeIdentityHint() throws(AuthorizeRefusal) {
        guard let text = parameters["id_token_hint"] else { return }
        guard let portal, let token = signOn.ownToken(text, kind: .idToken), token.audiences.contains(portal.id),
            let subject = token.subject, request?.expectedSubject ?? subject == subject
        else { throw .identityHint }
        request?.expectedSubject = subject
    }

    /// Hints only: what is odd is left out.
    mutating func takeHints() {
        if let hint = parameters["login_hint"], hint.utf8.count <= 320,
            !hint.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        {
            request?.loginHint = hint
        }
        let locales = LanguageTags.read(parameters["ui_locales"])
        request?.locales = locales
    }
}
