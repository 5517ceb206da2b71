import Primitives

/// DER written by hand, and taken apart to make attacks with.
struct DERNode: Equatable {
    var tag: UInt8
    /// Empty for primitive values.
    var children: [DERNode] = []
    var octets: [UInt8] = []

    init(_ tag: UInt8, octets: [UInt8]) {
        (self.tag, self.octets) = (tag, octets)
    }

    init(_ tag: UInt8, _ children: [DERNode]) {
        (self.tag, self.children) = (tag, children)
    }

    /// Reads sound DER.
    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        self = DERNode.next(&rest)
    }

    static func sequence(_ children: DERNode...) -> DERNode { DERNode(0x30, children) }
    static func set(_ children: DERNode...) -> DERNode { DERNode(0x31, children) }
    static func integer(_ octets: [UInt8]) -> DERNode { DERNode(0x02, octets: octets) }
    static func octetString(_ content: DERNode) -> DERNode { DERNode(0x04, octets: content.encoded) }
    static func text(_ text: String) -> DERNode { DERNode(0x0C, octets: Array(text.utf8)) }
    static func bits(unused: UInt8 = 0, _ octets: [UInt8]) -> DERNode { DERNode(0x03, octets: [unused] + octets) }
    static let yes = DERNode(0x01, octets: [0xFF])

    /// A dotted object identifier.
    static func oid(_ dotted: String) -> DERNode {
        let arcs = dotted.split(separator: ".").compactMap { Int($0) }
        let numbers = [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)
        return DERNode(
            0x06,
            octets: numbers.flatMap { number in
                var groups = [UInt8(number & 0x7F)]
                var rest = number >> 7
                while rest > 0 {
                    groups.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                    rest >>= 7
                }
                return groups
            })
    }

    /// UTCTime; years 1950 to 2049.
    static func time(_ instant: Instant) -> DERNode {
        let digits = instant.description.utf8.filter { (0x30...0x39).contains($0) }
        return DERNode(0x17, octets: digits.dropFirst(2) + [UInt8(ascii: "Z")])
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> DERNode {
        let tag = rest.removeFirst()
        var length = Int(rest.removeFirst())
        if length >= 0x80 {
            let digits = length - 0x80
            length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(digits)
        }
        var content = rest.prefix(length)
        rest = rest.dropFirst(length)
        guard tag & 0x20 != 0 else { return DERNode(tag, octets: Array(content)) }
        var children: [DERNode] = []
        while !content.isEmpty { children.append(next(&content)) }
        return DERNode(tag, children)
    }

    var encoded: [UInt8] {
        let content = tag & 0x20 != 0 ? children.flatMap(\.encoded) : octets
        return [tag] + DERNode.length(content.count) + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let all = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
        let digits = all.drop { $0 == 0 }
        return [0x80 + UInt8(digits.count)] + digits
    }

    subscript(path: Int...) -> DERNode {
        get { path.reduce(self) { $0.children[$1] } }
        set { replace(path[...], newValue) }
    }

    private mutating func replace(_ path: ArraySlice<Int>, _ value: DERNode) {
        guard let first = path.first else { return self = value }
        children[first].replace(path.dropFirst(), value)
    }
}

/// Where things are in a signature of ours (RFC 5652 §5.1).
extension DERNode {
    var content: DERNode {
        get { self[1, 0, 2] }
        set { self[1, 0, 2] = newValue }
    }

    var certificates: [DERNode] {
        get { self[1, 0, 3].children }
        set { self[1, 0, 3].children = newValue }
    }

    var signerInfos: [DERNode] {
        get { self[1, 0, 4].children }
        set { self[1, 0, 4].children = newValue }
    }

    var signedAttributes: [DERNode] {
        get { self[1, 0, 4, 0, 3].children }
        set { self[1, 0, 4, 0, 3].children = newValue }
    }
}
