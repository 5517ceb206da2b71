"""The service that is measured: its portals, its people, the core it runs on, and what it may be asked."""

import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import requests

from load import Load, basic, load, start_pinned, stop, wait_until_ready

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests/Interop"))
from office import BINARY, clean_environment  # noqa: E402
from sign_on_office import COMMERCE, SignOnOffice, portal, secret_of  # noqa: E402

CALLBACK = "http://127.0.0.1:9/callback"
PORTAL, SERVICE, LOGINS = "bench-portal", "bench-service", 8

PORTALS = {
    PORTAL: portal(
        COMMERCE, redirectURIs=[CALLBACK], scopes=["openid", "profile", "email", "offline_access"],
        grants=["authorization_code", "refresh_token"]),
    SERVICE: portal(COMMERCE, "service", scopes=["license:read"]),
}
PEOPLE = {f"person-{index}": ["--name", f"Person {index}", "--email", "person@example.test"] for index in range(LOGINS)}

#: A million tokens stay alive while they are made (no longer than that is allowed); nobody is throttled for coming from one address.
SIGN_IN = "tokens: {access: 1h}\nguessing: {perAccount: 100000, perAddress: 100000}\n"


class Service(SignOnOffice):
    def __init__(self, folder: Path):
        super().__init__(folder, PORTALS, PEOPLE)

    def write_policies(self) -> None:
        super().write_policies()
        (self.folder / "policies/sign-in.yaml").write_text(SIGN_IN, "utf-8")

    def serve(self) -> float:
        """Starts the service; milliseconds until it is ready."""
        environment = clean_environment(
            CHANCERY_ISSUER=self.issuer, CHANCERY_LISTEN=f"127.0.0.1:{self.port}", CHANCERY_LOG_LEVEL="warning")
        begun = time.perf_counter()
        self.service = start_pinned([BINARY, "serve"], self.folder / "serve.log", cwd=self.folder, env=environment)
        wait_until_ready(f"http://127.0.0.1:{self.port}/health/ready", self.service)
        return (time.perf_counter() - begun) * 1000

    def stop(self) -> None:
        if self.service is not None:
            stop(self.service)
            self.service = None

    def milliseconds_to_ready(self, repeats: int = 5) -> float:
        """Median of restarts; the service runs afterwards."""
        times = []
        for _ in range(repeats):
            self.stop()
            times.append(self.serve())
        return statistics.median(times)

    def forget_peak(self) -> None:
        """Linux counts the peak of resident memory anew from here."""
        Path(f"/proc/{self.service.pid}/clear_refs").write_text("5")

    @property
    def peak_mebibytes(self) -> float:
        status = Path(f"/proc/{self.service.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    # What it is asked. wrk goes by number, the browser by the name that cookies belong to.

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, client: str, body: str = "", **settings) -> Load:
        settings.setdefault("authorization", basic(client, secret_of(client)))
        return load(self.base + path, "requests.lua", body=body, **settings)

    @property
    def authorize_path(self) -> str:
        return "/authorize?" + urlencode({
            "response_type": "code", "client_id": PORTAL, "redirect_uri": CALLBACK, "state": "s", "nonce": "n",
            "scope": "openid profile email offline_access",
        })

    def sign_in(self, login: str) -> requests.Session:
        """A browser with a session, which has been told what the portal gets."""
        person = self.person(login)
        person.sign_in(self.issuer + self.authorize_path, until=CALLBACK)
        return person.http

    def flows(self, browser: requests.Session, **settings) -> Load:
        """Whole code flows of this browser."""
        cookie = "; ".join(f"{each.name}={each.value}" for each in browser.cookies)
        return load(
            self.base, "flow.lua", authorize=self.authorize_path, token="/token", cookie=cookie,
            authorization=basic(PORTAL, secret_of(PORTAL)),
            body=urlencode({"grant_type": "authorization_code", "redirect_uri": CALLBACK}), **settings)
