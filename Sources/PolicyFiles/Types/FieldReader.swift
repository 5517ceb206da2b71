import Licensing

/// What a type's file says of one field, as far as it could be read.
struct ReadField {
    let name: Placed<String>?
    let word: FieldWord?
    let isRequired: Bool?
    let definition: FieldDefinition?
}

/// The words for the kinds of fields.
enum FieldWord: String, CaseIterable {
    case text, integer, decimal, date, choice, photo
    case organizationCode = "organization-code"
    case personID = "person-id"

    /// Forgetting to say so must not print a person's id or face.
    var isPersonalByDefault: Bool { self == .personID || self == .photo }

    /// Keys that only some kinds know.
    static let ownKeys: [String: FieldWord] = [
        "choices": .choice, "maxLength": .text, "maxBytes": .photo, "maxPixels": .photo,
    ]
}

extension Reader where Output == ReadField {
    static var field: Reader {
        let expectation = "a field with the keys `name`, `label` and `type`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let field = field(&map)
            map.finish()
            return field
        }
    }

    private static func field(_ map: inout MapReader) -> ReadField {
        let name = map.required("name", Reader<String>.fieldName.placed)
        let label = map.required("label", .localizedText())
        let word: FieldWord? = map.required("type", Reader<FieldWord>.word())
        let isRequired = map.entry("required") == nil ? false : map.optional("required", .flag)
        let isPersonal = map.optional("personal", .flag) ?? word?.isPersonalByDefault
        let kind = word.flatMap { Self.kind(of: $0, &map) }
        reportForeignKeys(word, &map)
        var definition: FieldDefinition?
        if let name, let label, let kind, let isRequired, let isPersonal {
            definition = FieldDefinition(
                name: name.value, label: label, kind: kind, isRequired: isRequired, isPersonal: isPersonal)
        }
        return ReadField(name: name, word: word, isRequired: isRequired, definition: definition)
    }

    private static func kind(of word: FieldWord, _ map: inout MapReader) -> FieldDefinition.Kind? {
        switch word {
        case .text: .text(maximumLength: map.optional("maxLength", .integer(in: 1...10_000)) ?? 200)
        case .integer: .integer
        case .decimal: .decimal
        case .date: .date
        case .choice: map.required("choices", .choices).map { .choice($0) }
        case .organizationCode: .organizationCode
        case .personID: .personID
        case .photo:
            .photo(
                maximumBytes: map.optional("maxBytes", .integer(in: 1024...1_048_576)) ?? 204_800,
                maximumPixels: map.optional("maxPixels", .integer(in: 1024...25_000_000)) ?? 4_000_000)
        }
    }

    private static func reportForeignKeys(_ word: FieldWord?, _ map: inout MapReader) {
        for (key, owner) in FieldWord.ownKeys.sorted(by: { $0.key < $1.key }) where owner != word {
            guard let entry = map.entry(key), let word else { continue }
            map.faults.report(
                "`\(key)` is only for fields of type `\(owner.rawValue)`, this one is `\(word.rawValue)`: take it out",
                at: entry.place)
        }
    }
}

extension Reader where Output == String {
    /// Names on pages, in applications and in the columns of a batch.
    fileprivate static var fieldName: Reader {
        scalar("the field's name, for example `registeredCapital`") { text, _ throws(Misreading) in
            let isWord = text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
            guard isWord, text.first?.isLetter == true, text.utf8.count <= 64 else {
                throw Misreading(
                    "`\(text.shortened)` is no field name: use ASCII letters, digits and _, beginning with a letter, "
                        + "for example `registeredCapital`")
            }
            // A page knows these names already, see `data-field` in the LicensePages room.
            guard !["number", "validFrom", "issuedOn"].contains(text) else {
                throw Misreading("every license has its own `\(text)` on the page: choose another name for this field")
            }
            return text
        }
    }
}

extension Reader where Output == [FieldDefinition.Choice] {
    fileprivate static var choices: Reader {
        let list = Reader<[Placed<ReadChoice>]>.list(of: .choice, in: 1...500)
        return Reader("the choices, for example `[{code: a, label: {en: First}}]`") { value, faults in
            guard let choices = list.read(value, faults) else { return nil }
            faults.reportRepeated(choices.compactMap(\.value.code), "the choice")
            return choices.compactMap(\.value.choice)
        }
    }
}

private struct ReadChoice {
    let code: Placed<String>?
    let choice: FieldDefinition.Choice?
}

extension Reader where Output == ReadChoice {
    fileprivate static var choice: Reader {
        let expectation = "a choice, for example `{code: a, label: {en: First}}`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let code = map.required("code", Reader<String>.choiceCode.placed)
            let label = map.required("label", .localizedText())
            map.finish()
            guard let code, let label else { return ReadChoice(code: code, choice: nil) }
            return ReadChoice(code: code, choice: FieldDefinition.Choice(code: code.value, label: label))
        }
    }
}

extension Reader where Output == String {
    fileprivate static var choiceCode: Reader {
        scalar("the choice's code, for example `a`") { text, _ throws(Misreading) in
            let isCode = text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }
            guard isCode, (1...64).contains(text.utf8.count) else {
                throw Misreading("`\(text.shortened)` is no choice code: use ASCII letters, digits and - _ . up to 64")
            }
            return text
        }
    }
}
