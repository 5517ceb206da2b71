"""SD-JWT VC and status list: openvc-core (strict) and the reference sd-jwt package read what we issue."""

import base64
import json
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from jwcrypto.jwk import JWK
from openvc import VerificationPolicy, verify_credential
from openvc.errors import OpenvcError
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.status.issue import verify_status_list_token
from openvc.status.token_status_list import check_token_status
from openvc.x5c import load_x5c_chain, validate_cert_chain
from sd_jwt.verifier import SDJWTVerifier

from office import TYPES, Office


def part(token: str, index: int) -> dict:
    text = token.split("~")[0].split(".")[index]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def roots(office) -> list:
    return [x509.load_pem_x509_certificate(office.root.read_bytes())]


def signer_key(token: str, office) -> JWK:
    """The key of the token's certificate, once its path leads to the office's root."""
    chain = load_x5c_chain(part(token, 0)["x5c"])
    validate_cert_chain(chain[0], chain[1:], trust_anchors=roots(office))
    return JWK.from_pem(
        chain[0].public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def status_list(office):
    """Resolves a status list as the service answers, verified."""

    def resolve(uri: str) -> dict:
        token = office.fetch(uri).decode("ascii")
        return verify_status_list_token(
            token, public_key_jwk=signer_key(token, office).export_public(as_dict=True), expected_uri=uri
        )

    return resolve


def openvc(text: str, office, **policy):
    return verify_credential(
        text, policy=VerificationPolicy(**policy), x5c_trust_anchors=roots(office),
        resolve_status_list_token=status_list(office),
    )


def application(license) -> dict:
    return json.loads((license.pdf.parents[1] / f"policies/examples/{license.type}.json").read_text("utf-8"))


def test_openvc_accepts_credential_issuer_and_status(document):
    office, license = document
    if license.algorithm != "ES256":
        pytest.skip(f"openvc-core takes keys from x5c on P-256 only, not for {license.algorithm}")
    text = license.credential.read_text().strip()
    result = openvc(text, office, expected_vct=f"urn:chancery:license-type:{license.number.split('.')[5]}")
    assert result.claims["number"] == license.number
    assert result.claims["holders"][0]["name"] == application(license)["holder"]["name"]
    assert result.status.status == 0


def test_openvc_accepts_the_signature_on_another_curve(offices):
    office, license = offices["other"], offices.licenses["other", "business-license"]
    text = license.credential.read_text().strip()
    verified = SdJwtVcProofSuite().verify(
        text, public_key_jwk=signer_key(text, office).export_public(as_dict=True)
    )
    assert verified.claims["number"] == license.number
    assert check_token_status(verified.claims, resolve_status_list_token=status_list(office)).status == 0


def test_openvc_accepts_a_credential_whose_disclosures_are_withheld(shipped, license):
    text = license.credential.read_text().strip().split("~")[0] + "~"
    claims = openvc(text, shipped).claims
    assert claims["number"] == license.number
    assert "name" not in claims["holders"][0]


def test_openvc_refuses_a_changed_disclosure(shipped, license):
    parts = license.credential.read_text().strip().split("~")
    disclosure = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    disclosure[2] = "Someone Else"
    parts[1] = base64.urlsafe_b64encode(json.dumps(disclosure).encode()).decode().rstrip("=")
    with pytest.raises(OpenvcError):
        openvc("~".join(parts), shipped)


def test_openvc_refuses_another_root(offices, license):
    with pytest.raises(OpenvcError):
        openvc(license.credential.read_text().strip(), offices["other"])


def test_reference_implementation_reads_every_value(document):
    office, license = document
    text = license.credential.read_text().strip()
    read = SDJWTVerifier(text, lambda issuer, header: signer_key(text, office)).get_verified_payload()
    asked = application(license)
    assert read["number"] == license.number
    assert read["holders"] == [asked["holder"]]
    assert read["validFrom"] and read["vct"]
    for name, value in asked["fields"].items():
        if not isinstance(value, dict):
            assert read["fields"][name] == value
        else:
            photo = office.folder / "policies/examples" / value["file"]
            assert base64.b64decode(read["fields"][name]) == photo.read_bytes()


def test_license_inside_the_document_is_the_credential(document, tmp_path):
    _, license = document
    subprocess.run(
        ["pdfdetach", "-savefile", "license.jwt", "-o", tmp_path / "license.jwt", license.pdf], check=True,
        capture_output=True, timeout=60,
    )
    assert (tmp_path / "license.jwt").read_text().strip() == license.credential.read_text().strip()


@pytest.mark.parametrize("change, revoked, suspended", [("revoke", True, False), ("suspend", False, True)])
def test_openvc_sees_the_status_change_through_the_running_service(shipped, change, revoked, suspended):
    license = shipped.issue("food-permit")
    shipped.run(change, license.number, "--reason", "interoperability")
    text = license.credential.read_text().strip()
    with pytest.raises(OpenvcError):
        openvc(text, shipped)
    claims = openvc(text, shipped, require_status=False, require_not_revoked=False).claims if revoked else part(text, 1)
    status = check_token_status(claims, resolve_status_list_token=status_list(shipped))
    assert (status.revoked, status.suspended) == (revoked, suspended)
