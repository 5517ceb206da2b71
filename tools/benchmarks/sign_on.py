"""Sign-on beside raw OpenSSL, nginx and glewlwyd: server on one core, wrk on the other."""

import os
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from load import load

FEW, MANY = 100, int(os.environ.get("CHANCERY_BENCH_TOKENS", "1000000"))
#: Of which so many are of grants of their own; the others come of refreshing those.
GRANTS = 100_000
#: Of the many, the load takes every so manieth in turn, from all of them alike: more than any memory of the last ones holds.
EVERY = 10
LOOKUPS = ["introspection", "userinfo"]


def measure(binary: Path, folder: Path, table) -> None:
    # The tests' office finds the binary here.
    os.environ["CHANCERY_BINARY"] = str(binary)
    from sign_on_service import Service
    from yardsticks import running_yardsticks

    folder.mkdir(parents=True)
    say("yardsticks: scrypt, glewlwyd on disk and in memory")
    with running_yardsticks(folder) as yardsticks:
        service = Service(folder / "service")
        try:
            Figures(service, yardsticks, table, folder).measure()
        finally:
            service.stop()


def in_turn(ours, yardstick, turns: int = 5) -> tuple[float, float, float]:
    """The medians of both, and of their ratios turn by turn: the machine's speed changes from one minute to the next."""
    rates = [(ours(), yardstick()) for _ in range(turns)]
    return (*(statistics.median(column) for column in zip(*rates)), statistics.median(a / b for a, b in rates))


def say(what: str) -> None:
    print(f"  {what} …", file=sys.stderr)


class Figures:
    def __init__(self, service, yardsticks, table, folder: Path):
        self.service, self.yardsticks, self.table, self.folder = service, yardsticks, table, folder
        self.peak = 0.0

    def measure(self) -> None:
        self.ready("an empty database")
        self.discovery()
        self.logins()
        browser = self.service.sign_in("person-0")
        self.service.forget_peak()
        self.tokens(browser)
        few = self.kept(browser, FEW)
        self.lookups(f"{FEW} live tokens", few)
        many = self.fill(browser)
        self.lookups(f"{MANY:,} live tokens", many)
        self.compare(many, few)
        self.table.add(
            "resident memory under load, highest", f"{self.peak:.0f} MiB", goal="≤ 64 MiB", reached=self.peak <= 64)
        self.ready(f"{MANY:,} live tokens")

    def add(
        self, what: str, rate: float, yardstick: float, goal: str, least: float, of: str, ratio: float | None = None
    ) -> None:
        ratio = ratio or rate / yardstick
        self.table.add(what, f"{rate:,.0f}/s", f"{of} {yardstick:,.0f}/s", f"{ratio:.2f} ×", goal, ratio >= least)

    def remember_peak(self) -> None:
        self.peak = max(self.peak, self.service.peak_mebibytes)

    def ready(self, when: str) -> None:
        time_taken = self.service.milliseconds_to_ready()
        self.table.add(f"ready, {when}", f"{time_taken:.0f} ms", goal="≤ 300 ms", reached=time_taken <= 300)

    def discovery(self) -> None:
        from yardsticks import nginx_rate

        say("discovery")
        path = "/.well-known/openid-configuration"
        rate = load(self.service.base + path).rate
        self.remember_peak()
        # After ours is idle, on the same core, with the same body.
        yardstick = nginx_rate(self.folder / "nginx", self.service.fetch(path).decode())
        self.add("discovery", rate, yardstick, "≥ 0.25 ×", 0.25, "nginx, the same body as a fixed text")

    def logins(self) -> None:
        """Each from `/authorize` with a new browser to the code, by as many people at once as the pool serves and more."""
        from sign_on_service import CALLBACK

        say("password logins")
        people = sorted(self.service.people)
        for login in people:
            self.service.sign_in(login)
        self.service.forget_peak()
        address = self.service.issuer + self.service.authorize_path

        def sign_in(index: int) -> None:
            self.service.person(people[index % len(people)]).sign_in(address, until=CALLBACK)

        count, begun = 24, time.perf_counter()
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(sign_in, range(count)))
        rate = count / (time.perf_counter() - begun)
        raw = self.yardsticks.scrypt
        self.table.add(
            "password logins", f"{rate:.2f}/s", f"raw scrypt of the same parameters {raw:.2f}/s", f"{rate / raw:.2f} ×",
            "bounded by scrypt: ≥ 0.9 ×", rate / raw >= 0.9)
        self.table.add("password logins, memory at its highest", f"{self.service.peak_mebibytes:.0f} MiB",
                       "64 MiB for each hash at work")

    def tokens(self, browser) -> None:
        from sign_on_service import PORTAL, SERVICE
        from yardsticks import raw_signatures

        disk, memory = self.yardsticks.disk, self.yardsticks.memory
        say("client credentials, refresh, code flow")

        def credentials() -> float:
            return self.service.ask(
                "/token", SERVICE, "grant_type=client_credentials&scope=license:read", seconds=3).rate

        lines = self.refresh_lines(self.kept(browser, FEW))

        def refresh() -> float:
            return self.service.ask(
                "/token", PORTAL, lines=lines, prefix="grant_type=refresh_token&refresh_token=", seconds=3).rate

        def both(what: str, ours, yardstick, goal: str, least: float, of: str) -> None:
            rate, other, ratio = in_turn(ours, yardstick)
            self.remember_peak()
            self.add(what, rate, other, goal, least, f"{of} in turn", ratio)

        both("client credentials", credentials, raw_signatures, "≥ 0.2 ×, aim 0.3 ×", 0.2, "raw ES256")
        both("client credentials", credentials, lambda: memory.client_credentials(3), "≥ 8 ×", 8, "glewlwyd in memory")
        both("refresh", refresh, lambda: disk.refresh(3), "≥ 20 ×", 20, "glewlwyd on disk")
        both("whole code flow with a session", lambda: self.service.flows(browser, seconds=3).rate,
             lambda: disk.flow(3), "≥ 20 ×", 20, "glewlwyd on disk")

    def kept(self, browser, count: int) -> Path:
        """A file of access and refresh tokens of so many grants."""
        file = self.folder / f"grants-{count}"
        if not file.exists():
            self.service.flows(browser, seconds=600, count=count, keep=file)
        return file

    def refresh_lines(self, grants: Path) -> Path:
        return self.column(grants, 1, grants.with_suffix(".refresh"))

    def column(self, grants: Path, index: int, file: Path) -> Path:
        rows = [line.split() for line in grants.read_text().splitlines()]
        file.write_text("".join(f"{row[index]}\n" for row in rows if len(row) == 2))
        return file

    def fill(self, browser) -> Path:
        """Made by the service itself, as its portals would: so many grants, each refreshed in turn."""
        from sign_on_service import PORTAL

        say(f"making {MANY:,} live tokens")
        grants, refreshed = self.kept(browser, GRANTS), self.folder / "refreshed"
        self.service.ask(
            "/token", PORTAL, lines=self.refresh_lines(grants), prefix="grant_type=refresh_token&refresh_token=",
            seconds=1800, count=MANY - GRANTS, keep=refreshed, every=EVERY)
        tokens = [line.split()[0] for line in grants.read_text().splitlines()[::EVERY]]
        tokens += refreshed.read_text().splitlines()
        random.Random(1).shuffle(tokens)
        sample = self.folder / "sample"
        sample.write_text("".join(f"{token} -\n" for token in tokens))
        return sample

    def lookup(self, name: str, access: Path, seconds: float = 5) -> float:
        """Each request with the next token."""
        from sign_on_service import PORTAL

        if name == "introspection":
            return self.service.ask("/introspect", PORTAL, lines=access, prefix="token=", seconds=seconds).rate
        return load(
            self.service.base + "/userinfo", "requests.lua", method="GET", lines=access, read="bearer",
            seconds=seconds).rate

    def access_tokens(self, grants: Path) -> Path:
        return self.column(grants, 0, grants.with_suffix(".access"))

    def lookups(self, when: str, grants: Path) -> None:
        say(f"introspection and userinfo with {when}")
        access = self.access_tokens(grants)
        for name in LOOKUPS:
            rate = self.lookup(name, access)
            self.add(f"{name}, {when}", rate, self.yardsticks.fresh[name], "≥ 6 ×", 6, "a fresh glewlwyd")
        self.remember_peak()

    def compare(self, many: Path, few: Path) -> None:
        """The tokens of all against those of the first hundred, while all of them live."""
        many, few = self.access_tokens(many), self.access_tokens(few)
        for name in LOOKUPS:
            rate, first, ratio = in_turn(lambda: self.lookup(name, many, 3), lambda: self.lookup(name, few, 3))
            self.add(
                f"{name}: {MANY:,} live tokens against {FEW}", rate, first, "≥ 0.9 ×", 0.9, f"{FEW} of them in turn", ratio)
        self.remember_peak()
