import Licensing

/// The policy folder; its files and keys are described in `policies/README.md`.
package enum PolicyFolder {
    /// Reads and checks everything in the folder at `path`, and changes nothing.
    ///
    /// - Parameter issuer: public base URL of the service, which no portal may name as its own; `nil`: not known here.
    /// - Throws: every fault of every file, by file, line and column; never only the first.
    package static func load(_ path: String, issuer: String? = nil) throws(PolicyFaults) -> LoadedPolicies {
        let log = FaultLog()
        let loader = PolicyLoader(path: path.withoutFinalSlashes, issuer: issuer?.withoutFinalSlashes, log: log)
        let policies = loader.load()
        guard log.isEmpty, let policies else { throw PolicyFaults(log.sorted) }
        return policies
    }
}

extension String {
    fileprivate var withoutFinalSlashes: String {
        var path = self[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }
}
