import Foundation
import Identity
import JOSE
import PolicyFiles
import Primitives
import Testing

/// A portal without a fault, to be broken in one place.
enum PortalSample {
    static let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    /// RFC 7517 appendix A.1.
    static let key =
        #"{kty: EC, crv: P-256, x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM", kid: "1"}"#

    static let confidential = """
        name: {en: Tax Portal}
        department: market-regulation
        kind: confidential
        authentication: {method: client_secret_basic, secretSHA256: \(hash)}
        redirectURIs: ["https://tax.example/callback"]

        """

    static let financial = """
        name: {en: Tax Portal}
        department: market-regulation
        kind: confidential
        authentication: {method: private_key_jwt, jwks: {keys: [\(key)]}}
        redirectURIs: ["https://tax.example/callback"]
        profile: fapi2

        """

    static let `public` = """
        name: {en: Tax App}
        department: market-regulation
        kind: public
        redirectURIs: ["http://127.0.0.1/callback"]

        """

    static let resource = """
        name: {en: Tax API}
        department: market-regulation
        kind: resource
        authentication: {method: client_secret_basic, secretSHA256: \(hash)}
        resource: "https://api.example/tax"

        """

    static let service = """
        name: {en: Tax System}
        department: market-regulation
        kind: service
        authentication: {method: client_secret_basic, secretSHA256: \(hash)}

        """

    static func sample(_ portals: [String: String]) -> PolicySample {
        var sample = PolicySample()
        for (id, text) in portals { sample.files["portals/\(id).yaml"] = Array(text.utf8) }
        return sample
    }

    /// `text` with its only `old` replaced.
    static func changing(_ text: String, _ old: String, to new: String) throws -> String {
        #expect(text.components(separatedBy: old).count == 2, "`\(old)` stands once")
        return text.replacing(old, with: new)
    }

    /// The portal `tax` of a folder that holds it alone.
    static func portal(_ text: String) throws -> Portal {
        try #require(try sample(["tax": text]).onDisk { try PolicyFolder.load($0).portals["tax"] })
    }

    /// Faults of that folder, without the portal's file name.
    static func faults(_ text: String) throws -> [String] {
        try sample(["tax": text]).faults().map { $0.replacing("portals/tax.yaml:", with: "") }
    }

    static func faults(_ text: String, _ old: String, to new: String) throws -> [String] {
        try faults(try changing(text, old, to: new))
    }
}
