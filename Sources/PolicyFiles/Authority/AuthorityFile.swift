import Licensing

/// Reads `authority.yaml`.
enum AuthorityFile {
    static func read(_ text: String, _ faults: FileFaults) -> Authority? {
        guard let root = YAMLDocument.read(text, faults),
            var map = MapReader(root, "the keys `name`, `code` and `languages`", faults)
        else { return nil }
        let name = map.required("name", .localizedText(maximumLength: Department.maximumNameLength))
        let code = map.required("code", .socialCreditCode)
        let languages = map.optional("languages", .list(of: .language, in: 1...20))
        map.finish()
        if let languages { faults.reportRepeated(languages, "the language") }
        guard let name, let code else { return nil }
        return Authority(name: name, code: code, languages: languages?.map(\.value) ?? ["en"])
    }
}

extension Department {
    /// Names stand in certificates, where X.520 allows 64 characters (`ub-organization-name`).
    static var maximumNameLength: Int { 64 }
}
