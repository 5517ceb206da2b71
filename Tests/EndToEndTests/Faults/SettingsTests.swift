import Foundation
import Testing

/// Settings that cannot be used.
@Suite final class `A setting` {
    private let office: Chancery

    init() throws { office = try .office() }

    deinit { office.remove() }

    @Test(arguments: [
        ("CHANCERY_ISSUER", "ftp://example"), ("CHANCERY_ISSUER", "http://localhost:8080/?x"),
        ("CHANCERY_LISTEN", "8080"), ("CHANCERY_LISTEN", "127.0.0.1:99999"), ("CHANCERY_LOG_LEVEL", "loud"),
        ("CHANCERY_LOG_FORMAT", "xml"), ("CHANCERY_BEHIND_PROXY", "perhaps"), ("CHANCERY_TLS_KEY", "key.pem"),
    ])
    func `that is wrong is named`(name: String, value: String) throws {
        try office.run(["serve"], environment: [name: value]).expectFault(78, name)
    }

    @Test func `comes from the command line, then the environment, then chancery.yaml`() throws {
        let file = try office.run(["show", "x"])
        #expect(file.status == 64)
        try office.write("database: from-file.sqlite\n", to: "chancery.yaml")
        let list = ["audit", "verify"]
        try office.run(list).expectFault(78, "from-file.sqlite")
        let variable = ["CHANCERY_DATABASE": "from-variable.sqlite"]
        try office.run(list, environment: variable).expectFault(78, "from-variable.sqlite")
        try office.run(list + ["--database", "from-option.sqlite"], environment: variable)
            .expectFault(78, "from-option.sqlite")
        #expect(try office.run(list + ["--database", "data/chancery.sqlite"]).status == 0)
    }

    @Test(arguments: ["databse: x\n", "database: [1, 2\n", "- a\n", "database: {a: 1}\n"])
    func `file that is wrong is a fault with its place`(text: String) throws {
        try office.write(text, to: "chancery.yaml")
        try office.run(["audit", "verify"]).expectFault(78, "chancery.yaml")
    }

    @Test func `of plain HTTP for all the world is refused`() throws {
        let run = try office.run(["serve"], environment: ["CHANCERY_ISSUER": "http://licenses.example"])
        run.expectFault(78, "http://licenses.example", "CHANCERY_TLS_CERTIFICATE", "CHANCERY_BEHIND_PROXY")
    }

    @Test func `of TLS files that are not there or are none is a fault of the configuration`() throws {
        try office.write("no key", to: "key.pem")
        for (certificate, key) in [("nowhere.pem", "key.pem"), ("keys/trust/root.pem", "key.pem")] {
            let run = try office.run(
                ["serve"], environment: ["CHANCERY_TLS_CERTIFICATE": certificate, "CHANCERY_TLS_KEY": key])
            run.expectFault(78, "TLS", lines: nil)
        }
    }

    @Test func `of a port that is taken, or an address that is not here, is told in one line`() throws {
        let (other, port) = try Service.office()
        defer { other.remove() }
        let service = try Service(other, port: port)
        let taken = try office.run(["serve", "--listen", "127.0.0.1:\(port)"])
        #expect(taken.status == 74)
        #expect(taken.talk.contains("chancery: port \(port) is taken; choose another with --listen"), "\(taken.talk)")
        taken.expectNoInsides()
        let elsewhere = try office.run(["serve", "--listen", "203.0.113.7:8080"])
        #expect(elsewhere.status == 74)
        #expect(elsewhere.talk.contains("cannot listen on 203.0.113.7:8080"), "\(elsewhere.talk)")
        elsewhere.expectNoInsides()
        #expect(service.isRunning)
        let events = try AuditTrail(of: office).entries.map(\.event).filter { $0.hasPrefix("service-") }
        #expect(events == ["service-started", "service-stopped", "service-started", "service-stopped"])
        try office.expectSoundAudit()
    }
}
