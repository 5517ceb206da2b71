import Primitives

/// Rules for `scope` at the token endpoint (RFC 6749 §3.3).
enum ScopeList {
    /// Scopes about a person: a portal that acts for itself has none of them.
    static let personal: Set<String> = ["openid", "profile", "email", "phone", "address", "offline_access"]
    private static let maximumCount = 64

    /// The scopes that `parameter` asks for, each once; all that are `allowed` where it is absent.
    ///
    /// - Throws: `TokenRefusal.scope` when it asks for more.
    static func requested(_ parameter: String?, allowed: [String]) throws(TokenRefusal) -> [String] {
        guard let parameter else { return allowed }
        let names = try names(parameter)
        guard names.allSatisfy({ allowed.contains($0) }) else { throw .scope }
        return names
    }

    /// What is left of `allowed` when `parameter` asks for part of it.
    ///
    /// - Throws: `TokenRefusal.scope` when that is nothing.
    static func narrowed(_ parameter: String?, allowed: [String]) throws(TokenRefusal) -> [String] {
        guard let parameter else { return allowed }
        let names = try names(parameter).filter { allowed.contains($0) }
        guard !names.isEmpty else { throw .scope }
        return names
    }

    private static func names(_ parameter: String) throws(TokenRefusal) -> [String] {
        let words = parameter.words
        guard (1...maximumCount).contains(words.count) else { throw .scope }
        return words.reduce(into: []) { names, word in if !names.contains(word) { names.append(word) } }
    }
}
