import Foundation
import Testing

/// A department issues, a stranger verifies, the department revokes: each through the real program.
@Suite struct `The main line` {
    @Test(arguments: ["business-license", "food-permit", "safety-officer"])
    func `a license of every shipped type is issued, verified by a stranger, revoked and then refused`(
        type: String
    ) throws {
        let office = try Chancery()
        defer { office.remove() }
        #expect(try office.run(["init"]).status == 0)
        let issued = try office.run([
            "issue", "--type", type, "--input", "policies/examples/\(type).json", "--out", "issued",
        ])
        #expect(issued.status == 0, "\(issued.talk)")
        let number = issued.output
        #expect(try office.run(["bundle", "--out", "status.bundle"]).status == 0)
        let stranger = try Stranger(of: office)
        defer { stranger.chancery.remove() }
        for format in ["pdf", "sd-jwt"] {
            let verdict = try stranger.verify("\(number).\(format)", bundle: "status.bundle")
            #expect(verdict.status == 0, "\(verdict.output)")
            #expect(verdict.output.hasPrefix("VALID\n"))
        }
        #expect(try office.run(["revoke", number, "--reason", "closed"]).status == 0)
        #expect(try office.run(["bundle", "--out", "fresh.bundle"]).status == 0)
        for format in ["pdf", "sd-jwt"] {
            let verdict = try stranger.verify("\(number).\(format)", bundle: "fresh.bundle")
            #expect(verdict.status == 1)
            #expect(verdict.output.hasPrefix("INVALID: the license was revoked"), "\(verdict.output)")
        }
    }
}

/// A verifier that shares nothing with the issuer but the trust anchor.
struct Stranger {
    let chancery: Chancery
    let office: Chancery

    init(of office: Chancery) throws {
        self.office = office
        chancery = try Chancery()
        try FileManager.default.removeItem(at: chancery.file("policies"))
        try FileManager.default.copyItem(at: office.file("keys/trust"), to: chancery.file("trust"))
    }

    /// Copies the file and the bundle over, and nothing else, then verifies offline.
    func verify(_ name: String, bundle: String, json: Bool = false) throws -> Chancery.Run {
        let from = [("issued/" + name, name), (bundle, bundle)]
        for (source, target) in from {
            try? FileManager.default.removeItem(at: chancery.file(target))
            try FileManager.default.copyItem(at: office.file(source), to: chancery.file(target))
        }
        let options = ["--trust", "trust", "--status", bundle, "--offline"] + (json ? ["--json"] : [])
        return try chancery.run(["verify", name] + options)
    }
}
