extension PageDesign {
    /// The template of a page that asks for one code; its words are `title`, `lead`, `code`, `hint` and `submit`.
    ///
    /// - Parameters:
    ///   - action: where the form goes, below `base`.
    ///   - hidden: fields that nobody fills in.
    ///   - field: name of the code's field.
    ///   - attributes: of that field, with its `autocomplete`.
    ///   - hint: what follows the hint.
    ///   - note: below the form.
    static func askingForCode(
        action: String, hidden: String = "", field: String, attributes: String, hint: String = "", note: String
    ) -> String {
        """
        {{<layout}}{{$main}}
        <div class="card">
        <h1>{{t.title}}</h1>
        <p class="lead">{{t.lead}}</p>
        {{> refusal}}
        <form method="post" action="{{base}}\(action)">
        \(hidden)
        <div class="field">
        <label for="\(field)">{{t.code}}</label>
        <input type="text" class="code" id="\(field)" name="\(field)" \(attributes) autocapitalize="characters" \
        spellcheck="false" required autofocus aria-describedby="hint{{#refusal}} refusal{{/refusal}}"\
        {{#refusal}} aria-invalid="true"{{/refusal}}>
        <span class="hint" id="hint">{{t.hint}}\(hint)</span>
        </div>
        <button type="submit" class="main wide">{{t.submit}}</button>
        </form>
        \(note)
        </div>
        {{/main}}{{/layout}}
        """
    }
}
