"""How well and how fast sentences are cut: `python -m tests.benchmarks.segmentation`.

Own rules, pysbd, sentencex and blingfire on the same masked text. Quality is F1 of the boundaries inside the blocks of
the gold chapters: d2l-dev by its own blocks, mac-dev joined by six sentences. Speed is million characters a second of
processor time over the same blocks; our own rules are measured with masking, the libraries without.
A library that is not installed is left out: `pip install pysbd sentencex blingfire`.
"""

import json
import time
import warnings
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from amts_desk.steps.protect import masked
from amts_desk.steps.segment import boundaries

GOLD = Path(__file__).resolve().parents[4] / "shared" / "data" / "gold"
Block = tuple[str, str, frozenset[int]]
"""A text, the same masked, and the offsets where all sentences but the first begin."""
Cut = Callable[[Block], Iterable[int]]


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    print(f"{'gold':10}{'lang':6}{'cut by':12}{'precision':>10}{'recall':>8}{'F1':>8}{'Mchar/s':>10}")
    for name, side, code in (
        ("d2l-dev", "src", "en"),
        ("d2l-dev", "tgt", "zh"),
        ("mac-dev", "tgt", "en"),
        ("mac-dev", "src", "zh"),
    ):
        blocks = gold_blocks(GOLD / name, side, code)
        for program, cut in programs(code).items():
            print(f"{name:10}{code:6}{program:12}{measured(blocks, cut)}", flush=True)


def gold_blocks(folder: Path, side: str, code: str) -> list[Block]:
    """Return the blocks of one side of all gold chapters in a folder."""
    found = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        numbers = gold.get(f"{side}_block") or [number // 6 for number in range(len(gold[side]))]
        for _, group in groupby(zip(numbers, gold[side], strict=True), key=lambda pair: pair[0]):
            found.append(joined([sentence for _, sentence in group], " " if code == "en" else ""))
    return found


def joined(sentences: list[str], space: str) -> Block:
    """Return sentences as one block."""
    edges, at = set(), 0
    for sentence in sentences[:-1]:
        at += len(sentence) + len(space)
        edges.add(at)
    text = space.join(sentences)
    return text, masked(text), frozenset(edges)


def programs(code: str) -> dict[str, Cut]:
    """Return what can cut a block, by name."""
    found: dict[str, Cut] = {"own rules": lambda block: boundaries(block[0], code)}
    for name, make in (("pysbd", pysbd), ("sentencex", sentencex), ("blingfire", blingfire)):
        if find_spec(name):
            found[name] = make(code)
    return found


def pysbd(code: str) -> Cut:
    """Return pysbd's cut."""
    from pysbd import Segmenter

    segmenter = Segmenter(language=code, clean=False, char_span=True)
    return lambda block: [span.start for span in segmenter.segment(block[1])][1:]


def sentencex(code: str) -> Cut:
    """Return sentencex's cut."""
    from sentencex import get_sentence_boundaries

    return lambda block: [found["start_index"] for found in get_sentence_boundaries(code, block[1])][1:]


def blingfire(_code: str) -> Cut:
    """Return blingfire's cut."""
    from blingfire import text_to_sentences_and_offsets

    return lambda block: [start for start, _ in text_to_sentences_and_offsets(block[1])[1]][1:]


def measured(blocks: list[Block], cut: Cut) -> str:
    """Return precision, recall, F1 and speed as the end of a line of the table."""
    started = time.process_time()
    found = [frozenset(cut(block)) for block in blocks]
    seconds = time.process_time() - started
    right = sum(len(mine & block[2]) for mine, block in zip(found, blocks, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(len(block[2]) for block in blocks))
    speed = sum(len(block[0]) for block in blocks) / seconds / 1e6
    return (
        f"{precision:10.3f}{recall:8.3f}{2 * right and 2 * precision * recall / (precision + recall):8.3f}{speed:10.2f}"
    )


if __name__ == "__main__":
    main()
