import Testing

struct PortalRulesTests {
    @Test func `kind and way of authenticating belong together`() throws {
        let secret = "authentication: {method: client_secret_basic, secretSHA256: \(PortalSample.hash)}\n"
        #expect(
            try PortalSample.faults(PortalSample.public + secret) == [
                "5:26: a public portal cannot keep a secret: write `none` or leave `authentication` out, or make it `kind: confidential`"
            ])
        #expect(try PortalSample.faults(PortalSample.public + "authentication: {method: none}\n") == [])
        #expect(
            try PortalSample.faults(PortalSample.service, secret, to: "authentication: {method: none}\n") == [
                "4:26: `none` is only for portals of kind `public`, this one is `service`: give it a secret or a key"
            ])
    }

    @Test func `a method has its own key and no other's`() throws {
        let text = PortalSample.confidential
        #expect(
            try PortalSample.faults(text, "client_secret_basic", to: "private_key_jwt") == [
                "4:17: `jwks` is missing: give a set of public keys, for example `{keys: [{kty: EC, crv: P-256, x: …, y: …}]}`",
                "4:43: `secretSHA256` does not go with the method `private_key_jwt`: take it out",
            ])
        #expect(
            try PortalSample.faults(text, ", secretSHA256: \(PortalSample.hash)", to: "") == [
                "4:17: `secretSHA256` is missing: give the SHA-256 of the secret, 64 hexadecimal digits"
            ])
        #expect(
            try PortalSample.faults(text, "client_secret_basic", to: "client_secret_jwt")
                == ["4:26: unknown word `client_secret_jwt`: did you mean `client_secret_post`?"])
    }

    @Test(arguments: [
        "hunter2", String(PortalSample.hash.dropLast()), PortalSample.hash + "00",
        String(PortalSample.hash.dropLast()) + "g",
    ])
    func `what is no SHA-256 is a fault that does not repeat it`(text: String) throws {
        let faults = try PortalSample.faults(PortalSample.confidential, PortalSample.hash, to: "\"\(text)\"")
        #expect(
            faults == [
                "4:61: this is no SHA-256: expected 64 hexadecimal digits, as `printf %s SECRET | sha256sum` prints them"
            ])
    }

    @Test func `the hash of an empty secret is refused`() throws {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(
            try PortalSample.faults(PortalSample.confidential, PortalSample.hash, to: empty) == [
                "4:61: this is the SHA-256 of an empty secret: hash the secret itself"
            ])
    }

    @Test func `keys are public, strong, named and not there twice`() throws {
        func faults(_ keys: String) throws -> [String] {
            try PortalSample.faults(PortalSample.financial, "[\(PortalSample.key)]", to: "[\(keys)]")
        }
        let key = PortalSample.key
        let place = "4:57: "
        #expect(
            try faults(key.replacing("kty: EC", with: "kty: EC, d: AAAA")) == [
                place + "this key cannot be used: the key has \"d\", which belongs to private keys"
            ])
        #expect(
            try faults("{kty: RSA, n: AQAB, e: AQAB}") == [
                place + "this key cannot be used: an RSA key under 2048 or over 8192 bits, or with an unusable exponent"
            ])
        #expect(
            try faults("{kty: oct, k: AAAA}") == [
                place + "this key cannot be used: the key has \"k\", which belongs to private keys"
            ])
        #expect(
            try faults(key.replacing("kty: EC", with: "kty: EC, alg: RS256")) == [
                place + "this key cannot be used: the key's \"alg\" does not fit it"
            ])
        #expect(
            try faults("\(key), \(key)").first?.contains("the `kid` `1` stands twice") == true)
        #expect(
            try faults("\(key), \(key.replacing(", kid: \"1\"", with: ""))").first?.hasSuffix(
                "this key needs a `kid`: there is more than one") == true)
        #expect(
            try faults("").contains {
                $0.hasPrefix("4:56: an empty list: expected at least one, each a public key as JWK")
            })
        #expect(try faults("abc").first?.hasPrefix("4:57: expected a public key as JWK") == true)
    }

    @Test func `fapi2 takes private_key_jwt and strong algorithms only`() throws {
        #expect(try PortalSample.faults(PortalSample.financial) == [])
        #expect(
            try PortalSample.faults(PortalSample.confidential + "profile: fapi2\n") == [
                "4:26: the profile `fapi2` needs `private_key_jwt`, not `client_secret_basic`"
            ])
        #expect(
            try PortalSample.faults(PortalSample.public + "profile: fapi2\n") == [
                "5:10: the profile `fapi2` needs `private_key_jwt`, which a public portal cannot have: make it `kind: confidential`"
            ])
        #expect(
            try PortalSample.faults(PortalSample.financial + "idTokenAlgorithm: RS256\n") == [
                "7:19: the profile `fapi2` forbids `RS256`: expected one of `ES256`, `PS256`, `EdDSA`"
            ])
        for algorithm in ["ES256", "PS256", "EdDSA"] {
            #expect(try PortalSample.faults(PortalSample.financial + "idTokenAlgorithm: \(algorithm)\n") == [])
        }
        // RFC 7515 appendix A.2.1's modulus, as a key for RS256.
        let rsa =
            "{kty: RSA, alg: RS256, e: AQAB, n: ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ}"
        #expect(
            try PortalSample.faults(PortalSample.financial, PortalSample.key, to: rsa) == [
                "4:57: the profile `fapi2` takes keys for `ES256`, `PS256` and `EdDSA` only: make a P-256, RSA or Ed25519 key"
            ])
        #expect(
            try PortalSample.faults(
                PortalSample.financial, PortalSample.key, to: rsa.replacing("alg: RS256, ", with: ""))
                == [])
    }

    @Test func `grants fit the kind`() throws {
        #expect(
            try PortalSample.faults(PortalSample.public + "grants: [authorization_code, client_credentials]\n") == [
                "5:30: `client_credentials` is not for portals of kind `public`: possible are `authorization_code`, `device_code` and `refresh_token`"
            ])
        #expect(
            try PortalSample.faults(PortalSample.service + "grants: [client_credentials, device_code]\n") == [
                "5:30: `device_code` is not for portals of kind `service`: possible are `client_credentials` and `token_exchange`"
            ])
        #expect(
            try PortalSample.faults(PortalSample.resource + "grants: [client_credentials]\n") == [
                "6:10: `client_credentials` is not for portals of kind `resource`: possible are `token_exchange`"
            ])
        #expect(
            try PortalSample.faults(
                PortalSample.confidential, "redirectURIs: [\"https://tax.example/callback\"]",
                to: "grants: [client_credentials, refresh_token]") == [
                    "5:30: `refresh_token` needs a grant that gives refresh tokens: add `authorization_code` or `device_code`"
                ])
        #expect(
            try PortalSample.faults(PortalSample.confidential + "grants: [device_code, device_code]\n").contains(
                "6:23: the grant `device_code` stands twice, first in line 6: take one out"))
    }

    @Test func `addresses and the grant that uses them belong together`() throws {
        #expect(
            try PortalSample.faults(PortalSample.confidential, "[\"https://tax.example/callback\"]", to: "[]") == [
                "5:15: `redirectURIs` is missing: the grant `authorization_code` needs at least one, for example `[\"https://portal.example/callback\"]`"
            ])
        #expect(
            try PortalSample.faults(PortalSample.service + "redirectURIs: [\"https://tax.example/\"]\n") == [
                "5:16: an address without the grant `authorization_code` is never used: add the grant or take it out"
            ])
        #expect(
            try PortalSample.faults(PortalSample.service + "resource: \"https://api.example/\"\n") == [
                "5:11: `resource` is only for portals of kind `resource`, this one is `service`: take it out"
            ])
    }

    @Test func `audiences of token exchange are resource portals that are there`() throws {
        let exchange = "exchange: {audiences: [tax-api, tax-app, tax-abi, tax-api]}\n"
        let sample = PortalSample.sample([
            "tax": PortalSample.confidential + exchange, "tax-api": PortalSample.resource,
            "tax-app": PortalSample.public,
        ])
        #expect(
            try sample.faults() == [
                "portals/tax.yaml:6:33: `tax-app` is no portal of kind `resource`: only those receive exchanged tokens",
                "portals/tax.yaml:6:42: there is no portal `tax-abi`: did you mean `tax-api`?",
                "portals/tax.yaml:6:51: the audience `tax-api` stands twice, first in line 6: take one out",
            ])
    }

    @Test func `no two portals are one resource`() throws {
        let sample = PortalSample.sample(["tax-a": PortalSample.resource, "tax-b": PortalSample.resource])
        let faults = try sample.faults()
        #expect(faults.count == 1)
        #expect(
            faults.first?.hasPrefix("portals/tax-b.yaml:5:11: the resource `https://api.example/tax` is that of")
                == true)
    }

    @Test(arguments: ["", "/"]) func `no portal is the service itself`(ending: String) throws {
        let issuer = "https://login.example/city"
        let text = try PortalSample.changing(PortalSample.resource, "https://api.example/tax", to: issuer + ending)
        let sample = PortalSample.sample(["tax": text])
        #expect(
            try sample.faults(issuer: issuer) == [
                "portals/tax.yaml:5:11: the resource `\(issuer)\(ending)` is this service itself (CHANCERY_ISSUER): tokens for it open `/userinfo` and the write API; give the address of the portal's own interface"
            ])
        #expect(try sample.faults(issuer: "https://login.example") == [])
    }
}
