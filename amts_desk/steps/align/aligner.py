"""Align the sentences of chapters with those of their translations. Only light imports: windows read these types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amts_desk.core.languages import language
from amts_desk.core.progress import Progress, silent
from amts_desk.steps.align.links import Alignment, Knowledge, Texts

if TYPE_CHECKING:
    from amts_desk.steps.align.meaning import Encoder


def align(
    chapters: Sequence[Texts],
    source_language: str,
    target_language: str,
    *,
    shared: bool = True,
    use_dictionary: bool = True,
    knowledge: Knowledge | None = None,
    encoder: Encoder | None = None,
    use_encoder: bool = True,
    progress: Progress = silent,
) -> Alignment:
    """Return the links of every chapter in order: monotone, every sentence in exactly one link.

    With `shared` the chapters learn one lexicon together, which makes each of them better; only then are its words
    returned. The dictionary is used where there is one for the languages, else the encoder that comes with the program;
    an `encoder` of one's own is used in any case, and neither without `use_encoder`. Pinned beads stand, and teach with
    weight, as what `knowledge` holds does. `progress` counts the steps of all chapters and may raise Cancelled. Raises
    DeskError for a language the program does not know, or pins that cannot be.
    """
    from amts_desk.steps.align.run import run

    codes = language(source_language).code, language(target_language).code
    return run(
        chapters,
        codes,
        shared=shared,
        use_dictionary=use_dictionary,
        knowledge=knowledge or Knowledge(),
        encoder=encoder,
        use_encoder=use_encoder,
        progress=progress,
    )
