"""Runs benchmarks: `python -m benchmarks [name ...] [--quick] [--json]`.

A benchmark is a module here with `run() -> list[Ratio]`, or `run(quick: bool)` when it can do less. Each runs in a
process of its own, one after the other. Exit status 1 when a bound does not hold or a benchmark fails.
"""

import argparse
import json
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path

from benchmarks.alone import alone
from benchmarks.ratio import Ratio


def main() -> int:
    known = names()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and less data: a look, not a proof")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of the table")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(known):
        parser.error(f"no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    failures = 0
    for name in arguments.names or known:
        started = time.monotonic()
        try:
            ratios = alone(name, arguments.quick)
        except Exception:
            traceback.print_exc()
            print(f"{name}: FAILED TO RUN", flush=True)
            failures += 1
            continue
        show(name, ratios, time.monotonic() - started, arguments.json)
        failures += sum(not ratio.holds for ratio in ratios)
    return 1 if failures else 0


def names() -> list[str]:
    """Every module here that defines run."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [file.stem for file in files if not file.stem.startswith("_") and "\ndef run(" in file.read_text()]


def show(name: str, ratios: list[Ratio], seconds: float, as_json: bool) -> None:
    for ratio in ratios:
        if as_json:
            found = {"benchmark": name, **asdict(ratio), "ratio": ratio.ratio, "holds": ratio.holds}
            print(json.dumps(found), flush=True)
            continue
        figures = f"{ratio.measured:>12,.4g} of {ratio.reference:>10,.4g} {ratio.unit}"
        verdict = "ok" if ratio.holds else "NOT HELD"
        print(f"{name}: {ratio.name:<58} {figures:<40} {ratio.ratio:>7.2f}  {ratio.bound:<14} {verdict}", flush=True)
    if not as_json:
        print(f"{name}: {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
