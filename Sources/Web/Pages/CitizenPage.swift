import Identity
import Primitives

extension PageDesign {
    static let citizen = PageDesign(
        name: "citizen",
        template: """
            {{<layout}}{{$main}}
            <div class="top">
            <div><h1>{{t.greeting}}</h1><p class="lead">{{t.lead}}</p></div>
            <a class="button" href="{{base}}/logout">{{t.signOut}}</a>
            </div>
            <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">{{t.sessions}}</h2>
            <ul class="rows">{{#sessions}}<li>
            <div class="what"><strong>{{device}}</strong>{{#here}}<span class="tag">{{t.here}}</span>{{/here}}
            <small>{{begun}}</small>{{#portals}}<small>{{portals}}</small>{{/portals}}</div>
            <form method="post" action="{{base}}/sessions/end">
            <input type="hidden" name="token" value="{{token}}"><input type="hidden" name="session" value="{{id}}">
            <button type="submit" class="slim end" aria-label="{{label}}">{{t.end}}</button>
            </form>
            </li>{{/sessions}}</ul>
            <form method="post" action="{{base}}/sessions/end-all" class="quiet">
            <input type="hidden" name="token" value="{{token}}">
            <p class="note">{{t.endAllNote}}</p>
            <button type="submit" class="end">{{t.endAll}}</button>
            </form>
            </section>
            <section class="panel" aria-labelledby="security">
            <h2 id="security">{{t.security}}</h2>
            {{#factor}}<p>{{t.factorOn}}</p><p class="note">{{t.codesLeft}}</p>
            <form method="post" action="{{base}}/recovery-codes">
            <input type="hidden" name="token" value="{{token}}">
            <button type="submit" class="slim">{{t.renew}}</button>
            </form>{{/factor}}
            {{^factor}}<p>{{t.factorOff}}</p><a class="button" href="{{base}}/enrolment">{{t.enrol}}</a>{{/factor}}
            </section>
            <section class="panel" aria-labelledby="history">
            <h2 id="history">{{t.history}}</h2>
            <ul class="rows">{{#history}}<li>
            <div class="what"><strong>{{what}}</strong><small>{{more}}</small></div>
            <time datetime="{{moment}}" title="{{exact}}">{{when}}</time>
            </li>{{/history}}</ul>
            {{^history}}<p class="note">{{t.nothing}}</p>{{/history}}
            </section>
            {{/main}}{{/layout}}
            """,
        texts: [
            "title": PageText("我的登录", "My sign-ins"),
            "greeting": PageText("{account}，您好", "Hello, {account}"),
            "lead": PageText(
                "这里列出您的登录设备，以及提供给各部门系统的信息。",
                "Where you are signed in, and which data went to which department's system."),
            "signOut": PageText("退出登录", "Sign out"),
            "sessions": PageText("登录中的设备", "Where you are signed in"),
            "here": PageText("本机", "this device"),
            "begun": PageText("{begun}登录，最近使用：{seen}", "Signed in {begun}, last used {seen}"),
            "reached": PageText("访问过：{portals}", "Reached: {portals}"),
            "end": PageText("结束", "End"),
            "label": PageText("结束{device}上的登录", "End the sign-in on {device}"),
            "endAll": PageText("结束全部登录", "End all sessions"),
            "endAllNote": PageText(
                "在所有设备上退出，并撤销各部门系统的持续访问。",
                "Signs you out everywhere and takes back what systems may read while you are away."),
            "security": PageText("账户安全", "Security"),
            "factorOn": PageText("已启用身份验证器。", "An authenticator app is set up."),
            "codesLeft": PageText("剩余恢复码：{codes} 个。", "Recovery codes left: {codes}."),
            "renew": PageText("更换恢复码", "New recovery codes"),
            "factorOff": PageText(
                "建议启用身份验证器：除密码外，登录时还需手机上的验证码。",
                "An authenticator app makes your account safer: signing in takes a code from your phone as well."),
            "enrol": PageText("启用身份验证器", "Set up an authenticator app"),
            "history": PageText("使用记录", "History"),
            "nothing": PageText("暂无记录。", "Nothing yet."),
            "signedIn": PageText("登录", "Signed in"),
            "sent": PageText("向“{portal}”提供信息", "Data sent to {portal}"),
        ])
}

extension PageDesk {
    func citizen(_ view: CitizenView, _ language: PageLanguage) -> Page {
        var page = Page(.citizen, language)
        page.fills = ["account": view.accountName, "codes": String(view.recoveryCodesLeft)]
        page.values["token"] = view.formToken
        if view.hasSecondFactor { page.values["factor"] = true }
        page.values["sessions"] = view.sessions.map { row($0, on: page) }
        page.values["history"] = view.history.map { row($0, on: page) }
        return page
    }

    private func row(_ row: CitizenView.Row, on page: Page) -> [String: Any] {
        let (words, now) = (page.language.words, signOn.signOn.clock.now())
        let time = TimeWords(words)
        var texts = page
        texts.fills["device"] = DeviceWords(words).name(row.session.device)
        texts.fills["begun"] = time.past(row.session.createdAt, from: now)
        texts.fills["seen"] = time.past(row.session.lastSeenAt, from: now)
        texts.fills["portals"] = row.portals.map { $0.name?[page.language.tag] ?? $0.id }
            .joined(separator: words == .zh ? "、" : ", ")
        var values: [String: Any] = [
            "id": row.session.id.description, "device": texts.fills["device"] ?? "", "begun": texts.text("begun"),
            "label": texts.text("label"),
        ]
        if row.isThisOne { values["here"] = true }
        if !row.portals.isEmpty { values["portals"] = texts.text("reached") }
        return values
    }

    private func row(_ entry: HistoryEntry, on page: Page) -> [String: Any] {
        let words = page.language.words
        let time = TimeWords(words)
        var texts = page
        var values: [String: Any] = [
            "moment": entry.at.description, "exact": time.exact(entry.at),
            "when": time.past(entry.at, from: signOn.signOn.clock.now()),
        ]
        switch entry.event {
        case .signedIn(let device, _):
            values["what"] = texts.text("signedIn")
            values["more"] = DeviceWords(words).name(device)
        case .dataSent(let portalID, let data):
            texts.fills["portal"] = portalName(portalID, page.language)
            values["what"] = texts.text("sent")
            values["more"] = DataWords(words).list(data)
        }
        return values
    }
}
