import Primitives

/// One answer of a service, read strictly enough to see what was really sent.
struct HTTPAnswer {
    let status: Int
    /// In the order they came, names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue? { try? JSONReader.read(body) }

    /// Reads the answer at the beginning of `bytes`; `nil` while it is not whole.
    init?(reading bytes: [UInt8], isHead: Bool = false) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]) else {
            return nil
        }
        self.status = status
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
            return (parts[0].lowercased(), String(value))
        }
        let rest = bytes[end.upperBound...]
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        let count = isHead || status == 304 || status == 204 ? 0 : length
        guard rest.count >= count else { return nil }
        body = Array(rest.prefix(count))
    }
}
