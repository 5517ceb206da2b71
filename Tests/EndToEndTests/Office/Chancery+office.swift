import Foundation
import Primitives

/// A department's office: what `chancery init` makes, and short words for what tests ask of it.
extension Chancery {
    /// Initialised once for the address that is the default; stretching the passphrase for every key takes time.
    private static let prepared = Result { () throws -> Chancery in
        let office = try empty.get()
        // What is static is never freed, so the end of the process must clear up.
        _ = atexit { try? Chancery.empty.get().remove() }
        let run = try office.run(["init"])
        guard run.status == 0 else { throw Misfortune("init failed: \(run.talk)") }
        return office
    }

    private static let empty = Result { try Chancery() }

    /// An office of its own: a copy of one that was initialised.
    static func office(copyingPolicies: Bool = false) throws -> Chancery {
        let office = try Chancery(copyingPolicies: copyingPolicies)
        for name in ["keys", "data"] { try copy(prepared.get().file(name), to: office.file(name)) }
        return office
    }

    /// Modes and all: a private key that others may read is refused.
    static func copy(_ source: URL, to target: URL) throws {
        let copying = Process()
        copying.executableURL = URL(fileURLWithPath: "/bin/cp")
        copying.arguments = ["-a", source.path, target.path]
        try copying.run()
        copying.waitUntilExit()
        guard copying.terminationStatus == 0 else { throw Misfortune("cannot copy \(source.path)") }
    }

    /// Issues from a shipped example and returns the number; documents go to `out`.
    func issue(_ type: String = "business-license", out: String = "issued") throws -> String {
        let run = try run([
            "issue", "--type", type, "--input", "policies/examples/\(type).json", "--out", out,
        ])
        guard run.status == 0 else { throw Misfortune("issue failed with \(run.status): \(run.talk)") }
        return run.output
    }

    /// Writes a bundle of the status as it is now.
    func bundle(_ name: String = "status.bundle") throws {
        let run = try run(["bundle", "--out", name])
        guard run.status == 0 else { throw Misfortune("bundle failed with \(run.status): \(run.talk)") }
    }

    /// Verifies without a network, by the office's own trust anchor.
    func verify(
        _ inputs: [String], bundle: String? = "status.bundle", _ options: [String] = [], input: [UInt8]? = nil
    ) throws -> Run {
        let status = bundle.map { ["--status", $0] } ?? []
        return try run(["verify"] + inputs + ["--trust", "keys/trust", "--offline"] + status + options, input: input)
    }

    /// `chancery show NUMBER --json`.
    func record(of number: String) throws -> JSONValue {
        let run = try run(["show", number, "--json"])
        guard run.status == 0 else { throw Misfortune("show failed with \(run.status): \(run.talk)") }
        return try JSONReader.read(run.bytes)
    }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: file(name))) }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: file(name)) }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    /// Names in a folder, hidden ones too; none where there is no folder.
    func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: file(folder).path)) ?? []).sorted()
    }

    /// The application of a shipped example, to be changed.
    static func example(_ type: String = "business-license") throws -> JSONObject {
        let file = repository.appending(path: "policies/examples/\(type).json")
        return try JSONReader.read(Array(try Data(contentsOf: file))).object ?? JSONObject()
    }
}

/// Why a test could not even begin.
struct Misfortune: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
