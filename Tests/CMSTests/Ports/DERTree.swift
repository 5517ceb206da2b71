/// DER taken apart, changed and put together again, to make attacks with.
struct DERTree: Equatable {
    var tag: UInt8
    /// Empty for primitive values.
    var children: [DERTree]
    var octets: [UInt8]

    init(_ tag: UInt8, octets: [UInt8] = [], children: [DERTree] = []) {
        (self.tag, self.octets, self.children) = (tag, octets, children)
    }

    /// Reads sound DER.
    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        self = DERTree.next(&rest)
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> DERTree {
        let tag = rest.removeFirst()
        var length = Int(rest.removeFirst())
        if length >= 0x80 {
            let digits = length - 0x80
            length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(digits)
        }
        var content = rest.prefix(length)
        rest = rest.dropFirst(length)
        guard tag & 0x20 != 0 else { return DERTree(tag, octets: Array(content)) }
        var children: [DERTree] = []
        while !content.isEmpty { children.append(next(&content)) }
        return DERTree(tag, children: children)
    }

    var encoded: [UInt8] {
        let content = tag & 0x20 != 0 ? children.flatMap(\.encoded) : octets
        return [tag] + DERTree.length(content.count) + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let digits = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }.drop {
            $0 == 0
        }
        return [0x80 + UInt8(digits.count)] + digits
    }

    subscript(path: Int...) -> DERTree {
        get { path.reduce(self) { $0.children[$1] } }
        set { replace(path[...], newValue) }
    }

    private mutating func replace(_ path: ArraySlice<Int>, _ value: DERTree) {
        guard let first = path.first else { return self = value }
        children[first].replace(path.dropFirst(), value)
    }

    static func oid(_ content: [UInt8]) -> DERTree { DERTree(0x06, octets: content) }
}

/// Where things are in a ContentInfo of ours, with certificates and without CRLs.
extension DERTree {
    var signedData: DERTree {
        get { self[1, 0] }
        set { self[1, 0] = newValue }
    }

    var certificates: [DERTree] {
        get { self[1, 0, 3].children }
        set { self[1, 0, 3].children = newValue }
    }

    var signerInfos: [DERTree] {
        get { self[1, 0, 4].children }
        set { self[1, 0, 4].children = newValue }
    }

    var signedAttributes: [DERTree] {
        get { self[1, 0, 4, 0, 3].children }
        set { self[1, 0, 4, 0, 3].children = newValue }
    }

    var digestAlgorithm: DERTree {
        get { self[1, 0, 4, 0, 2] }
        set { self[1, 0, 4, 0, 2] = newValue }
    }

    var signatureAlgorithm: DERTree {
        get { self[1, 0, 4, 0, 4] }
        set { self[1, 0, 4, 0, 4] = newValue }
    }
}
