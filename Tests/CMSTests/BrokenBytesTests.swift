import CMS
import Primitives
import Testing

/// Every byte of a sound signature and token broken in turn.
struct BrokenBytesTests {
    @Test func `a signature cut off anywhere is refused`() throws {
        let signature = try Samples.signature(isTimeStamped: true)
        #expect(Samples.isValidSignature(signature))
        for count in 0..<signature.count {
            #expect(Samples.refusal(Array(signature.prefix(count))) != nil, "cut to \(count) bytes")
        }
    }

    @Test func `a token cut off anywhere is refused`() throws {
        let token = try Samples.token()
        #expect(Samples.isValidToken(token))
        for count in 0..<token.count {
            #expect(!Samples.isValidToken(Array(token.prefix(count))), "cut to \(count) bytes")
        }
    }

    @Test func `a token with any byte changed is not valid`() throws {
        let token = try Samples.token()
        for (index, mask) in places(token) {
            #expect(!Samples.isValidToken(changed(token, index, mask)), "byte \(index) changed by \(mask)")
        }
    }

    @Test func `a signature with any byte changed that is signed is not valid`() throws {
        let signature = try Samples.signature(isTimeStamped: true)
        let token = try #require(SignedData(parsing: signature).timeStampTokens.first)
        // Nothing signs the unsigned attribute around the token; the token is the business of its own signature.
        let attribute = DERTree(signature).signerInfos[0][6].encoded
        let free = signature.count - attribute.count..<signature.count
        #expect(Array(signature[free]) == attribute)
        #expect(attribute.count > token.count)
        for (index, mask) in places(signature) {
            let broken = changed(signature, index, mask)
            if free.contains(index) {
                _ = Samples.isValidSignature(broken)
            } else {
                #expect(!Samples.isValidSignature(broken), "byte \(index) changed by \(mask)")
            }
        }
    }

    @Test func `a signature value is bound to its time-stamp`() throws {
        let data = try SignedData(parsing: Samples.signature(isTimeStamped: true))
        let token = try TimeStampToken(parsing: try #require(data.timeStampTokens.first))
        for (index, mask) in places(data.signature) {
            let broken = changed(data.signature, index, mask)
            #expect(!token.isValid(over: broken, hashing: Samples.hashing, verifier: Samples.verifier))
        }
    }

    private func places(_ bytes: [UInt8]) -> [(Int, UInt8)] {
        bytes.indices.flatMap { index in [0x01, 0x80, 0xFF].map { (index, $0) } }
    }

    private func changed(_ bytes: [UInt8], _ index: Int, _ mask: UInt8) -> [UInt8] {
        var bytes = bytes
        bytes[index] ^= mask
        return bytes
    }
}
