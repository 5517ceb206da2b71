import Audit
import CMS
import Credentials
import JOSE
import PDF
import Primitives
import OpenSSLCrypto
import Testing

@testable import Licensing

@Suite struct IssueTests {
    private let test = TestOffice()

    private func credential(of license: IssuedLicense) throws -> SDJWT {
        let document = try #require(license.documents.first { $0.format == .sdJWT })
        return try SDJWT(parsing: String(decoding: document.bytes, as: UTF8.self), hashing: test.hashing)
    }

    private func pdf(of license: IssuedLicense) throws -> PDFFile {
        try PDFFile(parsing: #require(license.documents.first { $0.format == .pdf }).bytes)
    }

    @Test func `a license has its documents, named by its number, and stands in the register`() async throws {
        let license = try await test.shop()
        #expect(license.number.typeCode == OfficePolicy.shop.code)
        #expect(license.number.issuerCode == "11110000000021135M")
        #expect(license.documents.map(\.fileName) == ["\(license.number).pdf", "\(license.number).sd-jwt"])
        #expect(!license.wasThere)
        #expect(test.register.states == [.valid])
        #expect(try await test.office.documents(of: license.number) == license.documents)
    }

    @Test func `steps come in order, each with its audit entry`() async throws {
        let license = try await test.shop()
        #expect(test.register.steps == [.reserve, .complete])
        #expect(test.register.events == [.numberReserved, .licenseIssued])
        #expect(test.register.entries.allSatisfy { $0.object == license.number.description })
        #expect(test.register.entries.allSatisfy { $0.actor == "operator" && $0.department == "market-regulation" })
        let text = test.register.entries.map { JSONValue.object($0.details).compactText }.joined()
        #expect(!text.contains("杭州") && !text.contains("91350100M000100Y43"))
    }

    @Test func `the page gets everything there is to show`() async throws {
        let license = try await test.shop()
        let content = try #require(test.pages.contents.first)
        #expect(test.pages.contents.count == 1)
        #expect(content.number == license.number.description)
        #expect(content.authority == OfficePolicy.authority && content.department == OfficePolicy.market)
        #expect(content.validFrom.description == "2026-11-22" && content.validUntil?.description == "2036-11-21")
        #expect(content.issuedOn.description == "2026-11-22")
        #expect(!content.isSpecimen)
    }

    @Test func `the credential says what the register and the application say`() async throws {
        let license = try await test.shop()
        let credential = try credential(of: license)
        let key = try #require(test.keys.publicKeys["department"])
        #expect(credential.jws.isValid(publicKey: key, algorithm: .es256, verifier: OpenSSLSignatureVerifier()))
        #expect(credential.jws.certificateChain == test.keys.department.certificateChain)
        let claims = try LicenseClaims(reading: credential.claims)
        let place = try #require(test.register.row(license.number)?.record.place)
        #expect(claims.number == license.number)
        #expect(claims.statusURI == "http://localhost:8080/status-lists/1" && claims.statusIndex == place.index)
        #expect(claims.type.name["zh"] == "shop许可证" && claims.issuer.name["en"] == "Market Regulation Bureau")
        #expect(claims.holders.map(\.id) == ["91350100M000100Y43"])
        #expect(claims.fields.names == ["scope", "capital", "staff", "opened", "kind", "residence"])
        #expect(claims.fields["capital"] == "12.50" && claims.fields["staff"] == 3 && claims.fields["kind"] == "b")
        #expect(credential.claims["iss"] == "http://127.0.0.1:8080")
        // 2026-11-22T00:00:00Z and the first moment after 2036-11-21.
        #expect(credential.claims["nbf"] == 1_795_305_600 && credential.claims["exp"] == 2_110_924_800)
        #expect(credential.claims["iat"] == 1_795_334_400)
    }

    @Test func `names, ids and personal fields may be withheld and nothing else`() async throws {
        let credential = try credential(of: try await test.shop())
        #expect(
            Set(credential.disclosedPaths) == [
                [.member("holders"), .element(0), .member("name")], [.member("holders"), .element(0), .member("id")],
                [.member("fields"), .member("residence")],
            ])
        let bare = try SDJWT(parsing: credential.withoutDisclosures(), hashing: test.hashing)
        let text = JSONValue.object(bare.claims).compactText
        for secret in ["杭州", "91350100M000100Y43", "秘密路"] { #expect(!text.contains(secret)) }
    }

    @Test func `the PDF carries the same credential, which holds the digest of its page`() async throws {
        let license = try await test.shop()
        let file = try pdf(of: license)
        let attachments = try file.attachments()
        #expect(attachments.map(\.name) == ["license.jwt"] && attachments.map(\.relationship) == ["Data"])
        #expect(attachments.map(\.bytes) == license.documents.filter { $0.format == .sdJWT }.map(\.bytes))
        let claims = try LicenseClaims(reading: try credential(of: license).claims)
        #expect(try claims.pageDigest == file.pageDigest(test.hashing))
    }

    @Test func `the PDF's metadata name number and type, and no holder`() async throws {
        let license = try await test.shop()
        let file = try pdf(of: license)
        let stream = try #require(file.resolve(file.catalog["Metadata"]).stream)
        let packet = String(decoding: try file.decodedBytes(of: stream), as: UTF8.self)
        #expect(packet.contains("<license:ZZBS>\(license.number)</license:ZZBS>"))
        #expect(packet.contains("<license:ZZLXDM>\(OfficePolicy.shop.code)</license:ZZLXDM>"))
        #expect(packet.contains("<license:ZZYXQJZRQ>2036-11-21</license:ZZYXQJZRQ>"))
        #expect(packet.contains("<dc:identifier>\(license.number)</dc:identifier>"))
        #expect(!packet.contains("杭州") && !packet.contains("91350100M000100Y43"))
    }

    @Test func `the PDF's signature covers it whole and is time-stamped`() async throws {
        let file = try pdf(of: try await test.shop())
        let signature = try #require(try file.signatures().first)
        #expect(file.coverage(of: signature).coversWholeDocument)
        let cms = try SignedData(parsing: signature.contents)
        let digest = test.hashing.hash(.sha256, try signature.signedParts(in: file))
        #expect(cms.messageDigest == digest)
        let verifier = OpenSSLSignatureVerifier()
        let key = try #require(test.keys.publicKeys["department"])
        #expect(cms.isSignatureValid(publicKey: key, verifier: verifier))
        let stamp = try TimeStampToken(parsing: #require(cms.timeStampTokens.first))
        #expect(stamp.isValid(over: cms.signature, hashing: test.hashing, verifier: verifier))
        #expect(abs(stamp.genTime.secondsSinceEpoch - test.clock.now().secondsSinceEpoch) <= 1)
        #expect(signature.signerName == "市场监督管理局")
    }

    @Test func `the QR code can be checked offline and masks a person's name`() async throws {
        let organization = try await test.shop()
        let content = try #require(test.pages.contents.first)
        let signed = try SignedQRToken(parsing: content.qrText)
        let key = try #require(test.keys.publicKeys["department"])
        #expect(signed.isValid(publicKey: key, verifier: OpenSSLSignatureVerifier()))
        #expect(content.qrText.hasPrefix("HTTPS://LOCALHOST:8080/V#"))
        #expect(signed.token.number == organization.number.description)
        #expect(signed.token.holderName == "杭州样例有限公司")
        #expect(signed.token.statusURI == "http://localhost:8080/status-lists/1")
        #expect(signed.token.statusIndex == test.register.row(organization.number)?.record.place.index)
        let chain = test.keys.department.certificateChain
        #expect(signed.keyID == QRToken.keyID(ofCertificate: chain[0], hashing: test.hashing))
        let person = try OfficePolicy.shared.read(
            ["holder": ["name": "张三丰", "idType": "111", "id": "11010519491231002X"]], photo: nil)
        _ = try await test.office.issue(
            person, type: OfficePolicy.shared, department: "market-regulation", idempotencyKey: nil, actor: "x")
        #expect(try SignedQRToken(parsing: #require(test.pages.contents.last).qrText).token.holderName == "张＊")
    }

    @Test func `a long name is shortened in the QR code alone`() async throws {
        let name = String(repeating: "长", count: 200)
        let license = try await test.shop { $0.rename(name) }
        let text = try #require(test.pages.contents.first).qrText
        #expect(try SignedQRToken(parsing: text).token.holderName == String(repeating: "长", count: 40) + "…")
        #expect(try LicenseClaims(reading: credential(of: license).claims).holders.map(\.name) == [name])
    }

    @Test(arguments: [SignatureAlgorithm.es384, .ps256, .rs256])
    func `every algorithm of a policy signs page and credential`(algorithm: SignatureAlgorithm) async throws {
        let test = TestOffice(keys: OfficeKeys(algorithm: algorithm))
        let license = try await test.shop()
        let key = try #require(test.keys.publicKeys["department"])
        let verifier = OpenSSLSignatureVerifier()
        let file = try pdf(of: license)
        let cms = try SignedData(parsing: #require(try file.signatures().first).contents)
        #expect(cms.isSignatureValid(publicKey: key, verifier: verifier) && cms.timeStampTokens.count == 1)
        #expect(try credential(of: license).jws.isValid(publicKey: key, algorithm: algorithm, verifier: verifier))
        let text = try #require(test.pages.contents.first).qrText
        if algorithm == .es384 || SignedQRToken.looksLike(text) {
            let token = try SignedQRToken(parsing: text)
            #expect(token.isValid(publicKey: key, verifier: verifier))
            #expect(token.token.holderName == "杭州样例有限公司" || algorithm != .es384)
        } else {
            // 384 bytes of signature leave little room: else an address, which no verifier takes for a token.
            #expect(text == "HTTPS://LOCALHOST:8080/V/\(license.number)")
        }
    }

    @Test func `where no token fits, the QR code shows an address that no verifier takes for one`() async throws {
        let host = "an-address-longer-than-most.licenses.market-regulation.example"
        let test = TestOffice(keys: OfficeKeys(algorithm: .rs256), issuerURL: "https://\(host)")
        let license = try await test.shop()
        let text = try #require(test.pages.contents.first).qrText
        #expect(text == "HTTPS://\(host.uppercased())/V/\(license.number)")
        #expect(!SignedQRToken.looksLike(text))
    }

    @Test func `a type without pages gives the credential alone`() async throws {
        let license = try await test.officer()
        #expect(license.documents.map(\.format) == [.sdJWT])
        #expect(test.pages.contents.isEmpty)
        let claims = try LicenseClaims(reading: credential(of: license).claims)
        #expect(claims.pageDigest == nil && claims.validUntil?.description == "2027-03-01")
    }

    @Test func `stored documents and application are sealed, and the holder is found by a keyed hash`() async throws {
        let license = try await test.shop()
        let row = try #require(test.register.row(license.number))
        let name = Array("杭州样例".utf8)
        for sealed in row.documents.map(\.sealed) + [row.record.sealedApplication] {
            #expect(sealed.firstRange(of: name) == nil)
        }
        let lookup = HolderLookup.value(idType: "001", id: "91350100m000100y43", sealing: BoundSealing())
        #expect(try await test.register.numbers(heldBy: lookup) == [license.number])
    }

    @Test func `many tasks at once get numbers and documents of their own`() async throws {
        let licenses = try await withThrowingTaskGroup(of: IssuedLicense.self) { group in
            for index in 0..<24 { group.addTask { try await test.shop(key: "row-\(index)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(licenses.map(\.number)).count == 24)
        for license in licenses {
            #expect(try LicenseClaims(reading: credential(of: license).claims).number == license.number)
        }
    }
}
