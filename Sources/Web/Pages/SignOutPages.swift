import Identity

extension PageDesign {
    static let signOut = PageDesign(
        name: "sign-out",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="lead">{{#portal}}{{t.asked}}{{/portal}}{{^portal}}{{t.lead}}{{/portal}}</p>
            <form method="post" action="{{base}}/logout/decision">
            <input type="hidden" name="flow" value="{{flow}}">
            {{> decision}}
            </form>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("退出登录？", "Sign out?"),
            "asked": PageText(
                "“{portal}”请求退出登录。您将同时退出在本浏览器中访问过的所有系统。",
                "{portal} asks to sign you out. You will leave every system that you reached in this browser."),
            "lead": PageText(
                "您将同时退出在本浏览器中访问过的所有系统。", "You will leave every system that you reached in this browser."),
            "allow": PageText("退出登录", "Sign out"),
            "deny": PageText("保持登录", "Stay signed in"),
        ])

    static let signedOut = PageDesign(
        name: "signed-out",
        template: """
            {{<layout}}{{$main}}
            <div class="card">
            <h1>{{t.title}}</h1>
            <p class="done" role="status">{{t.done}}</p>
            <p class="note">{{t.shared}}</p>
            <a class="button wide" href="{{base}}/">{{t.again}}</a>
            </div>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("已退出登录", "Signed out"),
            "done": PageText("您已退出登录，各部门系统正在收到通知。", "You are signed out. The systems that you reached are being told."),
            "shared": PageText("使用公共电脑时，请关闭浏览器。", "On a shared computer, close the browser now."),
            "again": PageText("重新登录", "Sign in again"),
        ])
}

extension PageDesk {
    func signOut(flow: String, portal: Portal?, origin: String?, _ language: PageLanguage) -> Page {
        var page = Page(.signOut, language)
        page.values["flow"] = flow
        page.formOrigin = origin
        if let portal {
            page.values["portal"] = true
            page.fills["portal"] = name(of: portal, language)
        }
        return page
    }
}
