import Identity

extension PageDesign {
    static let secondFactor = PageDesign(
        name: "second-factor",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="lead">{{t.lead}}</p>
            {{> refusal}}
            <form method="post" action="{{base}}/second-factor">
            <input type="hidden" name="flow" value="{{flow}}">
            <div class="field">
            <label for="code">{{t.code}}</label>
            <input type="text" class="code" id="code" name="code" autocomplete="one-time-code"\
            {{^recovery}} inputmode="numeric"{{/recovery}} autocapitalize="characters" spellcheck="false" maxlength="64" \
            required autofocus aria-describedby="hint{{#refusal}} refusal{{/refusal}}"\
            {{#refusal}} aria-invalid="true"{{/refusal}}>
            <span class="hint" id="hint">{{t.hint}}{{#recovery}} {{t.recovery}}{{/recovery}}</span>
            </div>
            <button type="submit" class="main wide">{{t.submit}}</button>
            </form>
            <p class="note quiet">{{t.lost}}</p>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("验证身份", "Confirm it is you"),
            "lead": PageText("请输入身份验证器显示的验证码。", "Enter the code that your authenticator app shows."),
            "code": PageText("验证码", "Code"),
            "hint": PageText("6 位数字，每 30 秒更换一次。", "Six digits, new every 30 seconds."),
            "recovery": PageText("也可以输入一个恢复码。", "A recovery code will do as well."),
            "submit": PageText("继续", "Continue"),
            "lost": PageText(
                "手机和恢复码都不在手边？请携带有效身份证件到政务服务大厅办理。",
                "Lost both your phone and your recovery codes? Come to a service counter with your identity document."),
            "wrong": PageText("验证码不正确或已使用过。", "The code is not right, or was used before."),
            "throttled": PageText("尝试次数过多，请在{wait}后重试。", "Too many attempts. Try again in {wait}."),
        ])
}

extension PageDesk {
    func secondFactor(_ question: SecondFactorQuestion, _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(.secondFactor, language)
        introduce(step, on: &page)
        if question.hasRecoveryCodes { page.values["recovery"] = true }
        refuse(question.refusal, on: &page)
        return page
    }
}
