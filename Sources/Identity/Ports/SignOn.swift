package import Primitives

/// What the operations of sign-on work with: built once in the composition root, shared by any number of tasks. A class,
/// because every operation holds it and a struct of so many ports costs a request dozens of reference counts to pass on.
package final class SignOn: Sendable {
    package let directory: PortalDirectory
    package let policy: SignInPolicy
    package let books: any SignOnBooks
    package let keys: any TokenKeys
    package let mac: any TokenMAC
    package let naming: any SubjectNaming
    package let passwords: any PasswordHashing
    package let oneTimePasswords: any OneTimePasswords
    package let sealing: any Sealing
    package let hashing: any Hashing
    package let randomness: any Randomness
    package let verifier: any SignatureVerifier
    package let clock: any Clock
    /// Of entries about throttled attempts.
    let throttled = RefusalBudget()

    package init(
        directory: PortalDirectory, policy: SignInPolicy, books: any SignOnBooks, keys: any TokenKeys,
        mac: any TokenMAC, naming: any SubjectNaming, passwords: any PasswordHashing,
        oneTimePasswords: any OneTimePasswords, sealing: any Sealing, hashing: any Hashing,
        randomness: any Randomness, verifier: any SignatureVerifier, clock: any Clock
    ) {
        (self.directory, self.policy, self.books, self.keys) = (directory, policy, books, keys)
        (self.mac, self.naming, self.passwords) = (mac, naming, passwords)
        (self.oneTimePasswords, self.sealing, self.hashing) = (oneTimePasswords, sealing, hashing)
        (self.randomness, self.verifier, self.clock) = (randomness, verifier, clock)
    }
}
