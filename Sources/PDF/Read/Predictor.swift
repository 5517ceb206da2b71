/// Predictors of Flate data (ISO 32000-2 §7.4.4.4).
struct Predictor {
    private let predictor: Int
    /// Bytes from a sample to the one it is predicted from.
    private let step: Int
    /// Bytes of one row, without the PNG tag.
    private let rowLength: Int
    private let bitsPerComponent: Int

    init(_ parameters: PDFDictionary) throws(PDFFault) {
        predictor = parameters["Predictor"]?.integer ?? 1
        let colors = parameters["Colors"]?.integer ?? 1
        bitsPerComponent = parameters["BitsPerComponent"]?.integer ?? 8
        let columns = parameters["Columns"]?.integer ?? 1
        guard (1...32).contains(colors), [1, 2, 4, 8, 16].contains(bitsPerComponent), (1...1 << 20).contains(columns)
        else { throw .malformed("predictor parameters", offset: 0) }
        step = max(1, colors * bitsPerComponent / 8)
        rowLength = (colors * bitsPerComponent * columns + 7) / 8
    }

    func undo(_ bytes: [UInt8]) throws(PDFFault) -> [UInt8] {
        switch predictor {
        case 1: return bytes
        case 2: return try undoTIFF(bytes)
        case 10...15: return try undoPNG(bytes)
        default: throw .unsupported("predictor")
        }
    }

    /// Every row is the difference to the sample on its left; only whole bytes are supported.
    private func undoTIFF(_ bytes: [UInt8]) throws(PDFFault) -> [UInt8] {
        guard bitsPerComponent == 8 else { throw .unsupported("TIFF predictor of this depth") }
        var output = bytes
        for index in output.indices where index % rowLength >= step {
            output[index] = output[index] &+ output[index - step]
        }
        return output
    }

    /// Every row begins with the number of its filter (PNG §9.2).
    private func undoPNG(_ bytes: [UInt8]) throws(PDFFault) -> [UInt8] {
        // A row is never longer than what there is, whatever the parameters claim.
        let rowLength = min(self.rowLength, bytes.count)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var previous = [UInt8](repeating: 0, count: rowLength)
        var position = 0
        while position < bytes.count {
            let filter = bytes[position]
            guard filter <= 4 else { throw .malformed("PNG predictor", offset: position) }
            let length = min(rowLength, bytes.count - position - 1)
            var row = [UInt8](repeating: 0, count: rowLength)
            for index in 0..<length {
                let left = index >= step ? row[index - step] : 0
                let corner = index >= step ? previous[index - step] : 0
                row[index] =
                    bytes[position + 1 + index]
                    &+ Predictor.prediction(filter, left: left, above: previous[index], corner: corner)
            }
            output += row[..<length]
            previous = row
            position += 1 + length
        }
        return output
    }

    private static func prediction(_ filter: UInt8, left: UInt8, above: UInt8, corner: UInt8) -> UInt8 {
        switch filter {
        case 1: return left
        case 2: return above
        case 3: return UInt8((Int(left) + Int(above)) / 2)
        case 4:
            let (a, b, c) = (Int(left), Int(above), Int(corner))
            let (toLeft, toAbove, toCorner) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
            if toLeft <= toAbove, toLeft <= toCorner { return left }
            return toAbove <= toCorner ? above : corner
        default: return 0
        }
    }
}
