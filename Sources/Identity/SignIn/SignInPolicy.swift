/// Limits of signing in (`sign-in.yaml`); the defaults are those of a policy folder without that file. Times in seconds.
package struct SignInPolicy: Hashable, Sendable {
    package struct Password: Hashable, Sendable {
        /// Characters, 8 or more.
        package var minimumLength = 8
        package var scrypt = ScryptCost()
        /// Hashes computed at the same time.
        package var workers = 2
        /// Hashes that may wait; more are refused with 503.
        package var queue = 64

        package init() {}
    }

    /// RFC 7914 §2.
    package struct ScryptCost: Hashable, Sendable {
        package var n = 65_536
        package var r = 8
        package var p = 2

        package init() {}
    }

    /// Failed attempts in one window, beyond which even the right password fails where neither session nor device is known.
    package struct Guessing: Hashable, Sendable {
        package var perAccount = 50
        /// For one address prefix.
        package var perAddress = 200
        /// For all accounts and addresses together.
        package var total = 20_000
        package var window: Int64 = 3600
        /// Second factors of one account: six digits are guessed sooner than a password, by somebody who has that already.
        package let secondFactors = 10

        package init() {}
    }

    package struct Session: Hashable, Sendable {
        package var idle: Int64 = 1800
        package var absolute: Int64 = 43_200

        package init() {}
    }

    package struct Tokens: Hashable, Sendable {
        package var code: Int64 = 60
        package var pushedRequest: Int64 = 60
        package var access: Int64 = 600
        package var refreshIdle: Int64 = 2_592_000
        package var refreshAbsolute: Int64 = 15_552_000
        package var refreshGrace: Int64 = 10
        package var logout: Int64 = 120

        package init() {}
    }

    package var password = Password()
    package var guessing = Guessing()
    package var session = Session()
    package var tokens = Tokens()

    package init() {}
}
