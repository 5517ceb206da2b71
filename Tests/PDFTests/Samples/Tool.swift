import Foundation

/// A program of somebody else that reads what we write.
enum Tool {
    /// Exit status and both outputs of `program` run on a file with these bytes, after the given arguments.
    static func run(
        _ program: String, _ arguments: [String], on bytes: [UInt8]
    ) throws -> (status: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("chancery-\(UUID().uuidString).pdf")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments + [file.path]
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// What `program` makes of a file.
    static func converted(_ bytes: [UInt8], _ program: String, _ arguments: [String]) throws -> [UInt8] {
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("chancery-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: output) }
        let input = output.appendingPathExtension("in")
        try Data(bytes).write(to: input)
        defer { try? FileManager.default.removeItem(at: input) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments + [input.path, output.path]
        try process.run()
        process.waitUntilExit()
        return [UInt8](try Data(contentsOf: output))
    }

    /// A file beside the tests.
    static func vector(_ name: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Vectors/\(name)")))
    }
}
