import Hummingbird
import Identity
import Primitives

/// What the routes of sign-on share: the operations, each built once, and how browsers and pages are treated.
struct SignOnDesk: Sendable {
    let signOn: SignOn
    let isBehindProxy: Bool
    let operations: SignOnOperations
    let cookies: BrowserCookies
    let pages: PageDesk
    private let discovery: DiscoveryRoutes

    /// - Throws: when a page's template cannot be compiled.
    init(_ ports: SignOnPorts, isBehindProxy: Bool) throws {
        (signOn, self.isBehindProxy) = (ports.signOn, isBehindProxy)
        operations = SignOnOperations(signOn)
        cookies = BrowserCookies(isHTTPS: signOn.directory.issuer.hasPrefix("https:"))
        pages = try PageDesk(ports)
        discovery = DiscoveryRoutes(signOn, Discovery(signOn))
    }

    var documents: [String: KeptDocument] { discovery.documents }

    var routes: [Route] {
        discovery.routes + TokenRoutes(desk: self).routes + UserInfoRoutes(desk: self).routes
            + AssetRoutes(assets: pages.assets).routes + AuthorizeRoutes(desk: self).routes
            + SignInRoutes(desk: self).routes + CitizenRoutes(desk: self).routes + DeviceRoutes(desk: self).routes
            + LogoutRoutes(desk: self).routes
    }

    func browser(_ request: Request, _ context: WebContext) -> Browser {
        cookies.browser(
            of: request, address: ClientAddress.whole(of: request, context, isBehindProxy: isBehindProxy))
    }
}

/// The operations of Identity that routes call; a class for the reason that `SignOn` is one.
final class SignOnOperations: Sendable {
    let authorize: Authorize
    let pushRequest: PushRequest
    let signIn: SignIn
    let secondFactor: SecondFactor
    let decide: Decide
    let logout: Logout
    let citizenPage: CitizenPage
    let endSessions: EndSessions
    let authentication: ClientAuthentication
    let proofs: CheckProof
    let redeem: RedeemToken
    let introspect: Introspect
    let revoke: Revoke
    let userInfo: UserInfo
    let accessTokens: AccessTokens
    let startDevice: StartDevice
    let decideDevice: DecideDevice

    init(_ signOn: SignOn) {
        let memory = TokenMemory()
        (authorize, pushRequest, signIn) = (Authorize(signOn), PushRequest(signOn), SignIn(signOn))
        (secondFactor, decide, logout) = (SecondFactor(signOn), Decide(signOn), Logout(signOn))
        (citizenPage, endSessions) = (CitizenPage(signOn), EndSessions(signOn))
        (authentication, proofs) = (ClientAuthentication(signOn, memory: memory), CheckProof(signOn))
        (redeem, introspect) = (RedeemToken(signOn, memory: memory), Introspect(signOn, memory: memory))
        (revoke, userInfo) = (Revoke(signOn, memory: memory), UserInfo(signOn, memory: memory))
        accessTokens = AccessTokens(signOn, memory: memory)
        (startDevice, decideDevice) = (StartDevice(signOn, memory: memory), DecideDevice(signOn))
    }
}
