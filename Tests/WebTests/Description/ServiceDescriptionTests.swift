import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Primitives
import Testing

@testable import Web

@Suite struct ServiceDescriptionTests {
    private func document() async throws -> JSONValue {
        var document = JSONValue.null
        let site = LicenseSite()
        let found = Found()
        try await LicenseSite.visit(site) { caller in
            let response = try await caller.get(DescriptionRoute.path)
            #expect(response.status == .ok && response.headers[.contentType] == "application/json")
            await found.set(try response.json())
        }
        document = await found.value
        return document
    }

    private actor Found {
        var value = JSONValue.null
        func set(_ value: JSONValue) { self.value = value }
    }

    @Test func `every route is described, and nothing else is`() throws {
        let routes = try RouteList(LicenseSite().ports()).routes
        for route in routes {
            #expect(ServiceDescription.operation(of: route) != nil, "\(route.method) \(route.path)")
        }
        let known = Set(routes.map { "\($0.method) \($0.path)" })
        for operation in ServiceDescription.operations {
            #expect(known.contains("\(operation.method) \(operation.path)"), "\(operation.method) \(operation.path)")
        }
    }

    @Test func `the description is OpenAPI 3.1 with each operation named once`() async throws {
        let document = try await document()
        #expect(document["openapi"]?.string?.hasPrefix("3.1.") == true)
        #expect(document["servers"]?.array?.first?["url"]?.string == TestDesk.issuer)
        let operations = (document["paths"]?.object?.members ?? []).flatMap { $0.value.object?.members ?? [] }
        #expect(operations.count > 40)
        let names = operations.compactMap { $0.value["operationId"]?.string }
        #expect(names.count == operations.count && Set(names).count == names.count)
        for operation in operations {
            #expect(operation.value["responses"]?.object?.isEmpty == false)
        }
    }

    @Test func `every reference leads somewhere, and every member of a path is a parameter`() async throws {
        let document = try await document()
        for reference in references(in: document) {
            let name = try #require(reference.split(separator: "/").last.map(String.init))
            #expect(reference == "#/components/schemas/\(name)")
            #expect(document["components"]?["schemas"]?[name] != nil, "\(reference)")
        }
        for (path, item) in document["paths"]?.object?.members ?? [] {
            let members = path.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
            for (_, operation) in item.object?.members ?? [] {
                let described = (operation["parameters"]?.array ?? []).filter { $0["in"] == "path" }
                    .compactMap { $0["name"]?.string }
                #expect(described == members, "\(path)")
            }
        }
    }

    @Test func `a license number fits the pattern that is told`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let pattern = try Regex(ServiceDescription.numberPattern)
            #expect(try pattern.wholeMatch(in: number) != nil)
            #expect(try pattern.wholeMatch(in: "nonsense") == nil)
        }
    }

    @Test func `a service without sign-on describes no write API`() throws {
        let routes = try RouteList(LicenseSite().ports()).routes.filter { !$0.path.hasPrefix("/token") }
        let paths = ServiceDescription(issuerURL: TestDesk.issuer).document(of: routes)["paths"]
        #expect(paths?["/token"] == nil && paths?["/v1/licenses/{number}/status"] != nil)
    }

    private func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let object):
            (object["$ref"]?.string.map { [$0] } ?? []) + object.members.flatMap { references(in: $0.value) }
        case .array(let values): values.flatMap(references)
        default: []
        }
    }
}
