package import Primitives

/// The two forms of an ECDSA signature value: DER `Ecdsa-Sig-Value` (RFC 3279 §2.2.3), which the ports speak, and
/// `R || S` with both numbers as long as the curve (RFC 7518 §3.4, RFC 9053 §2.1).
package enum ECDSAForm {
    /// `R || S`, or `nil` for malformed DER, a number that is zero or too long, or another kind of algorithm.
    package static func jose(der: [UInt8], algorithm: SignatureAlgorithm) -> [UInt8]? {
        guard let length = coordinateLength(algorithm) else { return nil }
        var outer = DERReader(der[...])
        guard let sequence = outer.content(of: .sequence), outer.isAtEnd else { return nil }
        var inner = DERReader(sequence)
        guard let r = inner.unsignedInteger(), let s = inner.unsignedInteger(), inner.isAtEnd,
            isUsable(r, length), isUsable(s, length)
        else { return nil }
        return padded(r, length) + padded(s, length)
    }

    /// DER, or `nil` for another length than the curve's, a number that is zero, or another kind of algorithm.
    package static func der(jose: [UInt8], algorithm: SignatureAlgorithm) -> [UInt8]? {
        guard let length = coordinateLength(algorithm), jose.count == 2 * length else { return nil }
        let numbers = [jose[..<length], jose[length...]].map { $0.drop { $0 == 0 } }
        // Zero passes as a signature in careless libraries (CVE-2022-21449).
        guard numbers.allSatisfy({ !$0.isEmpty }) else { return nil }
        return DERWriter.value(.sequence, numbers.flatMap { DERWriter.unsignedInteger($0) })
    }

    /// Bytes of one number; `nil` where the algorithm is not ECDSA.
    private static func coordinateLength(_ algorithm: SignatureAlgorithm) -> Int? {
        switch algorithm {
        case .es256: 32
        case .es384: 48
        case .ps256, .rs256, .eddsa: nil
        }
    }

    private static func isUsable(_ number: ArraySlice<UInt8>, _ length: Int) -> Bool {
        !number.isEmpty && number.count <= length
    }

    private static func padded(_ number: ArraySlice<UInt8>, _ length: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: length - number.count) + number
    }
}
