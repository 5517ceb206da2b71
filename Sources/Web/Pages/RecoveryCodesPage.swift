import Identity

extension PageDesign {
    static let recoveryCodes = PageDesign(
        name: "recovery-codes",
        template: """
            {{<layout}}{{$main}}
            <div class="card roomy">
            <h1>{{t.title}}</h1>
            <p class="lead">{{t.lead}}</p>
            <ul class="codes">{{#codes}}<li><code>{{.}}</code></li>{{/codes}}</ul>
            <p class="note">{{t.once}}</p>
            <form method="get" action="{{base}}/continue">
            <input type="hidden" name="flow" value="{{flow}}">
            <button type="submit" class="main wide">{{t.submit}}</button>
            </form>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("请保存恢复码", "Keep these recovery codes"),
            "lead": PageText(
                "身份验证器已启用。手机不在手边时，可以用恢复码代替验证码，每个只能使用一次。",
                "Your authenticator app is set up. Without your phone, one of these codes takes its place, each of them once."
            ),
            "once": PageText(
                "请抄写或打印，与手机分开存放。离开本页后将不再显示。",
                "Write them down or print them, and keep them apart from your phone. They are not shown again."),
            "submit": PageText("已保存，继续", "I have kept them, continue"),
        ])
}

extension PageDesk {
    func recoveryCodes(_ codes: [String], _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(.recoveryCodes, language)
        introduce(step, on: &page)
        page.values["codes"] = codes
        return page
    }
}
