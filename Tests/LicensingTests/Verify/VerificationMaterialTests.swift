import JOSE
import Licensing
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct VerificationMaterialTests {
    private let trust: TestTrust

    init() throws {
        trust = try TestTrust.shared
    }

    private func material(_ bytes: [UInt8], as use: VerificationMaterial.Use) throws -> VerificationMaterial {
        var material = VerificationMaterial()
        try material.add(file: bytes, as: use, paths: OpenSSLCertificatePaths())
        return material
    }

    private func pem(_ label: String, _ der: [UInt8], lineEnd: String = "\n") -> String {
        let text = Base64.encode(der)
        let lines = stride(from: 0, to: text.count, by: 64).map { String(text.dropFirst($0).prefix(64)) }
        return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----", ""]).joined(separator: lineEnd)
    }

    @Test func `a PEM file may hold several certificates, and only authorities become anchors`() throws {
        let text =
            "Issuer: somebody\n" + pem("CERTIFICATE", trust.root.certificate)
            + pem("CERTIFICATE", trust.market.certificate, lineEnd: "\r\n")
            + pem("X509 CRL", try trust.root.revocationList())
        let material = try material(Array(text.utf8), as: .trust)
        #expect(material.anchors == [trust.root.certificate])
        #expect(material.certificates == [trust.market.certificate])
        #expect(material.revocationLists.count == 1)
    }

    @Test func `a DER file is one certificate or one revocation list`() throws {
        #expect(try material(trust.root.certificate, as: .trust).anchors.count == 1)
        let list = try trust.root.revocationList()
        #expect(try material(list, as: .status).revocationLists == [list])
    }

    @Test func `status material brings no trust`() throws {
        let material = try material(trust.root.certificate, as: .status)
        #expect(material.anchors.isEmpty)
        #expect(material.certificates == [trust.root.certificate])
    }

    @Test func `a status list is taken as it is`() throws {
        let token = try StatusDesk().token()
        #expect(try material(Array("\(token)\n".utf8), as: .status).statusTokens == [token])
    }

    @Test func `anchors inside a bundle are not trust, however it is given`() throws {
        let token = try StatusDesk().token()
        let payload: JSONValue = [
            "iss": "https://licenses.example", "iat": 1, "anchors": [.string(Base64.encode(trust.root.certificate))],
            "certificates": [.string(Base64.encode(trust.market.certificate))], "statusTokens": [.string(token)],
            "revocationLists": ["root": .string(Base64.encode(try trust.root.revocationList()))],
        ]
        let text = try JWS.signed(
            payload: Array(payload.compactText.utf8), header: JSONObject([("typ", .string(Bundle.type))]),
            includesChain: true, by: trust.market.signer)
        for use in [VerificationMaterial.Use.trust, .status] {
            let material = try material(Array(text.utf8), as: use)
            #expect(material.anchors.isEmpty)
            #expect(material.certificates == [trust.market.certificate])
            #expect(material.statusTokens == [token])
            #expect(material.revocationLists.count == 1)
        }
    }

    @Test func `anything else is refused with a reason`() throws {
        let broken = pem("CERTIFICATE", trust.root.certificate).dropLast(30)
        let inputs: [[UInt8]] = [
            [], Array("hello".utf8), [0x30, 0x10, 0x00], Array(broken.utf8),
            Array(pem("CERTIFICATE", [1, 2, 3]).utf8), Array(pem("PRIVATE KEY", [1, 2, 3]).utf8), [0xFF, 0xFE],
        ]
        for input in inputs {
            #expect(throws: MaterialFault.self) { try material(input, as: .trust) }
        }
    }
}
