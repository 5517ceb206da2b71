import Licensing
import PDF
import Primitives
import Testing

/// Changes to a finished file that leave the signature value alone.
@Suite struct PDFStructureAttackTests {
    private func refused(_ change: ([UInt8]) throws -> [UInt8]) async throws -> Verdict {
        let bytes = try LicenseSample().pdf()
        let changed = try change(bytes)
        #expect(changed != bytes && !changed.isEmpty)
        let verdict = try await Verifying()(changed)
        #expect(verdict.indication == .totalFailed, "\(verdict.plainText)")
        #expect(verdict.headline.hasPrefix("INVALID: "))
        return verdict
    }

    @Test func `bytes after the end of the file are refused`() async throws {
        let verdict = try await refused { $0 + Array("\nHello".utf8) }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `objects appended without a cross-reference are refused`() async throws {
        let verdict = try await refused { $0 + Array("\n3 0 obj\n<</Type /Page>>\nendobj\n".utf8) }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `objects appended with an end mark but no cross-reference are refused`() async throws {
        let verdict = try await refused {
            $0 + Array("\n3 0 obj\n<</Type /Page>>\nendobj\nstartxref\n0\n%%EOF\n".utf8)
        }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a gap wider than the signature value is refused`() async throws {
        let verdict = try await refused {
            $0.changingByteRange {
                $0[1] -= 10
            }
        }
        #expect(verdict.subIndication == .formatFailure)
        #expect(verdict.decisive == "coverage")
    }

    @Test func `a byte range that does not start at 0 is refused`() async throws {
        let verdict = try await refused { $0.changingByteRange { $0[0] = 1 } }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a byte range whose parts overlap is refused`() async throws {
        let verdict = try await refused { $0.changingByteRange { $0[2] = $0[1] - 5 } }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a byte range that leaves a tail is refused`() async throws {
        let verdict = try await refused { $0.changingByteRange { $0[3] -= 40 } }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a byte range beyond the file is refused`() async throws {
        let verdict = try await refused { $0.changingByteRange { $0[3] = 9_999_999_999 } }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a missing byte range is refused`() async throws {
        let verdict = try await refused { $0.replacing("/ByteRange", with: "/ByteRanges") }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a missing signature value is refused`() async throws {
        let verdict = try await refused { $0.replacing("/Contents <", with: "/Contentx <") }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a doubled byte range is refused`() async throws {
        let verdict = try await refused { bytes in
            // As long as what it replaces.
            bytes.replacing("/Filter /Adobe.PPKLite", with: "/ByteRange [0 1 2 3]  ")
        }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `an indirect signature value is refused`() async throws {
        let verdict = try await refused { bytes in
            let start = try #require(bytes.firstRange(of: Array("/Contents <".utf8))).upperBound - 1
            let end = try #require(bytes[start...].firstIndex(of: UInt8(ascii: ">")))
            let reference = Array("1 0 R".utf8)
            let blanks = [UInt8](repeating: 0x20, count: end + 1 - start - reference.count)
            return bytes[..<start] + reference + blanks + bytes[(end + 1)...]
        }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a page replaced by an update is refused and the change is named`() async throws {
        let verdict = try await refused { bytes in
            let file = try PDFFile(parsing: bytes)
            var update = PDFUpdate(of: file)
            let page = try #require(try file.pages().first)
            var entries = page.dictionary
            entries["MediaBox"] = .array([0, 0, 100, 100].map { .integer($0) })
            update.set(page.reference, to: .dictionary(entries))
            return update.bytes()
        }
        #expect(verdict.subIndication == .formatFailure)
        #expect(verdict.integrity?.coversWholeDocument == false)
        #expect(verdict.integrity?.changesAfterSigning.isEmpty == false)
    }

    @Test func `an annotation laid over the page by an update is refused`() async throws {
        let verdict = try await refused { bytes in
            let file = try PDFFile(parsing: bytes)
            var update = PDFUpdate(of: file)
            let page = try #require(try file.pages().first)
            let note = update.add(
                .dictionary([
                    "Type": .name("Annot"), "Subtype": .name("FreeText"), "Contents": .string(Array("Void".utf8)),
                    "Rect": .array([10, 10, 90, 90].map { .integer($0) }),
                ]))
            var entries = page.dictionary
            entries["Annots"] = .array((file.resolve(entries["Annots"]).array ?? []) + [.reference(note)])
            update.set(page.reference, to: .dictionary(entries))
            return update.bytes()
        }
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `a file cut off anywhere is refused`() async throws {
        let bytes = try LicenseSample().pdf()
        for length in stride(from: 5, to: bytes.count - 8, by: bytes.count / 23) {
            let verdict = try await Verifying()(Array(bytes.prefix(length)))
            #expect(verdict.subIndication == .formatFailure)
        }
    }

    @Test func `a document without a signature is refused`() async throws {
        var builder = PDFBuilder()
        let page = SamplePage.add([], to: &builder)
        let tree = builder.add(
            .dictionary(["Type": .name("Pages"), "Count": .integer(1), "Kids": .array([.reference(page)])]))
        guard case .dictionary(var entries) = builder.object(page) else { return }
        entries["Parent"] = .reference(tree)
        builder.set(page, to: .dictionary(entries))
        let root = builder.add(.dictionary(["Type": .name("Catalog"), "Pages": .reference(tree)]))
        let bytes = try PDFWriter.bytes(of: builder, root: root, identifier: [UInt8](repeating: 1, count: 16))
        let verdict = try await Verifying()(bytes)
        #expect(verdict.subIndication == .formatFailure)
        #expect(verdict.decisive == "signature-dictionary")
    }

    @Test func `a cross-reference that points to itself ends with a verdict`() async throws {
        let text = """
            %PDF-1.7
            1 0 obj
            <</Type /Catalog /Pages 1 0 R>>
            endobj
            xref
            0 2
            0000000000 65535 f\u{20}
            0000000009 00000 n\u{20}
            trailer
            <</Size 2 /Root 1 0 R /Prev 56>>
            startxref
            56
            %%EOF
            """
        let verdict = try await Verifying()(text)
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test func `nothing but a header ends with a verdict`() async throws {
        let verdict = try await Verifying()("%PDF-")
        #expect(verdict.format == .pades)
        #expect(verdict.subIndication == .formatFailure)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a stream that inflates without end ends with a verdict`() async throws {
        var sample = try LicenseSample()
        sample.attached = [String(repeating: "0", count: 80 << 20)]
        let verdict = try await Verifying()(sample.pdf())
        #expect(verdict.subIndication == .formatFailure, "\(verdict.plainText)")
    }
}
