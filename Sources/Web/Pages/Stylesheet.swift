/// The look of all pages: quiet, large enough to read, and the same in the dark.
enum Stylesheet {
    static let text = [colours, ground, words, forms, parts, lists, small].joined(separator: "\n")

    private static let colours = """
        :root {
          color-scheme: light dark;
          --ground: #f2f4f7; --paper: #ffffff; --ink: #1a2433; --soft: #56637a; --line: #d4dbe5; --field: #8390a5;
          --band: #163f73; --band-ink: #ffffff; --seal: #b5343a;
          --main: #1b559c; --main-hover: #143f76; --main-ink: #ffffff; --tint: #eaf1fa;
          --warn: #9c231f; --warn-tint: #fcefee; --good: #1d6a45; --good-tint: #eaf6f0;
          --shadow: 0 1px 2px rgb(16 32 64 / 8%), 0 8px 24px rgb(16 32 64 / 7%);
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #10151c; --paper: #1a212c; --ink: #e7ecf4; --soft: #a3b0c4; --line: #313c4c; --field: #6d7b92;
            --band: #0c1a2e; --band-ink: #e7ecf4; --seal: #c9565b;
            --main: #8fbcf0; --main-hover: #b3d2f6; --main-ink: #0d1b2d; --tint: #1e2c40;
            --warn: #f2a6a0; --warn-tint: #3a2222; --good: #8fd3b0; --good-tint: #1b3128;
            --shadow: none;
          }
        }
        """

    private static let ground = """
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
          font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB",
            "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
        }
        .skip { position: absolute; left: -100vw; top: 0; padding: .75rem 1rem; background: var(--paper); color: var(--main); }
        .skip:focus { left: 0; z-index: 1; }
        .band { background: var(--band); color: var(--band-ink); border-bottom: 3px solid var(--seal); }
        .band-row {
          max-width: 60rem; margin: 0 auto; padding: .875rem 1.25rem; display: flex; align-items: center; gap: .75rem;
        }
        .mark { width: 1.875rem; height: 1.875rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; }
        .mark-line { stroke-linecap: round; }
        .authority { font-size: 1.0625rem; font-weight: 600; letter-spacing: .01em; }
        main { flex: 1 0 auto; width: 100%; max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
        footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
        footer p { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 1.5rem; text-align: center; overflow-wrap: anywhere; }
        """

    private static let words = """
        h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.3; font-weight: 650; text-wrap: balance; }
        h2 { margin: 0 0 .75rem; font-size: 1.125rem; line-height: 1.4; font-weight: 650; }
        p { margin: 0 0 1rem; }
        a { color: var(--main); text-underline-offset: .2em; }
        a:hover { color: var(--main-hover); }
        .lead { color: var(--soft); margin-bottom: 1.5rem; }
        .lead strong { color: var(--ink); }
        .note { color: var(--soft); font-size: .9375rem; }
        .quiet { margin: 1.5rem 0 0; padding-top: 1.25rem; border-top: 1px solid var(--line); }
        .quiet:last-child, .note:last-child { margin-bottom: 0; }
        code, .code { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
        """

    private static let forms = """
        .field { margin-bottom: 1.25rem; }
        label { display: block; margin-bottom: .375rem; font-weight: 600; }
        .hint { display: block; margin-top: .375rem; color: var(--soft); font-size: .875rem; }
        input[type=text], input[type=password] {
          width: 100%; min-height: 3rem; padding: .625rem .875rem; border: 1px solid var(--field); border-radius: .5rem;
          background: var(--paper); color: var(--ink); font: inherit;
        }
        input[aria-invalid=true] { border-color: var(--warn); box-shadow: inset 0 0 0 1px var(--warn); }
        input.code { font-size: 1.375rem; letter-spacing: .2em; }
        input:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible {
          outline: 3px solid var(--main); outline-offset: 2px; border-radius: .5rem;
        }
        button, .button {
          display: inline-flex; align-items: center; justify-content: center; min-height: 3rem; padding: .625rem 1.5rem;
          border: 1px solid var(--field); border-radius: .5rem; background: transparent; color: var(--ink); font: inherit;
          font-weight: 600; text-decoration: none; cursor: pointer;
        }
        button:hover, .button:hover { background: var(--tint); color: var(--ink); }
        button.main, .button.main { border-color: var(--main); background: var(--main); color: var(--main-ink); }
        button.main:hover, .button.main:hover { border-color: var(--main-hover); background: var(--main-hover); }
        button.end { border-color: var(--warn); color: var(--warn); }
        button.end:hover { background: var(--warn-tint); color: var(--warn); }
        button.slim { min-height: 2.5rem; padding: .375rem 1rem; font-size: .9375rem; }
        .wide { width: 100%; }
        .choices { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
        .choices button, .choices .button { flex: 1 1 11rem; }
        """

    private static let parts = """
        .card {
          max-width: 27rem; margin: 0 auto; padding: 2rem; border: 1px solid var(--line); border-radius: .875rem;
          background: var(--paper); box-shadow: var(--shadow);
        }
        .card.roomy { max-width: 34rem; }
        .alert {
          margin-bottom: 1.25rem; padding: .75rem 1rem; border-left: 4px solid var(--warn); border-radius: .375rem;
          background: var(--warn-tint); color: var(--warn); font-weight: 600;
        }
        .done {
          margin-top: 1rem; padding: .75rem 1rem; border-left: 4px solid var(--good); border-radius: .375rem; background: var(--good-tint);
          color: var(--good); font-weight: 600;
        }
        .who { display: flex; align-items: center; gap: .875rem; margin-bottom: 1.25rem; }
        .who span { overflow-wrap: anywhere; }
        .who small { display: block; color: var(--soft); font-size: .875rem; }
        .face {
          display: grid; place-items: center; flex: none; width: 2.75rem; height: 2.75rem; border-radius: 50%;
          background: var(--tint); color: var(--main);
        }
        .face svg { width: 1.5rem; height: 1.5rem; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; }
        .qr { display: block; width: 13rem; max-width: 100%; height: auto; margin: 0 auto 1.25rem; border-radius: .5rem; }
        .secret { display: block; padding: .5rem .75rem; border-radius: .375rem; background: var(--tint); overflow-wrap: anywhere; }
        .steps { margin: 0 0 1.25rem; padding-left: 1.375rem; }
        .steps li { margin-bottom: .375rem; }
        .reason { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
        """

    private static let lists = """
        .data { list-style: none; margin: 0 0 1.25rem; padding: 0; border: 1px solid var(--line); border-radius: .625rem; }
        .data li { padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
        .data li:last-child { border-bottom: 0; }
        .data strong { display: block; font-weight: 600; }
        .data span { color: var(--soft); font-size: .9375rem; overflow-wrap: anywhere; }
        .codes {
          list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .5rem;
          margin: 0 0 1.25rem; padding: 0;
        }
        .codes li { padding: .5rem; border-radius: .375rem; background: var(--tint); font-size: .9375rem; text-align: center; }
        .panel {
          margin-top: 1.5rem; padding: 1.5rem; border: 1px solid var(--line); border-radius: .875rem;
          background: var(--paper); box-shadow: var(--shadow);
        }
        .top { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: .75rem 1.5rem; }
        .top .lead { margin-bottom: 0; }
        .rows { list-style: none; margin: 0; padding: 0; }
        .rows li {
          display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1.5rem;
          padding: .875rem 0; border-top: 1px solid var(--line);
        }
        .rows li:first-child { border-top: 0; padding-top: .25rem; }
        .rows li:last-child { padding-bottom: .25rem; }
        .rows .what { flex: 1 1 12rem; min-width: 0; overflow-wrap: anywhere; }
        .rows small { display: block; color: var(--soft); font-size: .875rem; }
        .rows time { color: var(--soft); font-size: .9375rem; white-space: nowrap; }
        .rows form { margin: 0; }
        .tag {
          display: inline-block; margin-left: .375rem; padding: 0 .5rem; border-radius: 1rem; background: var(--good-tint);
          color: var(--good); font-size: .8125rem; font-weight: 600;
        }
        """

    private static let small = """
        @media (max-width: 36rem) {
          main { padding: 1.25rem 1rem 2rem; }
          .card { padding: 1.5rem 1.25rem; }
          .panel { padding: 1.25rem; }
          h1 { font-size: 1.375rem; }
        }
        @media (prefers-contrast: more) { :root { --soft: var(--ink); --line: var(--ink); --field: var(--ink); } }
        @media (prefers-reduced-motion: no-preference) { button, .button { transition: background-color .12s; } }
        @media (forced-colors: active) { .card, .panel { box-shadow: none; } button { border: 1px solid; } }
        @media print { .band, footer, .choices, .skip { display: none; } body { background: none; } .card { border: 0; } }

        """
}
