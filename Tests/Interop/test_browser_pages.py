"""Every page of sign-on in Chromium: by day and by night, on a phone and on a desk; and the picture that sets an authenticator
app up, read as the app reads it."""

import io
import time
from urllib.parse import urlencode

import pyotp
import requests
import zxingcpp
from PIL import Image
from selenium.webdriver.common.by import By

from browser import faults_of_page, field, picture, press, sign_in
from sign_on_office import PASSWORD

ALLOW, DENY = ("main button[name='decision'][value='allow']", "main button[name='decision'][value='deny']")


def request_of(office, portal: str, **more: str) -> str:
    """Where a portal sends a browser."""
    asked = {
        "client_id": portal, "response_type": "code", "redirect_uri": "http://127.0.0.1:9/callback",
        "scope": "openid profile email", "state": "s",
    }
    return f"{office.issuer}/authorize?{urlencode(asked | more)}"


def user_code(office) -> str:
    answer = requests.post(
        f"{office.issuer}/device_authorization", data={"client_id": "screen-app", "scope": "openid profile"}, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()["user_code"]


def read_picture(driver) -> str:
    """The text of the one QR code on the page."""
    with Image.open(io.BytesIO(picture(driver, "main svg[role='img']"))) as drawn:
        (code,) = zxingcpp.read_barcodes(drawn.convert("L"))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return code.text


def enrol(driver, office) -> pyotp.TOTP:
    """What an authenticator app does with the picture; ends on the page of recovery codes."""
    driver.get(f"{office.issuer}/enrolment")
    app = pyotp.parse_uri(read_picture(driver))
    field(driver, "one-time-code").send_keys(app.now())
    press(driver, "main button[type='submit']")
    return app


def test_every_page_fits_a_phone_and_can_be_read_in_the_dark(sign_on, chromium):
    seen: dict[str, list[str]] = {}

    def look(name: str, sign: str) -> None:
        """`sign` is a selector of what only this page has."""
        assert chromium.find_elements(By.CSS_SELECTOR, sign), f"this is not {name}: {chromium.page_source[:3000]}"
        seen[name] = faults_of_page(chromium, name)

    chromium.get(request_of(sign_on, "asking-portal"))
    look("sign-in", "[autocomplete~='current-password']")
    sign_in(chromium, "dora", "not the password")
    look("wrong password", "[role='alert']")
    sign_in(chromium, "dora", PASSWORD)
    look("consent", ALLOW)
    chromium.get(request_of(sign_on, "library-portal"))
    look("notice", DENY)
    chromium.get(request_of(sign_on, "library-portal", prompt="select_account"))
    look("account choice", "form[action='/account']")
    chromium.get(request_of(sign_on, "nobody"))
    look("error", "main h1")

    code = user_code(sign_on)
    chromium.get(f"{sign_on.issuer}/device")
    look("device code", "[name='user_code']")
    chromium.find_element(By.NAME, "user_code").send_keys(code)
    press(chromium, "main button[type='submit']")
    look("device question", "form[action='/device/decision']")
    press(chromium, ALLOW)
    look("device done", "[role='status']")
    chromium.get(f"{sign_on.issuer}/device?user_code=BBBB-BBBB")
    look("unknown device", "[role='alert']")

    chromium.get(f"{sign_on.issuer}/enrolment")
    look("enrolment", "svg[role='img']")
    app = enrol(chromium, sign_on)
    look("recovery codes", ".codes")
    chromium.get(f"{sign_on.issuer}/")
    look("citizen", "#history")
    chromium.get(f"{sign_on.issuer}/logout")
    look("sign-out", "form[action='/logout/decision']")
    press(chromium, ALLOW)
    look("signed out", "[role='status']")
    chromium.get(f"{sign_on.issuer}/")
    sign_in(chromium, "dora", PASSWORD)
    look("second factor", "[autocomplete~='one-time-code']")
    assert app.issuer
    assert {name: faults for name, faults in seen.items() if faults} == {} and len(seen) == 16


def test_the_picture_of_the_enrolment_page_sets_an_authenticator_up(sign_on, chromium):
    chromium.get(f"{sign_on.issuer}/")
    sign_in(chromium, "erin", PASSWORD)
    chromium.get(f"{sign_on.issuer}/enrolment")
    shown = chromium.find_element(By.CSS_SELECTOR, "main .secret").text.replace(" ", "")
    link = chromium.find_element(By.CSS_SELECTOR, "main a[href^='otpauth:']").get_attribute("href")
    text = read_picture(chromium)
    assert text == link and pyotp.parse_uri(text).secret == shown

    app = enrol(chromium, sign_on)
    codes = [item.text for item in chromium.find_elements(By.CSS_SELECTOR, "main .codes li")]
    assert len(codes) >= 8 and len(set(codes)) == len(codes)

    chromium.delete_all_cookies()
    chromium.get(f"{sign_on.issuer}/")
    sign_in(chromium, "erin", PASSWORD)
    assert "one-time-code" in field(chromium, "one-time-code").get_attribute("autocomplete")
    # The code that set the app up is spent: the next one is taken, once its time has nearly come.
    field(chromium, "one-time-code").send_keys(app.at(time.time(), counter_offset=1))
    press(chromium, "main button[type='submit']")
    assert chromium.find_elements(By.CSS_SELECTOR, "#history"), chromium.page_source[:3000]
