import Licensing
import Primitives

/// What `POST /v1/licenses/{number}/status` brings: `{"state": "revoked", "reason": "…"}`.
struct StatusBody {
    static let limit = 16 << 10

    let change: StatusChange
    let reason: String

    /// - Throws: `Problem` with everything that is wrong.
    init(_ members: JSONObject) throws(Problem) {
        var errors =
            members.names.filter { !["state", "reason"].contains($0) }.isEmpty
            ? [] : [FieldError(path: "", detail: "only state and reason are known here")]
        let change = members["state"]?.string.flatMap { word in StatusChange.allCases.first { $0.to.rawValue == word } }
        if change == nil {
            let words = StatusChange.allCases.map(\.to.rawValue).joined(separator: ", ")
            errors.append(FieldError(path: "state", detail: "state must be one of: \(words)"))
        }
        let reason = members["reason"]?.string
        if reason == nil { errors.append(FieldError(path: "reason", detail: "reason must be a text")) }
        guard let change, let reason, errors.isEmpty else { throw .wrongFields(errors) }
        (self.change, self.reason) = (change, reason)
    }
}
