/// What authenticator apps read from a QR code (Key URI Format).
enum OneTimePasswordURI {
    /// - Parameter issuer: shown in the app; the account's name stays out of it, because QR codes end up in photos.
    static func text(secret: String, issuer: String) -> String {
        RedirectURI.appending(
            [("secret", secret), ("issuer", issuer), ("algorithm", "SHA1"), ("digits", "6"), ("period", "30")],
            to: "otpauth://totp/" + RedirectURI.encoded(issuer))
    }
}
