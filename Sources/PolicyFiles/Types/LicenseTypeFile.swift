import Licensing
import Primitives

/// What `licenses/<id>/type.yaml` says, as far as it could be read.
struct LicenseTypeFile {
    let id: String
    let faults: FileFaults
    let code: Placed<String>?
    let departments: [Placed<String>]
    let type: LicenseType?

    /// The keys of a type, before they are seen together.
    private struct Parts {
        var code: Placed<String>?
        var name: LocalizedText?
        var departments: [Placed<String>]?
        var holder: LicenseType.HolderKind?
        var validity: ReadValidity?
        var requiredCheckers: Int?
        var formats: [Placed<LicenseType.Format>]?
        var fields: [Placed<ReadField>]?
        var pages: [String: String]?
        var statusCodes: [String: String]?
    }

    init(id: String, _ text: String?, pages: PageFiles, _ faults: FileFaults) {
        (self.id, self.faults) = (id, faults)
        guard let root = text.flatMap({ YAMLDocument.read($0, faults) }),
            var map = MapReader(
                root, "the keys of a license type: `code`, `name`, `departments`, `holder`, `validity` …", faults)
        else {
            (code, departments, type) = (nil, [], nil)
            return
        }
        let parts = LicenseTypeFile.parts(&map, pages)
        let place = map.place
        map.finish()
        LicenseTypeFile.check(parts, at: place, faults)
        (code, departments) = (parts.code, parts.departments ?? [])
        type = LicenseTypeFile.type(id, parts)
    }

    private static func parts(_ map: inout MapReader, _ pages: PageFiles) -> Parts {
        var parts = Parts()
        parts.code = map.required("code", Reader<String>.typeCode.placed)
        parts.name = map.required("name", .localizedText())
        let department = Reader<String>.id("the id of a department, the name of its file")
        parts.departments = map.required("departments", .list(of: department, in: 1...1000))
        parts.holder = map.required("holder", .word())
        parts.validity = map.required("validity", .validity)
        parts.requiredCheckers = map.optional("approval", .approval)
        parts.formats = map.optional("formats", .list(of: .word(), in: 1...10))
        parts.fields = map.optional("fields", .list(of: .field, in: 0...200))
        parts.pages = map.optional("pages", pages.reader)
        parts.statusCodes = map.optional("statusCodes", .statusCodes)
        if map.entry("pages") == nil { parts.pages = [:] }
        if map.entry("fields") == nil { parts.fields = [] }
        return parts
    }

    private static func type(_ id: String, _ parts: Parts) -> LicenseType? {
        guard let code = parts.code, let name = parts.name, let departments = parts.departments,
            let holder = parts.holder, let validity = parts.validity, let fields = parts.fields
        else { return nil }
        return LicenseType(
            id: id, code: code.value, name: name, departments: departments.map(\.value), holder: holder,
            validity: validity.validity, requiredCheckers: parts.requiredCheckers ?? 0,
            formats: parts.formats?.map(\.value) ?? LicenseType.Format.allCases,
            fields: fields.compactMap(\.value.definition), pages: parts.pages ?? [:],
            statusCodes: parts.statusCodes ?? [:])
    }
}

// What the parts of one type say about each other.
extension LicenseTypeFile {
    private static func check(_ parts: Parts, at place: Place, _ faults: FileFaults) {
        let fields = parts.fields?.map(\.value)
        faults.reportRepeated(fields?.compactMap(\.name) ?? [], "the field")
        faults.reportRepeated(parts.departments ?? [], "the department")
        faults.reportRepeated(
            parts.formats?.map { Placed(value: $0.value.rawValue, place: $0.place) } ?? [], "the format")
        let isDrawn = parts.formats?.contains { $0.value == .pdf } ?? true
        if isDrawn, let pages = parts.pages, pages.isEmpty {
            faults.report("the format `pdf` needs a page template: give `pages: {zh: page.svg}`", at: place)
        }
        if let validity = parts.validity, case .until(let name) = validity.validity, let fields {
            checkUntil(name, at: validity.place, fields, faults)
        }
    }

    private static func checkUntil(_ name: String, at place: Place, _ fields: [ReadField], _ faults: FileFaults) {
        guard let field = fields.first(where: { $0.name?.value == name }) else {
            let dates = fields.filter { $0.word == .date }.compactMap(\.name?.value)
            let hint = dates.isEmpty ? "add a required field of type `date`" : Suggestion.hint(for: name, among: dates)
            faults.report("this type has no field `\(name.shortened)`: \(hint)", at: place)
            return
        }
        if let word = field.word, word != .date {
            faults.report(
                "`\(name)` is of type `\(word.rawValue)`: a validity ends at a field of type `date`", at: place)
        } else if field.isRequired == false {
            faults.report("`\(name)` may be left out: give that field `required: true`", at: place)
        }
    }
}

extension Reader where Output == Int {
    /// `{checkers: 1}`.
    fileprivate static var approval: Reader {
        let expectation = "the approval, for example `{checkers: 0}`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let checkers = map.required("checkers", .integer(in: 0...9))
            map.finish()
            return checkers
        }
    }
}
