package import Primitives

extension LicenseType {
    /// Checks an application against this type: `{"holder": {…}, "fields": {…}}`, or `"holders": […]`.
    ///
    /// - Parameter photo: reads the file of a photo given as `{"file": path}`; `nil` refuses files.
    /// - Throws: all faults at once. They repeat no value.
    package func read(
        _ application: JSONValue, photo: ((String) throws -> [UInt8])?
    ) throws(ApplicationFaults) -> Application {
        var reader = ApplicationReader(type: self, photo: photo)
        return try reader.read(application)
    }
}

/// Reads one application and collects what is wrong with it.
struct ApplicationReader {
    private static let maximumHolders = 20
    private static let maximumNameLength = 200
    /// More would help nobody, and bounds what a hostile application makes us write.
    private static let maximumFaults = 100

    private let type: LicenseType
    private let photo: ((String) throws -> [UInt8])?
    private var faults: [ApplicationFault] = []

    init(type: LicenseType, photo: ((String) throws -> [UInt8])?) {
        (self.type, self.photo) = (type, photo)
    }

    mutating func read(_ value: JSONValue) throws(ApplicationFaults) -> Application {
        guard let members = value.object else {
            throw ApplicationFaults([
                ApplicationFault(path: "", reason: "an application must be a JSON object with holder and fields")
            ])
        }
        refuseUnknown(members, known: ["holder", "holders", "fields"], under: "")
        let holders = holders(members)
        let values = values(members["fields"])
        guard faults.isEmpty else { throw ApplicationFaults(faults) }
        return Application(holders: holders, values: values, typeID: type.id)
    }

    private mutating func note(_ path: String, _ reason: String) {
        if faults.count < ApplicationReader.maximumFaults {
            faults.append(ApplicationFault(path: path, reason: reason))
        }
    }

    private mutating func refuseUnknown(_ object: JSONObject, known: [String], under prefix: String) {
        for name in object.names where !known.contains(name) {
            note(
                prefix + ApplicationReader.shown(name), "is not known here; known are: \(known.joined(separator: ", "))"
            )
        }
    }

    /// A value set in a name's place by mistake must not be repeated.
    private static func shown(_ name: String) -> String {
        let isIdentifier =
            (1...64).contains(name.utf8.count) && !(0x30...0x39).contains(name.utf8.first ?? 0x30)
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E
            }
        return isIdentifier ? name : "‹a name›"
    }
}

// Holders.
extension ApplicationReader {
    private mutating func holders(_ members: JSONObject) -> [Holder] {
        switch (members["holder"], members["holders"]) {
        case (let one?, nil):
            return [holder(one, at: "holder")].compactMap { $0 }
        case (nil, let many?):
            guard let values = many.array, (1...ApplicationReader.maximumHolders).contains(values.count) else {
                note("holders", "must be a list of 1 to \(ApplicationReader.maximumHolders) holders")
                return []
            }
            var holders: [Holder] = []
            for (index, value) in values.enumerated() {
                if let holder = holder(value, at: "holders[\(index)]") { holders.append(holder) }
            }
            let documents = holders.map { [$0.idType, $0.id] }
            if Set(documents).count < documents.count { note("holders", "must not name the same holder twice") }
            return holders
        case (nil, nil):
            note("holder", "is required")
        default:
            note("holders", "must not stand beside holder: give one of them")
        }
        return []
    }

    private mutating func holder(_ value: JSONValue, at path: String) -> Holder? {
        guard let members = value.object else {
            note(path, "must be an object with name, idType and id")
            return nil
        }
        refuseUnknown(members, known: ["name", "idType", "id"], under: path + ".")
        let before = faults.count
        let texts = ["name", "idType", "id"].map { member in text(members[member], at: "\(path).\(member)") }
        guard let name = texts[0], let code = texts[1], let id = texts[2] else { return nil }
        if let reason = TextRule.fault(in: name, maximumLength: ApplicationReader.maximumNameLength) {
            note("\(path).name", reason)
        }
        if let idType = HolderIDType.known(code) {
            if !idType.fits(type.holder) {
                note("\(path).idType", "is not one of \(type.holder == .person ? "a person" : "an organization")")
            }
            if let reason = idType.fault(in: id) { note("\(path).id", reason) }
        } else {
            note("\(path).idType", "must be one of: \(HolderIDType.all.map(\.code).joined(separator: ", "))")
        }
        return faults.count == before ? Holder(name: name, idType: code, id: id) : nil
    }

    private mutating func text(_ value: JSONValue?, at path: String) -> String? {
        switch value {
        case nil, .null, .string(""): note(path, "is required")
        case .string(let text): return text
        default: note(path, "must be a text")
        }
        return nil
    }
}

// Fields.
extension ApplicationReader {
    private mutating func values(_ given: JSONValue?) -> [String: FieldValue] {
        guard let members = (given ?? .object(JSONObject())).object else {
            note("fields", "must be an object")
            return [:]
        }
        refuseUnknown(members, known: type.fields.map(\.name), under: "fields.")
        var values: [String: FieldValue] = [:]
        for field in type.fields {
            let path = "fields.\(field.name)"
            switch members[field.name] {
            // An empty cell of a table means that nothing was given.
            case nil, .null, .string(""):
                if field.isRequired { note(path, "is required") }
            case let value?:
                do throws(ValueFault) {
                    values[field.name] = try field.read(value, photo: photo)
                } catch {
                    note(path, error.reason)
                }
            }
        }
        return values
    }
}
