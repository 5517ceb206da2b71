import Glibc
import Licensing
import Primitives

/// One run of `chancery verify`: reads the inputs, asks for each verdict.
struct VerificationDesk {
    struct Document {
        let input: String
        let bytes: [UInt8]
        /// The number that was asked for instead of a file.
        let number: LicenseNumber?
    }

    /// A byte more than a verifier accepts, so that too large a file is its finding and not ours.
    private static let maximumBytes = 50 << 20 + 1

    let material: VerificationMaterial
    let options: VerificationOptions
    let fetcher: HTTPStatusFetcher?
    /// Base URL of the service that is asked for credentials by number.
    let service: String?

    /// Reads every input before the first is judged.
    func documents(_ inputs: [String]) async throws -> [Document] {
        var documents: [Document] = []
        for input in inputs {
            if input != "-", !InputFile.exists(input), let number = try number(input) {
                documents.append(Document(input: input, bytes: try await credential(of: number), number: number))
            } else {
                let bytes = try InputFile.prefix(of: input, count: Self.maximumBytes)
                documents.append(Document(input: input, bytes: bytes, number: nil))
            }
        }
        return documents
    }

    func verdict(on document: Document, isAlone: Bool) async throws(CommandFault) -> Verdict {
        let verification = Verification(
            hashing: Assembly.hashing, verifier: Assembly.signatureVerifier, paths: Assembly.paths, fetcher: fetcher)
        let verdict = await verification.verdict(
            on: document.bytes, input: document.input, material: material, options: options)
        guard let verdict else {
            if isAlone {
                throw CommandFault(
                    .notUnderstood,
                    "\(document.input) is neither a PDF, nor an SD-JWT VC, nor the text of a license's QR code")
            }
            return Verification.unknownForm(input: document.input)
        }
        guard let number = document.number, verdict.license?.number != number.description else { return verdict }
        return verdict.aboutAnother(than: number)
    }

    /// `nil` when the text does not look like a number at all.
    private func number(_ input: String) throws(CommandFault) -> LicenseNumber? {
        guard input.hasPrefix(LicenseNumber.root + ".") else { return nil }
        return try NumberArgument.read(input)
    }

    private func credential(of number: LicenseNumber) async throws -> [UInt8] {
        guard let fetcher else {
            throw CommandFault(.badUsage, "a license number is asked of a service; that cannot be done with --offline")
        }
        let base = try service ?? SettingsSources(options: nil, listen: nil).settings().issuer
        let url = base.hasSuffix("/") ? String(base.dropLast()) : base
        do {
            return try await fetcher.fetch("\(url)/v1/licenses/\(number)/credential", limit: 4 << 20)
        } catch {
            throw CommandFault(.unreachable, "the credential of \(number) cannot be had from \(url): \(error.reason)")
        }
    }
}

extension Verdict {
    /// A service that answers with another license than asked for is not believed. What could not be judged stays so.
    fileprivate func aboutAnother(than number: LicenseNumber) -> Verdict {
        guard license != nil else { return self }
        var verdict = self
        verdict.indication = .totalFailed
        verdict.subIndication = .formatFailure
        verdict.checks.append(
            Check(
                name: "number-asked-for", outcome: .failed,
                detail: "the service answered with another license than \(number)", reference: "GB/T 36904"))
        return verdict
    }
}
