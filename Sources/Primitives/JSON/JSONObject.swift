/// The members of a JSON object in the order they were written or added.
package struct JSONObject: Sendable {
    struct Member: Hashable, Sendable {
        let name: String
        var value: JSONValue
    }

    /// Members beyond which names are looked up by hash; fewer are found faster one after the other.
    private static let few = 12

    /// In order.
    private(set) var inOrder: [Member] = []
    /// Places by name, where there are more than a few.
    private var places: [String: Int] = [:]

    package init() {}

    package init(_ members: [(String, JSONValue)]) {
        inOrder.reserveCapacity(members.count)
        for (name, value) in members { self[name] = value }
    }

    package var count: Int { inOrder.count }
    package var isEmpty: Bool { inOrder.isEmpty }
    package var names: [String] { inOrder.map(\.name) }

    package var members: [(name: String, value: JSONValue)] { inOrder.map { ($0.name, $0.value) } }

    /// Setting `nil` removes the member; setting an existing one keeps its place.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name).map { inOrder[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): inOrder[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        inOrder.count > JSONObject.few ? places[name] : inOrder.firstIndex { $0.name == name }
    }

    private mutating func append(_ member: Member) {
        inOrder.append(member)
        if inOrder.count == JSONObject.few + 1 {
            index()
        } else if inOrder.count > JSONObject.few {
            places[member.name] = inOrder.count - 1
        }
    }

    private mutating func remove(at place: Int) {
        inOrder.remove(at: place)
        index()
    }

    private mutating func index() {
        places.removeAll()
        guard inOrder.count > JSONObject.few else { return }
        for (place, member) in inOrder.enumerated() { places[member.name] = place }
    }
}

extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool { left.inOrder == right.inOrder }

    package func hash(into hasher: inout Hasher) { hasher.combine(inOrder) }
}
