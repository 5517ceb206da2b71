import Licensing
import Primitives

/// Which number an intent gets.
enum NumberAllocation {
    private static let lastSerial = 9_999_999
    private static let lastVersion = 999

    /// A new serial at version 1, or the previous license's serial with the next version.
    static func next(for intent: IssuanceIntent, _ connection: any SQLConnection) throws -> LicenseNumber {
        let (typeCode, issuerCode) = (intent.type.code, intent.department.code.text)
        let (serial, version) =
            if let previous = intent.previous {
                (previous.serial, try version(after: previous, for: intent, connection))
            } else {
                (try serial(typeCode: typeCode, issuerCode: issuerCode, at: intent.at, connection), 1)
            }
        let number = LicenseNumber(typeCode: typeCode, issuerCode: issuerCode, serial: serial, version: version)
        guard let number else { throw StoreFault.failed("the license type has no code of 21 characters") }
        return number
    }

    /// `YYYY` and seven digits. The counter runs on over the years, so that the year never decides uniqueness.
    private static func serial(
        typeCode: String, issuerCode: String, at instant: Instant, _ connection: any SQLConnection
    ) throws -> String {
        let counter = try SerialCounterTable.take(typeCode: typeCode, issuerCode: issuerCode, connection)
        guard counter <= lastSerial else { throw RegisterRefusal.exhausted("serial") }
        return instant.date.year.padded(4) + counter.padded(7)
    }

    /// The version after the highest ever given out, void ones included.
    private static func version(
        after previous: LicenseNumber, for intent: IssuanceIntent, _ connection: any SQLConnection
    ) throws -> Int {
        // A license of another type or issuer cannot share its serial with this one.
        guard previous.typeCode == intent.type.code, previous.issuerCode == intent.department.code.text,
            let record = try LicenseTable.find(previous, connection)
        else { throw RegisterRefusal.unknownNumber }
        guard record.state.isReplaceable else { throw RegisterRefusal.wrongState(record.state) }
        guard try !LicenseTable.hasPendingSuccessor(previous, connection) else {
            throw RegisterRefusal.wrongState(.pending)
        }
        let highest = try LicenseTable.highestVersion(
            typeCode: previous.typeCode, issuerCode: previous.issuerCode, serial: previous.serial, connection)
        guard highest < lastVersion else { throw RegisterRefusal.exhausted("version") }
        return highest + 1
    }
}

extension LicenseState {
    /// Whether a new version may take the place of a license in this state.
    var isReplaceable: Bool { self == .valid || self == .suspended }
}
