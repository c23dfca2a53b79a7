"""What Review shows beside the translator's text, and the chapter that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amts_desk.core import review
from amts_desk.core.alignment import Bead
from amts_desk.core.amazon import Run
from amts_desk.core.document import Document
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language, parse_direction
from amts_desk.core.options import Options
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import source_document
from amts_desk.flows.writing import chapter_bytes
from amts_desk.steps.score.bleu import tokenizer_for
from amts_desk.steps.score.highlight import Mark, highlights
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project


@dataclass(frozen=True, slots=True)
class Beside:
    """Reference, machine output and its marks for each source block of a chapter in one direction."""

    source_language: str
    target_language: str
    references: dict[int, str] = field(default_factory=dict)
    machine: dict[int, str] = field(default_factory=dict)
    marks: dict[int, list[Mark]] = field(default_factory=dict)


def beside(project: Project, chapter: Chapter, direction: str, run: Run | None, progress: Progress = silent) -> Beside:
    """Return what stands beside the blocks of a chapter; without a run only the references."""
    source_language, target_language = parse_direction(direction)
    target = source_document(project, chapter, target_language)
    beads = project.tracks.rows(project.tracks.alignment(chapter))
    human = references(beads, target, reverse=direction != chapter.direction)
    machine = project.runs.output(run.number, chapter.id) if run else {}
    found = marks(machine, human, target_language, progress) if machine else {}
    return Beside(source_language, target_language, human, machine, found)


def references(beads: Sequence[Bead], target: Document, *, reverse: bool = False) -> dict[int, str]:
    """Return for each source block the human sentences that its beads pair with it.

    `target` is the document the sentences come from; with `reverse` the beads are read from target to source.
    A bead that reaches over two blocks stands with both.
    """
    sides = [(b.target, b.source) if reverse else (b.source, b.target) for b in beads]
    found: dict[int, dict[int, list[str]]] = {}
    for near, far in sides:
        for block in {sentence.block for sentence in near}:
            for sentence in far:
                found.setdefault(block, {}).setdefault(sentence.index, []).append(sentence.text)
    join = language(target.language).join
    return {block: join([text for index in sorted(texts) for text in texts[index]]) for block, texts in found.items()}


def marks(
    machine: dict[int, str], human: dict[int, str], code: str, progress: Progress = silent
) -> dict[int, list[Mark]]:
    """Return for each block the parts of the machine output that the reference confirms, and those it does not."""
    tokenize = tokenizer_for(code)
    found = {}
    for done, (block, text) in enumerate(machine.items()):
        progress(done, len(machine))
        if human.get(block):
            found[block] = highlights(text, human[block], tokenize)
    return found


def finished_chapter(project: Project, chapter: Chapter, direction: str, options: Options | None = None) -> bytes:
    """Return the source chapter with every block that has a translation replaced by it, ready to be written.

    Its lines are as `options` say, without them as the project's do. Raises DeskError when no block has a
    translation, or one of them would not read as itself.
    """
    source, target = parse_direction(direction)
    document = source_document(project, chapter, source)
    rows = project.tracks.rows(project.tracks.review(chapter, direction))
    # Whatever edition the decisions were made on: each goes to the block it is about.
    decisions = review.reread(rows, [block.text for block in document.blocks]).new
    texts = {decision.block: decision.text for decision in decisions if decision.text.strip()}
    if not texts:
        raise DeskError(f"{chapter.name} has no translation yet.", "Take the machine output or type one in Review.")
    return chapter_bytes(options or project.options, document, texts, target)
