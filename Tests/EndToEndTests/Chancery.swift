import Foundation

/// The real program, run as a process in a folder of its own.
struct Chancery {
    /// What a finished run left.
    struct Run {
        let status: Int32
        let output: String
        let talk: String
        let bytes: [UInt8]
    }

    /// A fresh folder; removed by whoever made it.
    let folder: URL
    var environment: [String: String] = [:]

    /// The binary beside the test bundle, or `CHANCERY_BINARY`.
    static let binary: URL = {
        if let path = ProcessInfo.processInfo.environment["CHANCERY_BINARY"] { return URL(fileURLWithPath: path) }
        let products =
            Bundle.main.executableURL?.deletingLastPathComponent() ?? repository.appending(path: ".build/debug")
        let beside = products.appending(path: "chancery")
        guard FileManager.default.isExecutableFile(atPath: beside.path) else {
            return repository.appending(path: ".build/debug/chancery")
        }
        return beside
    }()

    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// - Parameter copyingPolicies: whether the folder gets its own copy of the shipped policies, to be changed.
    init(copyingPolicies: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let shipped = Self.repository.appending(path: "policies")
        let own = folder.appending(path: "policies")
        if copyingPolicies {
            try FileManager.default.copyItem(at: shipped, to: own)
        } else {
            try FileManager.default.createSymbolicLink(at: own, withDestinationURL: shipped)
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String) -> URL { folder.appending(path: name) }

    /// Runs to the end.
    @discardableResult
    func run(
        _ arguments: [String], input: [UInt8]? = nil, environment more: [String: String] = [:]
    ) throws -> Run {
        let process = process(arguments, environment: more)
        let output = Pipe()
        let talk = Pipe()
        (process.standardOutput, process.standardError) = (output, talk)
        let source = Pipe()
        process.standardInput = input == nil ? FileHandle.nullDevice : source
        try process.run()
        if let input {
            try source.fileHandleForWriting.write(contentsOf: Data(input))
            try source.fileHandleForWriting.close()
        }
        // Both pipes are emptied at once, or a full one would hold the process up.
        let reading = DispatchQueue(label: "talk")
        nonisolated(unsafe) var said = Data()
        let group = DispatchGroup()
        reading.async(group: group) { unsafe said = talk.fileHandleForReading.readDataToEndOfFile() }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        group.wait()
        process.waitUntilExit()
        let run = unsafe Run(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines),
            talk: String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines),
            bytes: Array(data))
        Canary.watch(run.talk, of: self)
        return run
    }

    /// A process that is not started yet.
    func process(_ arguments: [String], environment more: [String: String] = [:]) -> Process {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var all = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CHANCERY_") }
        all["SWIFT_BACKTRACE"] = "enable=no"
        all.merge(environment) { _, own in own }
        all.merge(more) { _, own in own }
        process.environment = all
        return process
    }
}
