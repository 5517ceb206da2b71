/// The members of a JSON object in the order they were written or added.
package struct JSONObject: Hashable, Sendable {
    /// Up to here a name is found quicker by reading through than by its hash; nearly all objects are this short.
    private static let readThrough = 16

    package private(set) var members: [(name: String, value: JSONValue)] = []
    /// Where each name stands, kept only in long objects.
    private var places: [String: Int] = [:]

    package init() {}

    package init(_ members: [(String, JSONValue)]) {
        self.members.reserveCapacity(members.count)
        for (name, value) in members { self[name] = value }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var names: [String] { members.map(\.name) }

    /// Setting `nil` removes the member; setting an existing one keeps its place.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil):
                members.remove(at: place)
                indexAll()
            case (nil, let value?):
                members.append((name, value))
                if members.count > JSONObject.readThrough { index() }
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        places.isEmpty ? members.firstIndex { $0.name == name } : places[name]
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
