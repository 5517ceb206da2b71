/// Why an authorization request does not lead to a code. It never holds what the caller sent.
package enum AuthorizeRefusal: Error, Hashable, Sendable, CaseIterable {
    // Nobody to send back to: an error page.
    case unknownPortal
    case redirectURIMissing
    case redirectURIUnknown
    case requestURIUnknown
    /// The form or address was made for another browser, is too old, or was changed.
    case flowLost
    /// `/par`: the form names another portal than the one that was authenticated.
    case otherPortal

    // The request is at fault.
    case repeatedParameter
    case tooLong
    case grantNotAllowed
    case mustPush
    case requestObject
    case foreignRequestURI
    case nestedRequestURI
    case responseTypeMissing
    case responseType
    case responseMode
    case noScope
    case proofKeyMissing
    case proofKeyMethod
    case proofKeyMalformed
    case keyThumbprint
    case prompt
    case maximumAge
    case claims
    case unknownResource
    case identityHint
    case tooManyPushed

    // The person, or what a page would be needed for.
    case signInRequired
    case accountChoiceRequired
    case consentRequired
    case unmetAssurance
    case denied
    /// Another person signed in than the one asked for.
    case otherPerson
}
