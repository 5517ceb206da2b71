import Deflate
import Primitives

/// A Token Status List (draft-ietf-oauth-status-list-21 §4): values of 1, 2, 4 or 8 bits, the first in the least
/// significant bits of the first byte. W3C's Bitstring Status List packs the other way round and shares nothing here.
package struct StatusList: Hashable, Sendable {
    /// Places in the list; indexes run from 0 to one less.
    package let capacity: Int
    /// Bits of one value: 1, 2, 4 or 8.
    package let bits: Int
    private var bytes: [UInt8]

    /// A list of zeros. `bits` is rounded up to a width that exists, `capacity` to whole bytes.
    package init(capacity: Int, bits: Int = 2) {
        self.bits = [1, 2, 4].first { bits <= $0 } ?? 8
        let valuesPerByte = 8 / self.bits
        let count = max(0, capacity / valuesPerByte + (capacity % valuesPerByte > 0 ? 1 : 0))
        bytes = [UInt8](repeating: 0, count: count)
        self.capacity = count * valuesPerByte
    }

    /// Throws when `index` lies outside the list or `value` needs more bits.
    package mutating func set(_ value: UInt8, at index: Int) throws(StatusListFault) {
        let place = try place(of: index)
        guard value <= mask else { throw StatusListFault(reason: "\(value) does not fit into \(bits) bits") }
        bytes[place.byte] = bytes[place.byte] & ~(mask << place.shift) | value << place.shift
    }

    /// Throws when `index` lies outside the list.
    package func value(at index: Int) throws(StatusListFault) -> UInt8 {
        let place = try place(of: index)
        return bytes[place.byte] >> place.shift & mask
    }

    private var mask: UInt8 { 0xFF >> UInt8(8 - bits) }

    private func place(of index: Int) throws(StatusListFault) -> (byte: Int, shift: UInt8) {
        guard index >= 0, index < capacity else {
            throw StatusListFault(reason: "place \(index) of a list of \(capacity)")
        }
        let valuesPerByte = 8 / bits
        return (index / valuesPerByte, UInt8(index % valuesPerByte * bits))
    }
}

extension StatusList {
    /// The text of `lst` (§4.2): zlib at its best level, base64url.
    package var encoded: String { Base64.encodeURL(Zlib.compress(bytes)) }

    /// Reads the text of `lst`.
    ///
    /// - Parameter maximumBytes: of the list after decompression.
    /// - Throws: for a width that does not exist, text that is not canonical base64url, and anything but one whole zlib
    ///   stream within the limit.
    package init(encoded: String, bits: Int, maximumBytes: Int = 4 << 20) throws(StatusListFault) {
        guard [1, 2, 4, 8].contains(bits) else { throw StatusListFault(reason: "values of \(bits) bits do not exist") }
        // zlib adds little to what it cannot compress, so a longer text is an attack.
        guard encoded.utf8.count / 4 * 3 <= maximumBytes + maximumBytes / 64 + 64 else {
            throw StatusListFault(reason: "the list is longer than \(maximumBytes) bytes")
        }
        guard let compressed = Base64.decodeURL(encoded) else {
            throw StatusListFault(reason: "the list is not canonical base64url")
        }
        guard let bytes = Zlib.decompress(compressed, limit: maximumBytes) else {
            throw StatusListFault(reason: "the list is no zlib stream of at most \(maximumBytes) bytes")
        }
        (self.bits, self.bytes, capacity) = (bits, bytes, bytes.count * (8 / bits))
    }
}
