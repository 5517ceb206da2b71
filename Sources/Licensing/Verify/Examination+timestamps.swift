import CMS
import PDF
import Primitives

extension Examination {
    private static let reference = "ETSI EN 319 102-1 §5.4; RFC 3161 §2.4.2"
    private static let mostTokens = 8
    private static let mostDocumentTimeStamps = 16

    /// When the document was signed, from its time-stamps; sets the level. A time-stamp that is not over this document fails
    /// it; one of an unknown authority proves nothing.
    func signingTime(of document: SignedPDF) throws(CheckFailure) -> SigningTime {
        let signatureTime = try signatureTimeStamps(of: document)
        let documentTimes = try documentTimeStamps(of: document)
        let proven = ([signatureTime].compactMap { $0 } + documentTimes).min()
        verdict.integrity?.level =
            switch (proven, document.hasSecurityStore) {
            case (nil, _): "B-B"
            case (_, false): "B-T"
            case (_, true): documentTimes.isEmpty ? "B-LT" : "B-LTA"
            }
        if let proven { return .proven(proven) }
        return SigningTime(claimed: document.signature.signingTime)
    }

    /// The earliest proven time of the time-stamps over the signature value.
    private func signatureTimeStamps(of document: SignedPDF) throws(CheckFailure) -> Instant? {
        let name = "signature-time-stamp"
        let tokens = document.cms.timeStampTokens
        guard tokens.count <= Self.mostTokens else {
            throw failure(name, .formatFailure, "the signature carries too many time-stamps", Self.reference)
        }
        var times: [Instant] = []
        for token in tokens {
            let time = try timeStamp(
                token, over: document.cms.signature, name: name, subject: "the signature", document.carried)
            if let time { times.append(time) }
        }
        return times.min()
    }

    /// Proven times of the document time-stamps over the signature.
    private func documentTimeStamps(of document: SignedPDF) throws(CheckFailure) -> [Instant] {
        let name = "document-time-stamp"
        let stamps: [PDFSignature]
        do throws(PDFFault) {
            stamps = try document.file.signatures().filter { $0.kind == .documentTimeStamp }
        } catch {
            throw failure(name, .formatFailure, "a time-stamp is not as it must be (\(error))", Self.reference)
        }
        guard stamps.count <= Self.mostDocumentTimeStamps else {
            throw failure(name, .formatFailure, "the document carries too many time-stamps", Self.reference)
        }
        var times: [Instant] = []
        for stamp in stamps {
            if let fault = document.file.coverage(of: stamp).faults.first {
                throw failure(
                    name, .formatFailure, "a time-stamp does not cover the document as it must (\(fault))",
                    Self.reference)
            }
            var covered: [UInt8] = []
            for part in (try? stamp.signedParts(in: document.file)) ?? [] { covered += part }
            let time = try timeStamp(
                stamp.contents, over: covered, name: name, subject: "the document", document.carried)
            // One that stood there before the signature says nothing of it.
            if let time, stamp.coveredEnd > document.signature.coveredEnd { times.append(time) }
        }
        return times
    }

    /// The time that a token proves; `nil` when its authority is not trusted.
    private func timeStamp(
        _ der: [UInt8], over data: [UInt8], name: String, subject: String, _ carried: DocumentMaterial
    ) throws(CheckFailure) -> Instant? {
        let token: TimeStampToken
        do throws(CMSFault) {
            token = try TimeStampToken(parsing: der)
        } catch {
            throw failure(name, error.subIndication, "the time-stamp cannot be used (\(error))", Self.reference)
        }
        guard let leaf = token.signedData.signerCertificate, let authority = tools.paths.certificate(leaf),
            token.isValid(over: data, hashing: tools.hashing, verifier: tools.verifier)
        else {
            let isOverThis = token.isOver(data, hashing: tools.hashing)
            throw failure(
                name, isOverThis ? .signatureFailure : .hashFailure,
                isOverThis
                    ? "the time-stamp is not signed by the authority that it names"
                    : "the time-stamp was made for something else than \(subject)", Self.reference)
        }
        if let problem = distrust(token, leaf, carried) {
            skipped(name, "the time-stamp of \(token.genTime) proves no time: \(problem)", Self.reference)
            return nil
        }
        passed(name, "\(subject) existed at \(token.genTime), says \(authority.subject)", Self.reference)
        return token.genTime
    }

    /// Why a sound token proves nothing; `nil` when its authority is trusted, then and at the moment asked about.
    private func distrust(_ token: TimeStampToken, _ leaf: [UInt8], _ carried: DocumentMaterial) -> String? {
        do throws(PathRefusal) {
            for at in [token.genTime, options.at] {
                let path = try tools.paths.path(
                    for: leaf,
                    intermediates: token.signedData.certificates + carried.certificates + material.certificates,
                    anchors: material.anchors,
                    crls: material.revocationLists + token.signedData.revocationLists + carried.revocationLists,
                    at: at, revocationAt: options.at, purpose: .timeStamping)
                if case .revoked(let at, _) = path.revocation {
                    return "its authority's certificate was revoked at \(at)"
                }
            }
            return nil
        } catch {
            return error.sentence
        }
    }

    /// A document cannot be judged as of a moment before it was signed.
    func notAfterQuestion(_ signed: SigningTime) {
        guard let time = signed.proven, time > options.at.adding(seconds: Self.clockSkew) else { return }
        doubt(
            "signing-time", .notYetValid, "the document was signed at \(time), after the moment asked about",
            "ETSI EN 319 102-1 §5.2.6")
    }
}
