import COpenSSL
import Primitives

/// Random bytes of OpenSSL's generator, seeded by the operating system.
package struct OpenSSLRandomness: Randomness {
    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        guard count <= Int32.max, unsafe RAND_bytes(&bytes, Int32(count)) == 1 else {
            // Keys, nonces and tokens hang on this: stopping is the only safe answer.
            Unrecoverable.stop("the random generator failed")
        }
        return bytes
    }
}
