"""`amts-desk align`: two chapters, or a folder of sentence files."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amts_desk.cli.terminal import TerminalProgress, print_problems, write_or_print
from amts_desk.core.alignment import Bead, paragraph_groups
from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language

if TYPE_CHECKING:
    from amts_desk.core.document import Document
    from amts_desk.core.pairs import Unit
    from amts_desk.flows.aligning import Means


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("paths", metavar="SOURCE TARGET", nargs=2, help="two files; with --batch IN_DIR OUT_DIR")
    parser.add_argument("--source-lang", metavar="L", required=True)
    parser.add_argument("--target-lang", metavar="L", required=True)
    parser.add_argument("--unit", choices=("sentence", "paragraph"), default="sentence")
    parser.add_argument("--format", choices=("json", "tsv", "csv", "tmx"), default="json")
    parser.add_argument("-o", "--output", metavar="OUT", help="default: stdout")
    parser.add_argument("--no-dictionary", action="store_true", help="as if there were none of the two languages")
    parser.add_argument("--no-encoder", action="store_true", help="compare words only, never whole sentences")
    parser.add_argument(
        "--encoder", metavar="MODEL", help="a model of sentence-transformers, such as LaBSE, when that is installed"
    )
    batch = parser.add_argument_group("a folder")
    batch.add_argument("--batch", action="store_true", help="align every *.json of IN_DIR into OUT_DIR")
    batch.add_argument("--independent", action="store_true", help="learn from each file alone")
    batch.add_argument(
        "--jobs", metavar="N", type=int, default=1, help="processes, with --independent (one lexicon is learned by one)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Align and return the exit code: 1 when a file seems to be in another language than it was said to be."""
    codes = language(arguments.source_lang).code, language(arguments.target_lang).code
    if codes[0] == codes[1]:
        raise DeskError(f"Both sides are said to be in {codes[0]}.", "Give two languages.")
    if arguments.batch:
        return _batch(arguments, codes)
    source, target = (read_side(Path(path), code) for path, code in zip(arguments.paths, codes, strict=True))
    _require_two_languages(source, target)
    beads = _aligned(source, target, _means(arguments))
    write_or_print(_formatted(source, target, beads, arguments.unit, arguments.format), arguments.output)
    return print_problems(_doubts(source, target))


def read_side(path: Path, code: str) -> Document:
    """Return a chapter; each line of a `.txt` file is a sentence as it stands. Raises DeskError."""
    from amts_desk.steps.read.files import read_file

    document = read_file(path, code)
    return replace(document, sentences=document.blocks) if path.suffix.lower() == ".txt" else document


def _require_two_languages(source: Document, target: Document) -> None:
    from amts_desk.steps.read.language import guess

    told = [guess(" ".join(s.text for s in document.sentences)) for document in (source, target)]
    if told[0] and told[0] == told[1]:
        names = " and ".join(document.path.rpartition("/")[2] for document in (source, target))
        raise DeskError(f"{names} are in the same language ({told[0]}).", "Give a chapter and its translation.")


def _doubts(source: Document, target: Document) -> list[DeskError]:
    from amts_desk.steps.read.language import doubts

    names = source.path.rpartition("/")[2], target.path.rpartition("/")[2]
    texts = [" ".join(sentence.text for sentence in side.sentences) for side in (source, target)]
    return doubts(names, (texts[0], texts[1]), (source.language, target.language))


def _means(arguments: argparse.Namespace) -> Means:
    from amts_desk.flows.aligning import Means

    return Means(not arguments.no_dictionary, not arguments.no_encoder, arguments.encoder)


def _aligned(source: Document, target: Document, means: Means) -> tuple[Bead, ...]:
    from amts_desk.flows.aligning import align_texts
    from amts_desk.steps.align.beads import texts_of, to_beads

    with TerminalProgress() as progress:
        languages = source.language, target.language
        found = align_texts([texts_of(source, target)], languages, means=means, progress=progress)
    (links,) = found.links
    return to_beads(source, target, links)


def _formatted(source: Document, target: Document, beads: Sequence[Bead], unit: Unit, kind: str) -> bytes:
    from amts_desk.core.pairs import PairFormat
    from amts_desk.steps.interchange.delimited import write_delimited
    from amts_desk.steps.interchange.tmx import write_tmx
    from amts_desk.steps.parallel_data import pairs_from_beads

    if kind == "json":
        whole = _sentences if unit == "sentence" else _paragraphs
        return f"{json.dumps(whole(source, target, beads), ensure_ascii=False)}\n".encode()
    codes = source.language, target.language
    pairs = pairs_from_beads(beads, unit, *codes, source.path.rpartition("/")[2])
    stream = io.BytesIO()
    if kind == "tmx":
        write_tmx(pairs, *codes, stream, unit=unit)
    else:
        write_delimited(pairs, *codes, stream, PairFormat.CSV if kind == "csv" else PairFormat.TSV)
    return stream.getvalue()


def _sentences(source: Document, target: Document, beads: Sequence[Bead]) -> dict[str, Any]:
    return {
        "source": [sentence.text for sentence in source.sentences],
        "target": [sentence.text for sentence in target.sentences],
        "beads": [
            {
                "source": [sentence.index for sentence in bead.source],
                "target": [sentence.index for sentence in bead.target],
                "confidence": bead.confidence,
                "reasons": list(bead.reasons),
            }
            for bead in beads
        ],
    }


def _paragraphs(source: Document, target: Document, beads: Sequence[Bead]) -> dict[str, Any]:
    """Return the blocks and how they pair; a paragraph is as sure as the least sure of its beads."""
    return {
        "source": [block.text for block in source.blocks],
        "target": [block.text for block in target.blocks],
        "beads": [
            {
                "source": list(group.source_blocks),
                "target": list(group.target_blocks),
                "confidence": min(bead.confidence for bead in group.beads),
                "reasons": list(dict.fromkeys(reason for bead in group.beads for reason in bead.reasons)),
            }
            for group in paragraph_groups(beads)
        ],
    }


def _batch(arguments: argparse.Namespace, codes: tuple[str, str]) -> int:
    from amts_desk.flows.batch import align_folder

    if arguments.jobs > 1 and not arguments.independent:
        print("amts-desk: one lexicon is learned by one process; --jobs needs --independent.", file=sys.stderr)
    folder, out = (Path(path) for path in arguments.paths)
    shared = not arguments.independent
    with TerminalProgress() as progress:
        means = _means(arguments)
        done = align_folder(folder, out, codes, shared=shared, jobs=arguments.jobs, means=means, progress=progress)
    print(
        f"{done.files} files, {done.sentences} sentences in {done.seconds:.1f} s: "
        f"{done.sentences / done.seconds:.0f} sentences/s, {done.peak_memory}"
    )
    return print_problems(done.problems)
