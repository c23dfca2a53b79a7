"""When the rows of a track were made and changed, read from its journal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from amts_desk.core.pairs import Stamp
from amts_desk.store.database import Database


def stamps(database: Database, track_id: int, position: int, count: int) -> list[Stamp]:
    """Return a stamp for each of the `count` rows, after the first `position` steps of the journal.

    A step that leaves the number of rows as it was changes those whose texts or state are others afterwards: a
    bookmark or a pin is no change. Rows that no step has touched have an empty stamp.
    """
    steps = database.all(
        "SELECT number, start, json_array_length(old), json_array_length(new), made_at, author FROM splice"
        " WHERE track_id = ? AND number <= ? ORDER BY number",
        (track_id, position),
    )
    rows = [Stamp()] * (count - sum(new - old for _, _, old, new, _, _ in steps))
    for number, start, old, new, made_at, author in steps:
        made = Stamp(made_at, made_at, author)
        before = rows[start : start + old]
        rows[start : start + old] = _changed(database, track_id, number, before, made) if old == new else [made] * new
    return rows


def _changed(database: Database, track_id: int, number: int, before: Sequence[Stamp], made: Stamp) -> list[Stamp]:
    """Return the stamps of rows after a step that left their number as it was."""
    texts = database.all("SELECT old, new FROM splice WHERE track_id = ? AND number = ?", (track_id, number))[0]
    old, new = (json.loads(text) for text in texts)
    return [
        stamp
        if _told(one) == _told(other)
        else Stamp(stamp.created_at or made.created_at, made.changed_at, made.changed_by)
        for stamp, one, other in zip(before, old, new, strict=True)
    ]


def _told(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a stored bead says: its texts and its state."""
    return row.get("s"), row.get("t"), row.get("state")
