"""Forgeries of freshly issued licenses: each is made for real, and `chancery verify` refuses it."""

import re
import subprocess

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from foreign_office import with_more_on_the_page
from insider import (
    Insider, inflated, number_of, objects_of, trailer_of, update, with_data,
)

FORGED_STREAM = b"BT /Helv 40 Tf 100 300 Td (FORGED) Tj ET"


class Forgery:
    """The parts of a business license, and the forger's means."""

    def __init__(self, content: bytes, office, folder):
        self.content, self.office, self.folder = content, office, folder
        self.objects = objects_of(content)
        self.catalog = number_of(self.objects, b"/Type /Catalog")
        self.page = number_of(self.objects, b"/Type /Page>>")
        self.field = number_of(self.objects, b"/FT /Sig")
        self.data = number_of(self.objects, b"/Type /EmbeddedFile")
        self.metadata = number_of(self.objects, b"/Type /Metadata")
        self.next = max(self.objects) + 1

    def insider(self, department: str = "market-regulation") -> Insider:
        return Insider(self.office, department, self.folder / department)

    def signed(self, department: str = "market-regulation", **changes: bytes) -> bytes:
        """Signed again after objects were replaced: keywords are attributes of this, or `new` and a count."""
        objects = dict(self.objects)
        for name, body in changes.items():
            number = self.next + int(name.removeprefix("new")) if name.startswith("new") else getattr(self, name)
            objects[number] = body
        return self.insider(department).signed(objects, trailer_of(self.content))

    def with_entry(self, name: str, entry: bytes) -> bytes:
        """The dictionary of a part with one more entry."""
        body = self.objects[getattr(self, name)]
        assert body.endswith(b">>")
        return body[:-2] + entry + b">>"

    @property
    def credential(self) -> str:
        return inflated(self.objects[self.data]).decode()


@pytest.fixture
def forgery(shipped, license, tmp_path):
    return Forgery(license.pdf.read_bytes(), shipped, tmp_path)


@pytest.fixture
def judged(shipped, tmp_path, verify):
    def judge(content: bytes) -> dict:
        file = tmp_path / "forged.pdf"
        file.write_bytes(content)
        done = verify(file, "--trust", shipped.root, "--status", shipped.bundle(), "--offline")
        assert done.status in (0, 1, 2), done
        return done.verdict

    return judge


@pytest.fixture
def refused(judged):
    """Asserts that the forgery fails, and by this check."""

    def refuse(content: bytes, check: str):
        verdict = judged(content)
        assert verdict["indication"] == "TOTAL-FAILED", verdict["checks"]
        assert [each["name"] for each in verdict["checks"] if each["outcome"] == "failed"] == [check], verdict["checks"]

    return refuse


def test_document_signed_again_without_a_change_passes(forgery, judged):
    """The insider's tools work: what follows fails for its change."""
    verdict = judged(forgery.signed())
    assert verdict["indication"] == "TOTAL-PASSED", verdict["checks"]


# What an outsider appends


def security_store(forgery, *objects: bytes, ending=b"startxref\n%d\n%%%%EOF\n", trailer=b"") -> bytes:
    """An update of the security store that refers to the objects."""
    numbers = range(forgery.next + 1, forgery.next + 1 + len(objects))
    entries = b"".join(b"/X%d %d 0 R" % (number, number) for number in numbers)
    added = {
        forgery.catalog: forgery.with_entry("catalog", b"/DSS %d 0 R" % forgery.next),
        forgery.next: b"<</Type /DSS%b>>" % entries, **dict(zip(numbers, objects)),
    }
    return update(forgery.content, added, ending, trailer)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def forged_page(contents: int) -> bytes:
    return (
        b"<</Type /Page/MediaBox [0 0 800 500]/Parent 26 0 R/Contents %d 0 R/Resources <</Font <</Helv "
        b"<</Type /Font/Subtype /Type1/BaseFont /Helvetica>>>>>>>>" % contents
    )


def hidden_page(forgery) -> bytes:
    """A page and its contents as raw objects, for readers that repair."""
    return b"\n998 0 obj\n%b\nendobj\n%d 0 obj\n%b\nendobj\n" % (stream(FORGED_STREAM), forgery.page, forged_page(998))


def test_security_store_alone_passes(forgery, judged):
    verdict = judged(security_store(forgery))
    assert verdict["indication"] == "TOTAL-PASSED" and verdict["integrity"]["changesAfterSigning"] == []


def test_content_written_over_the_page_is_refused(forgery, refused):
    refused(with_more_on_the_page(forgery.content), "coverage")


def test_page_hidden_in_the_security_store_for_readers_that_repair_is_refused(forgery, refused, tmp_path):
    """A null byte behind startxref made poppler search the file for objects and show the forger's page."""
    hidden = stream(hidden_page(forgery))
    refused(security_store(forgery, hidden), "format")
    forged = security_store(forgery, hidden, ending=b"startxref\0\n%d\n%%%%EOF\n")
    refused(forged, "format")
    refused(security_store(forgery, b"(%b)" % hidden_page(forgery)), "format")
    refused(security_store(forgery, trailer=b"/X (%b)" % hidden_page(forgery)), "format")
    refused(update(forgery.content + b"% 1 0 obj\n", {}), "format")
    shown = subprocess.run(["pdftotext", tmp_path / "forged.pdf", "-"], capture_output=True, timeout=60).stdout
    assert shown  # readers do open such files
    (tmp_path / "repaired.pdf").write_bytes(forged)
    shown = subprocess.run(["pdftotext", tmp_path / "repaired.pdf", "-"], capture_output=True, timeout=60).stdout
    assert b"FORGED" in shown, "poppler no longer repairs this; the attack needs another trigger"


def test_trailer_hidden_in_the_security_store_is_refused(forgery, refused):
    refused(security_store(forgery, stream(b"\ntrailer\n<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF\n")), "format")


def test_object_stream_that_nothing_uses_is_refused(forgery, refused):
    head = b"%d 0 " % forgery.page
    for entries in (b"/Type /ObjStm/N 1/First %d" % len(head), b"/N 1/First %d" % len(head), b"/Type /XRef/W [1 4 1]"):
        refused(security_store(forgery, stream(FORGED_STREAM), stream(head + forged_page(998), entries)), "format")


def test_hybrid_section_that_contradicts_its_table_is_refused(forgery, refused):
    """The table lists the page where it was; the stream of the same section lists another one in an object stream."""
    head = b"%d 0 " % forgery.page
    members = stream(head + forged_page(998), b"/Type /ObjStm/N 1/First %d" % len(head))
    row = bytes([2]) + (forgery.next + 1).to_bytes(4, "big") + bytes([0])
    section = stream(row, b"/Type /XRef/W [1 4 1]/Index [%d 1]/Root %d 0 R/Size 999" % (forgery.page, forgery.catalog))
    forged = security_store(forgery, members, section)
    place = forged.index(b"\n%d 0 obj\n" % (forgery.next + 2)) + 1
    old = forgery.content.index(b"\n%d 0 obj\n" % forgery.page) + 1
    listed = forged.replace(b"\n%d 1\n" % forgery.catalog, b"\n%d 1\n%010d 00000 n \n%d 1\n" % (
        forgery.page, old, forgery.catalog), 1) if forged.count(b"\n%d 1\n" % forgery.catalog) == 1 else None
    assert listed
    listed = re.sub(rb"/Prev (\d+)>>\nstartxref", lambda m: b"/Prev %b/XRefStm %d>>\nstartxref" % (
        m.group(1), place), listed)
    refused(listed, "format")


def test_second_signature_by_another_department_does_not_lend_a_changed_license_a_signer(forgery, refused, tmp_path):
    """Signed over a changed page with a key that is trusted, but not for this license."""
    insider = forgery.insider("food-safety")
    refused(signed_once_more(forgery.content, insider), "signer-department")
    refused(signed_once_more(with_more_on_the_page(forgery.content), insider), "signer-department")


def test_second_signature_by_the_same_department_does_not_cover_up_a_changed_page(forgery, refused):
    refused(signed_once_more(with_more_on_the_page(forgery.content), forgery.insider()), "page")


def signed_once_more(content: bytes, insider: Insider) -> bytes:
    from io import BytesIO

    metadata = signers.PdfSignatureMetadata(
        field_name="Second", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    return signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(content)), metadata, insider.simple_signer(), timestamper=insider.time_stamper
    ).getvalue()


# What an insider signs again


def test_another_department_cannot_sign_the_license(forgery, refused):
    refused(forgery.signed("food-safety"), "signer-department")


def test_data_with_another_number_are_refused(forgery, refused):
    other = forgery.office.issue("business-license").number

    def change(claims):
        claims["number"] = other

    text = forgery.insider().token(forgery.credential, change)
    refused(forgery.signed(data=with_data(forgery.objects[forgery.data], text.encode())), "page-text")


def test_page_of_one_license_with_the_data_of_another_is_refused(forgery, refused):
    other = forgery.office.issue("business-license")
    data = other.credential.read_bytes().strip()
    refused(forgery.signed(data=with_data(forgery.objects[forgery.data], data)), "page")


def test_metadata_with_another_number_are_refused(forgery, refused, license):
    body = forgery.objects[forgery.metadata]
    packet = body[body.index(b"stream\n") + 7:body.rindex(b"\nendstream")]
    wrong = license.number[:-1] + ("A" if license.number[-1] != "A" else "B")
    changed = packet.replace(license.number.encode(), wrong.encode())
    assert changed != packet
    refused(forgery.signed(metadata=with_data(body, changed)), "metadata")


def test_license_without_its_data_is_refused(forgery, refused):
    catalog = forgery.objects[forgery.catalog]
    stripped = catalog.replace(b"/Names", b"/Nomes")
    refused(forgery.signed(catalog=stripped), "license-data")


def test_data_under_another_name_are_refused(forgery, refused):
    number = number_of(forgery.objects, b"/Type /Filespec")
    renamed = {n: body.replace(b"(license.jwt)", b"(License.jwt)") for n, body in forgery.objects.items()
               if n in (number, forgery.catalog)}
    forgery.filespec = number
    refused(forgery.signed(filespec=renamed[number], catalog=renamed[forgery.catalog]), "license-data")


def test_two_sets_of_data_are_refused(forgery, refused):
    number = number_of(forgery.objects, b"/Type /Filespec")
    catalog = forgery.objects[forgery.catalog].replace(
        b"[(license.jwt) %d 0 R]" % number, b"[(license.jwt) %d 0 R (license.jwu) %d 0 R]" % (number, forgery.next))
    assert catalog != forgery.objects[forgery.catalog]
    refused(forgery.signed(catalog=catalog, new0=forgery.objects[number]), "license-data")


def test_page_with_an_annotation_is_refused(forgery, refused):
    note = b"<</Type /Annot/Subtype /FreeText/Rect [0 0 300 300]/Contents (FORGED)/DA (/Helv 12 Tf)>>"
    page = forgery.objects[forgery.page].replace(b"/Annots [", b"/Annots [%d 0 R " % forgery.next)
    refused(forgery.signed(page=page, new0=note), "page")


@pytest.mark.parametrize("entry", [
    b"/AA <</E <</S /JavaScript/JS (app.alert\\(1\\))>>>>", b"/A <</S /JavaScript/JS (app.alert\\(1\\))>>",
    b"/MK <</CA (FORGED)>>", b"/AP <</N 1 0 R>>", b"/Kids []", b"/Parent 26 0 R", b"/OC 26 0 R", b"/BS <</W 9>>",
])
def test_signature_field_that_does_or_shows_something_is_refused(forgery, refused, entry):
    refused(forgery.signed(field=forgery.with_entry("field", entry)), "page")


@pytest.mark.parametrize("entries", [
    b"/FT /Tx/T (x)/V (FORGED)/DA (/Helv 12 Tf)", b"/FT /Btn/T (x)/AA <</K <</S /JavaScript/JS (app.alert\\(1\\))>>>>",
    b"/FT /Sig/T (x)/AP <</N 1 0 R>>",
])
def test_form_field_that_stands_on_no_page_is_refused(forgery, refused, entries):
    """Some readers draw the widgets of the form whether a page lists them or not."""
    field = b"<</Type /Annot/Subtype /Widget/Rect [0 0 300 300]/P %d 0 R%b>>" % (forgery.page, entries)
    catalog = forgery.objects[forgery.catalog].replace(b"/Fields [", b"/Fields [%d 0 R " % forgery.next)
    refused(forgery.signed(catalog=catalog, new0=field), "page")


@pytest.mark.parametrize("entry", [
    b"/OpenAction <</S /JavaScript/JS (app.alert\\(1\\))>>", b"/AA <</WC <</S /JavaScript/JS (1)>>>>",
    b"/Collection <<>>", b"/OCProperties <</OCGs []/D <<>>>>",
])
def test_catalog_that_does_or_shows_something_is_refused(forgery, refused, entry):
    refused(forgery.signed(catalog=forgery.with_entry("catalog", entry)), "page")
