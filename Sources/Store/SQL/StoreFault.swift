/// Why the store cannot do its work. Messages hold no stored values.
package enum StoreFault: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    case readOnly
    /// Nothing of the change was written.
    case diskFull
    /// The database was written by a newer program; it is left untouched.
    case newerSchema(found: Int, known: Int)
    case notADatabase
    /// The database was made with another key folder; it is left untouched.
    case otherKeys
    /// Another process holds the database, or the service place on it.
    case locked
    /// The outcome of the change is unknown; the process must stop.
    case commitFailed
    /// What was found contradicts itself; the text names the place.
    case corrupted(String)
    /// A read or write failed before any commit: nothing was changed.
    case inputOutput
    /// A statement or a port was refused for a reason in the program, not in the data.
    case failed(String)

    /// This process has closed the store.
    static let closed = StoreFault.failed("it is closed")

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the database \(path): \(reason)"
        case .readOnly: "the database cannot be written: it is read-only"
        case .diskFull: "the disk is full: nothing was written"
        case .newerSchema(let found, let known):
            "the database has schema version \(found), this program knows versions to \(known): use a newer chancery"
        case .notADatabase: "the file is not a chancery database"
        case .otherKeys: "the database was made with other keys than these: use the key folder that belongs to it"
        case .locked: "another process holds the database"
        case .commitFailed: "the disk failed while committing: whether the change was kept is unknown until a restart"
        case .corrupted(let place): "the database contradicts itself: \(place)"
        case .inputOutput: "the disk failed while the database was read or written"
        case .failed(let reason): "the store failed: \(reason)"
        }
    }

    /// Whether the connection, not one change, has the trouble: a group is given up as a whole.
    var isOfConnection: Bool {
        switch self {
        case .cannotOpen, .readOnly, .diskFull, .notADatabase, .locked, .commitFailed, .inputOutput: true
        case .newerSchema, .otherKeys, .corrupted, .failed: false
        }
    }
}
