import Primitives

/// Sentences about values that two places refuse alike.
enum FieldFault {
    static let organizationCode =
        "must be a unified social credit code: 18 characters whose last one checks the others (GB 32100)"
    static let personID =
        "must be a citizen id number: 18 characters with a real birth date and a right check character (GB 11643)"
}

/// Why a value does not fit its field; the caller knows the path.
struct ValueFault: Error, Hashable, Sendable {
    let reason: String
}

extension FieldDefinition {
    /// The value of this field, checked. Numbers and dates may come as texts, as table cells do.
    ///
    /// - Parameter photo: reads the file of `{"file": path}`; `nil` refuses files.
    func read(_ value: JSONValue, photo: ((String) throws -> [UInt8])?) throws(ValueFault) -> FieldValue {
        switch kind {
        case .text(let maximumLength):
            return .text(try text(value, maximumLength: maximumLength))
        case .integer:
            return .integer(try integer(value))
        case .decimal:
            return .decimal(try decimal(value))
        case .date:
            guard let date = value.string.flatMap({ CalendarDate($0) }) else {
                throw ValueFault(reason: "must be a day as 2026-01-31")
            }
            return .date(date)
        case .choice(let choices):
            guard let code = value.string, choices.contains(where: { $0.code == code }) else {
                let codes = choices.prefix(20).map(\.code).joined(separator: ", ")
                throw ValueFault(reason: "must be one of: \(codes)\(choices.count > 20 ? ", …" : "")")
            }
            return .choice(code)
        case .organizationCode:
            guard let code = value.string.flatMap({ SocialCreditCode($0) }) else {
                throw ValueFault(reason: FieldFault.organizationCode)
            }
            return .organizationCode(code)
        case .personID:
            guard let id = value.string.flatMap({ CitizenID($0) }) else {
                throw ValueFault(reason: FieldFault.personID)
            }
            return .personID(id)
        case .photo(let maximumBytes, let maximumPixels):
            let bytes = try photoBytes(value, maximumBytes: maximumBytes, load: photo)
            do {
                return .photo(
                    try JPEGImage(reading: bytes, maximumBytes: maximumBytes, maximumPixels: maximumPixels))
            } catch {
                throw ValueFault(reason: error.reason)
            }
        }
    }

    private func text(_ value: JSONValue, maximumLength: Int) throws(ValueFault) -> String {
        guard let text = value.string else { throw ValueFault(reason: "must be a text") }
        if let reason = TextRule.fault(in: text, maximumLength: maximumLength, allowsLineBreaks: true) {
            throw ValueFault(reason: reason)
        }
        return text
    }

    private func integer(_ value: JSONValue) throws(ValueFault) -> Int64 {
        if let number = value.integer, value == .integer(number) { return number }
        // The round trip refuses leading zeros, a plus sign and the like.
        guard let text = value.string, let number = Int64(text), String(number) == text else {
            throw ValueFault(reason: "must be a whole number between -2⁶³ and 2⁶³-1")
        }
        return number
    }

    private func decimal(_ value: JSONValue) throws(ValueFault) -> String {
        let digits: String? = if case .number(let digits) = value { digits } else { value.string }
        guard let digits, let decimal = DecimalDigits.canonical(digits) else {
            throw ValueFault(reason: "must be a decimal number of at most 30 digits as 12.50, without exponent")
        }
        return decimal
    }

    private func photoBytes(
        _ value: JSONValue, maximumBytes: Int, load: ((String) throws -> [UInt8])?
    ) throws(ValueFault) -> [UInt8] {
        if let text = value.string {
            guard text.utf8.count <= (maximumBytes / 3 + 1) * 4 else {
                throw ValueFault(reason: JPEGFault.tooLarge(maximumBytes).reason)
            }
            guard let bytes = Base64.decode(text) else { throw ValueFault(reason: "must be a JPEG in base 64") }
            return bytes
        }
        guard let object = value.object, object.names == ["file"], let path = object["file"]?.string, !path.isEmpty,
            path.utf8.count <= 4096, !path.utf8.contains(0)
        else { throw ValueFault(reason: "must be a JPEG in base 64, or {\"file\": \"path\"}") }
        guard let load else { throw ValueFault(reason: "must be a JPEG in base 64: files cannot be read here") }
        do {
            return try load(path)
        } catch {
            throw ValueFault(reason: "names a file that cannot be read")
        }
    }
}

/// Decimal numbers as texts, because binary fractions would round them.
enum DecimalDigits {
    /// `12.50`, `-3`, `0`: at most 30 digits, none leading in vain, no plus sign, no negative zero. `nil` for anything else.
    static func canonical(_ text: String) -> String? {
        var rest = Array(text.utf8)[...]
        guard rest.count <= 32 else { return nil }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), rest.count - (parts.count - 1) <= 30,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }),
            parts[0].count == 1 || parts[0].first != UInt8(ascii: "0")
        else { return nil }
        let isZero = parts.allSatisfy { $0.allSatisfy { $0 == UInt8(ascii: "0") } }
        return isNegative && isZero ? String(text.dropFirst()) : text
    }
}
