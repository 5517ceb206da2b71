"""schemathesis holds every answer of the running service against its own description."""

import re
import subprocess
import sys
from pathlib import Path

import requests

from sign_on_office import secret_of

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"

#: Asks that whatever has the right form be accepted. No schema can say which codes, flows, license types and documents there
#: are; that their refusals are of the documented form is checked like every other answer.
LEFT_OUT = "positive_data_acceptance"

#: What people see and send while they are signed in.
PAGES = (
    r"^/(|continue|enrolment|second-factor|recovery-codes|account|consent|device(/.*)?|sessions/.*|logout(/.*)?|signed-out)$"
)


def held_operations(office, folder: Path, header: str, *options: str) -> int:
    """Runs schemathesis with one more header; it must find nothing."""
    done = subprocess.run(
        [
            SCHEMATHESIS, "run", f"{office.issuer}/openapi.json", "--checks", "all", "--exclude-checks", LEFT_OUT,
            "--max-examples", "50", "--generation-deterministic", "--request-timeout", "30", "--max-failures", "20",
            "--header", header, "--no-color", *options,
        ],
        cwd=folder, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
    tested = re.search(r"Tested: (\d+)", done.stdout)
    assert tested, done.stdout[-4_000:]
    return int(tested.group(1))


def test_description_is_true_of_every_answer(sign_on, tmp_path):
    token = requests.post(
        sign_on.metadata["token_endpoint"], auth=("records-service", secret_of("records-service")), timeout=30,
        data={"grant_type": "client_credentials", "scope": "license:issue license:read license:status"},
    ).json()["access_token"]
    assert held_operations(sign_on, tmp_path, f"Authorization: Bearer {token}") >= 40


def test_pages_of_a_person_who_is_signed_in_answer_as_described_and_nothing_ends_or_begins_without_their_forms(
    sign_on, tmp_path
):
    person = sign_on.person("frank")
    page = person.open(f"{sign_on.issuer}/")
    page = person.submit(page, page.forms[0])
    assert page.status == 200 and "Hello, Frank Zhang" in page.text
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.http.cookies)
    options = ("--include-path-regex", PAGES, "--phases", "examples,coverage,fuzzing")
    assert held_operations(sign_on, tmp_path, f"Cookie: {cookies}", *options) >= 15
    after = person.open(f"{sign_on.issuer}/")
    assert after.status == 200 and after.text.count("/sessions/end\"") == page.text.count("/sessions/end\"") == 1
    assert [form.action for form in after.forms] == [form.action for form in page.forms]
