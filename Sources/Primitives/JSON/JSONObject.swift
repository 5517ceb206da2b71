/// The members of a JSON object in the order they were written or added.
package struct JSONObject: Hashable, Sendable {
    /// Up to here a name is found quicker by reading through than by its hash; nearly all objects are this short.
    private static let readThrough = 16

    package private(set) var members: [(name: String, value: JSONValue)] = []
    /// Where each name stands, kept only in long objects.
    private var places: [String: Int] = [:]
    /// The kinds of the names that are or were there: most names that are new are of a new kind, and need not be
    /// looked for.
    private var kinds: UInt64 = 0

    package init() {}

    package init(_ members: [(String, JSONValue)]) {
        self.members.reserveCapacity(members.count)
        for (name, value) in members { set(name, value) }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var names: [String] { members.map(\.name) }

    /// Setting `nil` removes the member; setting an existing one keeps its place.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name, JSONObject.kind(of: name)).map { members[$0].value } }
        set {
            if let newValue { return set(name, newValue) }
            guard let place = place(of: name, JSONObject.kind(of: name)) else { return }
            members.remove(at: place)
            indexAll()
        }
    }

    private mutating func set(_ name: String, _ value: JSONValue) {
        let kind = JSONObject.kind(of: name)
        if let place = place(of: name, kind) {
            members[place].value = value
        } else {
            append(new: name, kind, value)
        }
    }

    /// Adds a member at the end, of a name that is not there yet.
    mutating func append(new name: String, _ value: JSONValue) {
        append(new: name, JSONObject.kind(of: name), value)
    }

    private mutating func append(new name: String, _ kind: UInt64, _ value: JSONValue) {
        members.append((name, value))
        kinds |= kind
        if members.count > JSONObject.readThrough { index() }
    }

    /// One bit, by length and letters. All bits where there are others than those of ASCII: such a name is the same as others
    /// that are written with other bytes, some of them in ASCII.
    private static func kind(of name: String) -> UInt64 {
        unsafe name.withBytes { characters in
            var (sum, all) = (UInt8(0), UInt8(0))
            for place in characters.indices {
                let byte = unsafe characters[place]
                sum = sum &* 3 &+ byte
                all |= byte
            }
            return all < 0x80 ? 1 << UInt64(sum & 63) : .max
        }
    }

    mutating func reserveCapacity(_ count: Int) {
        members.reserveCapacity(count)
    }

    private func place(of name: String, _ kind: UInt64) -> Int? {
        guard kinds & kind != 0 else { return nil }
        return places.isEmpty ? members.firstIndex { $0.name == name } : places[name]
    }

    /// After one was added at the end.
    private mutating func index() {
        if places.isEmpty { return indexAll() }
        places[members[members.count - 1].name] = members.count - 1
    }

    private mutating func indexAll() {
        places.removeAll()
        guard members.count > JSONObject.readThrough else { return }
        for (place, member) in members.enumerated() { places[member.name] = place }
    }

    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { $0.name == $1.name && $0.value == $1.value }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for member in members {
            hasher.combine(member.name)
            hasher.combine(member.value)
        }
    }
}
