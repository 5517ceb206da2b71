import Credentials

/// The holder's name as a QR code may tell it to anyone who sees the paper.
struct MaskedName {
    /// The whole text, then shorter ones for tokens that would grow past their limit; never empty.
    let candidates: [String]

    /// A person keeps the first character, an organization the whole name; several stand side by side.
    init(of holders: [Holder], in type: LicenseType) {
        let names = holders.map { $0.isPerson(in: type) ? MaskedName.mask($0.name) : $0.name }
        let whole = names.joined(separator: "、")
        let shorter = [40, 20, 8, 1].filter { $0 < whole.count }.map { "\(whole.prefix($0))…" }
        candidates = [whole] + shorter
    }

    static func mask(_ name: String) -> String {
        name.first.map { "\($0)＊" } ?? ""
    }

    /// What `make` gives for the longest candidate that is not too large for it; `nil` when none is small enough.
    func text(_ make: (String) throws -> String) throws -> String? {
        if let text = try attempt(0, make) { return text }
        // Signing is what costs: where the shortest does not fit, none between does.
        guard let shortest = try attempt(candidates.count - 1, make) else { return nil }
        for index in candidates.indices.dropFirst().dropLast() {
            if let text = try attempt(index, make) { return text }
        }
        return shortest
    }

    private func attempt(_ index: Int, _ make: (String) throws -> String) throws -> String? {
        do {
            return try make(candidates[index])
        } catch is QRTokenFault {
            return nil
        }
    }
}
