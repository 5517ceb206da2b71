package import Identity
package import Primitives

/// What the service is given for sign-on.
package struct SignOnPorts: Sendable {
    package let signOn: SignOn
    /// By id; shown beside the portal that data go to.
    package let departmentNames: [String: LocalizedText]
    /// The rows of a QR code for a text, `true` for dark, without the light border; `nil` when it is too long.
    package let qrCode: @Sendable (String) -> [[Bool]]?

    package init(
        signOn: SignOn, departmentNames: [String: LocalizedText],
        qrCode: @escaping @Sendable (String) -> [[Bool]]?
    ) {
        (self.signOn, self.departmentNames, self.qrCode) = (signOn, departmentNames, qrCode)
    }
}
