import Primitives
import Testing

@testable import Licensing

@Suite struct ApplicationTests {
    private func faults(
        _ type: LicenseType, _ application: JSONValue, photo: ((String) throws -> [UInt8])? = nil
    ) -> [ApplicationFault] {
        do throws(ApplicationFaults) {
            _ = try type.read(application, photo: photo)
            return []
        } catch {
            return error.faults
        }
    }

    private func shop(_ change: (inout JSONObject) -> Void) -> JSONValue {
        guard var application = OfficePolicy.shopApplication.object else { return .null }
        change(&application)
        return .object(application)
    }

    private func shop(field name: String, _ value: JSONValue?) -> JSONValue { shop { $0.setField(name, to: value) } }

    @Test func `an application is read into holders and values`() throws {
        let application = try OfficePolicy.shop.read(OfficePolicy.shopApplication, photo: nil)
        #expect(
            application.holders == [Holder(name: "杭州样例有限公司", idType: "001", id: "91350100M000100Y43")])
        #expect(application.typeID == "shop")
        #expect(application.values["scope"] == .text("零售 & <批发>"))
        #expect(application.values["capital"] == .decimal("12.50"))
        #expect(application.values["staff"] == .integer(3))
        #expect(application.values["opened"] == CalendarDate("2020-02-29").map { .date($0) })
        #expect(application.values["kind"] == .choice("b"))
        #expect(application.values["operator"] == nil)
    }

    @Test func `what an application is written as reads back the same, photo and all`() throws {
        let shop = try OfficePolicy.shop.read(OfficePolicy.shopApplication, photo: nil)
        #expect(try OfficePolicy.shop.read(shop.json, photo: nil) == shop)
        let photo = JSONValue.string(Base64.encode(JPEGVectors.grey))
        let officer = try OfficePolicy.officer.read(
            ["holder": ["name": "张三丰", "idType": "414", "id": "E-1"], "fields": ["photo": photo]], photo: nil)
        #expect(try OfficePolicy.officer.read(officer.json, photo: nil) == officer)
    }

    @Test func `the order of members makes no other application`() throws {
        let one = try OfficePolicy.shop.read(OfficePolicy.shopApplication, photo: nil)
        let fields = try #require(OfficePolicy.shopApplication["fields"]?.object)
        let turned = shop { $0["fields"] = .object(JSONObject(fields.members.reversed().map { ($0.name, $0.value) })) }
        #expect(try OfficePolicy.shop.read(turned, photo: nil).json.compactText == one.json.compactText)
    }

    @Test func `cells of a table are read as the values they stand for`() throws {
        let application = shop {
            $0["fields"] = [
                "scope": "x", "capital": "-0.00", "staff": "-12", "opened": "2020-01-01", "kind": "a", "operator": "",
                "residence": .null,
            ]
        }
        let values = try OfficePolicy.shop.read(application, photo: nil).values
        #expect(values["capital"] == .decimal("0.00"))
        #expect(values["staff"] == .integer(-12))
        #expect(values["operator"] == nil && values["residence"] == nil)
    }

    @Test(
        arguments: [
            ("scope", nil), ("scope", .null), ("scope", ""), ("scope", 7), ("scope", "a\u{202E}b"),
            ("scope", .string(String(repeating: "x", count: 81))), ("staff", .number("1.5")), ("staff", "+3"),
            ("staff", "007"),
            ("staff", "9223372036854775808"), ("staff", "1e3"), ("staff", true), ("capital", "1e3"), ("capital", "+1"),
            ("capital", "01.5"), ("capital", ".5"), ("capital", "5."), ("capital", "1,5"), ("capital", "--1"),
            ("capital", .number("1e400")), ("capital", .string(String(repeating: "9", count: 31))),
            ("opened", "2026-02-29"),
            ("opened", "29.02.2020"), ("opened", 20_200_229), ("kind", "c"), ("kind", "Shop"), ("kind", ["a"]),
            ("operator", "91350100M000100Y44"), ("operator", "91350100m000100y43"), ("residence", ["a": "b"]),
        ] as [(String, JSONValue?)])
    func `a wrong value is refused at its field`(name: String, value: JSONValue?) {
        #expect(faults(OfficePolicy.shop, shop(field: name, value)).map(\.path) == ["fields.\(name)"])
    }

    @Test(
        arguments: [
            (["name": "x", "idType": "001", "id": "91350100M000100Y44"], ["holder.id"]),
            (["name": "x", "idType": "111", "id": "11010519491231002X"], ["holder.idType"]),
            (["name": "x", "idType": "111", "id": "110105194912310021"], ["holder.idType", "holder.id"]),
            (["name": "x", "idType": "002", "id": "1"], ["holder.idType"]),
            (["name": " x", "idType": "999", "id": "a b"], ["holder.name", "holder.id"]),
            (["name": "x\ny", "idType": "099", "id": ""], ["holder.id"]),
            (["name": "x\ny", "idType": "099", "id": "1"], ["holder.name"]),
            (["name": 5, "idType": "099", "id": "1"], ["holder.name"]),
            ([:], ["holder.name", "holder.idType", "holder.id"]),
            (["name": "x", "idType": "099", "id": "1", "phone": "1"], ["holder.phone"]), ("x", ["holder"]),
        ] as [(JSONValue, [String])])
    func `a wrong holder is refused at its member`(holder: JSONValue, paths: [String]) {
        #expect(faults(OfficePolicy.shop, shop { $0["holder"] = holder }).map(\.path) == paths)
    }

    @Test func `several holders are read in order, and no one twice`() throws {
        let one: JSONValue = ["name": "甲", "idType": "099", "id": "A1"]
        let two: JSONValue = ["name": "乙", "idType": "099", "id": "A2"]
        func several(_ holders: JSONValue) -> JSONValue {
            shop {
                $0["holder"] = nil
                $0["holders"] = holders
            }
        }
        #expect(try OfficePolicy.shop.read(several([one, two]), photo: nil).holders.map(\.name) == ["甲", "乙"])
        #expect(faults(OfficePolicy.shop, several([one, two, one])).map(\.path) == ["holders"])
        #expect(faults(OfficePolicy.shop, several([])).map(\.path) == ["holders"])
        #expect(
            faults(OfficePolicy.shop, several(.array([JSONValue](repeating: one, count: 21)))).map(\.path) == [
                "holders"
            ])
        #expect(
            faults(OfficePolicy.shop, several([one, ["name": "x"]])).map(\.path) == [
                "holders[1].idType", "holders[1].id",
            ])
        #expect(faults(OfficePolicy.shop, shop { $0["holders"] = [one] }).map(\.path) == ["holders"])
        #expect(faults(OfficePolicy.shop, shop { $0["holder"] = nil }).map(\.path) == ["holder"])
    }

    @Test func `all faults are named at once and none repeats a value`() {
        let application: JSONValue = [
            "holder": ["name": "王秘密", "idType": "111", "id": "110105194912310029"],
            "fields": ["through": "tomorrow", "citizen": "440524188001010019", "photo": "c2VjcmV0", "secret value": 1],
            "extra": 1,
        ]
        let faults = faults(OfficePolicy.officer, application)
        #expect(
            faults.map(\.path) == [
                "extra", "holder.id", "fields.‹a name›", "fields.through", "fields.photo", "fields.citizen",
            ])
        let text = ApplicationFaults(faults).description
        for secret in ["王秘密", "110105194912310029", "tomorrow", "440524188001010019", "c2VjcmV0", "secret value"] {
            #expect(!text.contains(secret))
        }
    }

    @Test func `something else than an object is refused whole`() {
        for value in [.null, "x", [], ["fields": [], "holder": ["name": "x", "idType": "099", "id": "1"]]]
            as [JSONValue]
        {
            #expect(faults(OfficePolicy.shop, value).count == 1)
        }
    }

    @Test func `a hundred faults are enough`() {
        let members = (0..<5000).map { ("unknown\($0)", JSONValue.integer($0)) }
        #expect(faults(OfficePolicy.shop, .object(JSONObject(members))).count == 100)
    }
}

@Suite struct PhotoFieldTests {
    private struct NoFile: Error {}

    private func read(_ photo: JSONValue, load: ((String) throws -> [UInt8])?) throws(ApplicationFaults) -> FieldValue?
    {
        let application: JSONValue = [
            "holder": ["name": "张三丰", "idType": "414", "id": "E1"], "fields": ["photo": photo],
        ]
        return try OfficePolicy.officer.read(application, photo: load).values["photo"]
    }

    @Test func `a photo comes in base 64 or from a file`() throws {
        let image = try JPEGImage(reading: JPEGVectors.colour, maximumBytes: 4096, maximumPixels: 128)
        #expect(try read(.string(Base64.encode(JPEGVectors.colour)), load: nil) == .photo(image))
        let fromFile = try read(["file": "faces/1.jpg"]) { path in
            #expect(path == "faces/1.jpg")
            return JPEGVectors.colour
        }
        #expect(fromFile == .photo(image))
    }

    @Test(
        arguments: [
            "x", "AAAA", ["file": ""], ["file": 1], ["file": "a", "also": 1], ["path": "a"], ["file": "a\u{0}b"],
            .string(String(repeating: "A", count: 8000)), 5,
        ] as [JSONValue])
    func `what is no photo is refused`(value: JSONValue) {
        let faults = #expect(throws: ApplicationFaults.self) { try read(value) { _ in throw NoFile() } }
        #expect(faults?.faults.map(\.path) == ["fields.photo"])
    }

    @Test func `files are refused where none can be read, and where one cannot`() {
        #expect(throws: ApplicationFaults.self) { try read(["file": "a.jpg"], load: nil) }
        #expect(throws: ApplicationFaults.self) { try read(["file": "a.jpg"]) { _ in throw NoFile() } }
        #expect(throws: ApplicationFaults.self) { try read(["file": "a.jpg"]) { _ in JPEGVectors.cmyk } }
        #expect(throws: ApplicationFaults.self) {
            try read(["file": "a.jpg"]) { _ in JPEGVectors.grey + [UInt8](repeating: 0, count: 4096) }
        }
    }
}
