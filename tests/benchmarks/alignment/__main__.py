"""Compare our sentence alignment with gold alignments and with a peer: `python -m tests.benchmarks.alignment`.

Strict F1 by convention (see scoring), source and target sentences a second when warm (in one thread), peak memory.
The gold sets are read from ../shared/data/gold. The peer is galechurch: `pip install galechurch==0.1.0` to include it.
"""

import importlib.util
import json
import subprocess
import sys

from tests.benchmarks.alignment.measure import GOLD, SYSTEMS

SETS = ("mac-dev", "d2l-dev")
CONVENTIONS = ("paper", "no null", "all", "1-1")


def main() -> int:
    """Print a table; return 2 when there is no gold set."""
    if not GOLD.is_dir():
        print(f"There are no gold alignments at {GOLD}.", file=sys.stderr)
        return 2
    has_peer = importlib.util.find_spec("galechurch") is not None
    print(_row("set", "aligner", *(f"F1 {c}" for c in CONVENTIONS), "sentences/s", "peak MB"))
    for name in SETS:
        for system in SYSTEMS:
            if has_peer or not system.startswith("galechurch"):
                print(_measured(name, system), flush=True)
    if not has_peer:
        print("The peer is missing: pip install galechurch==0.1.0")
    return 0


def _measured(name: str, system: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.alignment.measure", system, name]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    scores = [f"{found['f1'][convention]:.3f}" for convention in CONVENTIONS]
    return _row(name, system, *scores, f"{found['speed']:,.0f}", f"{found['memory']:.0f}")


def _row(name: str, system: str, *figures: str) -> str:
    return f"{name:8} {system:32}" + "".join(f"{figure:>12}" for figure in figures)


if __name__ == "__main__":
    raise SystemExit(main())
