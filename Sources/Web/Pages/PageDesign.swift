/// One kind of page: its template and its words. Templates see the words as `t.<name>`.
struct PageDesign: Sendable {
    let name: String
    /// Mustache, inside the layout; every value is escaped.
    let template: String
    let texts: [String: PageText]

    /// Every kind of page there is.
    static let all: [PageDesign] = [
        .signIn, .secondFactor, .enrolment, .recoveryCodes, .accountChoice, .consent, .notice, .citizen,
        .deviceCode, .deviceQuestion, .deviceDone, .signOut, .signedOut, .fault,
    ]
}
