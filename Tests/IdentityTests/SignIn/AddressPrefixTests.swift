import Testing

@testable import Identity

@Suite struct AddressPrefixTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.254"), ("2001:db8:0:1::1", "2001:0db8:0000:00ff:ffff::"),
        ("::ffff:192.0.2.7", "192.0.2.9"), ("fe80::1%eth0", "fe80::2"),
    ])
    func `addresses of one prefix are one`(_ left: String, _ right: String) {
        #expect(AddressPrefix.text(of: left) == AddressPrefix.text(of: right))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.3.1"), ("2001:db8::1", "2001:db9::1"), ("2001:db8:0:100::1", "2001:db8:0:200::1"),
        ("1.2.3", "1.2.3.4"), ("1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8"), ("::1::2", "::1"), ("nonsense", "other"),
    ])
    func `addresses of two prefixes are two`(_ left: String, _ right: String) {
        #expect(AddressPrefix.text(of: left) != AddressPrefix.text(of: right))
    }
}
