import Licensing

/// A license number on the command line.
enum NumberArgument {
    static func read(_ text: String) throws(CommandFault) -> LicenseNumber {
        switch LicenseNumber.read(text) {
        case .valid(let number): return number
        case .wrongCheck(let expected):
            throw CommandFault(.badUsage, "\(text) has a wrong check character; right would be \(expected)")
        case .legacyCheck:
            throw CommandFault(.badUsage, "\(text) has the check character of a faulty writer (legacy variant)")
        case .malformed:
            throw CommandFault(
                .badUsage, "\(text) is not a license number (1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK)")
        }
    }

    static func unknown(_ number: LicenseNumber) -> CommandFault {
        CommandFault(.refused, "there is no license \(number)")
    }
}
