"""Chromium: what a test that follows redirects by itself cannot see, such as a policy that keeps a form from leaving."""

from selenium.webdriver.common.by import By

from apache import claims
from browser import field, press, sign_in
from sign_on_office import PASSWORD


def shown_claims(driver) -> dict:
    return claims(driver.find_element(By.TAG_NAME, "body").text)


def pass_notice(driver, address: str) -> None:
    """Says yes where a portal is met for the first time."""
    if not driver.current_url.startswith(address):
        press(driver, "main button[name='decision'][value='allow']")
    assert driver.current_url.startswith(address), driver.page_source


def test_one_password_in_chromium_reaches_two_departments_and_logout_ends_both(sign_on, apache, chromium):
    chromium.get(apache.protected("apache-market"))
    assert chromium.current_url.startswith(sign_on.issuer)
    sign_in(chromium, "carol", PASSWORD)
    pass_notice(chromium, apache.protected("apache-market"))
    market = shown_claims(chromium)

    chromium.get(apache.protected("apache-construction"))
    assert not chromium.find_elements(By.CSS_SELECTOR, "[autocomplete~='current-password']"), "no second password"
    pass_notice(chromium, apache.protected("apache-construction"))
    assert shown_claims(chromium)["sub"] != market["sub"]

    chromium.get(apache.logout("apache-market"))
    assert chromium.current_url.startswith(apache.home("apache-market"))
    chromium.get(apache.protected("apache-market"))
    assert field(chromium, "current-password").is_displayed(), "the session is over"


def test_page_is_drawn_without_a_fault_and_fits_a_phone(sign_on, apache, chromium):
    chromium.set_window_size(500, 800)
    chromium.get(apache.protected("apache-market"))
    width = chromium.find_element(By.TAG_NAME, "html").size["width"]
    for element in (field(chromium, "username"), chromium.find_element(By.CSS_SELECTOR, "main button[type='submit']")):
        assert element.location["x"] >= 0 and element.location["x"] + element.size["width"] <= width
        assert element.size["height"] >= 40, "big enough for a thumb"
    # Refused styles, icons and forms are told here.
    assert [entry for entry in chromium.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []
