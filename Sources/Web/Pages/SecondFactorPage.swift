import Identity

extension PageDesign {
    static let secondFactor = PageDesign(
        name: "second-factor",
        template: askingForCode(
            action: "/second-factor", hidden: #"<input type="hidden" name="flow" value="{{flow}}">"#, field: "code",
            attributes: #"autocomplete="one-time-code"{{^recovery}} inputmode="numeric"{{/recovery}} maxlength="64""#,
            hint: "{{#recovery}} {{t.recovery}}{{/recovery}}", note: #"<p class="note quiet">{{t.lost}}</p>"#),
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
