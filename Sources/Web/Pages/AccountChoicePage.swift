import Identity

extension PageDesign {
    static let accountChoice = PageDesign(
        name: "account-choice",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="lead">{{t.lead}}</p>
            <div class="who"><span class="face" aria-hidden="true"><svg viewBox="0 0 24 24"><circle cx="12" cy="8" r="4"/>\
            <path d="M4 21c1-4.5 4-6.5 8-6.500s7 2 8 6.5"/></svg></span><span><strong>{{account}}</strong>\
            <small>{{t.signedIn}}</small></span></div>
            <form method="post" action="{{base}}/account">
            <input type="hidden" name="flow" value="{{flow}}">
            <div class="choices">
            <button type="submit" class="main" name="decision" value="allow">{{t.keep}}</button>
            <button type="submit" name="decision" value="deny">{{t.other}}</button>
            </div>
            </form>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("选择账户", "Choose an account"),
            "lead": PageText("您希望以哪个账户前往“{portal}”？", "Who do you want to be at {portal}?"),
            "signedIn": PageText("已登录", "signed in"),
            "keep": PageText("以此账户继续", "Continue"),
            "other": PageText("使用其他账户", "Another account"),
        ])
}

extension PageDesk {
    func accountChoice(_ name: String, _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(.accountChoice, language)
        introduce(step, on: &page)
        page.values["account"] = name
        return page
    }
}
