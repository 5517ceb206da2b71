import Foundation
import Licensing
import Primitives
import Testing

@testable import OpenSSLCrypto

/// An authority with four departments, one for each algorithm, and its key folder.
struct TestOffice {
    static let now = Instant(secondsSinceEpoch: 1_800_000_000)
    static let issuerURL = "https://licenses.example"
    static let algorithms: [(id: String, algorithm: SignatureAlgorithm)] = [
        ("market", .es256), ("health", .es384), ("transport", .ps256), ("police", .rs256),
    ]

    let folder: TemporaryFolder
    let authority: Authority
    let departments: [Department]

    init(departments count: Int = 1) throws {
        folder = try TemporaryFolder()
        let name = try #require(LocalizedText(["en": "Example City Government Services", "zh": "示例市政务服务中心"]))
        let code = try #require(SocialCreditCode("11100000000013338W"))
        authority = Authority(name: name, code: code, languages: ["zh", "en"])
        departments = try TestOffice.algorithms.prefix(count).map { try TestOffice.department($0.id, $0.algorithm) }
    }

    /// One department and its finished folder: a copy, because stretching the passphrase for each key takes time.
    static func initialized() throws -> TestOffice {
        let (office, template) = (try TestOffice(), try template.get())
        try FileManager.default.copyItem(atPath: "\(template.folder.path)/keys", toPath: "\(office.folder.path)/keys")
        return office
    }

    private static let template = Result { () throws -> TestOffice in
        let office = try TestOffice()
        try office.initialize()
        return office
    }

    static func department(_ id: String, _ algorithm: SignatureAlgorithm, name: String? = nil) throws -> Department {
        let name = try #require(LocalizedText(["en": name ?? "Bureau of \(id)"]))
        let code = try #require(SocialCreditCode("11110000000021135M"))
        return Department(id: id, name: name, code: code, sector: id, signerAlgorithm: algorithm)
    }

    var keyFolder: KeyFolder {
        KeyFolder(path: "\(folder.path)/keys", passphraseFile: "\(folder.path)/keys/private/passphrase")
    }

    @discardableResult
    func initialize(
        _ departments: [Department]? = nil, at: Instant = now, issuerURL: String = issuerURL
    ) throws -> [String] {
        try keyFolder.initialize(
            authority: authority, departments: departments ?? self.departments, issuerURL: issuerURL,
            clock: FixedClock(at))
    }

    func open(_ departments: [Department]? = nil, at: Instant = now) throws -> OpenKeyFolder {
        try keyFolder.open(authority: authority, departments: departments ?? self.departments, at: at)
    }

    /// What opening says; `nil` when it opens.
    func fault() -> String? {
        do {
            _ = try open()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
