import HTTPTypes
import Identity

extension PageDesign {
    static let fault = PageDesign(
        name: "fault",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="lead">{{sentence}}</p>
            <div class="choices">
            {{#again}}<a class="button main" href="{{base}}/continue?flow={{again}}">{{t.again}}</a>{{/again}}
            <a class="button" href="{{base}}/">{{t.home}}</a>
            </div>
            {{#reason}}<p class="reason quiet">{{t.details}} {{reason}}</p>{{/reason}}
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("无法继续", "This cannot go on"),
            "portal": PageText(
                "您来自的系统发来的请求有误，因此我们没有将您送回。请返回该系统重试，或联系其管理部门。",
                "The system that sent you here made a faulty request, so we did not send you back. Go back and try again, "
                    + "or tell its department."),
            "lost": PageText(
                "页面已过期，或在另一浏览器中打开。请返回您要使用的系统，重新开始。",
                "This page is too old, or was opened in another browser. Go back to the system that you want to use and "
                    + "start again."),
            "request": PageText("无法理解该请求，请返回重试。", "The request was not understood. Go back and try again."),
            "busy": PageText("当前登录人数较多，请稍候几秒再试。", "Many people are signing in right now. Try again in a few seconds."),
            "failed": PageText(
                "系统出现故障，没有完成任何操作，请稍后再试。", "Something failed on our side. Try again later."),
            "again": PageText("重试", "Try again"),
            "home": PageText("前往我的首页", "Go to my page"),
            "details": PageText("技术信息：", "For technicians:"),
        ])
}

extension PageDesk {
    /// - Parameters:
    ///   - sentence: name of the text.
    ///   - reason: for those who help; nothing that the caller sent.
    func fault(
        _ sentence: String, status: HTTPResponse.Status, reason: String? = nil, _ language: PageLanguage
    ) -> Page {
        var page = Page(.fault, language)
        page.status = status
        page.values["sentence"] = page.text(sentence)
        if let reason { page.values["reason"] = reason }
        return page
    }

    func refused(_ answer: OAuthAnswer, isLost: Bool = false, _ language: PageLanguage) -> Page {
        fault(
            isLost ? "lost" : "portal", status: HTTPResponse.Status(code: answer.status),
            reason: isLost ? nil : "\(answer.error.rawValue): \(answer.description)", language)
    }
}
