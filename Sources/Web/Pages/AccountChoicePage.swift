import Identity

extension PageDesign {
    static let accountChoice = PageDesign(
        name: "account-choice",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="lead">{{t.lead}}</p>
            {{> account}}
            <form method="post" action="{{base}}/account">
            <input type="hidden" name="flow" value="{{flow}}">
            {{> decision}}
            </form>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("选择账户", "Choose an account"),
            "lead": PageText("您希望以哪个账户前往“{portal}”？", "Who do you want to be at {portal}?"),
            "account": PageText("已登录", "signed in"),
            "allow": PageText("以此账户继续", "Continue"),
            "deny": PageText("使用其他账户", "Another account"),
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
