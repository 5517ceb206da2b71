package import Primitives

/// The keyed hash under which the register finds licenses of a holder without knowing who that is.
package enum HolderLookup {
    /// - Parameter id: letters count alike in either case.
    package static func value(idType: String, id: String, sealing: any Sealing) -> Digest {
        sealing.lookupValue(of: Secret(Array("\(idType)\n\(id.uppercased())".utf8)), purpose: "holder")
    }
}
