/// A ToUnicode CMap (ISO 32000-2 §9.10.3): text by character code.
struct ToUnicodeMap {
    private(set) var text: [Int: String] = [:]
    private static let mostEntries = 1 << 17
    /// Entries read, repeated ones included.
    private var entries = 0

    /// Reads `bfchar` and `bfrange` of codes that are `codeLength` bytes long.
    init(_ bytes: [UInt8], codeLength: Int, limits: PDFLimits) throws(PDFFault) {
        var tokens = ContentTokens(bytes, limits: limits)
        var operands: [PDFObject] = []
        while let token = try tokens.next() {
            switch token {
            case .operand(let value): operands.append(value)
            case .operator("endbfchar"):
                try addCharacters(operands, codeLength)
                operands.removeAll()
            case .operator("endbfrange"):
                try addRanges(operands, codeLength)
                operands.removeAll()
            case .operator: operands.removeAll()
            }
        }
    }

    private mutating func addCharacters(_ operands: [PDFObject], _ codeLength: Int) throws(PDFFault) {
        guard operands.count % 2 == 0 else { throw .structure("ToUnicode map") }
        for index in stride(from: 0, to: operands.count, by: 2) {
            let code = try ToUnicodeMap.code(operands[index], codeLength)
            try add(try ToUnicodeMap.bytes(operands[index + 1])[...], for: code)
        }
    }

    private mutating func addRanges(_ operands: [PDFObject], _ codeLength: Int) throws(PDFFault) {
        guard operands.count % 3 == 0 else { throw .structure("ToUnicode map") }
        for index in stride(from: 0, to: operands.count, by: 3) {
            let first = try ToUnicodeMap.code(operands[index], codeLength)
            let last = try ToUnicodeMap.code(operands[index + 1], codeLength)
            guard first <= last, last - first < 1 << 16 else { throw .structure("range of a ToUnicode map") }
            if case .array(let targets) = operands[index + 2] {
                guard targets.count == last - first + 1 else { throw .structure("range of a ToUnicode map") }
                for (offset, target) in targets.enumerated() {
                    try add(try ToUnicodeMap.bytes(target)[...], for: first + offset)
                }
            } else {
                var target = try ToUnicodeMap.bytes(operands[index + 2])
                for code in first...last {
                    try add(target[...], for: code)
                    ToUnicodeMap.increment(&target)
                }
            }
        }
    }

    private mutating func add(_ target: ArraySlice<UInt8>, for code: Int) throws(PDFFault) {
        entries += 1
        guard target.count <= 64, target.count % 2 == 0, entries <= ToUnicodeMap.mostEntries else {
            throw .structure("text of a ToUnicode map")
        }
        text[code] = PDFText.decodeUTF16(target)
    }

    /// The next text of a range: one more in the last code unit, which wraps like in any reader's 16 bits.
    private static func increment(_ target: inout [UInt8]) {
        guard target.count >= 2 else { return }
        let (low, carry) = target[target.count - 1].addingReportingOverflow(1)
        target[target.count - 1] = low
        if carry { target[target.count - 2] &+= 1 }
    }

    private static func code(_ value: PDFObject, _ length: Int) throws(PDFFault) -> Int {
        let bytes = try bytes(value)
        guard bytes.count == length else { throw .structure("code length of a ToUnicode map") }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func bytes(_ value: PDFObject) throws(PDFFault) -> [UInt8] {
        guard case .string(let bytes) = value else { throw .structure("ToUnicode map") }
        return bytes
    }
}
