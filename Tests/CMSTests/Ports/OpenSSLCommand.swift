import Foundation

/// The `openssl` of the machine, which shares no line with what is tested.
struct OpenSSLCommand {
    struct Outcome {
        let succeeded: Bool
        /// Both streams.
        let text: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where it runs.
    let folder: URL

    func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        (process.standardOutput, process.standardError, process.standardInput) = (pipe, pipe, FileHandle.nullDevice)
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Outcome(succeeded: process.terminationStatus == 0, text: text)
    }

    /// Runs a command line without quotes that must succeed.
    func must(_ line: String) throws {
        let outcome = try run(line.split(separator: " ").map(String.init))
        guard outcome.succeeded else { throw Failure(description: "openssl \(line): \(outcome.text)") }
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }
}
