import Identity
import Primitives
import Testing

@testable import OpenSSLCrypto

struct ScryptTests {
    private static func cost(_ n: Int, _ r: Int, _ p: Int) -> SignInPolicy.ScryptCost {
        var cost = SignInPolicy.ScryptCost()
        (cost.n, cost.r, cost.p) = (n, r, p)
        return cost
    }

    /// RFC 7914 §12; the last vector there needs 1 GiB and is left out.
    @Test(arguments: [
        (
            "", "", 16, 1, 1,
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        (
            "password", "NaCl", 1024, 8, 16,
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", 16_384, 8, 1,
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func `the published values of scrypt come out`(
        password: String, salt: String, n: Int, r: Int, p: Int, key: String
    ) throws {
        let computed = try Scrypt.key(
            from: Secret(Array(password.utf8)), salt: Array(salt.utf8), cost: ScryptTests.cost(n, r, p), length: 64)
        #expect(Hexadecimal.encode(computed) == key)
    }

    @Test(arguments: [(0, 8, 1), (3, 8, 1), (1, 8, 1), (1 << 30, 8, 1), (16_384, 0, 1), (16_384, 8, 0), (-2, 8, 1)])
    func `a cost that is none or too much is refused before any work`(n: Int, r: Int, p: Int) {
        #expect(!Scrypt.isPayable(ScryptTests.cost(n, r, p)))
        #expect(throws: OpenSSLError.self) {
            try Scrypt.key(from: Secret([1]), salt: [1], cost: ScryptTests.cost(n, r, p), length: 32)
        }
    }

    @Test func `the default cost is payable`() {
        #expect(Scrypt.isPayable(SignInPolicy.ScryptCost()))
    }

    @Test func `a hash is written in the form of PHC strings and read back`() throws {
        let hash = PasswordHash(
            cost: SignInPolicy.ScryptCost(), salt: Array(0..<16), hash: Array(repeating: 0xFF, count: 32))
        let text = "$scrypt$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8"
        #expect(hash.text == text)
        #expect(PasswordHash(text) == hash)
    }

    @Test(arguments: [
        "", "$", "plain", "$scrypt$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw",
        "$argon2id$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8",
        "$scrypt$ln=60,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8",
        "$scrypt$ln=16,r=8,p=99999999$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8",
        "$scrypt$ln=016,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8",
        "$scrypt$r=8,ln=16,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8",
        "$scrypt$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw==$//////////////////////////////////////////8",
        "$scrypt$ln=16,r=8,p=2$AAEC$//////////////////////////////////////////8",
        "$scrypt$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$AAAA",
        "$scrypt$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////9",
        "$scrypt$ln=16,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8$",
    ])
    func `anything but the one form is no hash`(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
