import HTTPTypes
import Hummingbird
import Identity
import Licensing
import Primitives

/// `/v1/licenses`: issuing, reading and changing licenses as a department's system.
struct LicenseRoutes: Sendable {
    let ports: LicensePorts
    let register: any LicenseRegister
    let gate: LicenseGate
    private let answers: LicenseAnswer
    /// Issues under way at once.
    private let budget = WorkBudget(limit: 16)
    private let uploads = UploadBudget(perSender: 32)

    init(ports: LicensePorts, register: any LicenseRegister, gate: LicenseGate) {
        (self.ports, self.register, self.gate) = (ports, register, gate)
        answers = LicenseAnswer(issuerURL: gate.issuerURL)
    }

    var routes: [Route] {
        [
            route(.post, "/v1/licenses", .issue) { request, _ in try await issue(request) },
            route(.get, "/v1/licenses/:number", .read) { request, context in try await show(request, context) },
            route(.get, "/v1/licenses/:number/document.pdf", .read) { request, context in
                try await document(request, context)
            },
            route(.post, "/v1/licenses/:number/status", .status) { request, context in
                try await change(request, context)
            },
        ]
    }

    private func route(
        _ method: HTTPRequest.Method, _ path: String, _ scope: LicenseGate.Scope, handler: @escaping Route.Handler
    ) -> Route {
        Route(method, path, .accessToken(scope: scope.rawValue), handler: handler)
    }

    private func issue(_ request: Request) async throws -> Response {
        let holder = try await gate.holder(of: request, scope: .issue)
        let key = try IdempotencyKey.read(request)
        let bytes = try await JSONBody.bytes(of: request, limit: IssueBody.limit) { body, limit in
            try await uploads.collect(body, upTo: limit, from: holder.portal.id)
        }
        return try await budget.run {
            let members = try JSONBody.object(bytes)
            let body = try IssueBody(members, types: ports.policy.types)
            let department = body.departmentID ?? holder.portal.departmentID
            try await gate.admit(holder, to: department, scope: .issue)
            do {
                let license = try await ports.office.issue(
                    body.application, type: body.type, department: department, key: key, actor: holder.actor,
                    call: holder.call)
                return created(license)
            } catch let refusal as IssueRefusal {
                throw Problem(refusal)
            }
        }
    }

    /// Says what issuing gave, whatever became of the license since: a repeat has the same answer.
    private func created(_ license: IssuedLicense) -> Response {
        let formats = license.documents.map(\.format)
        var response = Response.json(.object(answers.short(license.number, .valid, formats: formats)))
        response.status = .created
        response.headers[.location] = answers.address(license.number)
        return response
    }

    private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let record = try await record(for: request, context, scope: .read).record
        let history = try await register.history(of: record.number)
        return .json(.object(answers.whole(record, history: history, formats: try await formats(of: record.number))))
    }

    private func document(_ request: Request, _ context: WebContext) async throws -> Response {
        let number = try await record(for: request, context, scope: .read).record.number
        guard let document = try await ports.office.documents(of: number).first(where: { $0.format == .pdf }) else {
            throw Problem.noDocument
        }
        var response = Response.bytes(document.bytes, type: "application/pdf")
        response.headers[.contentDisposition] = "inline; filename=\"\(document.fileName)\""
        return response
    }

    private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let (record, holder) = try await record(for: request, context, scope: .status)
        let body = try StatusBody(try await JSONBody.object(of: request, limit: StatusBody.limit))
        do {
            try await ports.office.changeStatus(
                record.number, body.change, reason: body.reason, actor: holder.actor, call: holder.call)
        } catch let refusal as StatusRefusal {
            throw Problem(refusal)
        }
        let formats = try await formats(of: record.number)
        return .json(.object(answers.short(record.number, body.change.to, formats: formats)))
    }

    /// The license that the address names, of a department that the token is for.
    private func record(
        for request: Request, _ context: WebContext, scope: LicenseGate.Scope
    ) async throws -> (record: LicenseRecord, holder: TokenHolder) {
        let holder = try await gate.holder(of: request, scope: scope)
        guard let number = context.licenseNumber, let record = try await register.record(of: number) else {
            throw Problem.unknownLicense
        }
        try await gate.admit(holder, to: record.departmentID, scope: scope, number: number)
        return (record, holder)
    }

    /// The formats that are there: none for a number that was given up.
    private func formats(of number: LicenseNumber) async throws -> [LicenseType.Format] {
        var formats: [LicenseType.Format] = []
        for format in LicenseType.Format.allCases
        where try await register.document(of: number, format: format) != nil {
            formats.append(format)
        }
        return formats
    }
}

extension WebContext {
    /// Of the address.
    var licenseNumber: LicenseNumber? { parts["number"].flatMap { LicenseNumber($0) } }
}
