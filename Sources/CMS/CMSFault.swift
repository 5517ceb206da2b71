/// Why bytes are not a signature or time-stamp token that Chancery accepts.
package enum CMSFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It breaks the standard.
    case malformed(String)
    /// The standard allows it, Chancery does not read or write it.
    case unsupported(String)
    /// It leans on an algorithm that is broken: SHA-1, MD5 and older.
    case weak(String)

    package var description: String {
        switch self {
        case .malformed(let reason): "malformed: \(reason)"
        case .unsupported(let reason): "not supported: \(reason)"
        case .weak(let reason): "too weak: \(reason)"
        }
    }

    /// Runs `read` and gives faults of the ASN.1 parser one name.
    static func reading<Value>(_ what: String, _ read: () throws -> Value) throws(CMSFault) -> Value {
        do {
            return try read()
        } catch let fault as CMSFault {
            throw fault
        } catch {
            throw .malformed("this is not a \(what)")
        }
    }
}
