"""PDFs that pyHanko signed for another office, with another root: `chancery verify` judges them like its own."""

import re

import pytest

from foreign_office import LEVELS, ForeignOffice, page, with_more_on_the_page
from signed_pdf import flipped

ALGORITHMS = ("ES256", "ES384", "RS256")


@pytest.fixture(scope="session")
def foreign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("foreign")
    return {algorithm: ForeignOffice(folder / algorithm, algorithm) for algorithm in ALGORITHMS}


@pytest.fixture
def judged(verify, tmp_path):
    """The verdict on bytes, offline, with this root."""

    def judge(content: bytes, root, *options):
        file = tmp_path / "foreign.pdf"
        file.write_bytes(content)
        done = verify(file, "--trust", root, "--offline", *options)
        expected = {"TOTAL-PASSED": 0, "TOTAL-FAILED": 1, "INDETERMINATE": 2}
        assert done.status == expected[done.verdict["indication"]], done
        return done.verdict

    return judge


@pytest.mark.parametrize("stream_xrefs", [True, False], ids=["xref-streams", "xref-tables"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_document_of_every_level_passes_without_a_license(foreign, judged, algorithm, level, stream_xrefs):
    office = foreign[algorithm]
    verdict = judged(office.sign(page(stream_xrefs=stream_xrefs), level), office.root_file)
    assert verdict["indication"] == "TOTAL-PASSED" and verdict["subIndication"] is None
    assert verdict["integrity"] == {"coversWholeDocument": True, "level": level, "changesAfterSigning": []}
    assert verdict["license"] is None and verdict["licenseStatus"] is None
    assert "Another Signer" in verdict["signer"]["subject"]
    assert verdict["signer"]["timeSource"] == ("claimed" if level == "B-B" else "timestamp")


@pytest.mark.parametrize("level", LEVELS)
def test_document_under_an_unknown_root_cannot_be_told(foreign, judged, shipped, level):
    verdict = judged(foreign["ES256"].sign(page(), level), shipped.root)
    assert verdict["indication"] == "INDETERMINATE"
    assert verdict["subIndication"] == "NO_CERTIFICATE_CHAIN_FOUND"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("stream_xrefs", [True, False], ids=["xref-streams", "xref-tables"])
def test_changed_document_fails(foreign, judged, level, stream_xrefs):
    office = foreign["ES256"]
    content = office.sign(page("Paper number 1", stream_xrefs=stream_xrefs), level)
    changed = content.replace(b"number 1", b"number 2")
    assert changed != content
    verdict = judged(changed, office.root_file)
    assert verdict["indication"] == "TOTAL-FAILED" and verdict["subIndication"] == "HASH_FAILURE"


@pytest.mark.parametrize("level", LEVELS)
def test_changed_signature_fails(foreign, judged, level):
    """A bit of the signature value: the last bytes of a B-B signature, somewhere in the time-stamp of the others."""
    office = foreign["ES256"]
    content = office.sign(page(), level)
    contents = re.search(rb"/Contents\s*<([0-9a-fA-F]+?)(?:00)*>", content)
    verdict = judged(flipped(content, contents.end(1) - 40), office.root_file)
    assert verdict["indication"] == "TOTAL-FAILED"


def test_document_with_an_addition_after_the_signature_fails(foreign, judged):
    office = foreign["ES256"]
    content = office.sign(page(stream_xrefs=False), "B-T")
    verdict = judged(with_more_on_the_page(content), office.root_file)
    assert verdict["indication"] == "TOTAL-FAILED" and verdict["integrity"]["coversWholeDocument"] is False
    assert verdict["integrity"]["changesAfterSigning"]


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_document_signed_over_sha1_never_passes(foreign, judged, algorithm):
    office = foreign[algorithm]
    verdict = judged(office.sign(page(), "B-B", hash="sha1"), office.root_file)
    assert verdict["indication"] != "TOTAL-PASSED"
    assert verdict["subIndication"] == "CRYPTO_CONSTRAINTS_FAILURE"


def test_document_of_a_revoked_signer_does_not_pass(foreign, judged, tmp_path):
    office = foreign["ES256"]
    revoked = tmp_path / "revoked.crl"
    revoked.write_bytes(office.revocation_list(office.ca, [office.signer]))
    for level, indication, why in [("B-T", "TOTAL-FAILED", "REVOKED"), ("B-B", "INDETERMINATE", "REVOKED_NO_POE")]:
        verdict = judged(office.sign(page(), level), office.root_file, "--status", revoked)
        assert (verdict["indication"], verdict["subIndication"]) == (indication, why)
        assert verdict["signer"]["certificateStatus"] == "revoked"
