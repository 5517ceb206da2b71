/// An affine transform as SVG and PDF write it: `x' = ax + cy + e`, `y' = bx + dy + f`.
struct SVGMatrix: Hashable {
    var a = 1.0
    var b = 0.0
    var c = 0.0
    var d = 1.0
    var e = 0.0
    var f = 0.0

    static let identity = SVGMatrix()

    static func translation(_ x: Double, _ y: Double) -> SVGMatrix { SVGMatrix(e: x, f: y) }

    static func scale(_ x: Double, _ y: Double) -> SVGMatrix { SVGMatrix(a: x, d: y) }

    /// `self` first, then `outer`.
    func followed(by outer: SVGMatrix) -> SVGMatrix {
        SVGMatrix(
            a: a * outer.a + b * outer.c, b: a * outer.b + b * outer.d, c: c * outer.a + d * outer.c,
            d: c * outer.b + d * outer.d, e: e * outer.a + f * outer.c + outer.e,
            f: e * outer.b + f * outer.d + outer.f)
    }

    var isUsable: Bool {
        [a, b, c, d, e, f].allSatisfy { $0.isFinite && abs($0) < 1e6 } && abs(a * d - b * c) > 1e-9
    }
}

extension SVGMatrix {
    /// Reads a `transform` attribute (SVG 1.1 §7.6); `nil` when it is not one.
    init?(_ text: String) {
        self.init()
        var rest = text[...]
        while let open = rest.firstIndex(of: "(") {
            let name = rest[..<open].filter { !$0.isWhitespace && $0 != "," }
            guard let end = rest[open...].firstIndex(of: ")"),
                let numbers = SVGNumber.list(rest[rest.index(after: open)..<end]),
                let step = SVGMatrix(String(name), numbers)
            else { return nil }
            self = step.followed(by: self)
            rest = rest[rest.index(after: end)...]
        }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == "," }) else { return nil }
    }

    private init?(_ name: String, _ numbers: [Double]) {
        switch (name, numbers.count) {
        case ("matrix", 6):
            self.init(a: numbers[0], b: numbers[1], c: numbers[2], d: numbers[3], e: numbers[4], f: numbers[5])
        case ("translate", 1): self = .translation(numbers[0], 0)
        case ("translate", 2): self = .translation(numbers[0], numbers[1])
        case ("scale", 1): self = .scale(numbers[0], numbers[0])
        case ("scale", 2): self = .scale(numbers[0], numbers[1])
        case ("rotate", 1): self = .rotation(degrees: numbers[0])
        case ("rotate", 3):
            self = SVGMatrix.translation(-numbers[1], -numbers[2]).followed(by: .rotation(degrees: numbers[0]))
                .followed(by: .translation(numbers[1], numbers[2]))
        default: return nil
        }
    }

    static func rotation(degrees: Double) -> SVGMatrix {
        let angle = degrees * .pi / 180
        return SVGMatrix(a: cosine(angle), b: sine(angle), c: -sine(angle), d: cosine(angle))
    }
}
