"""Align the sentences of chapters with those of their translations. Only light imports: windows read these types."""

from __future__ import annotations

from collections.abc import Sequence

from amts_desk.core.languages import language
from amts_desk.core.progress import Progress, silent
from amts_desk.steps.align.links import Link, Texts


def align(
    chapters: Sequence[Texts],
    source_language: str,
    target_language: str,
    *,
    shared: bool = True,
    use_dictionary: bool = True,
    progress: Progress = silent,
) -> list[list[Link]]:
    """Return the links of every chapter in order: monotone, every sentence in exactly one link.

    With `shared` the chapters learn one lexicon together, which makes each of them better. The dictionary is used
    for Chinese with English. `progress` counts the steps of all chapters and may raise Cancelled. Raises DeskError
    for a language the program does not know.
    """
    from amts_desk.steps.align.run import run

    codes = language(source_language).code, language(target_language).code
    return run(chapters, codes, shared=shared, use_dictionary=use_dictionary, progress=progress)
