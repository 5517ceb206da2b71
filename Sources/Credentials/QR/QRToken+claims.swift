import Primitives

/// Keys of the claims: registered numbers (RFC 8392 §4; 65535 of draft-ietf-oauth-status-list-21 §6.3), and one letter
/// for what has none, because every byte makes the printed code finer.
private enum ClaimKey {
    static let subject: Int64 = 2
    static let issuedAt: Int64 = 6
    static let status: Int64 = 65_535
    static let holderName = "n"
    /// Days since 1970-01-01, as RFC 8943 counts them but without its tag.
    static let validFrom = "f"
    static let validUntil = "u"
}

extension QRToken {
    private static let lastSecond: Int64 = 253_402_300_799

    /// The CWT claims set as deterministic CBOR.
    var encodedClaims: [UInt8] {
        var list = CBORMap()
        list["idx"] = .integer(Int64(statusIndex))
        list["uri"] = .text(statusURI)
        var status = CBORMap()
        status["status_list"] = .map(list)
        var claims = CBORMap()
        claims[ClaimKey.subject] = .text(number)
        claims[ClaimKey.issuedAt] = .integer(issuedAt.secondsSinceEpoch)
        claims[ClaimKey.status] = .map(status)
        claims[ClaimKey.holderName] = .text(holderName)
        claims[ClaimKey.validFrom] = QRToken.encoded(validFrom)
        claims[ClaimKey.validUntil] = validUntil.map { QRToken.encoded($0) }
        return CBOR.map(claims).encoded
    }

    /// Reads a CWT claims set. Claims it does not know are passed over (RFC 8392 §3).
    init(claims bytes: [UInt8]) throws(QRTokenFault) {
        let item: CBOR
        do {
            item = try CBORReader.read(bytes)
        } catch {
            throw QRTokenFault(reason: "the claims are not deterministic CBOR: \(error)")
        }
        guard let claims = item.map else { throw QRTokenFault(reason: "the claims are not a map") }
        let list = claims[ClaimKey.status]?.map?["status_list"]?.map
        guard let uri = list?["uri"]?.text, !uri.isEmpty, let index = list?["idx"]?.integer,
            (0...Int64(Int32.max)).contains(index)
        else { throw QRTokenFault(reason: "the token names no place in a status list") }
        guard let issuedAt = claims[ClaimKey.issuedAt]?.integer, (0...QRToken.lastSecond).contains(issuedAt) else {
            throw QRTokenFault(reason: "the token does not say when it was issued")
        }
        guard let number = claims[ClaimKey.subject]?.text, let holderName = claims[ClaimKey.holderName]?.text else {
            throw QRTokenFault(reason: "the token lacks the license number or the holder's name")
        }
        guard let validFrom = try QRToken.date(claims[ClaimKey.validFrom]) else {
            throw QRTokenFault(reason: "the token does not say from when the license is valid")
        }
        let validUntil = try QRToken.date(claims[ClaimKey.validUntil])
        guard validUntil.map({ $0 >= validFrom }) ?? true else {
            throw QRTokenFault(reason: "the license ends before it begins")
        }
        self.init(
            number: number, holderName: holderName, validFrom: validFrom, validUntil: validUntil,
            issuedAt: Instant(secondsSinceEpoch: issuedAt), statusURI: uri, statusIndex: Int(index))
    }

    private static func encoded(_ date: CalendarDate) -> CBOR {
        .integer(Int64(date.daysSinceEpoch))
    }

    private static func date(_ item: CBOR?) throws(QRTokenFault) -> CalendarDate? {
        guard let item else { return nil }
        guard let count = item.integer.flatMap({ Int(exactly: $0) }),
            case let date = CalendarDate(daysSinceEpoch: count), date.daysSinceEpoch == count
        else { throw QRTokenFault(reason: "a date is not a number of days of years 1 to 9999") }
        return date
    }
}
