"""An office made by the real binary: keys, database, issued licenses and, where asked for, its running service."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("CHANCERY_BINARY", REPOSITORY / ".build/debug/chancery")).resolve()

TYPES = {
    "business-license": "market-regulation",
    "food-permit": "food-safety",
    "safety-officer": "housing-construction",
}


class Run(NamedTuple):
    """What a finished process left."""

    status: int
    output: str
    talk: str

    @property
    def verdict(self) -> dict:
        (verdict,) = json.loads(self.output)
        return verdict


def clean_environment(**settings: str) -> dict:
    """The environment without anyone's Chancery settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHANCERY_")}
    return {**kept, "SWIFT_BACKTRACE": "enable=no", **settings}


def chancery(*arguments, folder: Path, input: bytes | None = None, timeout: float = 60, **settings: str) -> Run:
    """Runs the binary to its end."""
    done = subprocess.run(
        [BINARY, *map(str, arguments)], cwd=folder, input=input or b"", capture_output=True, timeout=timeout,
        env=clean_environment(**settings),
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


class License(NamedTuple):
    """An issued license and what its department signs with."""

    number: str
    type: str
    algorithm: str
    pdf: Path
    credential: Path


class Office:
    """`algorithms` by department replaces what the shipped policies say, in a copy of them."""

    def __init__(self, folder: Path, algorithms: dict | None = None):
        self.folder = folder
        folder.mkdir(parents=True)
        self.port = free_port()
        self.issuer = f"http://localhost:{self.port}"
        self.algorithms = {department: "ES256" for department in TYPES.values()} | (algorithms or {})
        shutil.copytree(REPOSITORY / "policies", folder / "policies")
        for department, algorithm in (algorithms or {}).items():
            file = folder / f"policies/departments/{department}.yaml"
            text, count = re.subn(r"algorithm: \w+", f"algorithm: {algorithm}", file.read_text("utf-8"))
            assert count == 1, f"{file} names no algorithm"
            file.write_text(text, "utf-8")
        self.write_policies()
        self.run("init")
        self.service = None

    def write_policies(self) -> None:
        """What an office has besides the shipped policies, before there are keys."""

    def run(self, *arguments, input: bytes | None = None) -> Run:
        """Runs a command that must succeed."""
        done = chancery(
            *arguments, folder=self.folder, input=input, CHANCERY_ISSUER=self.issuer,
            CHANCERY_LISTEN=f"127.0.0.1:{self.port}",
        )
        assert done.status == 0, done
        return done

    def issue(self, type: str, application: dict | None = None) -> License:
        """A license from the shipped example, or from another application."""
        source = self.folder / f"policies/examples/{type}.json"
        if application is not None:
            source = source.with_name(f"other-{type}.json")
            source.write_text(json.dumps(application, ensure_ascii=False), "utf-8")
        number = self.run("issue", "--type", type, "--input", source, "--out", "issued").output.strip()
        issued = self.folder / "issued"
        return License(
            number, type, self.algorithms[TYPES[type]], issued / f"{number}.pdf", issued / f"{number}.sd-jwt"
        )

    def bundle(self, name: str = "status.bundle") -> Path:
        self.run("bundle", "--out", name)
        return self.folder / name

    def serve(self):
        """Starts the service and waits until it is ready."""
        log = (self.folder / "serve.log").open("wb")
        self.service = subprocess.Popen(
            [BINARY, "serve"], cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            env=clean_environment(CHANCERY_ISSUER=self.issuer, CHANCERY_LISTEN=f"127.0.0.1:{self.port}"),
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self.service.poll() is None, (self.folder / "serve.log").read_text()
            try:
                self.fetch("/health/ready")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service does not get ready")

    def stop(self):
        if self.service is None:
            return
        self.service.send_signal(signal.SIGTERM)
        assert self.service.wait(timeout=30) == 0, "the service does not stop cleanly"
        self.service = None

    def fetch(self, path: str) -> bytes:
        address = path if path.startswith("http") else f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read()

    @property
    def root(self) -> Path:
        return self.folder / "keys/trust/root.pem"

    @property
    def certificates(self) -> list:
        return sorted((self.folder / "keys/certificates").glob("*.pem")) + [self.root]

    @property
    def passphrase(self) -> bytes:
        return (self.folder / "keys/private/passphrase").read_bytes().removesuffix(b"\n")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
