import Primitives

/// A page of sample values: clearly nobody's, yet of the shape and length of real ones.
struct Specimen {
    let type: LicenseType
    let department: Department
    let authority: Authority
    let language: String
    let today: CalendarDate
    let qrText: String

    var content: PageContent {
        let values = type.fields.map { ($0.name, value(of: $0)) }
        return PageContent(
            type: type, department: department, authority: authority, number: number, holders: [holder],
            values: Dictionary(values) { first, _ in first }, validFrom: today, validUntil: lastDay,
            issuedOn: today, qrText: qrText, isSpecimen: true)
    }

    private var isChinese: Bool { language.hasPrefix("zh") }

    private var number: String {
        let number = LicenseNumber(
            typeCode: type.code, issuerCode: department.code.text, serial: today.year.padded(4) + "0000000", version: 1)
        return number?.description ?? LicenseNumber.root
    }

    private var holder: Holder {
        guard type.holder == .person else {
            return Holder(
                name: isChinese ? "示例市样本有限责任公司" : "Sample Company Limited",
                idType: HolderIDType.socialCreditCode, id: "91350100M000100Y43")
        }
        return Holder(
            name: isChinese ? "张样本" : "Sam Sample", idType: HolderIDType.citizenID, id: Specimen.citizenID)
    }

    private var lastDay: CalendarDate? {
        if case .until = type.validity { return today.adding(months: 36) }
        return (try? type.validity.period(from: today, values: [:]))?.until
    }

    private func value(of field: FieldDefinition) -> FieldValue {
        switch field.kind {
        case .text(let maximumLength):
            let text = isChinese ? "\(field.label[language])示例" : "\(field.label[language]) sample"
            return .text(String(text.prefix(maximumLength)))
        case .integer: return .integer(1234)
        case .decimal: return .decimal("1234.50")
        case .date:
            if case .until(let name) = type.validity, name == field.name { return .date(today.adding(months: 36)) }
            return .date(today)
        case .choice(let choices): return .choice(choices.first?.code ?? "")
        case .organizationCode: return .organizationCode(department.code)
        case .personID:
            return CitizenID(Specimen.citizenID).map { .personID($0) } ?? .text(Specimen.citizenID)
        case .photo: return .photo(Specimen.photo)
        }
    }

    /// The worked example that accompanies GB 11643 everywhere.
    private static let citizenID = "11010519491231002X"

    /// Head and shoulders in grey.
    static let photo = JPEGImage(bytes: Base64.decode(photoText) ?? [], width: 240, height: 320, components: 1)

    private static let photoText = """
        /9j/2wBDAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAj/wAAL\
        CAFAAPABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAAYH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwDZAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQoALoAAAAAAAQoAAugAAAAAAQoAAC6AAAAAAEK\
        AAAugAAAAAEKAAAC6AAAAABCgAAAugAAAAAQoAAALoAAAAAEKAAAC6AAAAABCgAAAugAAAAAQoAAALoAAAAAEKAAAC6AAAAAAQoA\
        AC6AAAAAAEKAAAugAAAAAAQoAAugAAAAAABCgAugAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQoALoAAAAAABCgAALoAAAAA\
        EKAAAALoAAAAEKAAAAAugAAAEKAAAAAC6AAAEKAAAAAALoAABCgAAAAAC6AABCgAAAAAALoAAQoAAAAAAC6AAQoAAAAAAALoAEKA\
        AAAAAAC6ABCgAAAAAAAugAQoAAAAAAALoAEKAAAAAAAC6ABCgAAAAAAAugf/2Q==
        """
}

extension IssuerAddress {
    /// As long as a real code, so that a page looks the same; no verifier takes it for one.
    var specimenQRText: String { "HTTPS://\(qrHost)/V#" + String(repeating: "SPECIMEN", count: 60) }
}
