import Foundation
import Licensing
import PolicyFiles
import Primitives
import Testing

struct ShippedPoliciesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../policies"
    )
    .standardizedFileURL.path

    @Test func `the shipped folder loads`() throws {
        let policy = try PolicyFolder.load(ShippedPoliciesTests.folder).licensing
        #expect(policy.authority.code.text == "11100000000013338W")
        #expect(policy.authority.languages == ["zh", "en"])
        #expect(policy.departments.keys.sorted() == ["food-safety", "housing-construction", "market-regulation"])
        #expect(policy.departments["market-regulation"]?.code.text == "11110000000021135M")
        #expect(policy.types.keys.sorted() == ["business-license", "food-permit", "safety-officer"])
    }

    @Test func `every shipped text is there in Chinese`() throws {
        let policy = try PolicyFolder.load(ShippedPoliciesTests.folder).licensing
        var texts = policy.departments.values.map(\.name) + [policy.authority.name]
        for type in policy.types.values {
            texts.append(type.name)
            for field in type.fields {
                texts.append(field.label)
                if case .choice(let choices) = field.kind { texts += choices.map(\.label) }
            }
        }
        #expect(texts.count > 30)
        #expect(texts.filter { $0.texts["zh"] == nil }.isEmpty)
    }

    @Test func `the safety officer's photo and birth date are personal`() throws {
        let type = try #require(try PolicyFolder.load(ShippedPoliciesTests.folder).licensing.types["safety-officer"])
        #expect(type.fields.filter(\.isPersonal).map(\.name) == ["photo", "birthDate"])
        #expect(type.field("photo")?.kind == .photo(maximumBytes: 102_400, maximumPixels: 1_000_000))
        #expect(type.holder == .person && type.validity == .years(3) && type.requiredCheckers == 0)
    }

    @Test(arguments: ["business-license", "food-permit", "safety-officer"])
    func `every shipped type takes its shipped application`(id: String) throws {
        let type = try #require(try PolicyFolder.load(ShippedPoliciesTests.folder).licensing.types[id])
        let examples = URL(filePath: ShippedPoliciesTests.folder).appending(path: "examples")
        let json = try JSONReader.read([UInt8](Data(contentsOf: examples.appending(path: "\(id).json"))))
        let application = try type.read(json, photo: { try [UInt8](Data(contentsOf: examples.appending(path: $0))) })
        #expect(Set(application.values.keys).isSuperset(of: type.fields.filter(\.isRequired).map(\.name)))
    }
}
