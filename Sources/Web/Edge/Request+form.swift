import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import NIOHTTP1

extension Request {
    /// Bytes of a form.
    static let formLimit = 64 << 10
    private static let formType = "application/x-www-form-urlencoded"

    /// The form that was posted, read once.
    ///
    /// - Parameter body: where it has come whole already.
    /// - Throws: `EdgeFault`; what the connection throws.
    func form(_ body: ByteBuffer? = nil) async throws -> [(name: String, value: String)] {
        guard hasFormType else { throw EdgeFault.mediaType }
        if let body, body.readableBytes <= Request.formLimit { return try FormReader.pairs(body.readableBytesView) }
        return try FormReader.pairs(try await formBytes().readableBytesView)
    }

    func formParameters(_ body: ByteBuffer? = nil) async throws -> Identity.Parameters {
        guard let parameters = Identity.Parameters(try await form(body)) else { throw EdgeFault.tooManyParameters }
        return parameters
    }

    /// - Throws: `EdgeFault`.
    func query() throws(EdgeFault) -> [(name: String, value: String)] {
        try FormReader.pairs((uri.query ?? "").utf8)
    }

    func queryParameters() throws(EdgeFault) -> Identity.Parameters {
        guard let parameters = Identity.Parameters(try query()) else { throw .tooManyParameters }
        return parameters
    }

    /// RFC 9110 §8.3.1: type and subtype in any case; parameters such as `charset` change nothing about a form.
    var hasFormType: Bool {
        let types = headers[values: .contentType]
        guard types.count == 1, let type = types.first else { return false }
        if type == Request.formType { return true }
        let name = type.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        return name.lowercased() == Request.formType
    }

    /// A length that says too much is refused before anything is read.
    private func formBytes() async throws -> ByteBuffer {
        if let length = headers[values: .contentLength].first.flatMap({ Int($0) }), length > Request.formLimit {
            throw EdgeFault.tooLarge(limit: Request.formLimit)
        }
        do {
            return try await body.collect(upTo: Request.formLimit)
        } catch is NIOTooManyBytesError {
            throw EdgeFault.tooLarge(limit: Request.formLimit)
        } catch is HTTPParserError {
            throw EdgeFault.malformed
        }
    }

    /// A header that may stand once.
    ///
    /// - Throws: `EdgeFault.repeatedHeader`.
    func single(_ name: HTTPField.Name) throws(EdgeFault) -> String? {
        let values = headers[values: name]
        guard values.count <= 1 else { throw .repeatedHeader }
        return values.first
    }
}
