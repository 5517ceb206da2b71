extension PDFFileReader {
    /// Reads every object that `revision` lists and lays it over the view.
    func load(_ revision: PDFRevision) throws(PDFFault) {
        view.merge(revision.entries) { _, new in new }
        for (number, entry) in revision.entries {
            guard case .offset(let offset, let generation) = entry else { continue }
            // A signed revision must not have objects beyond its own end.
            guard offset < revision.markerEnd else { throw .crossReference("an entry points beyond its revision") }
            let body = try body(at: offset)
            guard body.reference == PDFReference(number: number, generation: generation) else {
                throw .crossReference("an entry points at another object")
            }
        }
        for (number, entry) in revision.entries {
            guard case .compressed(let container, let index) = entry else { continue }
            let (offset, members) = try members(ofStream: container)
            guard members.indices.contains(index), members[index].number == number else {
                throw .crossReference("an entry points at another member of an object stream")
            }
            listedMembers[offset, default: []].insert(index)
        }
    }

    /// The members of object stream `number`, with the offset of the stream.
    private func members(ofStream number: Int) throws(PDFFault) -> (offset: Int, members: [PDFMember]) {
        guard case .offset(let offset, 0) = view[number] else {
            throw .crossReference("an object stream is missing, or inside another one")
        }
        // Were the number used again, all objects in the old stream would change with it.
        guard containers.updateValue(offset, forKey: number) ?? offset == offset else {
            throw .crossReference("the number of an object stream is used again")
        }
        if let known = members[offset] { return (offset, known) }
        let body = try body(at: offset)
        guard case .stream(let stream) = body.object, stream.dictionary["Type"] == .name("ObjStm") else {
            throw .crossReference("an entry names an object stream that is none")
        }
        let read = try readMembers(of: stream)
        members[offset] = read
        return (offset, read)
    }

    /// §7.5.7. Offsets must rise and objects fill their places, so that no byte is read twice.
    private func readMembers(of stream: PDFStream) throws(PDFFault) -> [PDFMember] {
        guard let count = stream.dictionary["N"]?.integer, let first = stream.dictionary["First"]?.integer, count >= 0,
            first >= 0
        else { throw .crossReference("object stream without N or First") }
        let data = try PDFFilters.decode(stream, budget: &budget) { $0 }
        guard first <= data.count, count <= objectsLeft else { throw .limit("objects") }
        objectsLeft -= count
        var header = PDFParser(data, end: first, limits: limits)
        var places: [(number: Int, offset: Int)] = []
        for _ in 0..<count {
            header.skipSpace()
            let number = try header.unsigned()
            header.skipSpace()
            let offset = try header.unsigned()
            guard offset <= data.count - first, offset > places.last?.offset ?? -1 else {
                throw .crossReference("offsets in an object stream")
            }
            places.append((number, offset))
        }
        header.skipSpace()
        // The stream could else pass for something else, for example the contents of a page.
        guard header.position == first else { throw .crossReference("bytes before the objects of an object stream") }
        var members: [PDFMember] = []
        for (index, place) in places.enumerated() {
            let end = index + 1 < places.count ? first + places[index + 1].offset : data.count
            var parser = PDFParser(data, at: first + place.offset, end: end, limits: limits, valuesLeft: valuesLeft)
            let object = try parser.object()
            parser.skipSpace()
            guard parser.position == end else { throw .crossReference("bytes between objects of an object stream") }
            valuesLeft = parser.valuesLeft
            members.append(PDFMember(number: place.number, object: object))
        }
        return members
    }

    /// The value of an indirect stream length.
    func length(_ reference: PDFReference) throws(PDFFault) -> Int {
        switch view[reference.number] {
        case .offset(let offset, let generation) where generation == reference.generation:
            if let known = lengths[offset] { return known }
            var parser = PDFParser(bytes, at: offset, limits: limits)
            guard try parser.objectHeader() == reference else { throw .crossReference("length of a stream") }
            parser.skipSpace()
            let value = try parser.unsigned()
            try spendBytes(parser.position - offset)
            lengths[offset] = value
            return value
        case .compressed(let container, let index) where reference.generation == 0:
            // An object stream's own length is never inside one (§7.5.7), so this does not go round in circles.
            guard containerDepth == 0 else { throw .crossReference("length of an object stream") }
            containerDepth += 1
            defer { containerDepth -= 1 }
            let members = try members(ofStream: container).members
            guard members.indices.contains(index), let value = members[index].object.integer else {
                throw .crossReference("length of a stream")
            }
            return value
        default: throw .crossReference("length of a stream")
        }
    }

    /// A stream that still is in use must be as long as its `Length` says now: a reader that sees only the newest
    /// revision would else cut it elsewhere.
    func checkLengthsUnchanged() throws(PDFFault) {
        for case .offset(let offset, _) in view.values {
            guard let body = bodies[offset], let reference = body.length, case .stream(let stream) = body.object else {
                continue
            }
            guard try length(reference) == stream.encodedBytes.count else {
                throw .crossReference("the length of a stream was changed")
            }
        }
    }

    /// Members that no section lists are as suspect as unlisted bodies.
    func checkMembersListed() throws(PDFFault) {
        for (offset, list) in members {
            guard listedMembers[offset]?.count == list.count else {
                throw .unlistedBytes(offset: offset)
            }
        }
    }
}
