import Primitives

/// Anti-forgery token of forms in a session: nobody can compute it who does not have the cookie.
struct FormToken: Sendable {
    let signOn: SignOn

    /// 43 characters for one kind of form; `nil` without a session cookie.
    func text(_ form: String, _ browser: Browser) -> String? {
        guard let secret = browser.session.flatMap({ OpaqueSecret($0) }) else { return nil }
        let value = Secret(secret.hash(signOn.hashing).bytes + Array(form.utf8))
        return Base64.encodeURL(signOn.sealing.lookupValue(of: value, purpose: "form").bytes)
    }

    func isRight(_ token: String, for form: String, _ browser: Browser) -> Bool {
        guard let expected = text(form, browser) else { return false }
        // Hashes tell nothing of where two texts differ, however long comparing them takes.
        return signOn.hashing.sha256(Array(expected.utf8)) == signOn.hashing.sha256(Array(token.utf8))
    }
}
