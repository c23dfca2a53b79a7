"""A book of three short chapters in English, Chinese and Spanish: the beginnings of three chapters of the sample."""

from amts_desk.flows import gathering
from amts_desk.store.places import resource

CHAPTERS = ("02-sentence-pairs", "03-parallel-data", "05-post-editing")
BLOCKS = 9


def write_small_book(folder):
    """Write the book into `folder`/en, /zh and /es, and return the folder."""
    for code in ("en", "zh", "es"):
        (folder / code).mkdir(parents=True)
        for name in CHAPTERS:
            blocks = (resource("sample") / code / f"{name}.md").read_text("utf-8").split("\n\n")[:BLOCKS]
            (folder / code / f"{name}.md").write_text("\n\n".join(blocks) + "\n", "utf-8")
    return folder


def gather(project, config, direction="en-zh"):
    """Read the chapters of a direction, align them, and return them sorted out."""
    gathered = gathering.read(project, config, gathering.find_chapters(project, config), direction)
    gathering.align(project, gathered.chapters)
    return gathered
