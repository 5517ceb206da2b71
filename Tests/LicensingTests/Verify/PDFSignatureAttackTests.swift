import Licensing
import OpenSSLCrypto
import PDF
import Primitives
import Testing

/// Changes to the signature itself, or to what it signs.
@Suite struct PDFSignatureAttackTests {
    private func verdict(_ bend: (inout LicenseSample) throws -> Void) async throws -> Verdict {
        var sample = try LicenseSample()
        try bend(&sample)
        return try await Verifying()(sample.pdf())
    }

    @Test func `a byte changed on the page is a hash failure`() async throws {
        let bytes = try LicenseSample().pdf().replacing("Wide Sea", with: "Wild Sea")
        let verdict = try await Verifying()(bytes)
        #expect(verdict.subIndication == .hashFailure)
        #expect(verdict.decisive == "message-digest")
        #expect(verdict.license == nil)
    }

    @Test func `a changed signature value is a crypto failure`() async throws {
        let verdict = try await verdict { sample in
            sample.stamper = nil
            sample.bendSignature = { cms in
                var octets = cms[1, 0, 4, 0, 5].octets
                octets[octets.count - 1] ^= 1
                cms[1, 0, 4, 0, 5].octets = octets
            }
        }
        #expect(verdict.subIndication == .signatureFailure)
    }

    @Test func `two signers in one signature are refused`() async throws {
        let verdict = try await verdict { $0.bendSignature = { $0.signerInfos += $0.signerInfos } }
        #expect(verdict.subIndication == .formatFailure)
        #expect(verdict.decisive == "signature-format")
    }

    @Test func `content inside the signature is refused`() async throws {
        let verdict = try await verdict {
            $0.bendSignature = { cms in
                cms.content.children.append(DERNode(0xA0, [DERNode(0x04, octets: [1, 2, 3])]))
            }
        }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `missing signed attributes are refused`() async throws {
        let verdict = try await verdict { $0.bendSignature = { $0[1, 0, 4, 0].children.remove(at: 3) } }
        #expect(verdict.indication == .totalFailed)
    }

    @Test(arguments: 0..<3) func `a missing signed attribute is refused`(index: Int) async throws {
        let verdict = try await verdict { $0.bendSignature = { $0.signedAttributes.remove(at: index) } }
        #expect(verdict.indication == .totalFailed)
    }

    @Test func `a certificate that the signed attribute does not name is refused`() async throws {
        let trust = try TestTrust.shared
        // The same key, issuer and serial number, so that only the attribute tells them apart.
        var draft = trust.market.draft
        draft.organizationIdentifier = TestTrust.foodCode
        let twin = try TestParty(draft, issuer: trust.authority, key: trust.market.key)
        let verdict = try await verdict {
            $0.bendSignature = { cms in
                cms.certificates = cms.certificates.map { node in
                    node.encoded == trust.market.certificate ? DERNode(twin.certificate) : node
                }
            }
        }
        #expect(verdict.subIndication == .formatFailure)
        #expect(verdict.decisive == "signing-certificate")
    }

    @Test func `a signature without its certificate cannot be told`() async throws {
        let trust = try TestTrust.shared
        let verdict = try await verdict {
            $0.bendSignature = { cms in
                cms.certificates = cms.certificates.filter { $0.encoded != trust.market.certificate }
            }
        }
        #expect(verdict.subIndication == .noSigningCertificate)
    }

    @Test(arguments: ["1.3.14.3.2.26", "1.2.840.113549.2.5"])
    func `SHA-1 and MD5 never pass`(algorithm: String) async throws {
        let verdict = try await verdict {
            $0.bendSignature = { cms in
                cms[1, 0, 1, 0, 0] = .oid(algorithm)
                cms[1, 0, 4, 0, 2, 0] = .oid(algorithm)
            }
        }
        #expect(verdict.indication != .totalPassed)
        #expect(verdict.subIndication == .cryptoConstraints)
    }

    @Test func `RSA of 1024 bits never passes`() async throws {
        let trust = try TestTrust.shared
        let modulus = [0x00, 0xC5] + LicenseSample.randomness.bytes(127)
        let key = DERNode.sequence(
            .sequence(.oid("1.2.840.113549.1.1.1"), DERNode(0x05, octets: [])),
            .bits(DERNode.sequence(.integer(modulus), .integer([1, 0, 1])).encoded))
        let weak = try TestParty.certificate(
            trust.market.draft, publicKey: key.encoded, issuerName: trust.authority.name,
            issuerKey: trust.authority.key, issuerAlgorithm: .es256)
        let verdict = try await verdict {
            // The attribute must name the weak certificate, so it is in the chain that signs.
            $0.pdfSigner = try TestParty(
                trust.market.draft, issuer: trust.authority, key: trust.market.key, certificate: weak)
        }
        #expect(verdict.indication != .totalPassed)
        #expect(verdict.subIndication == .cryptoConstraints, "\(verdict.plainText)")
    }

    @Test func `bytes after the signature in its reserved space are refused`() async throws {
        let bytes = try LicenseSample().pdf()
        let start = try #require(bytes.firstRange(of: Array("/Contents <".utf8))).upperBound
        let end = try #require(bytes[start...].firstIndex(of: UInt8(ascii: ">")))
        var changed = bytes
        changed[end - 1] = UInt8(ascii: "1")
        let verdict = try await Verifying()(changed)
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `no flipped bit anywhere goes unseen`() async throws {
        let bytes = try LicenseSample().pdf()
        let verifying = try Verifying()
        for offset in stride(from: 5, to: bytes.count, by: 397) {
            let verification = try? await verifying(bytes.flipped(at: offset))
            #expect(verification?.indication != .totalPassed, "byte \(offset)")
        }
    }
}
