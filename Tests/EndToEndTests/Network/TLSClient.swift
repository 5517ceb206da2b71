import Foundation

/// Speaks HTTPS with the machine's `openssl s_client`, which shares no line with the service's TLS.
struct TLSClient {
    /// The certificate that the service must show; no other is trusted.
    let trust: URL

    /// Makes a self-signed certificate for `localhost` and its key, in `tls.pem` and `tls-key.pem`.
    static func certificate(in folder: URL) throws -> URL {
        let run = try openssl(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-keyout", folder.appending(path: "tls-key.pem").path, "-out", folder.appending(path: "tls.pem").path,
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            ], input: [])
        guard run.status == 0 else { throw Misfortune("openssl makes no certificate") }
        return folder.appending(path: "tls.pem")
    }

    /// Sends a request that asks for the connection to be closed, and gives what came back as it came; empty where there
    /// was no handshake.
    ///
    /// - Parameter options: more for `s_client`, for example `-tls1_1`.
    func exchange(_ request: [UInt8], port: Int, options: [String] = []) throws -> [UInt8] {
        try Self.openssl(
            [
                "s_client", "-quiet", "-connect", "127.0.0.1:\(port)", "-servername", "localhost", "-CAfile",
                trust.path,
                "-no-CApath", "-verify_return_error", "-verify_hostname", "localhost",
            ] + options, input: request
        ).output
    }

    private static func openssl(_ arguments: [String], input: [UInt8]) throws -> (status: Int32, output: [UInt8]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        let (source, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (source, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It may have ended before it reads: then there is nothing to be told.
        try? source.fileHandleForWriting.write(contentsOf: Data(input))
        try? source.fileHandleForWriting.close()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, Array(bytes))
    }
}
