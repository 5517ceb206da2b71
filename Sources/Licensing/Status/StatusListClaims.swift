import Primitives

/// How license states stand in a status list: two bits, and for the application-specific value a claim that says more.
enum StatusListClaims {
    /// A private claim beside `status_list`: index → `{"state": …, "by": …}` for places whose value is 3.
    static let details = "chancery_details"

    /// Token Status List §7.1: 0 valid, 1 invalid, 2 suspended, 3 application specific.
    static func value(of state: LicenseState) -> UInt8 {
        switch state {
        case .revoked: 1
        case .suspended: 2
        case .cancelled, .superseded: 3
        case .valid, .pending, .void: 0
        }
    }

    /// Fails closed: a value 3 without its detail is a cancelled license.
    static func state(of value: UInt8, detail: JSONValue?) -> LicenseStatusSection.State {
        switch value {
        case 0: .valid
        case 1: .revoked
        case 2: .suspended
        default: detail?["state"]?.string == "superseded" ? .superseded : .cancelled
        }
    }

    static func details(of marks: [StatusMark]) -> JSONObject {
        JSONObject(
            marks.filter { value(of: $0.state) == 3 }.sorted { $0.index < $1.index }.map { mark in
                var detail = JSONObject([("state", .string(mark.state.rawValue))])
                detail["by"] = mark.supersededBy.map { .string($0.description) }
                return (String(mark.index), .object(detail))
            })
    }
}

extension String {
    /// Without one final line break, as text files and shells add it.
    var trimmingFinalLineBreak: String {
        var bytes = Array(utf8)
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
