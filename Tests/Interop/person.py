"""A person with a browser that runs no script: keeps cookies, reads forms, fills them by their `autocomplete` tokens."""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import requests


class Form:
    """A form inside `<main>`."""

    def __init__(self, action: str, method: str):
        self.action, self.method = action, method
        self.fields: dict[str, str] = {}
        #: `autocomplete` token to name.
        self.tokens: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []

    def filled(self, values: dict[str, str], decision: str | None = None) -> dict[str, str]:
        """What a browser sends: hidden fields as they are, others by their token."""
        body = dict(self.fields)
        for token, value in values.items():
            if token in self.tokens:
                body[self.tokens[token]] = value
        if decision is not None and ("decision", decision) in self.buttons:
            body["decision"] = decision
        return body


class Forms(HTMLParser):
    """The forms of a page, and whether it has a script."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[Form] = []
        self.has_script = False
        self.depth_of_main = 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        if tag == "main":
            self.depth_of_main += 1
        elif tag == "script":
            self.has_script = True
        elif tag == "form" and self.depth_of_main:
            self.forms.append(Form(values.get("action", ""), values.get("method", "get").lower()))
        elif tag == "input" and self.forms and "name" in values:
            self.forms[-1].fields[values["name"]] = values.get("value", "")
            for token in values.get("autocomplete", "").split():
                self.forms[-1].tokens[token] = values["name"]
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append((values.get("name", ""), values.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "main":
            self.depth_of_main -= 1


class Page(NamedTuple):
    """What the browser shows, and how often it asked for a password on the way."""

    address: str
    status: int
    text: str

    @property
    def forms(self) -> list[Form]:
        return Forms(self.text).forms


class Person:
    """`login` and `password` are typed only where a page asks; `passwords_typed` counts."""

    def __init__(self, login: str, password: str):
        self.login, self.password = login, password
        self.passwords_typed = 0
        self.questions = 0
        self.http = requests.Session()
        self.http.headers.update({"Accept": "text/html", "Accept-Language": "en", "User-Agent": "Interop/1"})

    def open(self, address: str, until: str | None = None) -> Page:
        """Follows redirects; stops before an address that begins with `until`."""
        return self.follow(self.http.get(address, allow_redirects=False, timeout=60), until)

    def submit(self, page: Page, form: Form, until: str | None = None, decision: str | None = "allow") -> Page:
        assert form.method == "post"
        body = form.filled({"username": self.login, "current-password": self.password}, decision)
        here = urlsplit(page.address)
        answer = self.http.post(
            urljoin(page.address, form.action or page.address), data=body, allow_redirects=False, timeout=60,
            headers={"Origin": f"{here.scheme}://{here.netloc}", "Sec-Fetch-Site": "same-origin"})
        assert answer.status_code in (302, 303), f"a form was answered {answer.status_code}: {answer.text}"
        return self.follow(answer, until)

    def follow(self, answer, until: str | None) -> Page:
        for _ in range(20):
            if answer.status_code not in (301, 302, 303, 307):
                return Page(answer.url, answer.status_code, answer.text)
            target = urljoin(answer.url, answer.headers["Location"])
            if until and target.startswith(until):
                return Page(target, 0, "")
            answer = self.http.get(target, allow_redirects=False, timeout=60)
        raise AssertionError(f"redirected without end, last to {answer.url}")

    def sign_in(self, address: str, until: str) -> Page:
        """From a portal's link, through every question, to what begins with `until`."""
        page = self.open(address, until)
        for _ in range(6):
            if page.address.startswith(until) and page.status in (0, 200):
                return page
            assert page.status == 200, page
            (form,) = page.forms
            self.questions += 1
            if "current-password" in form.tokens:
                self.passwords_typed += 1
            page = self.submit(page, form, until)
        raise AssertionError(f"asked without end, last at {page.address}")
