import HTTPTypes
import Hummingbird
import NIOCore
import Primitives

/// The JSON object that a request brings, read once and within bounds.
enum JSONBody {
    private static let maximumDepth = 8

    /// - Throws: `Problem`; what the connection throws.
    static func object(of request: Request, limit: Int) async throws -> JSONObject {
        try object(await bytes(of: request, limit: limit) { body, limit in try await body.collect(upTo: limit) })
    }

    /// - Throws: `Problem`
    static func object(_ bytes: [UInt8]) throws -> JSONObject {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONReader.read(bytes, maximumDepth: maximumDepth)
        } catch {
            throw Problem(status: .badRequest, detail: "The body is not JSON: \(error).")
        }
        guard let object = value.object else {
            throw Problem.wrongFields([FieldError(path: "", detail: "must be an object")])
        }
        return object
    }

    /// RFC 9110 §8.3.1: type and subtype in any case; a charset changes nothing about JSON (RFC 8259 §11).
    private static func isJSON(_ type: String?) -> Bool {
        guard let name = type?.prefix(while: { $0 != ";" && $0 != " " && $0 != "\t" }) else { return false }
        return name.lowercased() == "application/json"
    }

    /// What says that it is JSON and not too long; a length that says too much is refused before anything is read.
    ///
    /// - Parameter collect: reads at most so many bytes.
    static func bytes(
        of request: Request, limit: Int, by collect: (RequestBody, Int) async throws -> ByteBuffer
    ) async throws -> [UInt8] {
        guard isJSON(request.headers[.contentType]) else {
            throw Problem(status: .unsupportedMediaType, detail: "The body must be JSON (application/json).")
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit: limit)
        }
        do {
            return Array(buffer: try await collect(request.body, limit))
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        }
    }
}
