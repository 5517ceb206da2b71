import Foundation
import OpenSSLCrypto
import Primitives

/// A certification authority made with `openssl` in a temporary folder, and what it certified.
final class TestAuthority: Sendable {
    private static let made = Result { try TestAuthority() }

    private static let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("cms-\(UUID().uuidString)")

    static func shared() throws -> TestAuthority { try made.get() }

    /// Runs in the folder with `ca.crt`, and `NAME.key` and `NAME.crt` of openssl's own signers `p256`, `p384`, `rsa`
    /// and `stamp`.
    let openssl: OpenSSLCommand
    /// Signers whose keys are ours.
    let signers: [SignatureAlgorithm: OpenSSLSigner]
    let timeStamper: OpenSSLSigner

    private init() throws {
        let folder = TestAuthority.folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is static is never freed, so the end of the process must clear up.
        _ = atexit { try? FileManager.default.removeItem(at: TestAuthority.folder) }
        let openssl = OpenSSLCommand(folder: folder)
        self.openssl = openssl
        try TestAuthority.makeRoot(openssl)
        for (index, (name, options)) in TestAuthority.foreignKeys.enumerated() {
            try openssl.must("genpkey \(options) -out \(name).key")
            try openssl.must("req -new -key \(name).key -subj /CN=\(name) -out \(name).csr")
            let section = name == "stamp" ? "stamp" : "sign"
            try openssl.must(
                "x509 -req -in \(name).csr -CA ca.crt -CAkey ca.key -set_serial \(index + 2) -days 30 "
                    + "-extfile extensions.cnf -extensions \(section) -out \(name).crt")
            try openssl.must("x509 -in \(name).crt -outform DER -out \(name).der")
        }
        var signers: [SignatureAlgorithm: OpenSSLSigner] = [:]
        for algorithm in SignatureAlgorithm.allCases {
            signers[algorithm] = try TestAuthority.signer(algorithm, section: "sign", openssl)
        }
        self.signers = signers
        timeStamper = try TestAuthority.signer(.es256, section: "stamp", openssl)
    }

    private static let foreignKeys = [
        ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
        ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"),
        ("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
        ("stamp", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
    ]

    private static func makeRoot(_ openssl: OpenSSLCommand) throws {
        let extensions = """
            [sign]
            basicConstraints = critical, CA:FALSE
            keyUsage = critical, digitalSignature, nonRepudiation
            extendedKeyUsage = 1.3.6.1.5.5.7.3.36, emailProtection
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            [stamp]
            basicConstraints = critical, CA:FALSE
            keyUsage = critical, digitalSignature
            extendedKeyUsage = critical, timeStamping
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            """
        try openssl.write(Array(extensions.utf8), "extensions.cnf")
        try openssl.must(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -subj /CN=Root "
                + "-days 30 -addext keyUsage=critical,keyCertSign,cRLSign")
        try openssl.must("x509 -in ca.crt -outform DER -out ca.der")
    }

    private static func signer(
        _ algorithm: SignatureAlgorithm, section: String, _ openssl: OpenSSLCommand
    ) throws -> OpenSSLSigner {
        let key = try PrivateKey.generate(for: algorithm)
        let serial = "0x00\(Hexadecimal.encode(OpenSSLRandomness().bytes(8)))"
        let certificate = try certify(
            key, subject: "\(section)-\(algorithm.rawValue)", serial: serial, section: section, openssl)
        return try OpenSSLSigner(key: key, algorithm: algorithm, certificateChain: [certificate])
    }

    /// A certificate for a key of ours; the request's own key is replaced.
    func certify(_ key: PrivateKey, subject: String, serial: String) throws -> [UInt8] {
        try TestAuthority.certify(key, subject: subject, serial: serial, section: "sign", openssl)
    }

    private static func certify(
        _ key: PrivateKey, subject: String, serial: String, section: String, _ openssl: OpenSSLCommand
    ) throws -> [UInt8] {
        let name = UUID().uuidString
        // The command reads no line over 64 characters.
        let digits = Base64.encode(try key.subjectPublicKeyInfo())
        let lines = stride(from: 0, to: digits.count, by: 64).map { digits.dropFirst($0).prefix(64) }
        let text = "-----BEGIN PUBLIC KEY-----\n\(lines.joined(separator: "\n"))\n-----END PUBLIC KEY-----\n"
        try openssl.write(Array(text.utf8), "\(name).pub")
        try openssl.must("req -new -key p256.key -subj /CN=\(subject) -out \(name).csr")
        try openssl.must(
            "x509 -req -in \(name).csr -force_pubkey \(name).pub -CA ca.crt -CAkey ca.key -set_serial \(serial) -days 30 "
                + "-extfile extensions.cnf -extensions \(section) -outform DER -out \(name).der")
        return try openssl.read("\(name).der")
    }
}
