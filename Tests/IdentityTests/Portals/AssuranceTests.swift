import Identity
import Testing

@Suite struct AssuranceTests {
    @Test func `levels of assurance are ordered`() {
        #expect(Assurance.low < .substantial && Assurance.substantial < .high)
    }
}
