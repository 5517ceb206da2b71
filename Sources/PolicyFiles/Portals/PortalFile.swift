import Identity
import Primitives

/// What `portals/<id>.yaml` says, as far as it could be read.
struct PortalFile {
    let id: String
    let faults: FileFaults
    let department: Placed<String>?
    let audiences: [Placed<String>]
    let resource: Placed<String>?
    let kind: PortalKind?
    private let parts: PortalParts

    init(id: String, _ text: String?, _ faults: FileFaults) {
        (self.id, self.faults) = (id, faults)
        var parts = PortalParts()
        if let root = text.flatMap({ YAMLDocument.read($0, faults) }),
            var map = MapReader(root, "the keys of a portal: `name`, `department`, `kind`, `authentication` …", faults)
        {
            parts = PortalParts(&map)
            let place = map.place
            map.finish()
            PortalRules(parts: parts, place: place, faults: faults).check()
        }
        self.parts = parts
        (department, audiences) = (parts.department, parts.audiences ?? [])
        (resource, kind) = (parts.resource, parts.kind?.value)
    }

    /// `nil` after a fault was reported.
    ///
    /// - Parameter sectors: by department.
    func portal(sectors: [String: String]) -> Portal? {
        guard let name = parts.name, let department, let sector = sectors[department.value], let kind = parts.kind,
            let authentication = parts.authentication.map(\.authentication) ?? PortalAuthentication.none
        else { return nil }
        return Portal(
            id: id, name: name, departmentID: department.value, sector: sector, kind: kind.value,
            authentication: authentication, redirectURIs: parts.redirectURIs?.map(\.value) ?? [],
            postLogoutRedirectURIs: parts.postLogoutRedirectURIs?.map(\.value) ?? [],
            backchannelLogoutURI: parts.backchannelLogoutURI, grants: parts.grants.map { Set($0.map(\.value)) },
            scopes: parts.scopes?.map(\.value) ?? (parts.mayAuthorize ? ["openid"] : []),
            profile: parts.profile?.value ?? .baseline, minimumAssurance: parts.minimumAssurance ?? .low,
            consent: parts.consent ?? .notice, subject: parts.subject ?? .pairwise,
            idTokenAlgorithm: parts.idTokenAlgorithm?.value ?? .es256, exchangeAudiences: audiences.map(\.value),
            resource: resource?.value)
    }
}

/// The keys of a portal, before they are seen together.
struct PortalParts {
    var name: LocalizedText?
    var department: Placed<String>?
    var kind: Placed<PortalKind>?
    var authentication: ReadAuthentication?
    var hasAuthentication = false
    var redirectURIs: [Placed<String>]?
    var redirectPlace: Place?
    /// The key is not there, or its list is empty.
    var hasNoRedirects = true
    var postLogoutRedirectURIs: [Placed<String>]?
    var backchannelLogoutURI: String?
    var grants: [Placed<GrantType>]?
    /// Whether every grant could be read.
    var areGrantsWhole = true
    var scopes: [Placed<String>]?
    var profile: Placed<PortalProfile>?
    var minimumAssurance: Assurance?
    var consent: PortalConsent?
    var subject: PortalSubject?
    var idTokenAlgorithm: Placed<SignatureAlgorithm>?
    var audiences: [Placed<String>]?
    var resource: Placed<String>?

    init() {}

    init(_ map: inout MapReader) {
        name = map.required("name", .localizedText())
        department = map.required("department", Reader<String>.id("the id of a department").placed)
        kind = map.required("kind", Reader<PortalKind>.word().placed)
        hasAuthentication = map.entry("authentication") != nil
        authentication = map.optional("authentication", .authentication)
        let redirects = map.entry("redirectURIs")
        (redirectPlace, hasNoRedirects) = (redirects?.value.place, redirects.map { $0.value.isEmptyList } ?? true)
        redirectURIs = map.optional("redirectURIs", .list(of: .portalAddress, in: 0...100))
        postLogoutRedirectURIs = map.optional("postLogoutRedirectURIs", .list(of: .portalAddress, in: 0...100))
        backchannelLogoutURI = map.optional("backchannelLogoutURI", .portalAddress)
        grants = map.optional("grants", .list(of: .word(), in: 0...10))
        areGrantsWhole = map.entry("grants").map { $0.value.elementCount == grants?.count } ?? true
        scopes = map.optional("scopes", .list(of: .scope, in: 0...100))
        profile = map.optional("profile", Reader<PortalProfile>.word().placed)
        minimumAssurance = map.optional("assurance", .minimumAssurance)
        consent = map.optional("consent", .word())
        subject = map.optional("subject", .word())
        idTokenAlgorithm = map.optional("idTokenAlgorithm", Reader<SignatureAlgorithm>.idTokenAlgorithm.placed)
        audiences = map.optional("exchange", .audiences)
        resource = map.optional("resource", Reader<String>.resourceAddress.placed)
    }

    /// The grants that hold, as far as kind and grants could be read.
    var effectiveGrants: Set<GrantType> {
        grants.map { Set($0.map(\.value)) } ?? kind?.value.defaultGrants ?? []
    }

    /// Whether people sign in.
    var mayAuthorize: Bool { !effectiveGrants.isDisjoint(with: [.authorizationCode, .deviceCode]) }
}

extension YAMLValue {
    /// `nil` when it is no list.
    fileprivate var elementCount: Int? {
        if case .list(let values) = content { values.count } else { nil }
    }

    fileprivate var isEmptyList: Bool { elementCount == 0 }
}

extension Reader where Output == SignatureAlgorithm {
    /// ES384 is left out: no profile of OpenID Connect asks for it.
    fileprivate static var idTokenAlgorithm: Reader {
        .word([SignatureAlgorithm.es256, .rs256, .ps256, .eddsa].map { ($0.rawValue, $0) })
    }
}

extension Reader where Output == Assurance {
    /// `{minimum: low}`.
    fileprivate static var minimumAssurance: Reader {
        let expectation = "the floor of assurance, for example `{minimum: low}`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let minimum = map.optional("minimum", Reader<Assurance>.word())
            map.finish()
            return minimum
        }
    }
}

extension Reader where Output == [Placed<String>] {
    /// `{audiences: [tax-api]}`.
    fileprivate static var audiences: Reader {
        let expectation = "targets of token exchange, for example `{audiences: []}`"
        let id = Reader<String>.id("the id of a portal of kind `resource`")
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let audiences = map.optional("audiences", .list(of: id, in: 0...1000))
            map.finish()
            return audiences
        }
    }
}
