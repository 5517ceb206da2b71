"""Hostile input gets a verdict within 10 s and 512 MiB; no signal ever ends the verifier."""

import json
import random
import re

import pytest

import hostile_files
from foreign_office import ForeignOffice, certify, page
from measured import answer_within_bounds, verdict_within_bounds
from office import chancery

LOOPING, INFLATING, TOKENS = hostile_files.looping(), hostile_files.inflating(), hostile_files.tokens()
OVERSIZED = hostile_files.oversized()


@pytest.fixture
def judged(tmp_path):
    def judge(content: bytes, *options) -> dict:
        file = tmp_path / "hostile"
        file.write_bytes(content)
        return verdict_within_bounds(file, *options)

    return judge


@pytest.mark.parametrize("name", LOOPING)
def test_looping_file_fails_in_time(judged, name):
    assert judged(LOOPING[name])["subIndication"] == "FORMAT_FAILURE"


@pytest.mark.parametrize("name", INFLATING)
def test_inflating_file_fails_in_time_and_memory(judged, name):
    assert judged(INFLATING[name])["subIndication"] == "FORMAT_FAILURE"


@pytest.mark.parametrize("name", TOKENS)
def test_hostile_text_fails_in_time_and_memory(judged, name):
    assert judged(TOKENS[name].encode())["subIndication"] == "FORMAT_FAILURE"


@pytest.mark.parametrize("name", OVERSIZED)
def test_oversized_text_is_not_understood_in_time_and_memory(tmp_path, name):
    file = tmp_path / "hostile"
    file.write_text(OVERSIZED[name])
    assert answer_within_bounds(file).status == 65


def test_file_beyond_the_limit_fails_in_time_and_memory(tmp_path):
    file = tmp_path / "huge"
    with file.open("wb") as huge:
        huge.write(b"%PDF-2.0\n")
        huge.truncate(4 << 30)
    assert verdict_within_bounds(file)["subIndication"] == "FORMAT_FAILURE"


@pytest.mark.parametrize("kind", ["pdf", "credential"])
def test_license_cut_off_anywhere_never_passes(shipped, license, tmp_path, kind):
    content = getattr(license, kind).read_bytes().rstrip(b"\n")
    names = []
    for index in range(60):
        name = f"{index}.cut"
        # Never at the very end: the last line end may be missing.
        (tmp_path / name).write_bytes(content[:(len(content) - 2) * (index + 1) // 60])
        names.append(name)
    judged = verdicts(shipped, names, tmp_path)
    assert len(judged) == 60
    if kind == "pdf":
        assert {verdict["indication"] for verdict in judged} == {"TOTAL-FAILED"}
    else:
        # Cut off behind a `~`, a credential is one with fewer disclosures.
        assert all(
            verdict["indication"] == "TOTAL-FAILED" or content[:len(cut)].endswith(b"~")
            for verdict, cut in zip(judged, ((tmp_path / name).read_bytes() for name in names), strict=True)
        )


def flips(content: bytes, places, folder) -> list:
    """Names of copies with one bit flipped, one for each place."""
    generator = random.Random(36904)
    names = []
    for place in places:
        name = f"{place}.flipped"
        changed = content[place] ^ (1 << generator.randrange(8))
        (folder / name).write_bytes(content[:place] + bytes([changed]) + content[place + 1:])
        names.append(name)
    return names


def verdicts(shipped, names, folder) -> list:
    done = chancery(
        "verify", *names, "--trust", shipped.root, "--status", shipped.folder / "status.bundle", "--offline", "--json",
        folder=folder,
    )
    assert done.status in (0, 1, 2), done.talk
    return json.loads(done.output)


def test_license_with_any_signed_bit_flipped_fails(shipped, license, tmp_path):
    content = license.pdf.read_bytes()
    contents = re.search(rb"/Contents\s*(<[0-9a-fA-F]+>)", content)
    signed = [place for place in range(len(content)) if not contents.start(1) <= place < contents.end(1)]
    names = flips(content, random.Random(2).sample(signed, 150), tmp_path)
    for verdict in verdicts(shipped, names, tmp_path):
        assert verdict["indication"] == "TOTAL-FAILED", f"byte {verdict['input']} was changed and nobody noticed"


def test_bit_flipped_in_the_signature_never_changes_what_the_verdict_says(shipped, license, tmp_path):
    """Some of it is under no signature: the case of hexadecimal digits, certificates above the signer's and the
    time-stamp authority's. Without the latter a time is no longer proven, and the verdict says so."""
    content = license.pdf.read_bytes()
    contents = re.search(rb"/Contents\s*<([0-9a-fA-F]+?)(?:00)*>", content)
    names = flips(content, range(contents.start(1), contents.end(1), 61), tmp_path)
    (original,) = verdicts(shipped, [license.pdf], tmp_path)
    assert original["indication"] == "TOTAL-PASSED"
    failed = 0
    for verdict in verdicts(shipped, names, tmp_path):
        failed += verdict["indication"] == "TOTAL-FAILED"
        if verdict["indication"] == "TOTAL-PASSED":
            assert verdict["license"] == original["license"] and verdict["licenseStatus"] == original["licenseStatus"]
            assert verdict["signer"]["subject"] == original["signer"]["subject"]
            assert verdict["integrity"]["level"] in ("B-T", "B-B")
    assert failed > len(names) // 3


def test_mesh_of_certificates_ends_in_time(judged, tmp_path):
    """Ninety CA certificates of one name and key, each of which could stand above each other."""
    office = ForeignOffice(tmp_path / "mesh")
    mesh = [certify("Another Issuing CA", office.ca.key, office.ca, ca=True) for _ in range(90)]
    signed = office.sign(page(), "B-B", beside=mesh)
    unrelated = tmp_path / "unrelated.pem"
    unrelated.write_bytes(certify("Unrelated", office.tsa.key, ca=True).pem)
    verdict = judged(signed, "--trust", unrelated)
    assert (verdict["indication"], verdict["subIndication"]) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
