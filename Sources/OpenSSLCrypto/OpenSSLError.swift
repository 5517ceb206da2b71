import COpenSSL

/// An OpenSSL call failed. Holds the library's own words, which carry no key, passphrase or personal data.
package struct OpenSSLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being done, for example `sign`.
    package let operation: String
    /// The thread's error queue, oldest first; at most 16.
    package let reasons: [String]

    package var description: String {
        reasons.isEmpty ? "\(operation) failed" : "\(operation) failed: \(reasons.joined(separator: ", "))"
    }

    /// Takes the thread's whole error queue. The only place that reads it.
    static func drained(_ operation: String) -> OpenSSLError {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            guard reasons.count < 16 else { continue }
            if let text = unsafe ERR_reason_error_string(code) {
                reasons.append(unsafe String(cString: text))
            } else {
                reasons.append("code \(code)")
            }
        }
        return OpenSSLError(operation: operation, reasons: reasons)
    }

    /// Forgets errors that were an expected answer, so that they do not show up under a later operation.
    static func clear() {
        ERR_clear_error()
    }

    /// Throws unless an OpenSSL call returned 1.
    static func check(_ result: Int32, _ operation: String) throws(OpenSSLError) {
        guard result == 1 else { throw drained(operation) }
    }

    /// The pointer, or the drained queue.
    static func check(_ pointer: OpaquePointer?, _ operation: String) throws(OpenSSLError) -> OpaquePointer {
        guard let pointer = unsafe pointer else { throw drained(operation) }
        return unsafe pointer
    }
}
