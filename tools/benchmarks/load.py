"""Processes on a core of their own, and wrk, which loads them from the other."""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

SCRIPTS = Path(__file__).parent / "wrk"
#: One core answers, the other asks.
SERVER_CORE, LOAD_CORE = sorted(os.sched_getaffinity(0))[:2] if len(os.sched_getaffinity(0)) > 1 else (0, 0)


def start_pinned(command: list, log: Path, **options) -> subprocess.Popen:
    """Starts a server on its core."""
    with log.open("ab") as file:
        return subprocess.Popen(
            ["taskset", "-c", str(SERVER_CORE), *map(str, command)], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            **options)


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_ready(address: str, process: subprocess.Popen, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"{process.args} ended with {process.returncode} before it was ready")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.002)
    sys.exit(f"{address} does not get ready")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def basic(client: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()


class Load:
    """What a run of wrk came to."""

    def __init__(self, output: str):
        self.output = output
        counted = re.search(r"^counted (\d+) in ([\d.]+) s$", output, re.MULTILINE)
        rate = re.search(r"^Requests/sec:\s+([\d.]+)", output, re.MULTILINE)
        if rate is None:
            sys.exit(f"wrk measured nothing:\n{output}")
        self.count = int(counted.group(1)) if counted else None
        self.rate = self.count / float(counted.group(2)) if counted else float(rate.group(1))
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output) or re.search(r"^refused (\d+)", output, re.M)
        broken = re.search(r"Socket errors: (.*)", output)
        if refused and int(refused.group(1)) or broken and "read 0" not in broken.group(1):
            sys.exit(f"wrk was refused:\n{output}")


def load(address: str, script: str | None = None, seconds: float = 5, connections: int = 64, **settings) -> Load:
    """wrk with a script of `wrk/`, which reads its settings from the environment."""
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "30s"]
    if script:
        command += ["-s", str(SCRIPTS / script)]
    environment = os.environ | {f"BENCH_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [*command, address], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = ""
    for line in process.stdout:
        output += line
        # wrk sleeps to the end of its time even when a script has stopped its thread.
        if line == "reached\n":
            process.send_signal(signal.SIGINT)
    if process.wait() != 0:
        sys.exit(f"wrk failed: {output}")
    return Load(output)
