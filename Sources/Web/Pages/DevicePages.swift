import Identity
import Primitives

extension PageDesign {
    static let deviceCode = PageDesign(
        name: "device-code",
        template: askingForCode(
            action: "/device", field: "user_code",
            attributes: #"value="{{code}}" autocomplete="off" maxlength="32""#,
            note: #"{{#factor}}<p class="note quiet"><a href="{{base}}/enrolment">{{t.enrol}}</a></p>{{/factor}}"#),
        texts: [
            "title": PageText("连接设备", "Connect a device"),
            "lead": PageText("请输入设备屏幕上显示的代码。", "Type the code that the device shows."),
            "code": PageText("设备代码", "Code"),
            "hint": PageText("8 个字母，例如 BCDF-GHJK。", "Eight letters, for example BCDF-GHJK."),
            "submit": PageText("继续", "Continue"),
            "unknown": PageText("没有等待连接的设备使用此代码，或代码已过期。", "No device waits with this code, or it is too old."),
            "throttled": PageText("尝试次数过多，请在{wait}后重试。", "Too many attempts. Try again in {wait}."),
            "lost": PageText("页面已过期，请重新输入代码。", "The page was too old. Type the code again."),
            "level": PageText(
                "该设备要求更高的安全级别，您目前的登录方式无法满足。",
                "This device asks for a higher level of assurance than your sign-in has."),
            "enrol": PageText("设置身份验证器", "Set up an authenticator app"),
        ])

    static let deviceQuestion = PageDesign(
        name: "device-question",
        template: """
            {{<layout}}{{$main}}
            <div class="card roomy">
            <h1>{{t.title}}</h1>
            <p class="lead">{{t.lead}}</p>
            <p>{{t.compare}} <code class="secret">{{code}}</code></p>
            {{> account}}
            {{> data}}
            <form method="post" action="{{base}}/device/decision">
            <input type="hidden" name="user_code" value="{{code}}"><input type="hidden" name="token" value="{{token}}">
            {{> decision}}
            </form>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("连接“{portal}”？", "Connect {portal}?"),
            "lead": PageText(
                "有设备请求以您的账户登录{department}的“{portal}”。只有设备就在您面前时才应同意。",
                "A device wants to use {portal} of {department} in your name. Allow it only if you have it before you."),
            "compare": PageText("请核对设备上显示的代码：", "The device must show this code:"),
            "account": PageText("以此账户连接", "connecting with this account"),
            "data": PageText("提供的信息", "What is sent"),
            "allow": PageText("同意连接", "Allow"),
            "deny": PageText("不同意", "Do not allow"),
        ])

    static let deviceDone = PageDesign(
        name: "device-done",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            {{#allowed}}<p class="done" role="status">{{t.allowed}}</p>{{/allowed}}
            {{^allowed}}<p class="lead" role="status">{{t.denied}}</p>{{/allowed}}
            <a class="button wide" href="{{base}}/">{{t.home}}</a>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("连接设备", "Connect a device"),
            "allowed": PageText("设备已连接，请回到设备继续操作。", "The device is connected. Go on there."),
            "denied": PageText("设备未连接，您可以关闭本页。", "The device is not connected. You can close this page."),
            "home": PageText("前往我的首页", "Go to my page"),
        ])
}

extension PageDesk {
    func deviceCode(_ refusal: DeviceStep.Refusal?, typed: String?, _ language: PageLanguage) -> Page {
        var page = Page(.deviceCode, language)
        if let typed { page.values["code"] = String(typed.prefix(32)) }
        switch refusal {
        case .unknownCode: page.values["refusal"] = page.text("unknown")
        case .formLost: page.values["refusal"] = page.text("lost")
        case .throttled(let until): refuse(.throttled(until: until), on: &page)
        case .level:
            page.values["refusal"] = page.text("level")
            page.values["factor"] = true
        case nil: break
        }
        return page
    }

    func deviceQuestion(_ question: DeviceQuestion, _ language: PageLanguage) -> Page {
        var page = Page(.deviceQuestion, language)
        page.fills = [
            "portal": name(of: question.portal, language), "department": departmentName(of: question.portal, language),
        ]
        page.values = [
            "code": question.userCode, "token": question.formToken, "account": question.accountName,
            "data": DataWords(language.words).rows(question.data),
        ]
        return page
    }

    func deviceDone(isAllowed: Bool, _ language: PageLanguage) -> Page {
        var page = Page(.deviceDone, language)
        if isAllowed { page.values["allowed"] = true }
        return page
    }
}
