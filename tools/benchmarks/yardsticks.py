"""What the figures of sign-on are held against: OpenSSL, nginx and glewlwyd, measured in the same run on the same core."""

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from glewlwyd import CALLBACK, Glewlwyd
from load import SERVER_CORE, load
from nginx import Nginx

SCRYPT = {"n": 65536, "r": 8, "p": 2}


def raw_signatures() -> float:
    """ES256 signatures a second."""
    command = ["taskset", "-c", str(SERVER_CORE), "openssl", "speed", "-seconds", "2", "ecdsap256"]
    done = subprocess.run(command, capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if "nistp256" in line and "ecdsa" in line)
    return float(line.split()[-2])


def raw_scrypt() -> float:
    """Hashes a second with the parameters of a default sign-in policy: `EVP_PBE_scrypt` by way of Python."""
    script = (
        "import hashlib, time\nbegun = time.perf_counter()\n"
        "for _ in range(6): hashlib.scrypt(b'password', salt=b'salt of 16 bytes', "
        f"n={SCRYPT['n']}, r={SCRYPT['r']}, p={SCRYPT['p']}, maxmem=1 << 28)\n"
        "print(6 / (time.perf_counter() - begun))")
    command = ["taskset", "-c", str(SERVER_CORE), sys.executable, "-c", script]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def nginx_rate(folder: Path, body: str) -> float:
    server = Nginx(folder, body)
    try:
        return load(server.address).rate
    finally:
        server.stop()


class GlewlwydRates(NamedTuple):
    """Answers a second."""

    client_credentials: float
    refresh: float
    flow: float
    introspection: float
    userinfo: float


def glewlwyd_rates(folder: Path) -> GlewlwydRates:
    """Each figure as fresh as can be: what needs no rows is measured before what makes them."""
    server = Glewlwyd(folder)
    try:
        user = server.sign_in()
        first = server.redeem(server.code(user))
        token, bearer = f"{server.api}/oidc/token", folder / "bearer"
        bearer.write_text(first["access_token"] + "\n", "utf-8")

        def posted(path: str, **form: str) -> float:
            return load(
                f"{server.api}/oidc/{path}", "requests.lua", authorization=server.authorization,
                body=urlencode(form)).rate

        introspection = posted("introspect", token=first["access_token"])
        userinfo = load(f"{server.api}/oidc/userinfo", "requests.lua", method="GET", lines=bearer, read="bearer").rate
        # More at once than this, and its SQLite says no.
        flow = load(
            server.base, "flow.lua", connections=8, authorize=server.authorize_path, token="/api/oidc/token",
            cookie="; ".join(f"{name}={value}" for name, value in user.cookies.items()),
            authorization=server.authorization,
            body=urlencode({"grant_type": "authorization_code", "redirect_uri": CALLBACK})).rate
        refresh = posted("token", grant_type="refresh_token", refresh_token=first["refresh_token"])
        credentials = posted("token", grant_type="client_credentials", scope="read")
        return GlewlwydRates(credentials, refresh, flow, introspection, userinfo)
    finally:
        server.stop()


@contextmanager
def folder_in_memory():
    """On a file system that no disk stands behind."""
    folder = Path(tempfile.mkdtemp(prefix="chancery-bench-", dir="/dev/shm"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class Yardsticks(NamedTuple):
    scrypt: float
    disk: GlewlwydRates
    memory: GlewlwydRates


def measure_yardsticks(folder: Path) -> Yardsticks:
    with folder_in_memory() as memory:
        return Yardsticks(
            raw_scrypt(), glewlwyd_rates(folder / "glewlwyd"), glewlwyd_rates(memory / "glewlwyd"))
