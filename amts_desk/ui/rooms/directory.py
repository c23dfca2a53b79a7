"""Which rooms there are, in the order of the side bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

ROOMS = (
    ("chapters", "ChaptersRoom"),
    ("align", "AlignRoom"),
    ("parallel_data", "ParallelDataRoom"),
    ("jobs", "JobsRoom"),
    ("review", "ReviewRoom"),
    ("compare", "CompareRoom"),
)
"""Name of each room (its module, its icon) and its class. A room is built when it is first entered."""


def room_title(name: str) -> str:
    """Return what a room is called."""
    return {
        "chapters": QCoreApplication.translate("Rooms", "Chapters"),
        "align": QCoreApplication.translate("Rooms", "Align"),
        "parallel_data": QCoreApplication.translate("Rooms", "Parallel data"),
        "jobs": QCoreApplication.translate("Rooms", "Jobs"),
        "review": QCoreApplication.translate("Rooms", "Review"),
        "compare": QCoreApplication.translate("Rooms", "Compare"),
    }[name]
