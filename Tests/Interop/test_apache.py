"""Apache with mod_auth_openidc in front of the portals' pages, a person with a browser before it."""

import time

import pytest

from apache import claims


def signed_in_at(apache, person, portal: str) -> dict:
    """The claims that the portal's page gets."""
    page = person.sign_in(apache.protected(portal), until=apache.protected(portal))
    # `sign_in` stops before the page: the redirect to it has set the module's cookie.
    page = person.open(page.address) if page.status == 0 else page
    assert page.status == 200, apache.log
    return claims(page.text)


def is_signed_in(apache, person, portal: str) -> bool:
    """Whether the page is given without a redirect."""
    return person.http.get(apache.protected(portal), allow_redirects=False, timeout=60).status_code == 200


def test_login_brings_the_claims(sign_on, apache):
    person = sign_on.person("alice")
    seen = signed_in_at(apache, person, "apache-market")
    assert seen["iss"] == sign_on.issuer and seen["aud"] == "apache-market"
    assert seen["sub"] and seen["REMOTE_USER"].startswith(seen["sub"])
    assert seen["email"] == "alice@example.test" and seen["given_name"] == "Alice"
    assert seen["acr"] == "low" and seen["sid"]
    assert person.passwords_typed == 1


def test_page_is_closed_to_who_has_not_signed_in(apache, sign_on):
    stranger = sign_on.person("alice")
    answer = stranger.http.get(apache.protected("apache-market"), allow_redirects=False, timeout=60)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(sign_on.metadata["authorization_endpoint"])


def test_one_password_reaches_every_department(sign_on, apache):
    person = sign_on.person("alice")
    market, food, construction = (
        signed_in_at(apache, person, portal) for portal in ("apache-market", "apache-food", "apache-construction"))
    assert person.passwords_typed == 1
    assert market["sub"] == food["sub"], "two departments of one sector know a person under one name"
    assert construction["sub"] != market["sub"], "another sector knows the person under another name"


def test_notice_is_shown_once(sign_on, apache):
    first, second = sign_on.person("bob"), sign_on.person("bob")
    signed_in_at(apache, first, "apache-market")
    signed_in_at(apache, second, "apache-market")
    assert second.questions == 1, "the second time only the password is asked for"


def test_logout_at_the_portal_ends_the_session_here_and_there(sign_on, apache):
    person = sign_on.person("alice")
    signed_in_at(apache, person, "apache-market")
    signed_in_at(apache, person, "apache-construction")
    assert all(is_signed_in(apache, person, portal) for portal in ("apache-market", "apache-construction"))
    page = person.open(apache.logout("apache-market"))
    # A valid id_token_hint came with it: nothing is left to confirm.
    assert page.address.startswith(apache.home("apache-market")) and page.status == 200, page
    assert not is_signed_in(apache, person, "apache-market")
    assert "current-password" in person.open(sign_on.issuer + "/").forms[0].tokens, "the session is over"
    eventually(lambda: not is_signed_in(apache, person, "apache-construction"), "told the other portal")


def test_ending_all_sessions_reaches_every_portal(sign_on, apache):
    """The person's own page, and from there by back-channel logout to Apache."""
    person, portals = sign_on.person("bob"), ("apache-market", "apache-food", "apache-construction")
    for portal in portals:
        signed_in_at(apache, person, portal)
    assert all(is_signed_in(apache, person, portal) for portal in portals)
    page = person.open(sign_on.issuer + "/")
    (form,) = [form for form in page.forms if form.action.endswith("/sessions/end-all")]
    person.submit(page, form)
    for portal in portals:
        eventually(lambda: not is_signed_in(apache, person, portal), f"told {portal}")


def eventually(holds, what: str, seconds: float = 15) -> None:
    """The first delivery follows at once, the second after 5 s."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.2)
    pytest.fail(f"did not happen within {seconds} s: {what}")
