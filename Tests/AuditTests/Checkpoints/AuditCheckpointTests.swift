import Audit
import OpenSSLCrypto
import Primitives
import Testing

/// Checkpoints as signed notes (C2SP tlog-checkpoint, signed-note).
struct AuditCheckpointTests {
    private let checkpoint: AuditCheckpoint
    private let key: AuditLogKey

    init() throws {
        key = try SampleLog.newKey()
        checkpoint = AuditCheckpoint(
            origin: key.identity.origin, size: 20_852_163, root: ReferenceTree.roots[8])
    }

    private func read(_ note: String) throws -> AuditCheckpoint {
        try read(Array(note.utf8))
    }

    private func read(_ note: [UInt8]) throws -> AuditCheckpoint {
        try AuditCheckpoint(
            note: note, of: key.identity, hashing: SampleLog.hashing, verifier: SampleLog.verifier)
    }

    private func refusal(_ note: String) -> CheckpointFault? {
        do {
            _ = try read(note)
            return nil
        } catch {
            return error as? CheckpointFault
        }
    }

    private func note() throws -> String {
        try checkpoint.signed(with: key, hashing: SampleLog.hashing)
    }

    /// Key and note of golang.org/x/mod/sumdb/note.
    @Test func `key id and signature are those of the published note`() throws {
        let encoded = try #require(Base64.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        let log = try #require(AuditLogIdentity(origin: "PeterNeumann", publicKey: Array(encoded.dropFirst())))
        #expect(Hexadecimal.encode(log.keyID(hashing: OpenSSLHashing())) == "c74f20a3")
        let line = try #require(
            Base64.decode(
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="))
        #expect(Array(line.prefix(4)) == log.keyID(hashing: OpenSSLHashing()))
        let text =
            "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n"
        let isValid = SampleLog.verifier.isValid(
            Array(line.dropFirst(4)), over: Array(text.utf8), scheme: SignatureAlgorithm.eddsa.scheme,
            publicKey: log.subjectPublicKeyInfo)
        #expect(isValid)
    }

    /// The example of C2SP tlog-checkpoint.
    @Test func `the text is that of the published checkpoint`() throws {
        let root = try #require(Base64.decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=").flatMap { Digest($0) })
        let published = AuditCheckpoint(origin: "example.com/behind-the-sofa", size: 20_852_163, root: root)
        #expect(
            published.text
                == "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
    }

    @Test func `a signed note has text, empty line and one signature line`() throws {
        let lines = try note().split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6)
        #expect(lines[0..<3].joined(separator: "\n") + "\n" == checkpoint.text)
        #expect(lines[3].isEmpty && lines[5].isEmpty)
        #expect(lines[4].hasPrefix("— licenses.example/audit "))
    }

    @Test func `a note is read back`() throws {
        #expect(try read(note()) == checkpoint)
    }

    @Test func `signatures of witnesses are let be`() throws {
        let note = try note()
        let witness = try SampleLog.newKey(origin: "witness.example/w1")
        let line = Base64.encode(witness.identity.keyID(hashing: SampleLog.hashing) + [UInt8](repeating: 7, count: 72))
        #expect(try read(note + "— witness.example/w1 \(line)\n") == checkpoint)
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let before = lines[0..<4].joined(separator: "\n") + "\n— witness.example/w1 \(line)\n" + lines[4] + "\n"
        #expect(try read(before) == checkpoint)
    }

    @Test func `a note with any byte changed or cut off is refused`() throws {
        let note = Array(try note().utf8)
        for place in note.indices {
            for mask in [0x01, 0x20, 0x80] as [UInt8] {
                var bad = note
                bad[place] ^= mask
                #expect(throws: CheckpointFault.self, "byte \(place) changed by \(mask)") { try read(bad) }
            }
            #expect(throws: CheckpointFault.self) { try read(Array(note.prefix(place))) }
        }
    }

    @Test func `a note of another form is refused`() throws {
        let note = try note()
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let root = Base64.encode(checkpoint.root.bytes)
        let variants = [
            "", "\n\n\n\n\n", note + "\n", note + "x", note.replacing("\n", with: "\r\n"),
            note.replacing("\n20852163\n", with: "\n020852163\n"),
            note.replacing("\n20852163\n", with: "\n+20852163\n"),
            note.replacing("\n20852163\n", with: "\n-1\n"),
            note.replacing("\n20852163\n", with: "\n99999999999999999999\n"),
            note.replacing(root, with: Base64.encode([1, 2, 3])), note.replacing(root, with: root + "\nextension"),
            note.replacing("— ", with: "- "), lines[0..<4].joined(separator: "\n") + "\n",
            note + "— witness.example\n", note + "— witness.example not-base64\n", note + "—  AAAAAAA=\n",
        ]
        for variant in variants { #expect(refusal(variant) == .malformed, "\(variant)") }
        #expect(refusal(note + String(repeating: "— w.example AAAAAAA=\n", count: 4000)) == .malformed)
        #expect(throws: CheckpointFault.malformed) { try read([0xFF] + note.utf8) }
    }

    @Test func `only the log's own key speaks for it`() throws {
        let other = try SampleLog.newKey()
        #expect(refusal(try checkpoint.signed(with: other, hashing: SampleLog.hashing)) == .unsigned)
        // The log's name and key id over another key's signature.
        let forger = AuditLogKey(identity: key.identity, signer: other.signer)
        #expect(refusal(try checkpoint.signed(with: forger, hashing: SampleLog.hashing)) == .wrongSignature)
        let larger = AuditCheckpoint(origin: checkpoint.origin, size: checkpoint.size + 1, root: checkpoint.root)
        let signature = try #require(try note().split(separator: "\n").last)
        #expect(refusal("\(larger.text)\n\(signature)\n") == .wrongSignature)
        #expect(refusal(try note() + "\(signature)\n") == .wrongSignature)
    }

    @Test func `a checkpoint of another log is refused`() throws {
        let other = AuditCheckpoint(origin: "other.example/audit", size: 1, root: checkpoint.root)
        #expect(refusal(try other.signed(with: key, hashing: SampleLog.hashing)) == .otherLog)
        #expect(refusal(try " " + note()) == .otherLog)
    }

    @Test(arguments: ["", "a b", "a+b", "a\nb", "ä", String(repeating: "a", count: 256)])
    func `an origin that could not stand in a note is refused`(_ origin: String) {
        #expect(AuditLogIdentity(origin: origin, publicKey: [UInt8](repeating: 1, count: 32)) == nil)
    }

    @Test func `a public key of another length is refused`() {
        #expect(AuditLogIdentity(origin: "a", publicKey: [UInt8](repeating: 1, count: 31)) == nil)
    }
}
