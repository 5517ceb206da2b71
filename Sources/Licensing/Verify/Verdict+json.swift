package import Primitives

extension Verdict {
    /// The object of the interface page, members in its order.
    package var json: JSONValue {
        [
            "input": .string(input),
            "format": .text(format?.rawValue),
            "indication": .string(indication.rawValue),
            "subIndication": .text(subIndication?.rawValue),
            "license": license?.json ?? .null,
            "licenseStatus": licenseStatus?.json ?? .null,
            "signer": signer?.json ?? .null,
            "integrity": integrity?.json ?? .null,
            "checks": .array(checks.map(\.json)),
        ]
    }
}

extension Check {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "outcome": .string(outcome.rawValue), "detail": .string(detail),
            "reference": .string(reference),
        ]
    }
}

extension LicenseSection {
    fileprivate var json: JSONValue {
        [
            "number": .string(number),
            "type": type?.json ?? .null,
            "issuer": issuer?.json ?? .null,
            "holders": .array(holders.map(\.json)),
            "validFrom": .string(validFrom.description),
            "validUntil": .text(validUntil?.description),
            "fields": .object(fields),
        ]
    }
}

extension LicenseSection.CodedName {
    fileprivate var json: JSONValue {
        let names = name.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return ["code": .string(code), "name": .object(JSONObject(names))]
    }
}

extension LicenseSection.DisclosedHolder {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["name"] = name.map { .string($0) }
        object["idType"] = idType.map { .string($0) }
        object["id"] = id.map { .string($0) }
        return .object(object)
    }
}

extension LicenseStatusSection {
    fileprivate var json: JSONValue {
        [
            "state": .string(state.rawValue), "asOf": .text(asOf?.description), "source": .text(source),
            "supersededBy": .text(supersededBy),
        ]
    }
}

extension SignerSection {
    fileprivate var json: JSONValue {
        [
            "subject": .string(subject), "certificateStatus": .string(certificateStatus),
            "signedAt": .text(signedAt?.description), "timeSource": .string(timeSource),
        ]
    }
}

extension IntegritySection {
    fileprivate var json: JSONValue {
        [
            "coversWholeDocument": .bool(coversWholeDocument), "level": .text(level),
            "changesAfterSigning": .array(changesAfterSigning.map { .string($0) }),
        ]
    }
}
