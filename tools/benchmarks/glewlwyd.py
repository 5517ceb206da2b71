"""A yardstick: Debian's glewlwyd with SQLite, set up through its own administration API."""

import base64
import json
import re
import sqlite3
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec

from load import basic, free_port, start_pinned, stop, wait_until_ready

SCHEMA = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
TEMPLATE = Path("/usr/share/glewlwyd/templates/glewlwyd-debian.conf.properties")
CLIENT, SECRET = "service", "secret-of-the-benchmark"
CALLBACK = "http://127.0.0.1:9/callback"


class Glewlwyd:
    """One client, one user; ES256; its database in `folder`, which may lie on a disk or in memory."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True)
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.api = f"{self.base}/api"
        self.authorization = basic(CLIENT, SECRET)
        self.make_database(folder / "glewlwyd.sqlite")
        self.process = start_pinned(["glewlwyd", "-c", self.configure(folder)], folder / "log")
        wait_until_ready(f"{self.base}/config", self.process)
        self.administer()

    def make_database(self, file: Path) -> None:
        with sqlite3.connect(file) as database:
            database.executescript(SCHEMA.read_text("utf-8"))
        database.close()

    def configure(self, folder: Path) -> Path:
        """Debian's configuration with our port, database and log; it logs errors only."""
        text = TEMPLATE.read_text("utf-8").replace("_G_EXTRNAL_URL_", f"{self.base}/")
        text = text.replace("/etc/glewlwyd/glewlwyd-db.conf", str(folder / "database.conf"))
        for key, value in {"port": str(self.port), "log_level": '"ERROR"', "log_file": f'"{folder}/errors"'}.items():
            text, count = re.subn(rf"^{key}=.*$", f"{key}={value}", text, flags=re.MULTILINE)
            assert count == 1, f"{TEMPLATE} has no {key}"
        (folder / "database.conf").write_text(
            f'database = {{ type = "sqlite3"\n path = "{folder}/glewlwyd.sqlite" }};\n', "utf-8")
        (folder / "glewlwyd.conf").write_text(text, "utf-8")
        return folder / "glewlwyd.conf"

    def administer(self) -> None:
        """The administrator of a new database is admin/password."""
        admin = requests.Session()
        post(admin, f"{self.api}/auth/", {"username": "admin", "password": "password"})
        post(admin, f"{self.api}/mod/plugin/", {
            "module": "oidc", "name": "oidc", "display_name": "oidc", "parameters": {
                "iss": self.base, "jwks-private": json.dumps({"keys": [new_key()]}), "default-kid": "benchmark",
                "jwks-show": True, "access-token-duration": 3600, "refresh-token-duration": 1_209_600,
                "code-duration": 600, "allow-non-oidc": True, "subject-type": "public",
                "auth-type-client-enabled": True, "auth-type-code-enabled": True, "auth-type-refresh-enabled": True,
                "introspection-revocation-allowed": True, "introspection-revocation-allow-target-client": True,
            },
        })
        post(admin, f"{self.api}/scope/", {
            "name": "read", "display_name": "read", "description": "read", "password_required": False, "scheme": {},
        })
        post(admin, f"{self.api}/client/", {
            "client_id": CLIENT, "name": CLIENT, "confidential": True, "enabled": True, "client_secret": SECRET,
            "password": SECRET, "scope": ["read"], "redirect_uri": [CALLBACK],
            "authorization_type": ["client_credentials", "code", "refresh_token"],
            "token_endpoint_auth_method": ["client_secret_basic"],
        })
        post(admin, f"{self.api}/user/", {
            "username": "alice", "name": "Alice", "password": "a password of the benchmark", "enabled": True,
            "email": "alice@example.test", "scope": ["openid", "read"],
        })

    def sign_in(self) -> requests.Session:
        """A session of the user, who has allowed the client its scopes."""
        user = requests.Session()
        post(user, f"{self.api}/auth/", {"username": "alice", "password": "a password of the benchmark"})
        answer = user.put(f"{self.api}/auth/grant/{CLIENT}", json={"scope": "openid read"})
        answer.raise_for_status()
        return user

    @property
    def authorize_path(self) -> str:
        """What a browser with a session asks for, and is sent back with a code."""
        return "/api/oidc/auth?" + urlencode({
            "response_type": "code", "client_id": CLIENT, "redirect_uri": CALLBACK, "scope": "openid read",
            "nonce": "n", "state": "s", "g_continue": "",
        })

    def code(self, user: requests.Session) -> str:
        answer = user.get(self.base + self.authorize_path, allow_redirects=False)
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]

    def token(self, **form: str) -> dict:
        answer = requests.post(f"{self.api}/oidc/token", data=form, auth=(CLIENT, SECRET), timeout=30)
        answer.raise_for_status()
        return answer.json()

    def redeem(self, code: str) -> dict:
        return self.token(grant_type="authorization_code", code=code, redirect_uri=CALLBACK)

    def stop(self) -> None:
        stop(self.process)


def post(session: requests.Session, address: str, body: dict) -> None:
    answer = session.post(address, json=body, timeout=30)
    assert answer.status_code == 200, f"glewlwyd refuses {address}: {answer.status_code} {answer.text}"


def new_key() -> dict:
    private = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    public = private.public_numbers
    return {
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "benchmark", "x": base64url(public.x),
        "y": base64url(public.y), "d": base64url(private.private_value),
    }


def base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
