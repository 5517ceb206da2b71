import Primitives
import Testing

struct CheckCharacterTests {
    /// Published samples of GB/T 36904 numbers: type, issuer, serial, version, check character.
    @Test(
        arguments: [
            ("11100000000013338W011" + "11430000006122244L" + "20230000403" + "001", "U"),
            ("11100000000013338W009" + "11330105002500287C" + "2025052201" + "002", "0"),
            ("11100000000013338W001" + "11110000000021135M" + "20260001A7" + "001", "P"),
            ("11100000000013338W001" + "11110000000021135M" + "20260001A7" + "002", "N"),
        ] as [(String, Character)])
    func `license numbers have the check character of ISO 7064 MOD 37,36`(text: String, check: Character) {
        #expect(CheckCharacter.mod37(text) == check)
    }

    @Test func `MOD 37,36 notices every changed character and every exchange of neighbours`() {
        let characters = Array("11100000000013338W00111110000000021135M20260001A7001")
        for (index, character) in characters.enumerated() {
            for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" where other != character {
                var changed = characters
                changed[index] = other
                #expect(CheckCharacter.mod37(String(changed)) != "P")
            }
            guard index > 0, characters[index - 1] != character else { continue }
            var exchanged = characters
            exchanged.swapAt(index - 1, index)
            #expect(CheckCharacter.mod37(String(exchanged)) != "P")
        }
    }

    @Test func `the faulty writer's variant differs only where there are letters`() {
        #expect(CheckCharacter.legacyMod37("0123456789") == CheckCharacter.mod37("0123456789"))
        let number = "11100000000013338W00111110000000021135M20260001A7001"
        #expect(CheckCharacter.legacyMod37(number) != nil)
        #expect(CheckCharacter.legacyMod37(number) != CheckCharacter.mod37(number))
        // The letter's value is one higher: A counts 11.
        #expect(CheckCharacter.legacyMod37("A") == CheckCharacter.mod37("B"))
    }

    @Test(arguments: ["a", "1.2", "１", "é", " ", "-"])
    func `a foreign character has no check character`(text: String) {
        #expect(CheckCharacter.mod37(text) == nil)
        #expect(CheckCharacter.legacyMod37(text) == nil)
        #expect(CheckCharacter.socialCreditCode("9135010" + text + "000100Y4") == nil)
        #expect(CheckCharacter.organizationCode("1234567" + text) == nil)
        #expect(CheckCharacter.citizenID("1101051949123100" + text) == nil)
    }
}

struct SocialCreditCodeTests {
    @Test(arguments: [
        "91350100M000100Y43", "11100000000013338W", "11110000000021135M", "11430000006122244L", "11330105002500287C",
    ])
    func `published codes are right`(text: String) {
        #expect(SocialCreditCode(text)?.text == text)
    }

    @Test(arguments: [
        "91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433", "", "91350100m000100y43",
        "91350100I000100Y43", "９1350100M000100Y43", "19350100M000100Y43",
    ])
    func `another check character, length or alphabet is refused`(text: String) {
        #expect(SocialCreditCode(text) == nil)
    }

    @Test func `the organization code inside is checked apart`() throws {
        #expect(try #require(SocialCreditCode("91350100M000100Y43")).carriesOrganizationCode)
        #expect(CheckCharacter.organizationCode("M000100Y") == "4")
        // GB 11714: an outcome of 10 is X, of 11 is 0.
        let outcomes = Set((0..<2000).compactMap { CheckCharacter.organizationCode($0.padded(8)) })
        #expect(outcomes == Set("0123456789X"))
    }
}

struct CitizenIDTests {
    @Test(arguments: ["11010519491231002X", "440524188001010014"])
    func `the standard's examples are right`(text: String) {
        #expect(CitizenID(text)?.exposedText == text)
    }

    @Test(arguments: [
        "110105194912310021", "11010519491231002x", "1101051949123100", "", "11010519491331002X", "110105194902300027",
        "1101051949123100２X",
    ])
    func `a wrong check character or birth date is refused`(text: String) {
        #expect(CitizenID(text) == nil)
    }

    @Test func `a date that does not exist is refused even with the right check character`() throws {
        let first = "11010519490230002"
        let check = try #require(CheckCharacter.citizenID(first))
        #expect(CitizenID(first + String(check)) == nil)
        let real = "11010519490228002"
        #expect(CitizenID(real + String(try #require(CheckCharacter.citizenID(real)))) != nil)
    }

    @Test func `it prints masked, whole in no way of printing`() throws {
        let id = try #require(CitizenID("11010519491231002X"))
        #expect("\(id)" == "110105********002X")
        var dumped = ""
        dump(id, to: &dumped)
        for text in [
            "\(id)", String(describing: id), String(reflecting: id), dumped, "\([id])", "\(Optional(id) as Any)",
        ] {
            #expect(!text.contains("19491231"), "\(text)")
        }
    }

    @Test func `short texts are hidden whole`() {
        #expect(CitizenID.mask("1234567890") == "**********")
        #expect(CitizenID.mask("12345678901") == "123456*8901")
        #expect(CitizenID.mask("") == "")
    }
}
