"""Make the pictures of the README and the help: every room on the sample book, light and dark.

python -m tests.whole.screenshots [FOLDER]
"""

import os
import sys
import tempfile
from pathlib import Path

from amts_desk.ui.rooms.directory import ROOMS

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = "05-post-editing"


def main(folder: Path) -> None:
    """Walk through the rooms and save a picture of each in both themes."""
    from tests.whole.walk import Walk

    walk = Walk()
    try:
        walk.open_sample()
        for unit in ("paragraph", "sentence"):
            walk.push(unit, HELD_OUT)
        walk.translate(HELD_OUT)
        walk.open_chapter(HELD_OUT)
        align = walk.window.room("align")
        align.table.choose_row(6)
        align.confirm_above()
        walk.window.enter("parallel_data")
        walk.window.room("parallel_data").check()
        walk.settle()
        review = walk.window.room("review")
        review.refresh()
        walk.settle()
        review.take_output()
        review.table.choose_row(3)
        for theme in ("light", "dark"):
            walk.window.theme_changed.emit(theme)
            for name, _ in ROOMS:
                walk.window.enter(name)
                walk.picture(folder / f"{name.replace('_', '-')}-{theme}.png")
    finally:
        walk.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["AMTS_DESK_HOME"] = home
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "help")
