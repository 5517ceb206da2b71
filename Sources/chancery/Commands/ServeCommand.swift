import ArgumentParser
import Audit
import Glibc
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Identity
import Licensing
import Logging
import NIOCore
import NIOSSL
import Primitives
import Store
import UnixSignals
import Web

/// `chancery serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the service; SIGTERM drains and stops it.",
        discussion:
            "Examples:\n  chancery serve\n  chancery serve --listen 127.0.0.1:8090 --issuer http://localhost:8090")

    @Option(help: "Address and port (CHANCERY_LISTEN).")
    var listen: String?

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.settings(listen: listen)
        try refusePlainHTTP(settings)
        ServiceLog.bootstrap(settings)
        let logger = Logger(label: "chancery")
        let assembly = try Assembly(settings, mode: .readWrite, limits: .service)
        defer { assembly.close() }
        try takePlace(assembly)
        // Their fonts wait for the first page: they take longer to open, and more memory, than all the rest.
        try assembly.pages.check()
        try await assembly.finishUnfinished()
        let signOn = try assembly.signOn(isServing: true)
        let application = try application(assembly, signOn: signOn, logger: logger)
        try await assembly.append(.serviceStarted)
        do {
            try await BackgroundWork(signOn: signOn, store: assembly.store, logger: logger).run {
                try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
            }
        } catch let error as IOError {
            try await assembly.append(.serviceStopped)
            throw refusal(error, settings.listen)
        }
        try await assembly.append(.serviceStopped)
        logger.info("stopped")
    }

    private func application(
        _ assembly: Assembly, signOn: SignOn, logger: Logger
    ) throws -> some ApplicationProtocol {
        let settings = assembly.settings
        let address = BindAddress.hostname(settings.listen.host, port: settings.listen.port)
        return try WebService.application(
            assembly.webPorts(signOn), address: address, logger: logger, tls: { try wrap($0, settings.tls) },
            onRunning: {
                MemoryThrift.startIsOver()
                logger.info(
                    "serving",
                    metadata: [
                        "listen": "\(settings.listen.host):\(settings.listen.port)", "issuer": "\(settings.issuer)",
                    ])
            })
    }

    private func takePlace(_ assembly: Assembly) throws {
        do {
            try assembly.store.acquireServiceLock()
        } catch .locked {
            throw CommandFault(.inputOutput, "another service runs on \(assembly.settings.database)")
        }
    }

    private func refusal(_ error: IOError, _ listen: ListenAddress) -> CommandFault {
        guard error.errnoCode != EADDRINUSE else {
            return CommandFault(.inputOutput, "port \(listen.port) is taken; choose another with --listen")
        }
        let reason = SystemFault.reason(error.errnoCode)
        return CommandFault(.inputOutput, "cannot listen on \(listen.host):\(listen.port): \(reason)")
    }

    private func refusePlainHTTP(_ settings: Settings) throws {
        guard settings.tls == nil, !settings.isBehindProxy, let origin = Origin(of: settings.issuer) else { return }
        let isLoopback = ["localhost", "127.0.0.1", "[::1]"].contains(origin.host)
        guard !isLoopback else { return }
        throw CommandFault(
            .configuration,
            "plain HTTP is served for loopback only, not for \(settings.issuer); set CHANCERY_TLS_CERTIFICATE and CHANCERY_TLS_KEY, or CHANCERY_BEHIND_PROXY=yes where a proxy ends TLS"
        )
    }

    private func wrap(_ server: HTTPServerBuilder, _ files: Settings.TLSFiles?) throws -> HTTPServerBuilder {
        guard let files else { return server }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            // What the library would take by default is older: TLS 1.0 and CBC suites (RFC 8996, RFC 9325 §4.2).
            configuration.minimumTLSVersion = .tlsv12
            configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
            return try .tls(server, tlsConfiguration: configuration)
        } catch {
            throw CommandFault(
                .configuration, "the TLS files cannot be used (\(files.certificate), \(files.key)): \(error)")
        }
    }
}
