import Yams

/// Reads the text of one file as one YAML document (YAML 1.1, as libYAML reads it).
struct YAMLDocument {
    /// Policies nest five deep.
    static let maximumDepth = 16
    /// Aliases are refused, but Yams resolves them before they can be seen here: a text with more marks than this is not parsed.
    static let maximumAliasMarks = 16
    static let maximumDoubleKeys = 64

    private let faults: FileFaults
    private var keys: DoubleKeys

    /// `nil` with a fault reported when there is no value to go on with.
    static func read(_ text: String, _ faults: FileFaults) -> YAMLValue? {
        if let place = aliasBomb(in: text) {
            faults.report(refusedAnchor, at: place)
            return nil
        }
        var document = YAMLDocument(faults: faults, keys: DoubleKeys(text))
        return document.read()
    }

    private static let refusedAnchor = "anchors (`&name`) and aliases (`*name`) are refused: write the value out"

    private static let tooDeep = "nested more than \(maximumDepth) deep: no policy is"

    private mutating func read() -> YAMLValue? {
        while true {
            do {
                let parser = try Parser(yaml: keys.text, resolver: .basic, encoding: .utf8)
                // Nodes hold their anchors weakly: they are seen only while the parser lives.
                return try withExtendedLifetime(parser) {
                    guard let root = try parser.singleRoot() else {
                        faults.report("the file is empty: it must give a map, for example `name: {en: Example}`")
                        return nil
                    }
                    return value(root, depth: 1)
                }
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let place = Place(context.mark)
                if keys.mask(at: place) { continue }
                faults.report("`\(names.first ?? "")` stands twice in this map: keep one", at: place)
                return nil
            } catch {
                report(error)
                return nil
            }
        }
    }

    /// The first anchor of a text with so many aliases that Yams could copy without bound.
    private static func aliasBomb(in text: String) -> Place? {
        var (anchor, aliases): (Place?, Int) = (nil, 0)
        var (beforeLast, last): (Unicode.Scalar, Unicode.Scalar) = ("\n", "\n")
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            let beginsNode = beforeLast.properties.isWhitespace || "[{,".unicodeScalars.contains(beforeLast)
            if beginsNode, !scalar.properties.isWhitespace {
                if last == "&" { anchor = anchor ?? Place(line: line, column: column - 1) }
                if last == "*" { aliases += 1 }
            }
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
            (beforeLast, last) = (last, scalar)
        }
        return aliases > maximumAliasMarks ? anchor : nil
    }
}

extension YAMLDocument {
    private func value(_ node: Node, depth: Int) -> YAMLValue {
        let place = node.mark.map(Place.init) ?? .start
        guard node.anchor == nil else {
            faults.report(YAMLDocument.refusedAnchor, at: place)
            return YAMLValue(place: place, content: .nothing)
        }
        guard depth <= YAMLDocument.maximumDepth else {
            faults.report(YAMLDocument.tooDeep, at: place)
            return YAMLValue(place: place, content: .nothing)
        }
        let content: YAMLValue.Content =
            switch node {
            case .scalar(let scalar): self.content(scalar)
            case .sequence(let list): .list(list.map { value($0, depth: depth + 1) })
            case .mapping(let map): .map(entries(map, depth: depth))
            case .alias: .nothing
            }
        return YAMLValue(place: place, content: content)
    }

    private func content(_ scalar: Node.Scalar) -> YAMLValue.Content {
        let isQuoted = scalar.style != .plain && scalar.style != .any
        let isNothing = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        return isNothing ? .nothing : .scalar(scalar.string, isQuoted: isQuoted)
    }

    /// The entries by key; of a key that stands twice the last one.
    private func entries(_ map: Node.Mapping, depth: Int) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var first: [String: Place] = [:]
        for (key, node) in map {
            let place = key.mark.map(Place.init) ?? .start
            guard case .scalar(let scalar) = key, key.anchor == nil else {
                faults.report("a key is one plain word", at: place)
                continue
            }
            let name = keys.original(scalar.string, at: place)
            if let earlier = first[name] {
                faults.report("`\(name)` stands twice in this map, first in line \(earlier.line): keep one", at: place)
                entries.removeAll { $0.key == name }
            } else {
                first[name] = place
            }
            entries.append(YAMLEntry(key: name, place: place, value: value(node, depth: depth + 1)))
        }
        return entries
    }

    private func report(_ error: any Error) {
        switch error {
        case YamlError.parser(_, let problem, let mark, _) where problem.contains("nesting level"):
            faults.report(YAMLDocument.tooDeep, at: Place(mark))
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _):
            let hint =
                problem.contains("cannot start any token") ? ": indent with spaces, quote texts that begin so" : ""
            let whole = context.map { "\($0.text), begun in line \($0.mark.line), \(problem)" } ?? problem
            faults.report("this is not YAML: \(whole)\(hint)", at: Place(mark))
        case YamlError.composer(let context, _, let mark, _) where context != nil:
            faults.report("a policy file holds one document: take out what follows `---`", at: Place(mark))
        case YamlError.composer(_, let problem, let mark, _):
            faults.report("this is not YAML: \(problem)", at: Place(mark))
        default:
            faults.report("this is not YAML that can be read")
        }
    }
}

extension Place {
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}
