import Audit
import OpenSSLCrypto
import Primitives
import Testing

/// Stored checkpoints that lie, and a checkpoint kept elsewhere that finds what the log alone cannot show.
struct StoredCheckpointTests {
    private func problem(_ change: (inout SampleLog) throws -> Void) throws -> String? {
        var log = try SampleLog()
        try change(&log)
        return log.report().problem
    }

    @Test func `a note with any byte changed is not good`() throws {
        let sound = try SampleLog()
        for place in sound.checkpoints[1].note.indices {
            var log = sound
            var note = log.checkpoints[1].note
            note[place] ^= 1
            log.checkpoints[1] = StoredCheckpoint(size: 5, root: log.checkpoints[1].root, note: note)
            let report = log.report()
            #expect(!report.isSound, "byte \(place)")
            #expect(report.size == 5)
        }
    }

    @Test func `a stored root that differs from the signed one is found`() throws {
        let found = try problem { log in
            let root = CountedTree.changed(log.root(5)).bytes
            log.checkpoints[1] = StoredCheckpoint(size: 5, root: root, note: log.checkpoints[1].note)
        }
        #expect(found == "the checkpoint at size 5 is stored with another size or root than was signed")
    }

    @Test func `a note stored for another size is found`() throws {
        let found = try problem { log in
            log.checkpoints[1] = StoredCheckpoint(size: 5, root: log.checkpoints[0].root, note: log.checkpoints[0].note)
        }
        #expect(found == "the checkpoint at size 5 is stored with another size or root than was signed")
    }

    @Test func `checkpoints out of order are found`() throws {
        #expect(
            try problem { $0.checkpoints.swapAt(0, 1) } == "the checkpoint at size 3 is out of order")
    }

    @Test func `a checkpoint by another key is found`() throws {
        let found = try problem { log in
            log.checkpoints[2] = try log.checkpoint(8, by: SampleLog.newKey())
        }
        #expect(found == "the checkpoint at size 8 is not good: the log's key has not signed it")
    }

    @Test func `a checkpoint of another log is found`() throws {
        let found = try problem { log in
            let identity = try #require(
                AuditLogIdentity(origin: "other.example/audit", publicKey: log.key.identity.publicKey))
            log.checkpoints[2] = try log.checkpoint(8, by: AuditLogKey(identity: identity, signer: log.key.signer))
        }
        #expect(found == "the checkpoint at size 8 is not good: it is of another log")
    }

    private func kept(_ log: SampleLog, _ size: Int) -> AuditCheckpoint {
        AuditCheckpoint(origin: log.key.identity.origin, size: size, root: log.root(size))
    }

    @Test(arguments: 0...8)
    func `a kept checkpoint of any size fits a sound log`(_ size: Int) throws {
        let log = try SampleLog()
        #expect(log.report(kept: kept(log, size)).isSound)
    }

    @Test func `a log cut back to one of its checkpoints is found by a later one`() throws {
        var log = try SampleLog()
        let later = kept(log, 8)
        log.records.removeLast(3)
        log.checkpoints.removeLast()
        #expect(log.report().isSound)
        let report = log.report(kept: later)
        #expect(report.firstBadEntry == 5)
        #expect(report.problem == "entries are missing that the given checkpoint covers")
    }

    @Test(arguments: [4, 5, 8])
    func `a log rewritten and signed again is found by an older checkpoint`(_ size: Int) throws {
        let original = try SampleLog()
        var log = original
        log.rewrite(3)
        log.checkpoints = try [3, 5, 8].map { try log.checkpoint($0) }
        #expect(log.report().isSound)
        #expect(log.report(kept: kept(original, 3)).isSound)
        #expect(
            log.report(kept: kept(original, size)).problem
                == "the given checkpoint does not fit: the log was rewritten before size \(size)")
    }
}
