import Audit
import Primitives
import Testing

/// The 121 bytes of a leaf; their layout is fixed for ever.
struct AuditLeafTests {
    private func pseudonym(_ byte: UInt8) throws -> AuditPseudonym {
        try #require(AuditPseudonym(bytes: [UInt8](repeating: byte, count: 16)))
    }

    private func leaf() throws -> AuditLeaf {
        let entry = AuditEntry(
            .licenseRevoked, outcome: .refused, at: Instant(millisecondsSinceEpoch: 0x0001_0203_0405),
            department: "food-safety", actor: "operator", object: "1.2.156.3005.2.11100000000013338W001")
        let names = AuditNames(
            department: try pseudonym(0xD0), actor: try pseudonym(0xA0), object: nil, request: try pseudonym(0x40))
        return AuditLeaf(
            AuditBody(entry, names: names, states: [:]), node: 0x0102_0304, nodeSequence: 0x1112_1314_1516_1718,
            commitment: try #require(Digest([UInt8](repeating: 0xC0, count: 32))))
    }

    @Test func `every field stands at its place, big-endian`() throws {
        var expected: [UInt8] = [1]
        expected += [0, 20]
        expected += [0, 0, 0, 1, 2, 3, 4, 5]
        expected += [1]
        expected += [UInt8](repeating: 0xD0, count: 16)
        expected += [UInt8](repeating: 0xA0, count: 16)
        expected += [UInt8](repeating: 0, count: 16)
        expected += [UInt8](repeating: 0x40, count: 16)
        expected += [1, 2, 3, 4]
        expected += [0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18]
        expected += [1]
        expected += [UInt8](repeating: 0xC0, count: 32)
        #expect(expected.count == 121 && AuditLeaf.length == 121)
        #expect(try leaf().encoded == expected)
    }

    @Test func `a leaf is read back as it was written`() throws {
        let leaf = try leaf()
        #expect(AuditLeaf(encoded: leaf.encoded) == leaf)
    }

    @Test func `another length, version or commitment algorithm is refused`() throws {
        let encoded = try leaf().encoded
        #expect(AuditLeaf(encoded: Array(encoded.dropLast())) == nil)
        #expect(AuditLeaf(encoded: encoded + [0]) == nil)
        #expect(AuditLeaf(encoded: []) == nil)
        for place in [0, 88] {
            var other = encoded
            other[place] = 2
            #expect(AuditLeaf(encoded: other) == nil)
        }
    }

    @Test func `nothing of department, actor and object stands in a leaf`() throws {
        let text = String(decoding: try leaf().encoded, as: UTF8.self)
        for word in ["food", "operator", "1.2.156", "13338W"] { #expect(!text.contains(word)) }
    }

    /// A number in a leaf must never come to mean another event.
    @Test func `numbers of events and outcomes stay what they are`() {
        let numbers = Dictionary(uniqueKeysWithValues: AuditEvent.allCases.map { ($0.word, $0.rawValue) })
        let fixed: [String: UInt16] = [
            "initialized": 1, "key-created": 2, "number-reserved": 16, "license-issued": 17, "number-voided": 18,
            "license-superseded": 19, "license-revoked": 20, "license-suspended": 21, "license-reinstated": 22,
            "license-cancelled": 23, "issuance-finished-after-stop": 24, "bundle-exported": 32, "service-started": 48,
            "service-stopped": 49,
        ]
        for (word, number) in fixed { #expect(numbers[word] == number) }
        #expect(Set(numbers.values).count == numbers.count)
        #expect([AuditOutcome.succeeded, .refused, .failed].map(\.rawValue) == [0, 1, 2])
    }
}
