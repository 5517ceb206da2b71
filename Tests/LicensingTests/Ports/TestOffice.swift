import Licensing
import OpenSSLCrypto
import Primitives

/// Types, departments and applications that the tests of the issuing side share.
enum OfficePolicy {
    static let authority = Authority(
        name: text("Example City", zh: "示例市"), code: code("11100000000013338W"), languages: ["zh", "en"])
    static let market = department("market-regulation", "11110000000021135M", "Market Regulation Bureau", "市场监督管理局")
    static let housing = department("housing", "11330105002500287C", "Housing & Construction <Bureau>", "住建局")

    static let shop = type(
        "shop", "001", holder: .organization, validity: .years(10),
        fields: [
            field("scope", .text(maximumLength: 80), required: true), field("capital", .decimal),
            field("staff", .integer), field("opened", .date, required: true),
            field(
                "kind",
                .choice([
                    .init(code: "a", label: text("Shop", zh: "店")), .init(code: "b", label: text("Stall", zh: "摊")),
                ])),
            field("operator", .organizationCode), field("residence", .text(maximumLength: 200), personal: true),
        ])
    static let officer = type(
        "officer", "002", holder: .person, validity: .until(field: "through"), formats: [.sdJWT],
        fields: [
            field("through", .date), field("photo", .photo(maximumBytes: 4096, maximumPixels: 100_000), personal: true),
            field("citizen", .personID, personal: true),
        ], statusCodes: ["valid": "01", "revoked": "07"])
    static let checked = type("checked", "003", validity: .permanent, checkers: 1, fields: [])
    static let shared = type(
        "shared", "004", departments: ["market-regulation", "housing"], validity: .days(30), fields: [])

    static let policy = LicensingPolicy(
        authority: authority, departments: ["market-regulation": market, "housing": housing],
        types: ["shop": shop, "officer": officer, "checked": checked, "shared": shared])

    static let shopApplication: JSONValue = [
        "holder": ["name": "杭州样例有限公司", "idType": "001", "id": "91350100M000100Y43"],
        "fields": [
            "scope": "零售 & <批发>", "capital": "12.50", "staff": 3, "opened": "2020-02-29", "kind": "b",
            "residence": "秘密路1号",
        ],
    ]
    static let officerApplication: JSONValue = [
        "holder": ["name": "张三丰", "idType": "111", "id": "11010519491231002X"],
        "fields": ["through": "2027-03-01", "citizen": "440524188001010014"],
    ]

    static func text(_ english: String, zh chinese: String) -> LocalizedText {
        guard let text = LocalizedText(["en": english, "zh": chinese]) else { preconditionFailure("no text") }
        return text
    }

    static func code(_ text: String) -> SocialCreditCode {
        guard let code = SocialCreditCode(text) else { preconditionFailure("no code") }
        return code
    }

    static func field(
        _ name: String, _ kind: FieldDefinition.Kind, required: Bool = false, personal: Bool = false
    ) -> FieldDefinition {
        FieldDefinition(
            name: name, label: text(name, zh: name), kind: kind, isRequired: required, isPersonal: personal)
    }

    static func type(
        _ id: String, _ sequence: String, departments: [String] = ["market-regulation"],
        holder: LicenseType.HolderKind = .either, validity: Validity, checkers: Int = 0,
        formats: [LicenseType.Format] = [.pdf, .sdJWT], fields: [FieldDefinition],
        statusCodes: [String: String] = ["valid": "01", "suspended": "02", "revoked": "07"]
    ) -> LicenseType {
        LicenseType(
            id: id, code: "11100000000013338W\(sequence)", name: text("\(id) permit", zh: "\(id)许可证"),
            departments: departments, holder: holder, validity: validity, requiredCheckers: checkers, formats: formats,
            fields: fields, pages: ["zh": "page.svg"], statusCodes: statusCodes)
    }

    private static func department(_ id: String, _ code: String, _ english: String, _ chinese: String) -> Department {
        Department(
            id: id, name: text(english, zh: chinese), code: self.code(code), sector: id, signerAlgorithm: .es256)
    }
}

/// An office over test doubles; signatures and hashes are real.
struct TestOffice {
    static let issuerURL = "http://localhost:8080/"
    let register = MemoryRegister()
    let pages = PlainPages()
    let keys: OfficeKeys
    let clock = SettableClock("2026-11-22T08:00:00.500Z")
    let hashing = OpenSSLHashing()
    let office: LicenseOffice
    let publisher: StatusListPublisher

    init(policy: LicensingPolicy = OfficePolicy.policy, keys: OfficeKeys = .shared, issuerURL: String = issuerURL) {
        self.keys = keys
        publisher = StatusListPublisher(
            policy: policy, register: register, keys: keys, clock: clock, issuerURL: issuerURL)
        office = LicenseOffice(
            policy: policy, register: register, keys: keys, renderer: pages, sealing: BoundSealing(),
            hashing: hashing, randomness: OpenSSLRandomness(), clock: clock, issuerURL: issuerURL)
    }

    /// The same register under another policy, as after a restart.
    func office(under policy: LicensingPolicy) -> LicenseOffice {
        LicenseOffice(
            policy: policy, register: register, keys: keys, renderer: pages, sealing: BoundSealing(),
            hashing: hashing, randomness: OpenSSLRandomness(), clock: clock, issuerURL: Self.issuerURL)
    }

    func shop(key: String? = nil, changing change: (inout JSONObject) -> Void = { _ in }) async throws -> IssuedLicense
    {
        try await office.issue(
            shopApplication(changing: change), type: OfficePolicy.shop, department: nil, idempotencyKey: key,
            actor: "operator")
    }

    func shopApplication(changing change: (inout JSONObject) -> Void = { _ in }) throws -> Application {
        guard var application = OfficePolicy.shopApplication.object else { preconditionFailure("no application") }
        change(&application)
        return try OfficePolicy.shop.read(.object(application), photo: nil)
    }

    func officer() async throws -> IssuedLicense {
        try await office.issue(
            OfficePolicy.officer.read(OfficePolicy.officerApplication, photo: nil), type: OfficePolicy.officer,
            department: nil, idempotencyKey: nil, actor: "operator")
    }
}

extension JSONObject {
    /// Replaces the holder's name.
    mutating func rename(_ name: String) {
        self["holder"] = ["name": .string(name), "idType": "001", "id": "91350100M000100Y43"]
    }

    mutating func setField(_ name: String, to value: JSONValue?) {
        guard var fields = self["fields"]?.object else { return }
        fields[name] = value
        self["fields"] = .object(fields)
    }
}
