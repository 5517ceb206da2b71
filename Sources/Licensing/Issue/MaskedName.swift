import Credentials

/// The holder's name as a QR code may tell it to anyone who sees the paper.
struct MaskedName {
    /// The whole text, then shorter ones for tokens that would grow past their limit.
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

    /// The first text of `make` that is not too large; large keys leave less room for the name.
    func text(_ make: (String) throws -> String) throws -> String {
        for candidate in candidates.dropLast() {
            do {
                return try make(candidate)
            } catch is QRTokenFault {
                continue
            }
        }
        return try make(candidates.last ?? "")
    }
}
