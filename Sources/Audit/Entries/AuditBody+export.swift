package import Primitives

extension AuditEntry {
    /// Members of `details` that exports print: request id, portal (`client_id`), token (`jti`).
    package static let exportedDetails = ["request", "portal", "token"]
}

extension AuditBody {
    /// One line of `chancery audit export`; members that do not apply are absent.
    ///
    /// - Parameter sequence: the entry's index in the log, from 0.
    package func exported(sequence: Int) -> JSONObject {
        var line = JSONObject([
            ("seq", .integer(sequence)), ("time", .string(entry.at.description)),
            ("event", .string(entry.event.word)), ("outcome", .string(entry.outcome.word)),
        ])
        line["department"] = entry.department.map { .string($0) }
        line["actor"] = entry.actor.map { .string($0) }
        line["object"] = entry.object.map { .string($0) }
        for name in AuditEntry.exportedDetails { line[name] = entry.details[name]?.string.map { .string($0) } }
        return line
    }
}
