import Identity

extension PageDesign {
    static let consent = PageDesign(
        name: "consent",
        template: """
            {{<layout}}{{$main}}
            <div class="card roomy">
            <h1>{{#asks}}{{t.title}}{{/asks}}{{^asks}}{{t.notice}}{{/asks}}</h1>
            <p class="lead">{{#asks}}{{t.question}}{{/asks}}{{^asks}}{{t.lead}}{{/asks}}</p>
            <div class="who"><span class="face" aria-hidden="true"><svg viewBox="0 0 24 24"><circle cx="12" cy="8" r="4"/>\
            <path d="M4 21c1-4.5 4-6.5 8-6.500s7 2 8 6.5"/></svg></span><span><strong>{{account}}</strong>\
            <small>{{t.account}}</small></span></div>
            <h2>{{t.data}}</h2>
            <ul class="data">{{#data}}<li><strong>{{name}}</strong>{{#meaning}}<span>{{meaning}}</span>{{/meaning}}</li>\
            {{/data}}</ul>
            <form method="post" action="{{base}}/consent">
            <input type="hidden" name="flow" value="{{flow}}">
            <div class="choices">
            <button type="submit" class="main" name="decision" value="allow">{{#asks}}{{t.allow}}{{/asks}}\
            {{^asks}}{{t.go}}{{/asks}}</button>
            <button type="submit" name="decision" value="deny">{{#asks}}{{t.deny}}{{/asks}}{{^asks}}{{t.back}}{{/asks}}</button>
            </div>
            </form>
            <p class="note quiet">{{t.record}}</p>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("授权“{portal}”", "Allow {portal}?"),
            "notice": PageText("前往“{portal}”", "Continue to {portal}"),
            "question": PageText(
                "{department}的“{portal}”请求获取以下信息。", "{portal} of {department} asks for the data below."),
            "lead": PageText(
                "以下信息将提供给{department}的“{portal}”。", "The data below go to {portal} of {department}."),
            "account": PageText("以此账户继续", "continuing with this account"),
            "data": PageText("提供的信息", "What is sent"),
            "allow": PageText("同意并继续", "Allow"),
            "deny": PageText("不同意", "Do not allow"),
            "go": PageText("继续", "Continue"),
            "back": PageText("取消", "Cancel"),
            "record": PageText(
                "每次提供信息都会记入您的记录，可随时在首页查看。",
                "Whatever is sent is noted in your record, which you can read on your own page at any time."),
        ])
}

extension PageDesk {
    func consent(_ question: ConsentQuestion, _ step: StepResult, _ language: PageLanguage) -> Page {
        var page = Page(.consent, language)
        introduce(step, on: &page)
        if question.isQuestion { page.values["asks"] = true }
        page.values["account"] = question.accountName
        page.values["data"] = DataWords(language.words).rows(question.data)
        return page
    }
}
