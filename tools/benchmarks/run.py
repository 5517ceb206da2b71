"""Runs the benchmarks and prints their table: what, measured, yardstick, ratio, goal."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import licenses  # noqa: E402
import sign_on  # noqa: E402
from table import Table  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="run only groups whose name contains this")
    parser.add_argument("--binary", type=Path, required=True)
    options = parser.parse_args()
    table = Table()
    groups = {"licenses": licenses.measure, "sign-on": sign_on.measure}
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
        for name, measure in groups.items():
            if options.only in name:
                print(f"measuring {name} …", file=sys.stderr)
                measure(options.binary.resolve(), Path(folder) / name, table)
    print(table)


if __name__ == "__main__":
    main()
