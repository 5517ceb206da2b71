"""Signature readers nobody here wrote accept every issued PDF, and refuse or report a changed copy."""

import subprocess
import sys
from pathlib import Path

import pytest

from signed_pdf import SignedPDF, flipped, in_page_stream

PYHANKO = Path(sys.executable).with_name("pyhanko")
MUTOOL_LACKS = {"PS256"}  # MuPDF 1.21 knows no RSA-PSS


def run(*command, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, **options
    )


def pyhanko(mode: str, office, pdf: Path, *options) -> subprocess.CompletedProcess:
    return run(PYHANKO, "sign", mode, "--trust", office.root, "--trust-replace", *options, pdf)


@pytest.fixture
def nss(document, tmp_path) -> str:
    """An NSS database that trusts the office's root."""
    office, _ = document
    database = f"sql:{tmp_path}/nss"
    (tmp_path / "nss").mkdir()
    run("certutil", "-N", "-d", database, "--empty-password", check=True)
    run("certutil", "-A", "-d", database, "-n", "root", "-t", "CT,C,C", "-a", "-i", office.root, check=True)
    return database


@pytest.fixture
def changed(document, tmp_path) -> Path:
    """A copy with one bit of the page's contents changed."""
    _, license = document
    content = license.pdf.read_bytes()
    copy = tmp_path / "changed.pdf"
    copy.write_bytes(flipped(content, in_page_stream(content)))
    return copy


@pytest.fixture
def parts(document, tmp_path):
    """Signature, content, time-stamp token and signature value as files."""
    _, license = document
    signed = SignedPDF.read(license.pdf.read_bytes())
    contents = {
        "signature.der": signed.signature, "content.bin": signed.signed_bytes, "token.der": signed.time_stamp_token,
        "value.bin": signed.signer_info["signature"].native,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_pyhanko_accepts_the_signature_and_asks_the_service_for_revocation(document):
    office, license = document
    done = pyhanko("validate", office, license.pdf, "--pretty-print")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The signature is judged VALID." in done.stdout
    assert "The signature covers the entire file." in done.stdout
    assert "Signature timestamp token" in done.stdout


def test_pyhanko_judges_the_signature_valid_by_the_rules_of_ades(document):
    office, license = document
    done = pyhanko("adesverify", office, license.pdf, "--pretty-print")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The signature is judged VALID." in done.stdout


def test_pyhanko_refuses_a_changed_copy(document, changed):
    office, _ = document
    assert pyhanko("adesverify", office, changed).returncode == 1


def test_pyhanko_does_not_trust_the_document_without_its_root(offices, license):
    other = offices["other"]
    assert pyhanko("validate", other, license.pdf).returncode == 1


def test_pdfsig_finds_the_signature_valid_and_its_certificate_trusted(document, nss):
    _, license = document
    said = run("pdfsig", "-nssdir", nss, license.pdf).stdout
    assert "Signature is Valid" in said
    assert "Certificate is Trusted" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_pdfsig_reports_a_changed_copy(document, nss, changed):
    said = run("pdfsig", "-nssdir", nss, changed).stdout
    assert "Digest Mismatch" in said
    assert "Signature is Valid" not in said


def test_mutool_finds_the_document_unchanged_and_reports_a_changed_copy(document, changed):
    _, license = document
    if license.algorithm in MUTOOL_LACKS:
        pytest.skip(f"mutool does not read {license.algorithm}")
    assert "unchanged since signing" in run("mutool", "sign", "-v", license.pdf).stdout
    assert "unchanged since signing" not in run("mutool", "sign", "-v", changed).stdout


def test_qpdf_finds_nothing_wrong(document):
    _, license = document
    done = run("qpdf", "--check", license.pdf)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def cms_verify(office, folder: Path) -> subprocess.CompletedProcess:
    return run(
        "openssl", "cms", "-verify", "-inform", "DER", "-in", folder / "signature.der", "-content",
        folder / "content.bin", "-binary", "-CAfile", office.root, "-purpose", "any", "-cades", "-out", "/dev/null",
    )


def test_openssl_accepts_the_cades_signature(document, parts):
    office, _ = document
    done = cms_verify(office, parts)
    assert done.returncode == 0, done.stderr
    assert "CAdES Verification successful" in done.stderr


def test_openssl_refuses_the_signature_over_changed_content(document, parts):
    office, _ = document
    file = parts / "content.bin"
    file.write_bytes(flipped(file.read_bytes(), 1000))
    assert cms_verify(office, parts).returncode != 0


def ts_verify(office, folder: Path) -> subprocess.CompletedProcess:
    return run(
        "openssl", "ts", "-verify", "-token_in", "-in", folder / "token.der", "-data", folder / "value.bin", "-CAfile",
        office.root,
    )


def test_openssl_accepts_the_time_stamp_over_the_signature_value(document, parts):
    office, _ = document
    done = ts_verify(office, parts)
    assert done.returncode == 0, done.stderr
    assert "Verification: OK" in done.stdout


def test_openssl_refuses_the_time_stamp_over_another_value(document, parts):
    office, _ = document
    file = parts / "value.bin"
    file.write_bytes(flipped(file.read_bytes(), 8))
    assert ts_verify(office, parts).returncode != 0


def test_signed_attributes_are_those_of_pades_and_no_others(document):
    """ETSI EN 319 142-1 §6.3: content-type, message-digest, signing-certificate-v2."""
    _, license = document
    signed = SignedPDF.read(license.pdf.read_bytes())
    types = {attribute["type"].dotted for attribute in signed.signer_info["signed_attrs"]}
    assert types == {"1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"}
