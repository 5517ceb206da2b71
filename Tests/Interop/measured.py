"""A run of `chancery verify` with its time and memory measured, and its bounds held."""

import os
import subprocess
import threading
from pathlib import Path
from typing import NamedTuple

from office import BINARY, Run, clean_environment

SECONDS = 10
MEBIBYTES = 512


class Measured(NamedTuple):
    run: Run
    seconds: float
    mebibytes: float


def measured_verify(file: Path, *options) -> Measured:
    """Runs to the end; killed well after the bound.

    Seconds are of the processor, so that a busy machine does not count; the killer sees to those spent waiting. Linux
    counts the memory of the process that starts another as a floor of the other's peak, so the measured peak is never
    less than the truth.
    """
    output, talk = file.with_suffix(".out"), file.with_suffix(".err")
    with output.open("wb") as out, talk.open("wb") as err:
        process = subprocess.Popen(
            [BINARY, "verify", file, *options, "--offline", "--json"], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            cwd=file.parent, env=clean_environment(),
        )
        killer = threading.Timer(SECONDS * 4, process.kill)
        killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        killer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    run = Run(process.returncode, output.read_text("utf-8"), talk.read_text("utf-8"))
    return Measured(run, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def answer_within_bounds(file: Path, *options) -> Run:
    """The run, after asserting that it ended by itself, in time and memory."""
    measured = measured_verify(file, *options)
    assert measured.run.status in (0, 1, 2, 65), measured
    assert measured.seconds < SECONDS, measured
    assert measured.mebibytes < MEBIBYTES, measured
    return measured.run


def verdict_within_bounds(file: Path, *options) -> dict:
    """The verdict, after asserting that there is one, in time and memory."""
    run = answer_within_bounds(file, *options)
    assert run.status in (0, 1, 2), run
    assert run.verdict["indication"] == ("TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE")[run.status]
    return run.verdict
