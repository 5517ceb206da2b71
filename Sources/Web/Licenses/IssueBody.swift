import HTTPTypes
import Hummingbird
import Licensing
import Primitives

/// What `POST /v1/licenses` brings: an application as `chancery issue` takes it, with `type` and perhaps `department`.
struct IssueBody {
    /// As for the command line: photos come inside.
    static let limit = 16 << 20

    let type: LicenseType
    let departmentID: String?
    let application: Licensing.Application

    /// - Throws: `Problem` with everything that is wrong.
    init(_ members: JSONObject, types: [String: LicenseType]) throws(Problem) {
        var application = members
        (application["type"], application["department"]) = (nil, nil)
        switch members["department"] {
        case nil, .null: departmentID = nil
        case .string(let id): departmentID = id
        default: throw .wrongFields([FieldError(path: "department", detail: "department must be a text")])
        }
        guard let id = members["type"] else {
            throw .wrongFields([FieldError(path: "type", detail: "type is required")])
        }
        guard let type = id.string.flatMap({ types[$0] }) else { throw Problem(IssueRefusal.unknownType) }
        self.type = type
        do throws(ApplicationFaults) {
            self.application = try type.read(.object(application), photo: nil)
        } catch {
            throw Problem(error)
        }
    }
}

/// `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): what makes a repeat the same request.
enum IdempotencyKey {
    static let name = fieldName("Idempotency-Key")
    static let maximumLength = 255

    /// The key as it is written, quotes included.
    ///
    /// - Throws: `Problem` where it is missing, stands twice or has another form.
    static func read(_ request: Request) throws(Problem) -> String {
        let values = request.headers[values: name]
        guard values.count == 1, let key = values.first, (1...maximumLength).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw Problem(
                status: .badRequest,
                detail: "One Idempotency-Key of 1 to \(maximumLength) printable ASCII characters without space is "
                    + "needed, so that a repeat issues nothing twice.")
        }
        return key
    }
}
