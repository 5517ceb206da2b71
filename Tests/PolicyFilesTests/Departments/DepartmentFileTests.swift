import Licensing
import PolicyFiles
import Primitives
import Testing

struct DepartmentFileTests {
    private static let file = "departments/market-regulation.yaml"

    private func faults(adding line: String) throws -> [String] {
        try PolicySample.changing(
            DepartmentFileTests.file, "code: 11110000000021135M\n", to: "code: 11110000000021135M\n\(line)\n"
        ).faults().map { $0.replacing(DepartmentFileTests.file + ":", with: "") }
    }

    @Test(arguments: [SignatureAlgorithm.es256, .es384, .ps256, .rs256])
    func `every algorithm of document signers loads`(algorithm: SignatureAlgorithm) throws {
        let sample = try PolicySample.changing(
            DepartmentFileTests.file, "code: ", to: "signer: {algorithm: \(algorithm.rawValue)}\nsector: trade\ncode: ")
        let department = try sample.onDisk { try PolicyFolder.load($0).licensing.departments["market-regulation"] }
        #expect(department?.signerAlgorithm == algorithm)
        #expect(department?.sector == "trade")
    }

    @Test func `another algorithm is a fault`() throws {
        #expect(
            try faults(adding: "signer: {algorithm: SM2}") == [
                "3:21: expected one of `ES256`, `ES384`, `PS256`, `RS256`, found `SM2`"
            ])
        #expect(
            try faults(adding: "signer: {algorithm: es256}") == ["3:21: unknown word `es256`: did you mean `ES256`?"])
        #expect(
            try faults(adding: "signer: {algorithm: EdDSA}") == [
                "3:21: expected one of `ES256`, `ES384`, `PS256`, `RS256`, found `EdDSA`"
            ])
        #expect(
            try faults(adding: "signer: ES256") == [
                "3:9: expected the signer's algorithm, for example `{algorithm: ES256}`, found `ES256`"
            ])
        #expect(
            try faults(adding: "signer: {algorithm: ES256, size: 3}") == [
                "3:28: unknown key `size`: known are `algorithm`"
            ])
    }

    @Test func `a sector is an id`() throws {
        #expect(
            try faults(adding: "sector: Public Health") == [
                "3:9: `Public Health` is no id: use lower-case letters, digits and single hyphens, beginning with a letter, at most 64, for example `public-health`"
            ])
    }
}
