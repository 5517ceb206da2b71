/// A suite around one service and one license that it knows.
class ServedSuite {
    let office: Chancery
    let service: Service
    let number: String

    class var licenseType: String { "business-license" }

    init() throws {
        let (office, port) = try Service.office()
        self.office = office
        service = try Service(office, port: port)
        number = try office.issue(Self.licenseType)
    }

    deinit { office.remove() }
}
