"""A quick look at what Amazon makes of a chapter: its first sentences, one call each, without parallel data.

TranslateText knows no Active Custom Translation; what it cuts and joins differs from a batch job, so a preview is
for the eye and never scored.
"""

from __future__ import annotations

from dataclasses import dataclass

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.ordering import source_document
from amts_desk.steps.interchange.job_html import came_back, marked
from amts_desk.steps.interchange.text_pieces import pieces
from amts_desk.store.chapters import Chapter
from amts_desk.store.project import Project

SENTENCES = 5
"""How many sentences a preview shows unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """One sentence, what Amazon made of it, and what is wrong with that ("" when nothing is)."""

    source: str
    translation: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first sentences of a chapter in one direction."""

    chapter: Chapter
    source_language: str
    target_language: str
    sentences: tuple[Previewed, ...]


def first_sentences(project: Project, chapter: Chapter, source_language: str, count: int = SENTENCES) -> list[str]:
    """Return the sentences that a preview would send. Raises DeskError when the chapter is not in the language."""
    return [sentence.text for sentence in source_document(project, chapter, source_language).sentences[:count]]


def preview(
    project: Project,
    cloud: Cloud,
    chapter: Chapter,
    direction: tuple[str, str],
    count: int = SENTENCES,
    progress: Progress = silent,
) -> Preview:
    """Return the first sentences of a chapter translated in a direction. Raises ServiceError when Amazon refuses."""
    texts = first_sentences(project, chapter, direction[0], count)
    found = []
    for done, text in enumerate(texts):
        progress(done, len(texts), chapter.name)
        found.append(_previewed(cloud, text, direction))
    return Preview(chapter, *direction, tuple(found))


def _previewed(cloud: Cloud, text: str, direction: tuple[str, str]) -> Previewed:
    parts, problems = [], []
    for piece in pieces(text):
        answer = Translate(cloud).translate_text(marked(piece), *direction)
        back = came_back(f'<p id="b0">{answer}</p>', {0: piece})
        parts.append(back.texts.get(0, piece))
        problems += [problem.message for problem in back.problems]
    return Previewed(text, "".join(parts), "; ".join(problems))
