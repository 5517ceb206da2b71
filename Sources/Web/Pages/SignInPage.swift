import Identity
import Primitives

extension PageDesign {
    static let signIn = PageDesign(
        name: "sign-in",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="lead">{{#portal}}{{t.onwards}}{{/portal}}{{^portal}}{{t.home}}{{/portal}}</p>
            {{> refusal}}
            <form method="post" action="{{base}}/sign-in">
            <input type="hidden" name="flow" value="{{flow}}">
            <div class="field">
            <label for="username">{{t.username}}</label>
            <input type="text" id="username" name="username" value="{{hint}}" autocomplete="username" \
            autocapitalize="none" spellcheck="false" maxlength="256" required\
            {{#refusal}} aria-invalid="true" aria-describedby="refusal"{{/refusal}}{{^hint}} autofocus{{/hint}}>
            </div>
            <div class="field">
            <label for="password">{{t.password}}</label>
            <input type="password" id="password" name="password" autocomplete="current-password" maxlength="512" required\
            {{#refusal}} aria-invalid="true" aria-describedby="refusal"{{/refusal}}{{#hint}} autofocus{{/hint}}>
            </div>
            <button type="submit" class="main wide">{{t.submit}}</button>
            </form>
            <p class="note quiet">{{t.forgotten}}</p>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("登录", "Sign in"),
            "onwards": PageText("登录后将前往“{portal}”（{department}）。", "Sign in to continue to {portal} ({department})."),
            "home": PageText(
                "登录后可查看登录记录和授权情况。", "Sign in to see where you are signed in, and which data went to whom."),
            "username": PageText("登录名", "User name"),
            "password": PageText("密码", "Password"),
            "submit": PageText("登录", "Sign in"),
            "forgotten": PageText(
                "忘记密码？请携带有效身份证件到政务服务大厅办理。",
                "Forgot your password? Come to a service counter with your identity document."),
            "wrong": PageText("登录名或密码不正确。", "The user name or password is not right."),
            "throttled": PageText(
                "尝试次数过多，请在{wait}后重试。", "Too many attempts. Try again in {wait}."),
        ])
}

extension PageDesk {
    func signIn(_ question: SignInQuestion, _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(.signIn, language)
        introduce(step, on: &page)
        if let hint = question.loginHint { page.values["hint"] = hint }
        refuse(question.refusal, on: &page)
        return page
    }

    /// The flow for the form, and where the person is on the way to.
    func introduce(_ step: StepResult, on page: inout Page) {
        page.values["flow"] = step.flow ?? ""
        page.formOrigin = step.redirectOrigin
        guard let portal = step.portal else { return }
        page.values["portal"] = true
        page.fills["portal"] = name(of: portal, page.language)
        page.fills["department"] = departmentName(of: portal, page.language)
    }

    /// What the last answer was refused for.
    func refuse(_ refusal: SignInRefusal?, on page: inout Page) {
        switch refusal {
        case .wrong: page.values["refusal"] = page.text("wrong")
        case .throttled(let until):
            page.fills["wait"] = TimeWords(page.language.words).wait(until: until, from: signOn.signOn.clock.now())
            page.values["refusal"] = page.text("throttled")
        case nil: break
        }
    }
}
