package import Primitives

/// The claims of OpenID Connect Core §5.1 that Chancery knows, and the scopes that ask for them (§5.4).
package enum StandardClaims {
    /// Claims of each scope.
    package static let byScope: [(scope: String, claims: [String])] = [
        ("profile", ["name", "given_name", "family_name", "updated_at"]),
        ("email", ["email", "email_verified"]),
        ("phone", ["phone_number", "phone_number_verified"]),
        ("address", ["address"]),
    ]

    /// Claims that need no scope: they say how somebody signed in, not who.
    package static let always: Set<String> = ["sub", "acr", "amr", "auth_time"]

    /// The names that discovery lists.
    package static var supported: [String] {
        ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid"] + byScope.flatMap(\.claims)
    }

    /// The scope that covers a claim about a person.
    package static func scope(of claim: String) -> String? {
        byScope.first { $0.claims.contains(claim) }?.scope
    }

    /// The claims about an account; those that are not known are absent.
    package static func values(of account: Account) -> JSONObject {
        let profile = account.profile
        var claims = JSONObject([("name", .string(profile.name))])
        claims["given_name"] = profile.givenName.map { .string($0) }
        claims["family_name"] = profile.familyName.map { .string($0) }
        claims["updated_at"] = .integer(account.updatedAt.secondsSinceEpoch)
        if let email = profile.email {
            claims["email"] = .string(email)
            claims["email_verified"] = .bool(profile.isEmailVerified)
        }
        if let phone = profile.phone {
            claims["phone_number"] = .string(phone)
            // Nobody checks phone numbers yet.
            claims["phone_number_verified"] = false
        }
        claims["address"] = profile.address.map { .object(JSONObject([("formatted", .string($0))])) }
        return claims
    }

    /// What userinfo tells besides `sub`: what the token's scopes and the grant's `claims` parameter ask for.
    ///
    /// - Parameter grant: `nil` where it has no such parameter.
    package static func userInfo(of account: Account, scopes: [String], grant: Grant?) -> JSONObject {
        let asked = byScope.filter { scopes.contains($0.scope) }.flatMap(\.claims)
        let single = grant.map { Set($0.claims.userInfo.keys) } ?? []
        return selected(single.union(asked), account, grant?.level)
    }

    /// What the ID token tells of the person: only what the `claims` parameter asks for there (§5.4).
    package static func idToken(of account: Account, grant: Grant) -> JSONObject {
        selected(Set(grant.claims.idToken.keys), account, grant.level)
    }

    private static func selected(
        _ names: Set<String>, _ account: Account, _ level: AuthenticationLevel?
    ) -> JSONObject {
        var all = values(of: account)
        if let level {
            all["acr"] = .string(level.acr.rawValue)
            all["amr"] = .array(level.amr.map { .string($0) })
            all["auth_time"] = .integer(level.at.secondsSinceEpoch)
        }
        return JSONObject(all.members.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
    }

    /// Names of what goes to a portal: scopes, and `claim:<name>` for claims that no granted scope covers; sorted.
    package static func data(scopes: [String], claims: ClaimsRequest) -> [String] {
        let single = Set(claims.userInfo.keys).union(claims.idToken.keys).filter { name in
            scope(of: name).map { !scopes.contains($0) } ?? false
        }
        return Set(scopes).union(single.map { "claim:\($0)" }).sorted()
    }
}
