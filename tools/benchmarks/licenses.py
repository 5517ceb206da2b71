"""Pages, batches and verification, beside raw OpenSSL, pyHanko and pdfsig."""

import csv
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ROWS = 10_000


def check_character(first17: str) -> str:
    """GB 32100-2015."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(letter) * pow(3, index, 31) for index, letter in enumerate(first17))
    return alphabet[(31 - total % 31) % 31]


def write_rows(path: Path, count: int) -> None:
    """Food business permits of invented companies."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow([
            "holder.name", "holder.idType", "holder.id", "businessAddress", "legalRepresentative", "businessForm", "items",
            "supervisor",
        ])
        for index in range(count):
            first17 = f"91110000MA{index:07d}"
            rows.writerow([
                f"示例市第{index}食品有限公司", "001", first17 + check_character(first17),
                f"示例市东城区人民路{index % 800 + 1}号", "王小明", "catering",
                "热食类食品制售；冷食类食品制售；自制饮品制售", "示例市食品安全监督所",
            ])


class Office:
    """A fresh authority in a folder of its own."""

    def __init__(self, binary: Path, folder: Path):
        folder.mkdir(parents=True)
        self.binary, self.folder = binary, folder
        self.environment = {
            **os.environ, "CHANCERY_DATABASE": str(folder / "data.sqlite"), "CHANCERY_KEYS": str(folder / "keys"),
            "CHANCERY_POLICIES": str(REPOSITORY / "policies"),
        }

    def run(self, *arguments, check=True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [self.binary, *map(str, arguments)], env=self.environment, cwd=self.folder, capture_output=True, text=True)
        if check and done.returncode != 0:
            sys.exit(f"{arguments[0]} failed ({done.returncode}): {done.stderr}")
        return done


def milliseconds(command, repeats: int, **options) -> float:
    """Median of whole processes."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, **options)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def signatures_per_second() -> float:
    """Raw ES256 on one core."""
    done = subprocess.run(["openssl", "speed", "-seconds", "2", "ecdsap256"], capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if "nistp256" in line and "ecdsa" in line)
    return float(line.split()[-2])


def measure(binary: Path, folder: Path, table) -> None:
    office = Office(binary, folder)
    office.run("init")
    pages(office, table)
    sizes(office, table)
    batch(office, table)
    verification(office, table)


def pages(office: Office, table) -> None:
    for kind in ("business-license", "food-permit", "safety-officer"):
        done = office.run("preview", "--type", kind, "--out", "page.pdf", "--repeat", 500)
        time_each = float(re.search(r"([\d.]+) ms", done.stderr).group(1))
        table.add(f"page, {kind}", f"{time_each:.2f} ms", goal="≤ 2 ms", reached=time_each <= 2)


def batch(office: Office, table) -> None:
    raw = signatures_per_second()
    _, memory_of_few = batch_of(office, ROWS // 10, "few")
    seconds, memory = batch_of(office, ROWS, "issued")
    rate = ROWS / seconds
    table.add(
        f"batch, {ROWS} licenses, durable", f"{rate:.0f}/s", f"{raw:.0f} raw ES256 signatures/s, one core",
        f"{rate / raw:.4f}", "≥ 300/s", rate >= 300)
    table.add("batch, memory at its highest", f"{memory:.0f} MiB", goal="≤ 200 MiB", reached=memory <= 200)
    table.add(
        f"batch, memory of {ROWS} rows against {ROWS // 10}", f"{memory:.0f} MiB", f"{memory_of_few:.0f} MiB",
        f"{memory / memory_of_few:.2f}", "flat: ≤ 1.25", memory <= 1.25 * memory_of_few)
    largest = max(file.stat().st_size for file in (office.folder / "issued").glob("*.pdf"))
    add_size("license PDF, largest of the batch", largest, table)


def batch_of(office: Office, rows: int, folder: str) -> tuple:
    """Seconds, and mebibytes of the largest child so far: never less than the batch itself."""
    write_rows(office.folder / f"{folder}.csv", rows)
    start = time.perf_counter()
    office.run("batch", "--type", "food-permit", "--input", f"{folder}.csv", "--out", folder)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def add_size(what: str, size: int, table) -> None:
    table.add(what, f"{size:,} bytes", goal="≤ 60,000", reached=size <= 60_000)


def sizes(office: Office, table) -> None:
    """One license of each shipped type without a photo, from its example."""
    for kind in ("business-license", "food-permit"):
        example = REPOSITORY / f"policies/examples/{kind}.json"
        number = office.run("issue", "--type", kind, "--input", example, "--out", "examples").stdout.strip()
        add_size(f"license PDF, {kind}", (office.folder / f"examples/{number}.pdf").stat().st_size, table)


def verification(office: Office, table) -> None:
    file = next((office.folder / "issued").glob("*.pdf"))
    office.run("bundle", "--out", "status.bundle")
    root = office.folder / "keys/trust/root.pem"
    command = [office.binary, "verify", file, "--trust", root, "--status", office.folder / "status.bundle", "--offline"]
    if subprocess.run(command, capture_output=True).returncode != 0:
        sys.exit("verify refused what was just issued")
    ours = milliseconds(command, 21)
    pyhanko = milliseconds(
        [Path(sys.executable).parent / "pyhanko", "sign", "validate", "--trust", root, "--trust-replace", file], 5)
    nss = office.folder / "nss"
    nss.mkdir()
    subprocess.run(["certutil", "-N", "-d", f"sql:{nss}", "--empty-password"], check=True, capture_output=True)
    subprocess.run(
        ["certutil", "-A", "-d", f"sql:{nss}", "-n", "root", "-t", "CT,CT,CT", "-i", root], check=True, capture_output=True)
    pdfsig = milliseconds(["pdfsig", "-nssdir", f"sql:{nss}", file], 11)
    table.add(
        "verify one PDF, whole process", f"{ours:.1f} ms", f"pyhanko sign validate {pyhanko:.0f} ms",
        f"{pyhanko / ours:.1f} × faster", "≥ 10 ×", pyhanko / ours >= 10)
    table.add(
        "verify one PDF, whole process", f"{ours:.1f} ms", f"pdfsig {pdfsig:.1f} ms", f"{ours / pdfsig:.2f} × its time",
        "aim: 1 ×")
