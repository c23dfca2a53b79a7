"""How long until the window is visible, and how long `--version` takes, beside a bare interpreter and a bare Qt window.

python -m tests.benchmarks.start [ROUNDS]
"""

import os
import subprocess
import sys
import tempfile
import time

BARE = "pass"
BARE_QT = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
while not window.windowHandle().isExposed():
    app.processEvents()
"""
WINDOW = """
from amts_desk.app import Desk
desk = Desk([])
desk.window.show()
while not desk.window.windowHandle().isExposed():
    desk.application.processEvents()
desk.application.processEvents()
print("visible", flush=True)
import os
os._exit(0)
"""
VERSION = "import sys; from amts_desk.cli import main; sys.exit(main(['--version']))"


def seconds(program: str, rounds: int) -> list[float]:
    """Return the wall time of each round of a program, in order, the first (cold) one left out."""
    times = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
        )
        times.append(time.perf_counter() - began)
    return sorted(times[1:])


def main(rounds: int) -> None:
    """Print minimum, median and maximum of each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["AMTS_DESK_HOME"] = home
        programs = {"python": BARE, "amts-desk --version": VERSION, "bare Qt window": BARE_QT, "window visible": WINDOW}
        for name, program in programs.items():
            times = seconds(program, rounds)
            print(f"{name:22} min {times[0]:.3f}  median {times[len(times) // 2]:.3f}  max {times[-1]:.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
