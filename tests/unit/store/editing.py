"""A process that edits the first chapter of a project in every way there is, and tells each edit when it is on disk.

python -m tests.unit.store.editing PROJECT SEED
"""

import hashlib
import json
import random
import sys
from pathlib import Path

from amts_desk.core import edits
from amts_desk.core.errors import SpliceError
from amts_desk.store.project import Project

EDITS = {
    "merge": lambda b, r, c: edits.merge(b, r, r + c.randint(1, 2)),
    "merge_rows": lambda b, r, c: edits.merge_rows(b, [r, r + 1]),
    "split": lambda b, r, c: edits.split(b, r, *edits.middle(b[r])),
    "split_at": lambda b, r, c: edits.split_at(b, r, (0, c.randint(1, 4)), (0, c.randint(1, 4))),
    "move": lambda b, r, c: edits.move(b, r, c.choice(["source", "target", "both"]), down=c.random() < 0.5),
    "shift": lambda b, r, c: edits.shift(b, r, min(r + 2, len(b) - 1), _side(c), down=c.random() < 0.5),
    "tie": lambda b, r, c: edits.tie(b, r, c.randrange(len(b))),
    "swap": lambda b, r, c: edits.swap(b, r, _side(c)),
    "insert_empty": lambda b, r, c: edits.insert_empty(r),
    "retype": lambda b, r, c: edits.retype(b, r, *_typed(b[r], c)),
    "retype_all": lambda b, r, c: edits.retype_all(b, [(n, *_typed(b[n], c)) for n in {r, c.randrange(len(b))}]),
    "as_imported": lambda b, r, c: edits.as_imported(b, range(len(b))),
    "confirm": lambda b, r, c: edits.confirm(b, [r, c.randrange(len(b))], confirmed=c.random() < 0.7),
    "confirm_all": lambda b, r, c: edits.confirm_all(b, range(r, len(b))),
    "confirm_all_above": lambda b, r, c: edits.confirm_all_above(b, r),
    "drop": lambda b, r, c: edits.drop(b, [r], dropped=c.random() < 0.7),
    "pin": lambda b, r, c: edits.pin(b, [r], pinned=c.random() < 0.5),
    "bookmark": lambda b, r, c: edits.bookmark(b, [r], marked=c.random() < 0.7),
    "need_review": lambda b, r, c: edits.need_review(b, [r], c.choice(["", "why 为什么"])),
}


def fingerprint(beads):
    """Return a hash of everything that beads are."""
    return hashlib.sha256(json.dumps([bead.as_json() for bead in beads]).encode()).hexdigest()


def _side(chance):
    return chance.choice(["source", "target"])


def _typed(bead, chance):
    return [[s.text + chance.choice(["", "!"]) for s in side] for side in (bead.source, bead.target)]


def main(path, seed):
    """Edit until killed."""
    chance = random.Random(seed)
    with Project.open(Path(path)) as project:
        track = project.tracks.alignment(project.chapters.all()[0])
        beads = project.tracks.rows(track)
        while True:
            name = chance.choice(list(EDITS))
            try:
                splice = EDITS[name](beads, chance.randrange(len(beads)), chance)
            except SpliceError:
                continue
            project.tracks.splice(track, splice, name)
            splice.apply(beads)
            print(name, fingerprint(beads), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
