"""Chromium without scripts, and what a person does in it."""

import os
import shutil
from typing import NamedTuple

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


@pytest.fixture
def chromium(tmp_path):
    """A browser that has been nowhere."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en", f"--user-data-dir={tmp_path}"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    # Nothing here needs a script: what works without works with.
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_page_load_timeout(60)
    try:
        yield driver
    finally:
        driver.quit()


def field(driver, token: str):
    return driver.find_element(By.CSS_SELECTOR, f"main [autocomplete~='{token}']")


def press(driver, selector: str) -> None:
    """Clicks, and waits until another page is there."""
    page = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.CSS_SELECTOR, selector).click()
    WebDriverWait(driver, 30).until(lambda driver: page != driver.find_element(By.TAG_NAME, "html"))


def sign_in(driver, login: str, password: str) -> None:
    field(driver, "username").send_keys(login)
    field(driver, "current-password").send_keys(password)
    press(driver, "main button[type='submit']")


class Look(NamedTuple):
    """How somebody sees pages."""

    scheme: str
    #: Of the window, in CSS pixels.
    width: int
    height: int = 800

    def put_on(self, driver) -> None:
        # Colours that move from one look to the other would be read half-way.
        features = {"prefers-color-scheme": self.scheme, "prefers-reduced-motion": "reduce"}
        media = {"features": [{"name": name, "value": value} for name, value in features.items()]}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": False})


#: On a phone and on a desk, by day and by night.
LOOKS = [Look(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]

#: Text that is hard to read: its contrast is below WCAG 2.2 §1.4.3 (AA), 4.5, or 3 where it is large. Half-transparent colours
#: are mixed with what is below them.
FAINT_TEXT = """
const parse = text => {
  const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
  return {r, g, b, a};
};
const over = (top, below) => Object.fromEntries(
  ["r", "g", "b"].map(c => [c, top[c] * top.a + below[c] * (1 - top.a)]).concat([["a", 1]]));
const ground = element => {
  if (!element) return {r: 255, g: 255, b: 255, a: 1};
  const colour = parse(getComputedStyle(element).backgroundColor);
  return colour.a === 1 ? colour : over(colour, ground(element.parentElement));
};
const linear = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
const light = ({r, g, b}) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
const faint = [];
let count = 0;
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode.data.trim(), element = texts.currentNode.parentElement;
  const box = element.getBoundingClientRect();
  if (!text || !element.checkVisibility() || box.right <= 0) continue;
  const style = getComputedStyle(element), below = ground(element);
  const [high, low] = [light(over(parse(style.color), below)), light(below)].sort((a, b) => b - a);
  const ratio = (high + .05) / (low + .05), size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
  count += 1;
  if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
}
return {count, faint, scheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
        ground: light(ground(document.body))};
"""

#: What sticks out of the window, so that one would have to scroll sideways to see it.
WIDE_ELEMENTS = """
const width = document.documentElement.clientWidth, whole = innerWidth;
const wide = [...document.body.querySelectorAll("*")].filter(element => {
  const box = element.getBoundingClientRect();
  return element.checkVisibility() && box.width > 0 && box.right > 0 && (box.right > width + .5 || box.left < -.5);
});
return {whole, scrolls: document.documentElement.scrollWidth > width, wide: wide.map(e => e.outerHTML.slice(0, 80))};
"""


def faults_of_page(driver, name: str) -> list[str]:
    """What is hard to read or out of sight on the page that is open, however it is looked at."""
    faults = []
    for look in LOOKS:
        look.put_on(driver)
        text, space = driver.execute_script(FAINT_TEXT), driver.execute_script(WIDE_ELEMENTS)
        assert text["scheme"] == look.scheme and space["whole"] == look.width, "the look was not put on"
        assert text["count"] >= 4, f"{name}: hardly any text was found"
        if (text["ground"] < 0.1) != (look.scheme == "dark"):
            faults.append(f"{name}, {look}: the ground is not {look.scheme}")
        faults += [f"{name}, {look}: faint: {line}" for line in text["faint"]]
        if space["scrolls"] or space["wide"]:
            faults.append(f"{name}, {look}: sticks out: {space['wide']}")
    return faults


def picture(driver, selector: str) -> bytes:
    """An element as it is drawn, as PNG; what is below the window would be cut off."""
    Look("light", 1280, height=2000).put_on(driver)
    return driver.find_element(By.CSS_SELECTOR, selector).screenshot_as_png
