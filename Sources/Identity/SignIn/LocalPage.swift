/// A page of Chancery itself that needs a person.
package enum LocalPage: Hashable, Sendable {
    /// `/`
    case citizen
    /// `/device`, with the user code where one was given.
    case device(userCode: String?)
    /// Enrolment of a second factor, from the citizen's page.
    case secondFactor
}
