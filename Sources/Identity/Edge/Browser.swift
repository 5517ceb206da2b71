/// The browser that a request came from: its cookies as they were sent.
package struct Browser: Sendable {
    /// `__Host-chancery`, or `chancery` on plain-http loopback.
    package let session: String?
    /// The same name with `-flow`: ties requests in flight to this browser, before there is a session.
    package let flow: String?
    /// The same name with `-device`: that somebody signed in here before.
    package let device: String?
    /// Remote address as text.
    package let address: String
    package let userAgent: String

    package init(session: String?, flow: String?, device: String?, address: String, userAgent: String) {
        (self.session, self.flow, self.device) = (session, flow, device)
        (self.address, self.userAgent) = (address, userAgent)
    }
}

/// What becomes of one cookie.
package enum CookieChange: Hashable, Sendable {
    case set(String)
    case clear
}

/// What an answer does to the browser's cookies; `nil` leaves one as it is.
package struct BrowserChanges: Hashable, Sendable {
    /// Until the browser closes.
    package var session: CookieChange?
    /// Until the browser closes.
    package var flow: CookieChange?
    /// For 180 days.
    package var device: CookieChange?

    /// The person is gone: flows that they left in the browser's history open no more.
    package static let signedOut = BrowserChanges(session: .clear, flow: .clear)

    package init(session: CookieChange? = nil, flow: CookieChange? = nil, device: CookieChange? = nil) {
        (self.session, self.flow, self.device) = (session, flow, device)
    }
}
