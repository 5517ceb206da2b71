/// Walks one page's content stream and collects the text it shows (ISO 32000-2 §9.4, §14.6).
struct FieldTextReader {
    private struct State {
        var font: FontText?
        var size = 0.0
        var renderMode = 0
        var isVisible: Bool { size != 0 && renderMode != 3 && renderMode != 7 }
    }

    private let file: PDFFile
    private let resources: PDFDictionary
    private(set) var budget: DecodingBudget
    private var fonts: [String: FontText] = [:]
    private var state = State()
    private var saved: [State] = []
    /// Open marks; the index of the field's text, `nil` for other marks.
    private var marks: [Int?] = []
    private var texts: [PDFFieldText] = []
    private var isInText = false
    /// UTF-8 bytes that may still be collected.
    private var textLeft = 4 << 20

    init(file: PDFFile, page: PDFDictionary, budget: DecodingBudget) {
        (self.file, self.budget) = (file, budget)
        resources = file.resolve(page["Resources"]).dictionary ?? [:]
    }

    mutating func read(_ contents: [UInt8]) throws(PDFFault) -> [PDFFieldText] {
        var tokens = ContentTokens(contents, limits: file.limits)
        var operands: [PDFObject] = []
        while let token = try tokens.next() {
            switch token {
            case .operand(let value):
                operands.append(value)
                // The widest operator, a DeviceN colour, has 33.
                guard operands.count <= 64 else { throw .structure("operands without operator") }
            case .operator(let name):
                try perform(name, operands)
                operands.removeAll(keepingCapacity: true)
            }
        }
        guard operands.isEmpty, marks.isEmpty, !isInText else { throw .structure("content stream ends too early") }
        return texts
    }

    private mutating func perform(_ name: String, _ operands: [PDFObject]) throws(PDFFault) {
        switch name {
        case "q", "Q", "Tf", "Tr", "gs": try changeState(name, operands)
        case "BT", "ET":
            guard isInText == (name == "ET") else { throw .structure("text objects nest") }
            isInText = name == "BT"
        case "Tj", "'": try show(operands.last)
        case "\"": try show(operands.count == 3 ? operands.last : nil)
        case "TJ":
            guard let pieces = operands.last?.array else { throw .structure("operand of a text operator") }
            for piece in pieces where piece.number == nil { try show(piece) }
        case "BMC": marks.append(nil)
        case "BDC": try openMark(operands)
        case "EMC":
            guard marks.popLast() != nil else { throw .structure("EMC without a mark") }
        case "BI": throw .unsupported("inline image")
        default:
            guard FieldTextReader.otherOperators.contains(name) else { throw .structure("unknown operator") }
        }
    }

    private mutating func changeState(_ name: String, _ operands: [PDFObject]) throws(PDFFault) {
        switch name {
        case "q":
            guard saved.count < 1024 else { throw .limit("saved graphics states") }
            saved.append(state)
        case "Q":
            guard let last = saved.popLast() else { throw .structure("Q without q") }
            state = last
        case "Tf":
            guard operands.count == 2, let font = operands[0].name, let size = operands[1].number else {
                throw .structure("operands of Tf")
            }
            (state.font, state.size) = (try self.font(font), size)
        case "Tr":
            guard operands.count == 1, let mode = operands[0].integer, (0...7).contains(mode) else {
                throw .structure("operand of Tr")
            }
            state.renderMode = mode
        default:
            guard let key = operands.last?.name, let entries = resource("ExtGState", key).dictionary else {
                throw .structure("operand of gs")
            }
            guard entries["Font"] == nil else { throw .unsupported("font in a graphics state") }
        }
    }

    private func resource(_ kind: String, _ name: String) -> PDFObject {
        file.resolve(file.resolve(resources[kind]).dictionary?[name])
    }

    private mutating func font(_ name: String) throws(PDFFault) -> FontText {
        if let known = fonts[name] { return known }
        guard let entries = resource("Font", name).dictionary else { throw .structure("font is missing") }
        let font = try FontText(entries, in: file, budget: &budget)
        fonts[name] = font
        return font
    }

    private mutating func show(_ operand: PDFObject?) throws(PDFFault) {
        guard isInText, case .string(let string) = operand, let font = state.font else {
            throw .structure("text operator")
        }
        guard !string.isEmpty else { return }
        let text = font.text(of: string)
        textLeft -= text.utf8.count
        guard textLeft >= 0 else { throw .limit("text of a page") }
        let index = marks.reversed().lazy.compactMap { $0 }.first ?? openUnmarked()
        texts[index].text += text
        if !state.isVisible { texts[index].isVisible = false }
    }

    /// Text outside of fields is joined up to the next field.
    private mutating func openUnmarked() -> Int {
        if texts.last?.name != "" { texts.append(PDFFieldText(name: "", value: nil, text: "", isVisible: true)) }
        return texts.count - 1
    }

    private mutating func openMark(_ operands: [PDFObject]) throws(PDFFault) {
        guard marks.count < 256 else { throw .limit("open marks") }
        guard operands.count == 2, let tag = operands[0].name else { throw .structure("operands of BDC") }
        guard tag == "ChanceryField" else { return marks.append(nil) }
        let properties = operands[1].name.map { resource("Properties", $0) } ?? operands[1]
        guard let entries = properties.dictionary, case .string(let name) = file.resolve(entries["Name"]), !name.isEmpty
        else { throw .structure("field mark without a name") }
        let value = file.resolve(entries["Value"]).string.map { PDFText.decode($0) }
        texts.append(PDFFieldText(name: PDFText.decode(name), value: value, text: "", isVisible: true))
        marks.append(texts.count - 1)
    }

    /// Operators that show no text and change nothing that matters here (annex A).
    private static let otherOperators: Set<String> = [
        "b", "B", "b*", "B*", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EX", "f", "F", "f*", "G", "g",
        "h", "i", "j", "J", "K", "k", "l", "m", "M", "MP", "n", "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN",
        "scn", "sh", "T*", "Tc", "Td", "TD", "TL", "Tm", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y",
    ]
}
