"""Instructions that a request costs, counted by callgrind: the same number each time, however fast the machine is just now.

    python tools/benchmarks/instructions.py --binary .build/release/chancery token introspection

Needs Debian's valgrind. The kernel's work is not in it, and libcrypto counts for more than it takes, because valgrind hides
the processor's instructions for SHA-2 and big numbers. What callgrind wrote stays in the folder that is printed, for
callgrind_annotate.
"""

import argparse
import os
import re
import subprocess
import tempfile
from pathlib import Path

from load import load, wait_until_ready

SECONDS = 16
KINDS = ["token", "refresh", "introspection", "userinfo", "flow"]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--binary", type=Path, required=True)
    arguments.add_argument("--tokens", type=int, default=100, help="live tokens that are asked for in turn")
    arguments.add_argument("kinds", nargs="+", choices=KINDS)
    options = arguments.parse_args()
    Counting(options.binary, options.tokens).count(options.kinds)


class Counting:
    def __init__(self, binary: Path, tokens: int):
        self.folder = Path(tempfile.mkdtemp(prefix="chancery-instructions-"))
        # Valgrind 3.19 gives up on the debug information of Swift; the names of functions are enough.
        self.binary = self.folder / "chancery"
        subprocess.run(["strip", "-g", "-o", self.binary, binary], check=True)
        os.environ["CHANCERY_BINARY"] = str(self.binary)
        from sign_on_service import Service

        self.service = Service(self.folder / "service")
        if self.service.service is None:
            self.service.serve()
        self.browser = self.service.sign_in("person-0")
        grants = self.folder / "grants"
        self.service.flows(self.browser, seconds=600, count=tokens, keep=grants)
        rows = [line.split() for line in grants.read_text("utf-8").splitlines()]
        self.access, self.refresh = self.column(rows, 0, "access"), self.column(rows, 1, "refresh")
        self.service.stop()

    def column(self, rows: list, index: int, name: str) -> Path:
        file = self.folder / name
        file.write_text("".join(f"{row[index]}\n" for row in rows if len(row) == 2), "utf-8")
        return file

    def count(self, kinds: list) -> None:
        for kind in kinds:
            requests, instructions = self.counted(kind)
            print(f"{kind:14} {instructions / requests / 1000:8.1f} k instructions ({requests} requests)", flush=True)
        print(f"details: callgrind_annotate {self.folder}/callgrind.<kind>.1")

    def counted(self, kind: str) -> tuple[int, int]:
        """Warm first, then counted."""
        output = self.folder / f"callgrind.{kind}"
        process = self.serve(output)
        try:
            self.ask(kind, SECONDS // 2)
            control(process, "-i", "on")
            done = self.ask(kind, SECONDS)
            control(process, "-i", "off")
            control(process, "-d")
        finally:
            self.service.stop()
        total = re.search(r"^totals: (\d+)", output.with_name(output.name + ".1").read_text("utf-8"), re.MULTILINE)
        return done.count or int(re.search(r"(\d+) requests in", done.output).group(1)), int(total.group(1))

    def serve(self, output: Path) -> subprocess.Popen:
        from office import clean_environment

        service = self.service
        environment = clean_environment(
            CHANCERY_ISSUER=service.issuer, CHANCERY_LISTEN=f"127.0.0.1:{service.port}",
            CHANCERY_LOG_LEVEL="warning")
        with (self.folder / "log").open("ab") as log:
            service.service = subprocess.Popen(
                ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={output}", self.binary,
                 "serve"], cwd=service.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_until_ready(f"{service.base}/health/ready", service.service)
        return service.service

    def ask(self, kind: str, seconds: int):
        from sign_on_service import PORTAL, SERVICE

        service = self.service
        if kind == "token":
            return service.ask(
                "/token", SERVICE, "grant_type=client_credentials&scope=license:read", seconds=seconds)
        if kind == "refresh":
            return service.ask(
                "/token", PORTAL, lines=self.refresh, prefix="grant_type=refresh_token&refresh_token=",
                seconds=seconds)
        if kind == "introspection":
            return service.ask("/introspect", PORTAL, lines=self.access, prefix="token=", seconds=seconds)
        if kind == "userinfo":
            return load(
                service.base + "/userinfo", "requests.lua", method="GET", lines=self.access, read="bearer",
                seconds=seconds)
        return service.flows(self.browser, seconds=seconds)


def control(process: subprocess.Popen, *arguments: str) -> None:
    subprocess.run(["callgrind_control", *arguments, str(process.pid)], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
