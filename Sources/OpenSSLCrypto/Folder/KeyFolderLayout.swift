/// Where things are in the key folder.
struct KeyFolderLayout: Hashable, Sendable {
    /// Without a slash at its end.
    let path: String
    let passphraseFile: String

    var privateFolder: Folder { Folder("\(path)/private") }
    var certificateFolder: Folder { Folder("\(path)/certificates") }
    var trustFolder: Folder { Folder("\(path)/trust") }

    var passphrase: GuardedFile {
        let isInside = passphraseFile.hasPrefix(privateFolder.path + "/")
        return GuardedFile(passphraseFile, isInside ? .ownerOnly : .ownerOnlyLinked)
    }
    /// Not `.key`: it is no PKCS#8 file.
    var dataKey: GuardedFile { GuardedFile("\(privateFolder.path)/data-key.sealed", .ownerOnly) }
    var auditLogKey: GuardedFile { key("audit-log") }
    /// Outside the trust folder, which holds certificates only.
    var auditLogPublicKey: GuardedFile { GuardedFile("\(path)/audit-log.pub", .everyone) }
    var rootKey: GuardedFile { key(KeyUse.root.stem) }
    var rootCertificate: GuardedFile { GuardedFile("\(trustFolder.path)/root.pem", .everyone) }

    func key(_ stem: String, generation: Int = 1) -> GuardedFile {
        GuardedFile("\(privateFolder.path)/\(KeyFolderLayout.name(stem, generation)).key", .ownerOnly)
    }

    func certificate(_ stem: String, generation: Int = 1) -> GuardedFile {
        GuardedFile("\(certificateFolder.path)/\(KeyFolderLayout.name(stem, generation)).pem", .everyone)
    }

    func revocationList(_ stem: String) -> GuardedFile {
        GuardedFile("\(certificateFolder.path)/\(stem).crl", .everyone)
    }

    /// The first generation's name has no number.
    private static func name(_ stem: String, _ generation: Int) -> String {
        generation == 1 ? stem : "\(stem).\(generation)"
    }

    /// Generations that have a certificate, by stem, oldest first.
    func certificateGenerations() throws(KeyFolderFault) -> [String: [Int]] {
        KeyFolderLayout.generations(try certificateFolder.names(ending: ".pem"))
    }

    /// Generations that have a key of their own, by stem, oldest first. Others use the newest key before them.
    func keyGenerations() throws(KeyFolderFault) -> [String: [Int]] {
        KeyFolderLayout.generations(try privateFolder.names(ending: ".key"))
    }

    /// Numbers of sealed files, by stem, rising.
    func sealedGenerations() throws(KeyFolderFault) -> [String: [Int]] {
        KeyFolderLayout.generations(try privateFolder.names(ending: ".sealed"))
    }

    private static func generations(_ names: [String]) -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        for name in names {
            let parts = name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
            if parts.count == 1 {
                found[String(parts[0]), default: []].append(1)
            } else if parts.count == 2, let number = Int(parts[1]), number > 1 {
                found[String(parts[0]), default: []].append(number)
            }
        }
        return found.mapValues { $0.sorted() }
    }
}

/// What a key with a certificate is for.
enum KeyUse: Hashable, Sendable {
    case root, issuingAuthority, timeStamp, authority
    case department(String)

    private static let departmentPrefix = "signer-"

    /// Beginning of file names.
    var stem: String {
        switch self {
        case .root: "root"
        case .issuingAuthority: "issuing-ca"
        case .timeStamp: "time-stamp"
        case .authority: "authority"
        case .department(let id): KeyUse.departmentPrefix + id
        }
    }

    /// `nil` for names that are nobody's.
    init?(stem: String) {
        switch stem {
        case "root": self = .root
        case "issuing-ca": self = .issuingAuthority
        case "time-stamp": self = .timeStamp
        case "authority": self = .authority
        default:
            guard stem.hasPrefix(KeyUse.departmentPrefix) else { return nil }
            self = .department(String(stem.dropFirst(KeyUse.departmentPrefix.count)))
        }
    }

    /// As `chancery keys list` prints it.
    var word: String {
        if case .department = self { "document-signer" } else { stem }
    }

    var profile: CertificateProfile {
        switch self {
        case .root: .root
        case .issuingAuthority: .issuingAuthority
        case .timeStamp: .timeStamping
        case .authority, .department: .documentSigner
        }
    }
}
