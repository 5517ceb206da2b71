import Glibc
import Primitives

/// A process that has the store open for writing.
enum StoreInstance {}

/// Which processes live on a database: each holds a lock on `<database>.instances/<random id>` for its life.
final class InstanceRegistry: Sendable {
    let own: Identifier<StoreInstance>
    private let folder: String
    private let lock: FileLock

    /// Enters this process and removes what dead ones left.
    init(database path: String, randomness: any Randomness) throws(StoreFault) {
        own = Identifier(from: randomness)
        folder = path + ".instances"
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw errno == ENOSPC ? .diskFull : .cannotOpen(path: folder, reason: "the folder cannot be made")
        }
        // Locked before it has its name, so that nobody finds it unlocked and takes its owner for dead.
        let unnamed = "\(folder)/.\(own)"
        guard case .taken(let lock) = try FileLock.attempt(unnamed, creating: true),
            unsafe rename(unnamed, "\(folder)/\(own)") == 0
        else { throw .cannotOpen(path: folder, reason: "the lock file cannot be made") }
        self.lock = lock
        for instance in InstanceRegistry.entries(of: folder) { _ = try isGone(instance) }
    }

    /// All that have a file, living or dead.
    private static func entries(of folder: String) -> [Identifier<StoreInstance>] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var found: [Identifier<StoreInstance>] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            // Names with a dot before them are not locked yet.
            if let instance = Identifier<StoreInstance>(String(decoding: name, as: UTF8.self)) {
                found.append(instance)
            }
        }
        return found
    }

    deinit {
        leave()
    }

    /// Takes this process's file away; whoever holds on to the registry may do so again.
    func leave() {
        _ = unsafe unlink("\(folder)/\(own)")
    }

    /// Whether the process is dead or has closed the store; what it left behind is removed.
    func isGone(_ instance: Identifier<StoreInstance>) throws(StoreFault) -> Bool {
        guard instance != own else { return false }
        let path = "\(folder)/\(instance)"
        switch try FileLock.attempt(path, creating: false) {
        case .absent: return true
        case .held: return false
        case .taken:
            _ = unsafe unlink(path)
            return true
        }
    }
}
