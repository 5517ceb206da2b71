import Testing

/// License numbers on the command line.
@Suite final class `A license number` {
    private let office: Chancery
    static let commands = [["show"], ["revoke", "--reason", "x"], ["suspend", "--reason", "x"]]

    init() throws { office = try .office() }

    deinit { office.remove() }

    @Test(arguments: commands)
    func `that nobody issued is refused`(command: [String]) throws {
        let number = "1.2.156.3005.2.11100000000013338W001.11110000000021135M.20260001A7.001.P"
        try office.run(command + [number]).expectFault(1, "there is no license \(number)")
    }

    @Test(arguments: commands)
    func `with a wrong check character is bad usage, and the right one is named`(command: [String]) throws {
        let number = "1.2.156.3005.2.11100000000013338W001.11110000000021135M.20260001A7.001.Q"
        try office.run(command + [number]).expectFault(64, "wrong check character", "P")
    }

    @Test(arguments: commands)
    func `that is none is bad usage`(command: [String]) throws {
        for text in ["7", "", "1.2.156.3005.2", "../../etc/passwd"] {
            try office.run(command + [text]).expectFault(64, "is not a license number")
        }
    }
}
