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


def test_description_is_true_of_every_answer(sign_on, tmp_path):
    token = requests.post(
        sign_on.metadata["token_endpoint"], auth=("records-service", secret_of("records-service")), timeout=30,
        data={"grant_type": "client_credentials", "scope": "license:issue license:read license:status"},
    ).json()["access_token"]
    done = subprocess.run(
        [
            SCHEMATHESIS, "run", f"{sign_on.issuer}/openapi.json", "--checks", "all", "--exclude-checks", LEFT_OUT,
            "--max-examples", "50", "--generation-deterministic", "--request-timeout", "30", "--max-failures", "20",
            "--header", f"Authorization: Bearer {token}", "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
    tested = re.search(r"Tested: (\d+)", done.stdout)
    assert tested and int(tested.group(1)) >= 40, done.stdout[-4_000:]
