/// A piece of several pages: `{{> name}}` in their templates. It sees the page's values and words.
struct PagePart: Sendable {
    let name: String
    let template: String

    static let all: [PagePart] = [.refusal, .account, .data, .decision]

    /// The first line chooses the escaping; a part does not take over that of its page.
    private init(_ name: String, _ template: String) {
        self.name = name
        self.template = "{{% CONTENT_TYPE:CHANCERY}}\n" + template + "\n"
    }

    /// What the last answer was refused for; the form's field points to it.
    static let refusal = PagePart(
        "refusal", #"{{#refusal}}<p class="alert" role="alert" id="refusal">{{refusal}}</p>{{/refusal}}"#)

    /// Who is signed in.
    static let account = PagePart(
        "account",
        """
        <div class="who"><span class="face" aria-hidden="true"><svg viewBox="0 0 24 24"><circle cx="12" cy="8" r="4"/>\
        <path d="M4 21c1-4.5 4-6.5 8-6.5s7 2 8 6.5"/></svg></span><span><strong>{{account}}</strong>\
        <small>{{t.account}}</small></span></div>
        """)

    /// What a portal is sent.
    static let data = PagePart(
        "data",
        """
        <h2>{{t.data}}</h2>
        <ul class="data">{{#data}}<li><strong>{{name}}</strong>{{#meaning}}<span>{{meaning}}</span>{{/meaning}}</li>\
        {{/data}}</ul>
        """)

    /// The two buttons of a question.
    static let decision = PagePart(
        "decision",
        """
        <div class="choices">
        <button type="submit" class="main" name="decision" value="allow">{{t.allow}}</button>
        <button type="submit" name="decision" value="deny">{{t.deny}}</button>
        </div>
        """)
}
