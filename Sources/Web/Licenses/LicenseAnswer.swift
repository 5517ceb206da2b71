import Licensing
import Primitives

/// A license as the write API tells of it.
struct LicenseAnswer {
    let issuerURL: String

    func address(_ number: LicenseNumber) -> String { "\(issuerURL)/v1/licenses/\(number)" }

    /// `{number, state, links}`.
    func short(_ number: LicenseNumber, _ state: LicenseState, formats: [LicenseType.Format]) -> JSONObject {
        JSONObject([
            ("number", .string(number.description)), ("state", .string(state.rawValue)),
            ("links", .object(links(number, formats))),
        ])
    }

    /// All that the register tells; what is personal stands in the documents.
    func whole(
        _ record: LicenseRecord, history: [LicenseHistoryEntry], formats: [LicenseType.Format]
    ) -> JSONObject {
        JSONObject([
            ("number", .string(record.number.description)), ("state", .string(record.state.rawValue)),
            ("type", .string(record.typeID)), ("department", .string(record.departmentID)),
            ("validFrom", .string(record.validFrom.description)), ("validUntil", .text(record.validUntil?.description)),
            ("issuedAt", .text(record.issuedAt?.description)), ("supersedes", .text(record.supersedes?.description)),
            ("supersededBy", .text(record.supersededBy?.description)), ("history", .array(history.map(step))),
            ("links", .object(links(record.number, formats))),
        ])
    }

    private func step(_ step: LicenseHistoryEntry) -> JSONValue {
        [
            "at": .string(step.at.description), "state": .string(step.state.rawValue), "reason": .text(step.reason),
            "actor": .string(step.actor),
        ]
    }

    private func links(_ number: LicenseNumber, _ formats: [LicenseType.Format]) -> JSONObject {
        let own = address(number)
        var links = JSONObject([("self", .string(own))])
        if formats.contains(.pdf) { links["document"] = .string(own + "/document.pdf") }
        if formats.contains(.sdJWT) { links["credential"] = .string(own + "/credential") }
        return links
    }
}
