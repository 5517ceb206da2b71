import Primitives

extension Verdict {
    /// For people: the answer in the first line, then the license, then the checks.
    package var plainText: String {
        var lines = [headline]
        if let license { lines += license.lines }
        if let licenseStatus { lines.append("  status      \(licenseStatus.line)") }
        if let signer { lines.append("  signed by   \(signer.line)") }
        if let integrity { lines.append("  document    \(integrity.line)") }
        lines += checks.map { "  \($0.outcome.sign) \($0.name): \($0.detail)" }
        return lines.map(\.withoutControls).joined(separator: "\n")
    }

    /// `VALID`, `INVALID: why` or `CANNOT TELL: what is missing`.
    package var headline: String {
        let outcome: Check.Outcome = indication == .totalFailed ? .failed : .indeterminate
        let decisive = checks.last { $0.outcome == outcome }?.detail ?? "no check was made"
        return switch indication {
        case .totalPassed: "VALID"
        case .totalFailed: "INVALID: \(decisive.withoutControls)"
        case .indeterminate: "CANNOT TELL: \(decisive.withoutControls)"
        }
    }
}

extension String {
    /// Texts from outside must not steer a terminal nor turn the direction of what stands around them.
    fileprivate var withoutControls: String {
        let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
            let turns = ("\u{202A}"..."\u{202E}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar)
            return scalar.properties.generalCategory == .control || turns ? "\u{FFFD}" : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension Check.Outcome {
    fileprivate var sign: String {
        switch self {
        case .passed: "✓"
        case .failed: "✗"
        case .indeterminate: "?"
        case .skipped: "-"
        }
    }
}

extension LicenseSection {
    fileprivate var lines: [String] {
        var lines = ["  number      \(number)"]
        if let type { lines.append("  type        \(type.line)") }
        if let issuer { lines.append("  issued by   \(issuer.line)") }
        for holder in holders {
            let parts = [holder.name, holder.idType.map { "id type \($0)" }, holder.id.map(CitizenID.mask)]
            lines.append("  holder      \(parts.compactMap { $0 }.joined(separator: ", "))")
        }
        lines.append("  valid       \(validFrom) to \(validUntil?.description ?? "unlimited")")
        for (name, value) in fields.members {
            lines.append("  \(name): \(LicenseSection.shown(value))")
        }
        return lines
    }

    /// A field's value on one line; photos are named by their size.
    private static func shown(_ value: JSONValue) -> String {
        guard let text = value.string else { return value.compactText }
        guard text.utf8.count > 400 else { return text.split(separator: "\n").joined(separator: " / ") }
        return "(\(text.utf8.count * 3 / 4) bytes of data)"
    }
}

extension LicenseSection.CodedName {
    fileprivate var line: String {
        let names = [name["zh"], name["en"]].compactMap { $0 }
        return (names + [code]).joined(separator: " · ")
    }
}

extension LicenseStatusSection {
    fileprivate var line: String {
        var text = state.rawValue
        if let asOf { text += " as of \(asOf)" }
        if let source { text += " (\(source))" }
        if let supersededBy { text += ", replaced by \(supersededBy)" }
        return text
    }
}

extension SignerSection {
    fileprivate var line: String {
        var text = "\(subject) (certificate \(certificateStatus))"
        if let signedAt { text += " at \(signedAt) (\(timeSource))" }
        return text
    }
}

extension IntegritySection {
    fileprivate var line: String {
        let whole = coversWholeDocument ? "whole and unchanged since signing" : "not wholly covered by the signature"
        return level.map { "\(whole), level \($0)" } ?? whole
    }
}
