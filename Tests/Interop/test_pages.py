"""The page as a person sees it: its QR code is read from the picture, its text can be selected and searched."""

import json
import subprocess
import unicodedata
from pathlib import Path

import yaml
import zxingcpp
from PIL import Image

# Outside the Basic Multilingual Plane, or seldom in fonts; all occur in names of people and places.
RARE = "𠮷㙍䶮𫖯犇骉"


def text_of(pdf: Path) -> str:
    """What pdftotext extracts, without white space."""
    done = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, timeout=60)
    return squeezed(done.stdout.decode("utf-8"))


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def qr_text(pdf: Path, folder: Path) -> str:
    """The one QR code on the page at 150 dpi."""
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, folder / "page"], check=True, timeout=60)
    with Image.open(folder / "page.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return code.text


def test_qr_code_read_from_the_page_verifies_offline(document, tmp_path, verify):
    office, license = document
    text = qr_text(license.pdf, tmp_path)
    if license.algorithm in ("PS256", "RS256"):
        # An RSA signature makes a code too large to survive print: it leads to the service instead.
        assert text == f"HTTPS://LOCALHOST:{office.port}/V/{license.number}"
        return
    assert text.startswith(f"HTTPS://LOCALHOST:{office.port}/V#")
    done = verify(
        "-", "--trust", office.root, "--status", office.folder / "status.bundle", "--offline", input=text.encode()
    )
    assert done.status == 0, done
    assert done.verdict["format"] == "qr"
    assert done.verdict["license"]["number"] == license.number


def test_changed_qr_code_does_not_verify(shipped, license, tmp_path, verify):
    text = qr_text(license.pdf, tmp_path)
    place = len(text) - 40
    changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1:]
    done = verify(
        "-", "--trust", shipped.root, "--status", shipped.folder / "status.bundle", "--offline", input=changed.encode()
    )
    assert done.status == 1 and done.verdict["indication"] == "TOTAL-FAILED"


def test_every_value_can_be_selected(document):
    _, license = document
    text = text_of(license.pdf)
    policies = license.pdf.parents[1] / "policies"
    asked = json.loads((policies / f"examples/{license.type}.json").read_text("utf-8"))
    type = yaml.safe_load((policies / f"licenses/{license.type}/type.yaml").read_text("utf-8"))
    drawn = (policies / f"licenses/{license.type}/page.svg").read_text("utf-8")
    assert license.number in text
    assert squeezed(asked["holder"]["name"]) in text
    found = 0
    for field in type["fields"]:
        if f'data-field="{field["name"]}"' in drawn:
            assert shown(field, asked["fields"][field["name"]]) in text, field["name"]
            found += 1
    assert found >= 4


def shown(field: dict, value: str) -> str:
    """A value as a Chinese page writes it."""
    if field["type"] == "date":
        year, month, day = value.split("-")
        return f"{year}年{month}月{day}日"
    for choice in field.get("choices", []):
        if choice["code"] == value:
            return squeezed(choice["label"]["zh"])
    return squeezed(value)


def test_rare_characters_can_be_selected(shipped):
    asked = json.loads((shipped.folder / "policies/examples/business-license.json").read_text("utf-8"))
    asked["holder"]["name"] = f"示例市{RARE}软件有限公司"
    asked["fields"]["legalRepresentative"] = "𠮷䶮"
    license = shipped.issue("business-license", asked)
    text = text_of(license.pdf)
    assert asked["holder"]["name"] in text
    assert "𠮷䶮" in text
