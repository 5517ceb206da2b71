package import Primitives

/// Port: pairwise names (OpenID Connect Core §8.1) as HMAC-SHA-256 under a versioned sector key.
package protocol SubjectNaming: Sendable {
    /// Of accounts that are added now, from 1.
    var currentVersion: Int { get }
    /// 43 characters of base64url over `sector ‖ 0x00 ‖ account id`.
    ///
    /// - Throws: when there is no key of that version.
    func subject(of account: Identifier<Account>, sector: String, version: Int) throws -> String
}
