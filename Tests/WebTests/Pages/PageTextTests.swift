import Testing

@testable import Web

@Suite struct PageTextTests {
    @Test func `values are put in once, whatever they look like`() {
        let text = PageText("{a}和{b}", "{a} and {b} {c}")
        #expect(text.filled(.zh, ["a": "{b}", "b": "2"]) == "{b}和2")
        #expect(text.filled(.en, ["a": "1", "b": "}{"]) == "1 and }{ {c}")
    }

    @Test func `an accent on a quote does not carry it past the escaping`() {
        #expect(
            HTMLEscaping().escapeText("\"\u{301}<\u{338}'\u{20DD}&>")
                == "&quot;\u{301}&lt;\u{338}&#39;\u{20DD}&amp;&gt;")
    }

    @Test(arguments: [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge on Windows"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari on iPhone"
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8", "Unknown device"),
    ])
    func `a browser is told by what it says of itself`(_ userAgent: String, _ expected: String) {
        #expect(DeviceWords(.en).name(userAgent) == expected)
    }

    @Test func `a QR code becomes rectangles inside a light border`() {
        let rows = [[true, true, false], [false, false, true], [true, false, true]]
        #expect(QRDrawing.side(rows) == 11)
        #expect(QRDrawing.path(rows) == "M4 4h2v1h-2zM6 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z")
    }
}
