import JOSE
package import Primitives

extension SDJWT {
    /// Whether `moment` lies in the credential's own time: not before `nbf`, before `exp` (RFC 7519 §4.1.4, §4.1.5).
    package func isCurrent(at moment: Instant) -> Bool {
        if let notBefore = NumericDate.read(claims["nbf"]), moment < notBefore { return false }
        if let expires = NumericDate.read(claims["exp"]), moment >= expires { return false }
        return true
    }
}
