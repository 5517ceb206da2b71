import Licensing
import Primitives

/// What `departments/<id>.yaml` says, as far as it could be read.
struct DepartmentFile {
    let id: String
    let faults: FileFaults
    let code: Placed<SocialCreditCode>?
    let department: Department?

    /// The id stands whatever the file holds, so that others may refer to it.
    init(id: String, _ text: String?, _ faults: FileFaults) {
        (self.id, self.faults) = (id, faults)
        guard let root = text.flatMap({ YAMLDocument.read($0, faults) }),
            var map = MapReader(root, "the keys `name`, `code`, `sector` and `signer`", faults)
        else {
            (code, department) = (nil, nil)
            return
        }
        let name = map.required("name", .localizedText(maximumLength: Department.maximumNameLength))
        let code = map.required("code", Reader.socialCreditCode.placed)
        let sector = map.optional("sector", .id("the name of a sector, for example `commerce`"))
        let algorithm = map.optional("signer", .signer)
        map.finish()
        self.code = code
        if let name, let code {
            department = Department(
                id: id, name: name, code: code.value, sector: sector ?? id, signerAlgorithm: algorithm ?? .es256)
        } else {
            department = nil
        }
    }
}

extension Reader where Output == SignatureAlgorithm {
    /// Algorithms of document signers; EdDSA is left out because PDF readers do not know it.
    private static var documentAlgorithm: Reader {
        .word([SignatureAlgorithm.es256, .es384, .ps256, .rs256].map { ($0.rawValue, $0) })
    }

    /// `{algorithm: ES256}`.
    fileprivate static var signer: Reader {
        let expectation = "the signer's algorithm, for example `{algorithm: ES256}`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            let algorithm = map.optional("algorithm", documentAlgorithm)
            map.finish()
            return algorithm
        }
    }
}
