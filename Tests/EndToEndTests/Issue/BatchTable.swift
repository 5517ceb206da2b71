import Foundation
import Primitives

/// Rows for `chancery batch`, every one of them right unless a test bends it.
struct BatchTable {
    static let columns = [
        "holder.name", "holder.idType", "holder.id", "registeredCapital", "legalRepresentative", "establishedOn",
        "enterpriseType", "businessScope", "address",
    ]

    /// One business; businesses of different numbers differ.
    static func row(_ number: Int) -> [String] {
        [
            "示例市第\(number)号商店", "001", code(number), "人民币壹拾万元整", "卡娜莉", "2024-05-06", "limited", "零售",
            "示例市滨江区科创路\(number)号",
        ]
    }

    /// A unified social credit code with right check characters (GB 32100, GB 11714).
    static func code(_ number: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let digits = Array(String(String(100_000_000 + number).suffix(8)))
        let sum = zip(digits, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        let organization = ["0", "X", "9", "8", "7", "6", "5", "4", "3", "2", "1"][sum % 11]
        let front = Array("91990100" + String(digits) + organization)
        var weight = 1
        var total = 0
        for character in front {
            total += (alphabet.firstIndex(of: character) ?? 0) * weight
            weight = weight * 3 % 31
        }
        return String(front) + String(alphabet[(31 - total % 31) % 31])
    }

    static func csv(_ rows: [[String]], header: [String] = columns, lineEnd: String = "\n") -> String {
        ([header] + rows).map { $0.joined(separator: ",") + lineEnd }.joined()
    }

    static func csv(count: Int) -> String { csv((1...count).map { row($0) }) }

    /// The same as a JSON Lines file has it.
    static func jsonLine(_ row: [String]) -> String {
        let pairs = zip(columns, row).map { ($0, JSONValue.string($1)) }
        let holder = pairs.prefix(3).map { (String($0.0.dropFirst("holder.".count)), $0.1) }
        let application: JSONValue = [
            "holder": .object(JSONObject(holder)), "fields": .object(JSONObject(Array(pairs.dropFirst(3)))),
        ]
        return application.compactText
    }
}

extension Chancery {
    func batch(_ input: String, out: String = "issued", _ more: [String] = []) throws -> Run {
        try run(["batch", "--type", "business-license", "--input", input, "--out", out] + more)
    }

    /// The cells of a report, its header first.
    func report(_ name: String) throws -> [[String]] {
        let text = String(decoding: try bytes(name), as: UTF8.self)
        return text.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The numbers of `issued.csv`, in the order of the rows.
    func issuedNumbers(_ folder: String = "issued") throws -> [String] {
        try report("\(folder)/issued.csv").dropFirst().map { $0[1] }
    }

    /// The numbers whose documents are in a folder.
    func documentNumbers(_ folder: String = "issued") -> Set<String> {
        Set(names(in: folder).filter { $0.hasSuffix(".pdf") }.map { String($0.dropLast(4)) })
    }
}
