import Audit
import OpenSSLCrypto
import Primitives
import Testing

/// A whole log checked; the first bad entry is named.
struct AuditVerificationTests {
    private func expect(
        _ log: SampleLog, isBadAt entry: Int?, _ problem: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let report = log.report()
        #expect(!report.isSound, sourceLocation: sourceLocation)
        #expect(report.firstBadEntry == entry, sourceLocation: sourceLocation)
        #expect(report.problem == problem, sourceLocation: sourceLocation)
    }

    @Test func `a sound log is sound`() throws {
        let log = try SampleLog()
        let report = log.report()
        #expect(report.isSound)
        #expect(report.firstBadEntry == nil)
        #expect(report.size == 8)
        #expect(report.root == log.root(8))
    }

    @Test func `an empty log is sound`() throws {
        let report = try SampleLog(entries: 0, checkpoints: []).report()
        #expect(report.isSound && report.size == 0)
        #expect(report.root == SampleLog.hashing.emptyMerkleRoot())
    }

    @Test func `every byte of a leaf counts, and its entry is named`() throws {
        let sound = try SampleLog()
        for index in [0, 4, 7] {
            for place in 0..<AuditLeaf.length {
                var log = sound
                var leaf = log.records[index].leaf
                leaf[place] ^= 0x04
                log.setLeaf(index, leaf)
                #expect(log.report().firstBadEntry == index, "byte \(place) of entry \(index)")
            }
        }
    }

    @Test func `every byte of body and salt counts, and its entry is named`() throws {
        var log = try SampleLog()
        let problem = "the body does not fit the leaf's commitment"
        let (salt, body) = log.bodies[6]
        for place in 0..<body.encoded.count {
            var encoded = body.encoded
            encoded[place] ^= 1
            log.setBody(6, .present(salt: salt, encoded: encoded))
            expect(log, isBadAt: 6, problem)
        }
        for place in salt.indices {
            var other = salt
            other[place] ^= 1
            log.setBody(6, .present(salt: other, encoded: body.encoded))
            expect(log, isBadAt: 6, problem)
        }
    }

    @Test func `a body that is gone or cannot be decrypted is named`() throws {
        var log = try SampleLog()
        log.setBody(2, .missing)
        expect(log, isBadAt: 2, "the body is missing")
        log.setBody(2, .unreadable)
        expect(log, isBadAt: 2, "the body cannot be decrypted")
    }

    @Test func `of several bad entries the first is named`() throws {
        var log = try SampleLog()
        for index in [6, 3, 5] { log.setBody(index, .missing) }
        expect(log, isBadAt: 3, "the body is missing")
    }

    @Test(arguments: 0..<8)
    func `an entry taken out is named`(_ index: Int) throws {
        var log = try SampleLog()
        log.records.remove(at: index)
        expect(
            log, isBadAt: index,
            index == 7 ? "entries are missing that a checkpoint covers" : "the entry is missing")
    }

    @Test func `an entry taken out with the later ones moved up is named`() throws {
        var log = try SampleLog()
        log.bodies.remove(at: 4)
        log.records =
            log.records[0..<4]
            + log.records[5...].map {
                AuditRecord(sequence: $0.sequence - 1, leaf: $0.leaf, body: $0.body)
            }
        expect(log, isBadAt: 4, "the leaf says another thing than the body")
    }

    @Test func `two entries changed over are named`() throws {
        var log = try SampleLog()
        let (first, second) = (log.records[1], log.records[2])
        log.records[1] = AuditRecord(sequence: 1, leaf: second.leaf, body: second.body)
        log.records[2] = AuditRecord(sequence: 2, leaf: first.leaf, body: first.body)
        expect(log, isBadAt: 1, "the leaf says another thing than the body")
    }

    @Test func `an entry that no checkpoint covers is named`() throws {
        expect(
            try SampleLog(entries: 8, checkpoints: [3, 5]), isBadAt: 5, "no checkpoint covers the last entries")
        expect(try SampleLog(entries: 1, checkpoints: []), isBadAt: 0, "no checkpoint covers the last entries")
    }

    @Test(arguments: [(0, 0, 3), (2, 0, 3), (3, 3, 5), (7, 5, 8)])
    func `an entry rewritten with all that hangs on it is found at the next checkpoint`(
        _ index: Int, _ lastSound: Int, _ checkpoint: Int
    ) throws {
        var log = try SampleLog()
        log.rewrite(index)
        let place = "the checkpoint at size \(checkpoint)"
        expect(
            log, isBadAt: lastSound, "the entries since the last sound checkpoint do not give the root of \(place)")
    }

    @Test func `entries after a fault are not taken for sound`() throws {
        var log = try SampleLog()
        log.setBody(4, .missing)
        #expect(log.report().size == 4)
        #expect(log.report().root == log.root(4))
    }

    @Test func `bodies of sound entries are handed on in order`() throws {
        let log = try SampleLog()
        var verification = AuditVerification(
            of: log.key.identity, kept: nil, hashing: SampleLog.hashing, verifier: SampleLog.verifier)
        var (records, checkpoints) = (log.records.makeIterator(), log.checkpoints.makeIterator())
        var objects: [String] = []
        try verification.run(
            nextCheckpoint: { checkpoints.next() }, nextRecord: { records.next() },
            body: { index, body in objects.append("\(index): \(body.entry.object ?? "")") })
        #expect(objects == (0..<8).map { "\($0): license \($0)" })
        #expect(verification.soundFrontier.root(hashing: SampleLog.hashing) == log.root(8))
        verification.fail(at: 2, "a table differs")
        verification.fail(at: 1, "another one")
        #expect(verification.report.firstBadEntry == 2)
        #expect(verification.report.problem == "a table differs")
    }
}
