import JOSE
package import Primitives

/// Why bytes are not a COSE_Sign1 that Chancery accepts.
package struct COSEFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}

/// A tagged COSE_Sign1 (RFC 9052 §4.2) with its payload inside, read but not verified.
package struct COSESign1: Hashable, Sendable {
    static let tag: UInt64 = 18

    /// Labels of header parameters (RFC 9052 §3.1).
    enum Label {
        static let algorithm: Int64 = 1
        static let critical: Int64 = 2
        static let keyID: Int64 = 4
    }

    package let protectedHeader: CBORMap
    /// Nothing in it is signed, so nothing in it is believed.
    package let unprotectedHeader: CBORMap
    package let algorithm: SignatureAlgorithm
    package let payload: [UInt8]
    /// The protected header as it was signed.
    private let protectedBytes: [UInt8]
    /// In COSE's form: ECDSA as `R || S` (RFC 9053 §2.1).
    private let signature: [UInt8]

    /// `kid`, where it is signed.
    package var keyID: [UInt8]? { protectedHeader[Label.keyID]?.bytes }

    /// Reads deterministic CBOR.
    ///
    /// - Throws: for another structure or tag, a detached payload, an algorithm that is missing, unlisted or not in the
    ///   protected header, `crit`, and a label that stands in both headers.
    package init(parsing bytes: [UInt8]) throws(COSEFault) {
        guard case .tagged(COSESign1.tag, .array(let parts)) = try COSESign1.item(bytes), parts.count == 4,
            let protectedBytes = parts[0].bytes, let unprotected = parts[1].map,
            let payload = parts[2].bytes, let signature = parts[3].bytes
        else { throw COSEFault(reason: "not a tagged COSE_Sign1 with its payload inside") }
        guard let protectedHeader = try COSESign1.item(protectedBytes).map else {
            throw COSEFault(reason: "the protected header is not a map")
        }
        for label in [Label.algorithm, Label.critical] where unprotected[label] != nil {
            throw COSEFault(reason: "the unprotected header has label \(label), which must be signed")
        }
        guard protectedHeader[Label.critical] == nil else {
            throw COSEFault(reason: "the header has \"crit\", and no extension is understood")
        }
        guard unprotected[Label.keyID] == nil || protectedHeader[Label.keyID] == nil else {
            throw COSEFault(reason: "the key is named in both headers")
        }
        guard let identifier = protectedHeader[Label.algorithm]?.integer,
            let algorithm = SignatureAlgorithm(coseIdentifier: identifier)
        else { throw COSEFault(reason: "the algorithm is missing or not one that is accepted") }
        (self.protectedHeader, unprotectedHeader, self.protectedBytes) = (protectedHeader, unprotected, protectedBytes)
        (self.algorithm, self.payload, self.signature) = (algorithm, payload, signature)
    }

    private static func item(_ bytes: [UInt8]) throws(COSEFault) -> CBOR {
        do {
            return try CBORReader.read(bytes)
        } catch {
            throw COSEFault(reason: "not deterministic CBOR: \(error)")
        }
    }

    /// Whether the signature is by `publicKey`, a DER SubjectPublicKeyInfo that must fit the algorithm.
    package func isValid(publicKey: [UInt8], verifier: any SignatureVerifier) -> Bool {
        guard algorithm.fits(publicKey: publicKey), let value = algorithm.portSignature(jose: signature) else {
            return false
        }
        let message = COSESign1.message(protectedBytes, payload)
        return verifier.isValid(value, over: message, scheme: algorithm.scheme, publicKey: publicKey)
    }

    /// Makes a COSE_Sign1 whose protected header is `alg` and, unless empty, `kid`.
    package static func signed(payload: [UInt8], keyID: [UInt8], by signer: any Signer) throws -> [UInt8] {
        var header = CBORMap()
        header[Label.algorithm] = .integer(signer.algorithm.coseIdentifier)
        if !keyID.isEmpty { header[Label.keyID] = .bytes(keyID) }
        let protectedBytes = CBOR.map(header).encoded
        let value = try signer.signature(over: message(protectedBytes, payload))
        guard let signature = signer.algorithm.joseSignature(port: value) else {
            throw COSEFault(reason: "the signer made no \(signer.algorithm.rawValue) signature")
        }
        let parts: [CBOR] = [.bytes(protectedBytes), .map(CBORMap()), .bytes(payload), .bytes(signature)]
        return CBOR.tagged(tag, .array(parts)).encoded
    }

    /// What is signed: the Sig_structure without external data (RFC 9052 §4.4).
    static func message(_ protectedBytes: [UInt8], _ payload: [UInt8]) -> [UInt8] {
        CBOR.array([.text("Signature1"), .bytes(protectedBytes), .bytes([]), .bytes(payload)]).encoded
    }
}
