import Foundation
import Identity
import Licensing
import PolicyFiles
import Primitives
import Testing

struct ShippedPortalsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../policies"
    ).standardizedFileURL.path

    private func policies() throws -> LoadedPolicies { try PolicyFolder.load(ShippedPortalsTests.folder) }

    @Test func `the shipped portals load`() throws {
        #expect(
            try policies().portals.keys.sorted() == [
                "auditor", "citizen-app", "citizen-portal", "department-system", "enterprise-desk", "food-permits",
                "food-safety-system", "housing-construction-system", "market-registration", "permit-registry",
            ])
        #expect(try policies().portals.values.filter { $0.name.texts["zh"] == nil }.isEmpty)
    }

    @Test func `every secret in the page is the one in the file`() throws {
        let page = try String(
            contentsOf: URL(filePath: ShippedPortalsTests.folder).appending(path: "portals/README.md"), encoding: .utf8)
        for portal in try policies().portals.values {
            guard case .secretBasic(let hash) = portal.authentication else { continue }
            #expect(page.contains("`\(portal.id)-demo-secret`"))
            #expect(hash == SecretHash.of("\(portal.id)-demo-secret"), "\(portal.id)")
        }
    }

    @Test func `two portals share a sector and one has its own`() throws {
        let portals = try policies().portals
        let (citizen, food) = (try #require(portals["citizen-portal"]), try #require(portals["food-permits"]))
        let market = try #require(portals["market-registration"])
        #expect(citizen.sector == food.sector && citizen.departmentID != food.departmentID)
        #expect(market.sector != citizen.sector)
    }

    @Test func `every department that issues has a system that may`() throws {
        let policies = try policies()
        let issuers = policies.portals.values.filter { $0.kind == .service && $0.scopes.contains("license:issue") }
        let departments = Set(policies.licensing.types.values.flatMap(\.departments))
        #expect(Set(issuers.map(\.departmentID)).isSuperset(of: departments))
        #expect(issuers.allSatisfy { $0.scopes == ["license:issue", "license:read", "license:status"] })
        #expect(policies.portals["auditor"]?.scopes == ["license:read"])
    }

    @Test func `there is one portal for every profile, kind and usual algorithm`() throws {
        let portals = try policies().portals.values
        #expect(Set(portals.map(\.kind)) == Set(PortalKind.allCases))
        #expect(Set(portals.map(\.profile)) == Set(PortalProfile.allCases))
        #expect(Set(portals.map(\.idTokenAlgorithm)) == [.es256, .rs256, .ps256])
    }
}

/// SHA-256 by the system's own command: this room imports no cryptography.
enum SecretHash {
    static func of(_ secret: String) -> Digest? {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        (process.standardInput, process.standardOutput) = (input, output)
        guard (try? process.run()) != nil else { return nil }
        input.fileHandleForWriting.write(Data(secret.utf8))
        try? input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Hexadecimal.decode(String(text.prefix(64))).flatMap { Digest($0) }
    }
}
