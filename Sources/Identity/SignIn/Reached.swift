/// Which level of assurance a sign-in reaches.
enum Reached {
    /// The lower of who the account is proven to be and how sure it is that it is them now (eIDAS takes both together):
    /// one factor is low, two are substantial; high needs a key in hardware, which is not offered yet.
    static func level(of account: Account, factors: Int) -> Assurance {
        min(account.assurance, factors >= 2 ? .substantial : .low)
    }
}
