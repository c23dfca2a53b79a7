"""Align a folder of sentence files, each `{"id", "src": […], "tgt": […]}`, for scripts and measurements.

`"src_block"` and `"tgt_block"`, when given, are the numbers of the blocks that the sentences belong to.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.aligning import Means, align_texts
from amts_desk.steps.align.links import Link, Texts, block_ends
from amts_desk.steps.read.language import doubts
from amts_desk.store.files import write_atomically


@dataclass(frozen=True, slots=True)
class Batch:
    """What was done: files, sentences of both sides, seconds from reading to the last file, and what was left out.

    `peak_memory` is the largest that one process needed, in words.
    """

    files: int
    sentences: int
    seconds: float
    peak_memory: str
    problems: tuple[DeskError, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    id: object
    texts: Texts


def align_folder(
    folder: Path,
    out: Path,
    languages: tuple[str, str],
    *,
    shared: bool = True,
    jobs: int = 1,
    means: Means | None = None,
    progress: Progress = silent,
) -> Batch:
    """Align every `*.json` of `folder` and write `{"id", "pred", "confidence"}` under the same name into `out`.

    With `shared` one lexicon is learned over the whole folder, by one process; otherwise `jobs` processes share the
    files. A file that cannot be read is a problem of its own. Raises DeskError when there is none, or `out` cannot be
    written.
    """
    started = time.perf_counter()
    problems: list[DeskError] = []
    entries = list(_read(folder, problems))
    if not entries:
        raise problems[0] if problems else DeskError(f"{folder} has no *.json file.", "Check its name.")
    texts = [entry.texts for entry in entries]
    together = shared or jobs < 2
    found = (
        align_texts(texts, languages, shared=shared, means=means, progress=progress).links
        if together
        else _apart(texts, languages, jobs, means, progress)
    )
    for entry, links in zip(entries, found, strict=True):
        write_atomically(out / entry.path.name, _written(entry, links))
        problems += _doubts(entry, languages)
    count = sum(len(t.source) + len(t.target) for t in texts)
    return Batch(len(entries), count, time.perf_counter() - started, _peak_memory(), tuple(problems))


def _doubts(entry: _Entry, languages: tuple[str, str]) -> list[DeskError]:
    names = f"“src” of {entry.path.name}", f"“tgt” of {entry.path.name}"
    return doubts(names, (" ".join(entry.texts.source), " ".join(entry.texts.target)), languages)


def _read(folder: Path, problems: list[DeskError]) -> Iterator[_Entry]:
    for path in sorted(folder.glob("*.json")):
        try:
            entry = json.loads(path.read_text("utf-8"))
            source, target = (tuple(map(_sentence, entry[side])) for side in ("src", "tgt"))
            ends = _ends(entry.get("src_block"), len(source)), _ends(entry.get("tgt_block"), len(target))
            yield _Entry(path, entry.get("id", path.stem), Texts(source, target, *ends))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
            problems.append(
                DeskError(f"{path.name} was left out: {reason}.", 'It should hold {"id", "src": […], "tgt": […]}.')
            )


def _ends(blocks: Any, sentences: int) -> tuple[str, ...]:
    """Return where blocks end, from the numbers of the blocks that sentences belong to; nothing when not told."""
    if blocks is None:
        return ()
    if not isinstance(blocks, list) or len(blocks) != sentences:
        raise ValueError("its block numbers are not one for each sentence")
    return block_ends(blocks, ["paragraph"] * sentences)


def _sentence(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is not a sentence")
    return text


def _written(entry: _Entry, links: Sequence[Link]) -> bytes:
    pred = [[list(link.source), list(link.target)] for link in links]
    confidence = [link.confidence for link in links]
    return f"{json.dumps({'id': entry.id, 'pred': pred, 'confidence': confidence}, ensure_ascii=False)}\n".encode()


def _apart(
    texts: Sequence[Texts], languages: tuple[str, str], jobs: int, means: Means | None, progress: Progress
) -> Iterable[list[Link]]:
    """Yield the links of each file, aligned by several processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(texts)), mp_context=context) as pool:
        tasks = [pool.submit(align_texts, [each], languages, means=means) for each in texts]
        try:
            for done, task in enumerate(tasks):
                progress(done, len(tasks))
                yield from task.result().links
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _peak_memory() -> str:
    if sys.platform == "win32":
        return "peak memory not known on Windows"
    import resource

    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1 if sys.platform == "darwin" else 1024
    return f"peak {max(own, children) * unit / 1e6:.0f} MB"
