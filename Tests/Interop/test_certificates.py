"""Certificates and revocation lists: OpenSSL builds every path, pkilint finds no error."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from signed_pdf import SignedPDF

TOOLS = Path(sys.executable).parent


def run(*command) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
    )


@pytest.fixture(params=["shipped", "other"])
def office(request, offices):
    return offices[request.param]


@pytest.fixture
def revocation_lists(office, tmp_path) -> dict:
    """What the service answers, as DER files by name."""
    files = {}
    for name in ("root", "issuing-ca"):
        files[name] = tmp_path / f"{name}.crl"
        files[name].write_bytes(office.fetch(f"/crl/{name}.crl"))
    return files


def test_pkilint_finds_no_error_in_any_certificate(office):
    for certificate in office.certificates:
        done = run(TOOLS / "lint_pkix_cert", "lint", "-s", "ERROR", certificate)
        assert done.returncode == 0, f"{certificate.name}: {done.stdout}{done.stderr}"


def test_pkilint_finds_no_error_in_the_certificates_inside_a_document(document, tmp_path):
    _, license = document
    certificates = SignedPDF.read(license.pdf.read_bytes()).certificates
    assert len(certificates) >= 3  # signer, time-stamp authority and what stands above them
    for index, certificate in enumerate(certificates):
        file = tmp_path / f"{index}.der"
        file.write_bytes(certificate)
        done = run(TOOLS / "lint_pkix_cert", "lint", "-s", "ERROR", file)
        assert done.returncode == 0, done.stdout + done.stderr


def test_pkilint_finds_no_error_in_the_revocation_lists(revocation_lists):
    for file in revocation_lists.values():
        done = run(TOOLS / "lint_crl", "lint", "-t", "CRL", "-p", "PKIX", "-s", "ERROR", file)
        assert done.returncode == 0, done.stdout + done.stderr


def test_openssl_accepts_each_revocation_list_of_its_issuer(office, revocation_lists):
    issuers = {"root": office.root, "issuing-ca": office.folder / "keys/certificates/issuing-ca.pem"}
    for name, file in revocation_lists.items():
        done = run("openssl", "crl", "-inform", "DER", "-in", file, "-noout", "-CAfile", issuers[name])
        assert "verify OK" in done.stderr, done.stderr


def test_openssl_leads_every_certificate_to_the_root_with_revocation_checked(office, revocation_lists, tmp_path):
    lists = tmp_path / "lists.pem"
    lists.write_bytes(b"".join(
        x509.load_der_x509_crl(file.read_bytes()).public_bytes(serialization.Encoding.PEM)
        for file in revocation_lists.values()
    ))
    for certificate in office.certificates:
        done = run(
            "openssl", "verify", "-x509_strict", "-CAfile", office.root, "-untrusted",
            office.folder / "keys/certificates/issuing-ca.pem", "-CRLfile", lists, "-crl_check_all", certificate,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_openssl_does_not_lead_a_certificate_to_another_root(offices):
    ours, other = offices["shipped"], offices["other"]
    done = run(
        "openssl", "verify", "-CAfile", other.root, "-untrusted", ours.folder / "keys/certificates/issuing-ca.pem",
        ours.folder / "keys/certificates/signer-market-regulation.pem",
    )
    assert done.returncode != 0


def test_certificates_name_addresses_where_the_service_answers(office):
    for file in office.certificates:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        try:
            points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        except x509.ExtensionNotFound:
            assert file == office.root
            continue
        for point in points:
            (name,) = point.full_name
            issuer = x509.load_der_x509_crl(office.fetch(name.value)).issuer
            assert issuer == certificate.issuer
