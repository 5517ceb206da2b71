import Credentials
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct QRTokenTests {
    private let keyID = QRToken.keyID(ofCertificate: SampleOffice.certificate, hashing: SampleOffice.hashing)

    private func token(until: CalendarDate? = CalendarDate("2035-12-31"), name: String = "王*") throws -> QRToken {
        QRToken(
            number: "1.2.156.3005.2.11100000000013338W001.11110000000021135M.20260001A7.001.P", holderName: name,
            validFrom: try #require(CalendarDate("2026-01-01")), validUntil: until,
            issuedAt: Instant(secondsSinceEpoch: 1_767_225_600),
            statusURI: "https://licenses.example.gov/status-lists/7",
            statusIndex: 123_456)
    }

    private func refusal(of text: String) -> String? {
        do {
            _ = try SignedQRToken(parsing: text)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [SignatureAlgorithm.es256, .es384, .eddsa])
    func `a signed token reads back, verifies and fits a printed code`(algorithm: SignatureAlgorithm) throws {
        let (signer, publicKey) = try SampleOffice.stranger(algorithm)
        let token = try token()
        let text = try token.signed(host: "licenses.example.gov", keyID: keyID, by: signer)
        #expect(text.hasPrefix("HTTPS://LICENSES.EXAMPLE.GOV/V#"))
        #expect(text.utf8.count <= 960)
        // All but the number sign is in the alphanumeric mode of ISO/IEC 18004.
        #expect(text.utf8.filter { !"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8.contains($0) } == [0x23])
        let read = try SignedQRToken(parsing: text)
        #expect(read.token == token)
        #expect(read.host == "licenses.example.gov")
        #expect(read.keyID == keyID && keyID.count == 16)
        #expect(read.algorithm == algorithm)
        #expect(read.isValid(publicKey: publicKey, verifier: SampleOffice.verifier))
        #expect(!read.isValid(publicKey: try SampleOffice.publicKey(), verifier: SampleOffice.verifier))
    }

    @Test func `a permanent license and a port in the host survive`() throws {
        let text = try token(until: nil).signed(
            host: "localhost:8080", keyID: keyID, by: try SampleOffice.signer())
        let read = try SignedQRToken(parsing: text)
        #expect(read.token.validUntil == nil)
        #expect(read.host == "localhost:8080")
    }

    @Test func `either case and white space around are accepted`() throws {
        let text = try token().signed(host: "a.example", keyID: keyID, by: try SampleOffice.signer())
        for variant in [text.lowercased(), " \n\t" + text + "\r\n", text.lowercased() + "\n"] {
            #expect(SignedQRToken.looksLike(variant))
            let read = try SignedQRToken(parsing: variant)
            #expect(read.token == (try token()))
            #expect(read.isValid(publicKey: try SampleOffice.publicKey(), verifier: SampleOffice.verifier))
        }
    }

    @Test func `another host does not break the signature, a changed token does`() throws {
        let text = try token().signed(host: "a.example", keyID: keyID, by: try SampleOffice.signer())
        let moved = try SignedQRToken(parsing: text.replacing("A.EXAMPLE", with: "EVIL.EXAMPLE"))
        #expect(moved.host == "evil.example")
        #expect(moved.isValid(publicKey: try SampleOffice.publicKey(), verifier: SampleOffice.verifier))
        let fragment = try #require(text.split(separator: "#").last)
        let data = try #require(Base32.decode(fragment))
        for index in stride(from: 0, to: data.count, by: 3) {
            var changed = data
            changed[index] ^= 1
            let forged = try? SignedQRToken(parsing: "HTTPS://A.EXAMPLE/V#" + Base32.encode(changed))
            let isValid = forged?.isValid(publicKey: try SampleOffice.publicKey(), verifier: SampleOffice.verifier)
            #expect(isValid != true, "byte \(index)")
        }
    }

    @Test(arguments: [
        "", " ", "HTTPS://", "HTTPS://A/V#", "HTTPS:///V#AAAA", "HTTP://A/V#AAAA", "HTTPS://A/W#AAAA", "A/V#AAAA",
        "HTTPS://A/V?AAAA", "HTTPS://A/B/V#AAAA", "HTTPS://U@A/V#AAAA", "HTTPS://A /V#AAAA", "https://ß/v#aaaa",
        "HTTPS://V#AAAA", "%PDF-1.7", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA~", "ＨＴＴＰＳ://A/V#AAAA",
        "HTTPS://A/V#" + String(repeating: "A", count: 950),
    ])
    func `another text does not look like a token and is refused`(text: String) {
        #expect(!SignedQRToken.looksLike(text))
        #expect(refusal(of: text)?.contains("HTTPS://HOST/V#") == true)
    }

    @Test func `letters beyond ASCII do not become Base32`() throws {
        let text = try token().signed(host: "a.example", keyID: keyID, by: try SampleOffice.signer())
        // Upper case of ı is I, of ß is SS.
        #expect(text.contains("I"))
        #expect(refusal(of: text.lowercased().replacing("i", with: "ı")) != nil)
        #expect(refusal(of: text.replacing("A.EXAMPLE", with: "ß.EXAMPLE")) != nil)
    }

    @Test func `Base32 that is not canonical is refused`() throws {
        for fragment in ["A", "AAA", "AAAAAA", "AB", "AAAA====", "AA A", "A1AA", "AA\nAA"] {
            #expect(refusal(of: "HTTPS://A/V#" + fragment) != nil)
        }
    }

    @Test func `every cut and every wrong claim is refused`() throws {
        let text = try token().signed(host: "a.example", keyID: keyID, by: try SampleOffice.signer())
        for count in 0..<text.count { #expect(refusal(of: String(text.prefix(count))) != nil) }
    }

    private static func claims(_ change: (inout CBORMap) -> Void) -> [UInt8] {
        var list = CBORMap()
        list["idx"] = .unsigned(1)
        list["uri"] = .text("u")
        var status = CBORMap()
        status["status_list"] = .map(list)
        var claims = CBORMap()
        claims[2] = .text("1.2")
        claims[6] = .unsigned(1)
        claims[65_535] = .map(status)
        claims["n"] = .text("n")
        claims["f"] = .unsigned(20_000)
        change(&claims)
        return CBOR.map(claims).encoded
    }

    private func refusal(ofClaims claims: [UInt8]) throws -> String? {
        let data = try COSESign1.signed(payload: claims, keyID: keyID, by: try SampleOffice.signer())
        return refusal(of: "HTTPS://A/V#" + Base32.encode(data))
    }

    @Test func `claims of the right form are read and unknown ones passed over`() throws {
        #expect(try refusal(ofClaims: QRTokenTests.claims { _ in }) == nil)
        #expect(try refusal(ofClaims: QRTokenTests.claims { $0[1] = .text("issuer") }) == nil)
    }

    @Test(arguments: [
        (claims { $0[2] = nil }, "number"), (claims { $0[2] = .unsigned(1) }, "number"),
        (claims { $0["n"] = nil }, "holder"), (claims { $0["n"] = .bytes([1]) }, "holder"),
        (claims { $0[6] = nil }, "issued"), (claims { $0[6] = .integer(-1) }, "issued"),
        (claims { $0[6] = .unsigned(.max) }, "issued"), (claims { $0[6] = .float(1.5) }, "issued"),
        (claims { $0[65_535] = nil }, "status list"), (claims { $0[65_535] = .map(CBORMap()) }, "status list"),
        (claims { $0["f"] = nil }, "from when"), (claims { $0["f"] = .tagged(100, .unsigned(1)) }, "date"),
        (claims { $0["f"] = .unsigned(.max) }, "date"),
        (claims { $0["f"] = .integer(3_000_000) }, "date"),
        (claims { $0["f"] = .tagged(1004, .text("2026-01-01")) }, "date"),
        (claims { $0["u"] = .unsigned(19_999) }, "ends before"),
        (claims { $0["u"] = .null }, "date"),
        ([0x80], "not a map"), ([], "CBOR"),
    ])
    func `a token that lacks or twists a claim is refused`(claims: [UInt8], reason expected: String) throws {
        let reason = try #require(try refusal(ofClaims: claims))
        #expect(reason.contains(expected), "\(reason)")
    }

    @Test func `an index outside the range is refused`() throws {
        for index in [CBOR.integer(-1), .unsigned(1 << 31), .unsigned(.max), .text("1")] {
            let claims = QRTokenTests.claims { claims in
                var list = CBORMap()
                list["idx"] = index
                list["uri"] = .text("u")
                var status = CBORMap()
                status["status_list"] = .map(list)
                claims[65_535] = .map(status)
            }
            #expect(try refusal(ofClaims: claims)?.contains("status list") == true)
        }
    }

    @Test func `a key named outside the signature, or not at all, is refused`() throws {
        let signer = try SampleOffice.signer()
        let nameless = try COSESign1.signed(payload: QRTokenTests.claims { _ in }, keyID: [], by: signer)
        #expect(refusal(of: "HTTPS://A/V#" + Base32.encode(nameless))?.contains("name its key") == true)
        guard case .tagged(let tag, .array(var parts)) = try CBORReader.read(nameless) else {
            Issue.record("no COSE_Sign1")
            return
        }
        var header = CBORMap()
        header[4] = .bytes(keyID)
        parts[1] = .map(header)
        let outside = CBOR.tagged(tag, .array(parts)).encoded
        #expect(refusal(of: "HTTPS://A/V#" + Base32.encode(outside))?.contains("not signed") == true)
    }

    @Test(arguments: [SignatureAlgorithm.rs256, .ps256])
    func `beside an RSA signature there is no room for a long address`(algorithm: SignatureAlgorithm) throws {
        let signer = try SampleOffice.stranger(algorithm).signer
        let token = try token()
        let fault = #expect(throws: QRTokenFault.self) {
            try token.signed(host: "licenses.example.gov", keyID: keyID, by: signer)
        }
        #expect(fault?.reason.contains("too many") == true)
    }

    @Test func `a long name fits beside an ECDSA signature until it does not`() throws {
        let signer = try SampleOffice.signer()
        for (count, fits) in [(40, true), (150, false)] {
            let long = try token(name: String(repeating: "长", count: count))
            let text = try? long.signed(host: "licenses.example.gov", keyID: keyID, by: signer)
            #expect((text != nil) == fits)
            #expect(try text.map { try SignedQRToken(parsing: $0).token == long } ?? true)
        }
    }

    @Test func `what cannot be printed or read back is refused when it is made`() throws {
        let signer = try SampleOffice.signer()
        let token = try token()
        let long = QRToken(
            number: token.number, holderName: token.holderName, validFrom: token.validFrom, validUntil: nil,
            issuedAt: token.issuedAt, statusURI: "https://" + String(repeating: "a", count: 500), statusIndex: 1)
        #expect(throws: QRTokenFault.self) { try long.signed(host: "a.example", keyID: keyID, by: signer) }
        for host in ["", "a b", "a/b", "ß.example", "u@h", String(repeating: "a", count: 800)] {
            #expect(throws: QRTokenFault.self) { try token.signed(host: host, keyID: keyID, by: signer) }
        }
        let backwards = QRToken(
            number: token.number, holderName: token.holderName, validFrom: token.validFrom,
            validUntil: token.validFrom.adding(days: -1), issuedAt: token.issuedAt, statusURI: token.statusURI,
            statusIndex: -1)
        #expect(throws: QRTokenFault.self) { try backwards.signed(host: "a.example", keyID: keyID, by: signer) }
    }
}
