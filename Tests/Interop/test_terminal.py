"""What only a terminal shows."""

import json
import os
import pty
import subprocess

from office import BINARY, REPOSITORY, clean_environment


def test_batch_shows_progress_on_a_terminal_and_only_there(shipped, tmp_path):
    example = json.loads((REPOSITORY / "policies/examples/food-permit.json").read_text("utf-8"))
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps(example, ensure_ascii=False) + "\n" for _ in range(40)), "utf-8")
    command = [BINARY, "batch", "--type", "food-permit", "--input", rows, "--out"]
    environment = clean_environment(CHANCERY_ISSUER=shipped.issuer)
    primary, terminal = pty.openpty()
    process = subprocess.Popen(
        [*command, tmp_path / "seen"], cwd=shipped.folder, env={**environment, "TERM": "xterm"}, stdout=subprocess.DEVNULL,
        stderr=terminal)
    os.close(terminal)
    shown = read_all(primary)
    assert process.wait(60) == 0, shown
    for part in ("░", "/s", "s left"):
        assert part in shown, shown
    piped = subprocess.run(
        [*command, tmp_path / "piped"], cwd=shipped.folder, env=environment, capture_output=True, timeout=60)
    assert piped.returncode == 0 and b"\r" not in piped.stderr and "░" not in piped.stderr.decode()


def read_all(descriptor: int) -> str:
    shown = b""
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # Linux says so when the last writer has gone.
            part = b""
        if not part:
            os.close(descriptor)
            return shown.decode()
        shown += part
