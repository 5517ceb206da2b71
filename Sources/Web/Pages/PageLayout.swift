/// What every page has around its own part.
enum PageLayout {
    static let name = "layout"

    /// The first line chooses the escaping for the page inside, too.
    static let template = """
        {{% CONTENT_TYPE:CHANCERY}}
        <!DOCTYPE html>
        <html lang="{{lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{{t.title}} · {{authority}}</title>
        <link rel="stylesheet" href="{{stylesheet}}">
        <link rel="icon" type="image/svg+xml" href="{{icon}}">
        </head>
        <body>
        <a class="skip" href="#main">{{f.skip}}</a>
        <header class="band"><div class="band-row">
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path d="M16 2 28 6v9c0 7.6-5 12.4-12 15C9 27.4 4 22.6 4 15V6z"/>
        <path class="mark-line" d="M10.5 12.500h11M10.5 16.500h11M13 20.500h6"/>
        </svg>
        <span class="authority">{{authority}}</span>
        </div></header>
        <main id="main">
        {{$main}}{{/main}}
        </main>
        <footer><p>{{f.address}}</p></footer>
        </body>
        </html>

        """

    /// Seen as `f.<name>`.
    static let texts: [String: PageText] = [
        "skip": PageText("跳到正文", "Skip to content"),
        "address": PageText(
            "请确认浏览器地址栏显示的网址是 {host}。工作人员不会向您索要密码或验证码。",
            "Check that your browser shows the address {host}. Our staff never ask for your password or codes."),
    ]
}
