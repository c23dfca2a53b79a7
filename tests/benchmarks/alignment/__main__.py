"""Compare our sentence alignment with gold alignments and with peers: `python -m tests.benchmarks.alignment`.

Strict F1 by convention (see scoring), source and target sentences a second when warm, peak memory; then how far
confidence can be trusted (see confidence). The gold sets are read from ../shared/data/gold. A peer that is not
installed is named.
"""

import json
import subprocess
import sys

from tests.benchmarks.alignment import confidence
from tests.benchmarks.alignment.gold import FOLDER, SETS
from tests.benchmarks.alignment.measure import CUT, SYSTEMS, missing

CONVENTIONS = ("paper", "no null", "all", "1-1")


def main() -> int:
    """Print a table; return 2 when there is no gold set."""
    if not FOLDER.is_dir():
        print(f"There are no gold alignments at {FOLDER}.", file=sys.stderr)
        return 2
    print(_row("set", "aligner", *(f"F1 {c}" for c in CONVENTIONS), "sentences/s", "peak MB"))
    for name in (*SETS, f"mac-dev{CUT}"):
        for system in SYSTEMS:
            if not missing(system):
                print(_measured(name, system), flush=True)
    for need in sorted({missing(system) for system in SYSTEMS} - {""}):
        print(f"A peer was left out, for lack of {need}.")
    return confidence.main()


def _measured(name: str, system: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.alignment.measure", system, name]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    scores = [f"{found['f1'][convention]:.3f}" for convention in CONVENTIONS]
    return _row(name, system, *scores, f"{found['speed']:,.0f}", f"{found['memory']:.0f}")


def _row(name: str, system: str, *figures: str) -> str:
    return f"{name:14} {system:32}" + "".join(f"{figure:>12}" for figure in figures)


if __name__ == "__main__":
    raise SystemExit(main())
