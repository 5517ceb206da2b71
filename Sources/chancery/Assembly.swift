import Audit
import Licensing
import OpenSSLCrypto
import PolicyFiles
import Primitives
import Store

/// The composition root: every port meets its adapter here and nowhere else.
struct Assembly: Sendable {
    static let clock = SystemClock()
    static let hashing = OpenSSLHashing()
    static let randomness = OpenSSLRandomness()
    static let signatureVerifier = OpenSSLSignatureVerifier()
    static let paths = OpenSSLCertificatePaths()

    /// Who acts on the command line, in the audit log.
    static let operatorName = "operator"

    let settings: Settings
    let policies: LoadedPolicies
    let keys: OpenKeyFolder
    let store: SQLiteStore
    let pages: DeferredPages

    /// Opens what `chancery init` made.
    ///
    /// - Parameter limits: a service answers callers soon, a command rather waits.
    init(_ settings: Settings, mode: StoreMode, limits: StoreLimits = StoreLimits()) throws {
        try self.init(settings, policies: Assembly.policies(settings), mode: mode, limits: limits)
        try store.checkKeys()
    }

    /// Opens also a database that other keys may have written, to find out.
    init(inspecting settings: Settings, mode: StoreMode = .readOnly) throws {
        try self.init(settings, policies: Assembly.policies(settings), mode: mode)
    }

    init(
        _ settings: Settings, policies: LoadedPolicies, mode: StoreMode, limits: StoreLimits = StoreLimits(),
        isNew: Bool = false
    ) throws {
        (self.settings, self.policies) = (settings, policies)
        let policy = policies.licensing
        keys = try Assembly.keyFolder(settings).open(
            authority: policy.authority, departments: Assembly.departments(policy), at: Assembly.clock.now())
        guard isNew || InputFile.exists(settings.database) else {
            throw CommandFault(
                .configuration, "there is no database at \(settings.database); make it with: chancery init")
        }
        pages = DeferredPages(policy: policy, folder: settings.policies)
        store = try SQLiteStore(
            path: settings.database, mode: mode,
            ports: StorePorts(
                hashing: Assembly.hashing, sealing: keys.sealing, randomness: Assembly.randomness,
                clock: Assembly.clock), logKey: try keys.auditLogKey(origin: Assembly.logOrigin(settings.issuer)),
            limits: limits,
            onFatal: Assembly.stop)
    }

    /// - Throws: every fault of the policy folder.
    static func policies(_ settings: Settings) throws(PolicyFaults) -> LoadedPolicies {
        try PolicyFolder.load(settings.policies, issuer: settings.issuer)
    }

    var policy: LicensingPolicy { policies.licensing }

    /// Every command says so at its end: a process may be over before the last reference to its store is, and would leave
    /// the write-ahead log behind.
    func close() {
        store.close()
    }

    static func keyFolder(_ settings: Settings) -> KeyFolder {
        KeyFolder(path: settings.keys, passphraseFile: settings.passphraseFile)
    }

    /// In the order of their ids, so that what is made and printed is the same every time.
    static func departments(_ policy: LicensingPolicy) -> [Department] {
        policy.departments.values.sorted { $0.id < $1.id }
    }

    /// `<host>/audit`, with the port where it is not the scheme's own.
    static func logOrigin(_ issuer: String) -> String {
        guard let origin = Origin(of: issuer) else { return "localhost/audit" }
        let isStandard = origin.port == (origin.scheme == "https" ? 443 : 80)
        return (isStandard ? origin.host : "\(origin.host):\(origin.port)") + "/audit"
    }

    var office: LicenseOffice {
        #if DEBUG
            if StopPoint.chosen != nil {
                return office(
                    register: StoppingRegister(register: store), keys: StoppingKeys(keys: keys),
                    pages: StoppingPages(pages: pages))
            }
        #endif
        return office(register: store, keys: keys, pages: pages)
    }

    private func office(
        register: any LicenseRegister, keys signingKeys: any SigningKeys, pages: any PageRenderer
    ) -> LicenseOffice {
        LicenseOffice(
            policy: policy, register: register, keys: signingKeys, renderer: pages, sealing: keys.sealing,
            hashing: Assembly.hashing, randomness: Assembly.randomness, clock: Assembly.clock,
            issuerURL: settings.issuer)
    }

    var statusPublisher: StatusListPublisher {
        StatusListPublisher(
            policy: policy, register: store, keys: keys, clock: Assembly.clock, issuerURL: settings.issuer)
    }

    /// An office that is about to issue: templates checked, and what an earlier stop left unfinished is dealt with first.
    func issuingOffice() async throws -> LicenseOffice {
        try pages.compile()
        try await finishUnfinished()
        return office
    }

    /// Deals with what an earlier stop left unfinished.
    func finishUnfinished() async throws {
        for outcome in try await office.finishUnfinished(actor: Assembly.operatorName) {
            Terminal.talk("chancery: after an earlier stop: \(outcome.sentence)")
        }
    }

}

extension LicensingPolicy {
    /// The type of a name on the command line.
    func knownType(_ id: String) throws(CommandFault) -> LicenseType {
        guard let type = types[id] else {
            let known = types.keys.sorted().joined(separator: ", ")
            throw CommandFault(.badUsage, "there is no license type \(id); known: \(known.isEmpty ? "none" : known)")
        }
        return type
    }
}

extension UnfinishedOutcome {
    fileprivate var sentence: String {
        switch self {
        case .finished(let number): "\(number) is finished"
        case .voided(let number, let reason): "\(number) is void (\(reason))"
        }
    }
}
