import HTTPTypes
import Primitives

/// The description of the whole service (OpenAPI 3.1.1), made of one entry for each route.
struct ServiceDescription: Sendable {
    private static let assets = "/assets/"

    let issuerURL: String

    /// Every route that may be there; assets are described as they are found.
    static let operations =
        serviceOperations + licenseOperations + tokenOperations + pageOperations

    func document(of routes: [Route]) -> JSONObject {
        var paths = JSONObject()
        for (path, routes) in Self.ordered(routes) {
            var item = JSONObject()
            for route in routes {
                guard let operation = Self.operation(of: route) else { continue }
                item[route.method.rawValue.lowercased()] = operation.object
                if route.method == .get, route.answersHead { item["head"] = operation.head }
            }
            paths[Self.template(path)] = .object(item)
        }
        return JSONObject([
            ("openapi", "3.1.1"), ("info", information), ("servers", [["url": .string(issuerURL)]]),
            ("paths", .object(paths)),
            (
                "components",
                ["schemas": .object(DescribedSchemas.all), "securitySchemes": .object(DescribedSchemas.security)]
            ),
        ])
    }

    /// `nil` where nobody described it: a test holds that there is none.
    static func operation(of route: Route) -> DescribedOperation? {
        if route.path.hasPrefix(assets) {
            let name = route.path.filter { $0.isLetter || $0.isNumber }
            return DescribedOperation(
                .get, route.path, name, "A file that pages link to; its name changes with its content.",
                answers: [DescribedAnswer(status: 200, meaning: "The file.", content: [("*/*", nil)])])
        }
        return operations.first { $0.method == route.method && $0.path == route.path }
    }

    /// `/crl/:file` as `/crl/{file}`.
    static func template(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
    }

    /// By path, so that the text is the same at every start.
    private static func ordered(_ routes: [Route]) -> [(path: String, routes: [Route])] {
        Dictionary(grouping: routes, by: \.path).sorted { $0.key < $1.key }.map { path, routes in
            (path, routes.sorted { $0.method.rawValue < $1.method.rawValue })
        }
    }

    private var information: JSONValue {
        [
            "title": "Chancery", "version": "1",
            "description": .string(
                "Issues and verifies electronically signed licenses, and signs people and portals on. Errors are OAuth error "
                    + "objects where portals post forms, pages where people read them, and problem documents (RFC 9457) "
                    + "elsewhere. Another method than those listed for an address is answered with 405 and `Allow`."),
        ]
    }
}
