package import Primitives

/// What `/device` shows.
package enum DeviceStep: Sendable {
    package enum Refusal: Hashable, Sendable {
        /// Unknown, answered, or too late.
        case unknownCode
        case throttled(until: Instant)
        /// The answer is not from this session's page.
        case formLost
        /// The portal asks for more than this session proves; a second factor may reach it.
        case level(Assurance)
    }

    /// Nobody is signed in: `Authorize.visit(.device(userCode:))`.
    case signInFirst
    /// The field for the code.
    case enter(Refusal?)
    case question(DeviceQuestion)
    case done(isAllowed: Bool)
}

/// Whether a device may have what it asks for.
package struct DeviceQuestion: Sendable {
    /// As the device shows it.
    package let userCode: String
    package let portal: Portal
    /// Personal.
    package let accountName: String
    /// As in `Acknowledgement.data`.
    package let data: [String]
    package let formToken: String
}
