import resource
import subprocess
import sys

import pytest

FREES = """
import sys
import numpy as np
from amts_desk.steps.align.memory import give_back
if sys.argv[1] == "yes":
    give_back()
np.ones(3_000_000)  # freed at once: from now on the C library would keep such arrays together
many = [np.ones(20_000) for _ in range(400)]
last = np.ones(20_000)
del many
print(int(open("/proc/self/statm").read().split()[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc on Linux keeps freed arrays")
def test_freed_arrays_go_back_to_the_system():
    pages = [
        int(subprocess.run([sys.executable, "-c", FREES, how], capture_output=True, text=True, check=True).stdout)
        for how in ("no", "yes")
    ]
    assert (pages[0] - pages[1]) * resource.getpagesize() > 30_000_000
