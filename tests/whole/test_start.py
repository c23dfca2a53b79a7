"""The window stands at once: nothing heavy is loaded before it is painted."""

import subprocess
import sys

HEAVY = (
    "numpy",
    "numba",
    "boto3",
    "botocore",
    "pandas",
    "sacrebleu",
    "jieba",
    "pysbd",
    "moto",
    "lxml",
    "marko",
    "flask",
)

PROGRAM = f"""
import sys
from amts_desk.app import Desk
desk = Desk([])
desk.window.show()
desk.application.processEvents()
print([name for name in {HEAVY!r} if name in sys.modules])
desk.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_paint():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_told_without_loading_anything():
    program = (
        "import sys; from amts_desk.cli import main; code = main(['--version']); print(code, 'PySide6' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    version, rest = done.stdout.strip().split("\n")
    assert version.count(".") == 2
    assert rest == "0 False"
