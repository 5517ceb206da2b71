import Identity

extension PageDesign {
    private static let template = """
        {{<layout}}{{$main}}
        <div class="card roomy">
        <h1>{{t.title}}</h1>
        <p class="lead">{{t.lead}}</p>
        {{> account}}
        {{> data}}
        <form method="post" action="{{base}}/consent">
        <input type="hidden" name="flow" value="{{flow}}">
        {{> decision}}
        </form>
        <p class="note quiet">{{t.record}}</p>
        </div>
        {{/main}}{{/layout}}
        """

    private static let words = [
        "account": PageText("以此账户继续", "continuing with this account"),
        "data": PageText("提供的信息", "What is sent"),
        "record": PageText(
            "每次提供信息都会记入您的记录，可随时在首页查看。",
            "Whatever is sent is noted in your record, which you can read on your own page at any time."),
    ]

    /// The person must agree.
    static let consent = PageDesign(
        name: "consent", template: template,
        texts: words.merging([
            "title": PageText("授权“{portal}”", "Allow {portal}?"),
            "lead": PageText(
                "{department}的“{portal}”请求获取以下信息。", "{portal} of {department} asks for the data below."),
            "allow": PageText("同意并继续", "Allow"),
            "deny": PageText("不同意", "Do not allow"),
        ]) { $1 })

    /// The person is told.
    static let notice = PageDesign(
        name: "notice", template: template,
        texts: words.merging([
            "title": PageText("前往“{portal}”", "Continue to {portal}"),
            "lead": PageText(
                "以下信息将提供给{department}的“{portal}”。", "The data below go to {portal} of {department}."),
            "allow": PageText("继续", "Continue"),
            "deny": PageText("取消", "Cancel"),
        ]) { $1 })
}

extension PageDesk {
    func consent(_ question: ConsentQuestion, _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(question.isQuestion ? .consent : .notice, language)
        introduce(step, on: &page)
        page.values["account"] = question.accountName
        page.values["data"] = DataWords(language.words).rows(question.data)
        return page
    }
}
