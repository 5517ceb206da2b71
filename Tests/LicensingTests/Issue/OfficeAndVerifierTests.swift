import Foundation
import OpenSSLCrypto
import Primitives
import Testing

@testable import Licensing

/// A real key folder under an office, and a verifier that has the root certificate and a bundle and nothing else.
@Suite struct OfficeAndVerifierTests {
    private struct Material: TrustMaterial {
        let folder: OpenKeyFolder
        var anchors: [[UInt8]] { folder.anchors }
        var certificates: [[UInt8]] { folder.certificates }
        func revocationLists(at instant: Instant) throws -> [String: [UInt8]] {
            try folder.revocationLists(at: instant)
        }
    }

    private static let folderPath = NSTemporaryDirectory() + "chancery-\(UUID().uuidString)"

    /// Made once: stretching the passphrase for every key takes time.
    private static let keys = Result { () throws -> OpenKeyFolder in
        let path = folderPath + "/keys"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        // What is static is never freed, so the end of the process must clear up.
        _ = atexit { try? FileManager.default.removeItem(atPath: OfficeAndVerifierTests.folderPath) }
        let folder = KeyFolder(path: path, passphraseFile: "\(path)/private/passphrase")
        let departments = Array(OfficePolicy.policy.departments.values)
        let clock = SettableClock("2026-11-20T08:00:00Z")
        _ = try folder.initialize(
            authority: OfficePolicy.authority, departments: departments, issuerURL: "http://localhost:8080",
            clock: clock)
        return try folder.open(authority: OfficePolicy.authority, departments: departments, at: clock.now())
    }

    private let register = MemoryRegister()
    private let pages = PlainPages()
    private let clock = SettableClock("2026-11-22T08:00:00.500Z")
    private let keys: OpenKeyFolder
    private let office: LicenseOffice

    init() throws {
        keys = try Self.keys.get()
        office = LicenseOffice(
            policy: OfficePolicy.policy, register: register, keys: keys, renderer: pages, sealing: BoundSealing(),
            hashing: OpenSSLHashing(), randomness: OpenSSLRandomness(), clock: clock, issuerURL: TestOffice.issuerURL)
    }

    private func issue() async throws -> IssuedLicense {
        try await office.issue(
            OfficePolicy.shop.read(OfficePolicy.shopApplication, photo: nil), type: OfficePolicy.shop, department: nil,
            idempotencyKey: nil, actor: "operator")
    }

    private func verdict(on bytes: [UInt8]) async throws -> Verdict {
        let publisher = StatusListPublisher(
            policy: OfficePolicy.policy, register: register, keys: keys, clock: clock, issuerURL: TestOffice.issuerURL)
        let export = BundleExport(
            publisher: publisher, register: register, keys: keys, material: Material(folder: keys),
            issuerURL: TestOffice.issuerURL)
        let paths = OpenSSLCertificatePaths()
        var material = VerificationMaterial()
        try material.add(file: #require(keys.anchors.first), as: .trust, paths: paths)
        try material.add(file: try await export.published(at: clock.now()), as: .status, paths: paths)
        let verification = Verification(
            hashing: OpenSSLHashing(), verifier: OpenSSLSignatureVerifier(), paths: paths, fetcher: nil)
        return try #require(
            await verification.verdict(
                on: bytes, input: "-", material: material,
                options: VerificationOptions(at: clock.now().adding(seconds: 60), isOffline: true)))
    }

    private func all(_ license: IssuedLicense) throws -> [[UInt8]] {
        license.documents.map(\.bytes) + [Array(try #require(pages.contents.last).qrText.utf8)]
    }

    @Test func `PDF, credential and QR code of a license are valid to a stranger with the anchor`() async throws {
        let license = try await issue()
        for bytes in try all(license) {
            let verdict = try await verdict(on: bytes)
            #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
            #expect(verdict.license?.number == license.number.description)
        }
        let pdf = try await verdict(on: license.documents[0].bytes)
        #expect(pdf.integrity?.level == "B-T" && pdf.signer?.timeSource == "timestamp")
        #expect(pdf.signer?.certificateStatus == "good")
    }

    @Test func `a revoked license is refused in every form, and a reinstated one is not`() async throws {
        let license = try await issue()
        try await office.changeStatus(license.number, .suspend, reason: "inspection", actor: "operator")
        for bytes in try all(license) {
            let verdict = try await verdict(on: bytes)
            #expect(verdict.indication == .totalFailed && verdict.licenseStatus?.state == .suspended)
        }
        try await office.changeStatus(license.number, .reinstate, reason: "in order", actor: "operator")
        #expect(try await verdict(on: license.documents[0].bytes).indication == .totalPassed)
        try await office.changeStatus(license.number, .revoke, reason: "fraud", actor: "operator")
        for bytes in try all(license) {
            let verdict = try await verdict(on: bytes)
            #expect(verdict.indication == .totalFailed && verdict.subIndication == .revoked)
        }
    }

    @Test func `a superseded license names its successor`() async throws {
        let old = try await issue()
        let next = try await office.supersede(
            old.number, with: OfficePolicy.shop.read(OfficePolicy.shopApplication, photo: nil), actor: "operator")
        let verdict = try await verdict(on: old.documents[0].bytes)
        #expect(verdict.indication == .totalFailed && verdict.licenseStatus?.state == .superseded)
        #expect(verdict.licenseStatus?.supersededBy == next.number.description)
        #expect(try await self.verdict(on: next.documents[0].bytes).indication == .totalPassed)
    }

    @Test func `the last valid day is valid whole, and the next is not`() async throws {
        let license = try await office.issue(
            OfficePolicy.shared.read(["holder": ["name": "甲", "idType": "999", "id": "1"]], photo: nil),
            type: OfficePolicy.shared, department: "market-regulation", idempotencyKey: nil, actor: "operator")
        // Valid for 30 days from 22 November: the last second is that of 21 December.
        clock.advance(seconds: 29 * 86_400 + 16 * 3600 - 61)
        for bytes in license.documents.map(\.bytes) {
            let verdict = try await verdict(on: bytes)
            #expect(verdict.indication == .totalPassed, "\(verdict.plainText)")
        }
        clock.advance(seconds: 1)
        for bytes in license.documents.map(\.bytes) {
            let verdict = try await verdict(on: bytes)
            #expect(verdict.subIndication == .expired && verdict.licenseStatus?.state == .expired)
        }
    }
}
