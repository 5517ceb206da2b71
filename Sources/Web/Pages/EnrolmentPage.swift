import Identity

extension PageDesign {
    static let enrolment = PageDesign(
        name: "enrolment",
        template: """
            {{<layout}}{{$main}}
            <div class="card roomy">
            <h1>{{t.title}}</h1>
            <p class="lead">{{#portal}}{{t.needed}}{{/portal}}{{^portal}}{{t.wanted}}{{/portal}}</p>
            {{> refusal}}
            <ol class="steps"><li>{{t.app}}</li><li>{{t.scan}}</li><li>{{t.type}}</li></ol>
            {{#qr}}<svg class="qr" viewBox="0 0 {{side}} {{side}}" role="img" aria-label="{{t.picture}}" \
            shape-rendering="crispEdges"><rect width="{{side}}" height="{{side}}" fill="#fff"/>\
            <path fill="#000" d="{{path}}"/></svg>{{/qr}}
            <p class="note">{{t.byHand}} <code class="secret">{{secret}}</code></p>
            <p class="note"><a href="{{uri}}">{{t.here}}</a></p>
            <form method="post" action="{{base}}/enrolment">
            <input type="hidden" name="flow" value="{{flow}}">
            <div class="field">
            <label for="code">{{t.code}}</label>
            <input type="text" class="code" id="code" name="code" autocomplete="one-time-code" inputmode="numeric" \
            spellcheck="false" maxlength="16" required{{#refusal}} aria-invalid="true" aria-describedby="refusal"{{/refusal}}>
            </div>
            <button type="submit" class="main wide">{{t.submit}}</button>
            </form>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("设置身份验证器", "Set up an authenticator app"),
            "needed": PageText(
                "“{portal}”要求更高的安全级别，除密码外还需要手机上的验证码。",
                "{portal} asks for more than a password: a code from your phone as well."),
            "wanted": PageText(
                "以后登录时，除密码外还需要手机上的验证码，账户更加安全。",
                "From then on signing in takes a code from your phone besides your password."),
            "app": PageText("在手机上安装任意一款身份验证器应用。", "Install any authenticator app on your phone."),
            "scan": PageText("用它扫描下面的二维码。", "Scan the picture below with it."),
            "type": PageText("输入应用显示的 6 位验证码。", "Type the six digits that it shows."),
            "picture": PageText("身份验证器的二维码", "QR code for the authenticator app"),
            "byHand": PageText("无法扫描？请手动输入密钥：", "Cannot scan it? Type this key by hand:"),
            "here": PageText("应用就在本机？点此打开", "The app is on this device? Open it here"),
            "code": PageText("验证码", "Code"),
            "submit": PageText("完成设置", "Finish"),
            "wrong": PageText("验证码不正确，请输入应用当前显示的验证码。", "The code is not right. Type the one that the app shows now."),
            "throttled": PageText("尝试次数过多，请在{wait}后重试。", "Too many attempts. Try again in {wait}."),
        ])
}

extension PageDesk {
    func enrolment(_ question: EnrolmentQuestion, _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(.enrolment, language)
        introduce(step, on: &page)
        page.values["secret"] = grouped(question.secret)
        page.values["uri"] = question.uri
        if let rows = signOn.qrCode(question.uri) {
            page.values["qr"] = ["side": String(QRDrawing.side(rows)), "path": QRDrawing.path(rows)]
        }
        refuse(question.refusal, on: &page)
        return page
    }

    /// In fours, as people read long words aloud.
    private func grouped(_ text: String) -> String {
        var grouped = ""
        for (index, character) in text.enumerated() {
            if index > 0, index.isMultiple(of: 4) { grouped += " " }
            grouped.append(character)
        }
        return grouped
    }
}

/// A QR code as one SVG path.
enum QRDrawing {
    /// Modules of the light border that readers need.
    private static let border = 4

    static func side(_ rows: [[Bool]]) -> Int { rows.count + 2 * border }

    /// A rectangle for each dark stretch of a row.
    static func path(_ rows: [[Bool]]) -> String {
        var path = ""
        for (y, row) in rows.enumerated() {
            var start: Int?
            for (x, isDark) in (row + [false]).enumerated() {
                if isDark, start == nil { start = x }
                if !isDark, let from = start {
                    path += "M\(from + border) \(y + border)h\(x - from)v1h-\(x - from)z"
                    start = nil
                }
            }
        }
        return path
    }
}
