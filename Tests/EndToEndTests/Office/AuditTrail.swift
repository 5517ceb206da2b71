import Primitives
import Testing

/// What `chancery audit export` tells, oldest first.
struct AuditTrail {
    struct Entry: Hashable {
        let event: String
        let outcome: String
        let object: String?
    }

    let entries: [Entry]

    init(of office: Chancery) throws {
        let run = try office.run(["audit", "export"])
        guard run.status == 0 else { throw Misfortune("audit export failed with \(run.status): \(run.talk)") }
        entries = try run.output.split(separator: "\n").map { line in
            let entry = try JSONReader.read(String(line))
            return Entry(
                event: entry["event"]?.string ?? "", outcome: entry["outcome"]?.string ?? "",
                object: entry["object"]?.string)
        }
    }

    /// The objects of every entry of a kind, in order.
    func objects(_ event: String) -> [String] { entries.filter { $0.event == event }.compactMap(\.object) }

    /// The events about one object, in order.
    func events(about object: String) -> [String] { entries.filter { $0.object == object }.map(\.event) }
}

extension Chancery {
    /// The whole log recomputed.
    func expectSoundAudit(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let run = try run(["audit", "verify"])
        #expect(run.status == 0, "\(run.talk)", sourceLocation: sourceLocation)
        #expect(run.output.hasPrefix("sound: "), sourceLocation: sourceLocation)
    }
}
