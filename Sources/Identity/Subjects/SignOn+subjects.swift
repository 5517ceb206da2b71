import Primitives

extension SignOn {
    /// The name under which a portal knows an account (OpenID Connect Core §8).
    ///
    /// - Throws: what the port throws.
    package func subject(of account: Account, for portal: Portal) throws -> String {
        switch portal.subject {
        case .public: account.id.description
        case .pairwise:
            try naming.subject(of: account.id, sector: portal.sector, version: account.namingVersion)
        }
    }
}
