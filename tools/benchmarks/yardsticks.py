"""What the figures of sign-on are held against: OpenSSL, nginx and glewlwyd, measured in the same run on the same core."""

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
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


class GlewlwydLoad:
    """A running glewlwyd with one user, loaded as ours is; answers a second."""

    def __init__(self, folder: Path):
        self.server, self.folder = Glewlwyd(folder), folder
        self.user = self.server.sign_in()
        self.first = self.server.redeem(self.server.code(self.user))

    def posted(self, path: str, seconds: float, **form: str) -> float:
        return load(
            f"{self.server.api}/oidc/{path}", "requests.lua", authorization=self.server.authorization,
            body=urlencode(form), seconds=seconds).rate

    def introspection(self, seconds: float = 5) -> float:
        return self.posted("introspect", seconds, token=self.first["access_token"])

    def userinfo(self, seconds: float = 5) -> float:
        bearer = self.folder / "bearer"
        bearer.write_text(self.first["access_token"] + "\n", "utf-8")
        return load(
            f"{self.server.api}/oidc/userinfo", "requests.lua", method="GET", lines=bearer, read="bearer",
            seconds=seconds).rate

    def client_credentials(self, seconds: float = 5) -> float:
        return self.posted("token", seconds, grant_type="client_credentials", scope="read")

    def refresh(self, seconds: float = 5) -> float:
        return self.posted("token", seconds, grant_type="refresh_token", refresh_token=self.first["refresh_token"])

    def flow(self, seconds: float = 5) -> float:
        # More at once than this, and its SQLite says no.
        return load(
            self.server.base, "flow.lua", connections=8, authorize=self.server.authorize_path, token="/api/oidc/token",
            cookie="; ".join(f"{name}={value}" for name, value in self.user.cookies.items()),
            authorization=self.server.authorization,
            body=urlencode({"grant_type": "authorization_code", "redirect_uri": CALLBACK}), seconds=seconds).rate

    def stop(self) -> None:
        self.server.stop()


@contextmanager
def folder_in_memory():
    """On a file system that no disk stands behind."""
    folder = Path(tempfile.mkdtemp(prefix="chancery-bench-", dir="/dev/shm"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class Yardsticks:
    """Both glewlwyds run on, asked in turn with ours; what must be fresh is measured at once."""

    def __init__(self, folder: Path, memory: Path):
        self.scrypt = raw_scrypt()
        self.disk, self.memory = GlewlwydLoad(folder / "glewlwyd"), GlewlwydLoad(memory / "glewlwyd")
        self.fresh = {"introspection": self.disk.introspection(), "userinfo": self.disk.userinfo()}

    def stop(self) -> None:
        self.disk.stop()
        self.memory.stop()


@contextmanager
def running_yardsticks(folder: Path):
    with folder_in_memory() as memory:
        yardsticks = Yardsticks(folder, memory)
        try:
            yield yardsticks
        finally:
            yardsticks.stop()
