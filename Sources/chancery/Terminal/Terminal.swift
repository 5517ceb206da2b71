import Glibc
import Primitives

/// Data goes to standard output, talk to standard error.
enum Terminal {
    static func data(_ text: String) {
        put(text + "\n", to: STDOUT_FILENO)
    }

    static func data(_ bytes: [UInt8]) {
        _ = OutputFile.all(bytes, to: STDOUT_FILENO)
    }

    static func talk(_ text: String) {
        put(text + "\n", to: STDERR_FILENO)
    }

    static func put(_ text: String, to descriptor: Int32) {
        _ = OutputFile.all(Array(text.utf8), to: descriptor)
    }

    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }
}
