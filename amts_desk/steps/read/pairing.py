"""Find the chapter pairs in files and folders that somebody dropped on the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import LANGUAGES
from amts_desk.steps.read import formats
from amts_desk.steps.read.language import guess

SUFFIXES = formats.SUFFIXES
_SAMPLE = 20_000
"""Bytes of a file that are looked at to tell its language."""


@dataclass(frozen=True, slots=True)
class ChapterPair:
    """The two files of one chapter and the languages they are in."""

    name: str
    source: Path
    target: Path
    source_language: str
    target_language: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for chapters found: the pairs, and each file that was left over with the reason."""

    pairs: tuple[ChapterPair, ...]
    left_over: tuple[DeskError, ...] = ()


def find_pairs(paths: Iterable[Path], source_language: str = "", target_language: str = "") -> Found:
    """Return the chapter pairs below `paths`.

    Three ways to lie together are known: `X_origin.md` beside `X.md`, `en/…` beside `es/…` with the same names,
    and exactly two files. Languages that are not given are told from the folders or the text; two files in one
    language are left over.
    """
    paths = [path.expanduser() for path in paths]
    files = sorted({file for path in paths for file in _files(path)})
    if not files:
        names = ", ".join(str(path) for path in paths)
        raise DeskError(f"No chapters were found in {names}.", f"Chapters end in {', '.join(SUFFIXES)}.")
    couples = _origin_couples(files) or _folder_couples(files, source_language, target_language)
    if not couples and len(files) == 2:
        couples = [_Couple(files[0].stem, *_in_order(files, source_language))]
    told = [(_language(couple.source), _language(couple.target)) for couple in couples]
    translations = [guesses for guesses in told if guesses[0] != guesses[1]]
    usual = (
        source_language or _commonest(source for source, _ in translations),
        target_language or _commonest(target for _, target in translations),
    )
    pairs, problems = [], []
    for couple, guesses in zip(couples, told, strict=True):
        try:
            pairs.append(_pair(couple, guesses, usual))
        except DeskError as error:
            problems.append(error)
    paired = {file for couple in couples for file in (couple.source, couple.target)}
    problems += [
        DeskError(f"{file.name} has no partner and was left out.", "Put its translation beside it.")
        for file in files
        if file not in paired and file.stem.lower() not in ("readme", "terminology", "style_guide")
    ]
    return Found(tuple(pairs), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Couple:
    """Two files that lie together as a chapter; the languages where the folders tell them."""

    name: str
    source: Path
    target: Path
    source_language: str = ""
    target_language: str = ""


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.exists():
        raise DeskError(f"{path} does not exist.", "Check the spelling of its name.")
    return [file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()]


def _origin_couples(files: list[Path]) -> list[_Couple]:
    known = set(files)
    found = []
    for file in files:
        target = file.with_name(file.name.replace("_origin.", "."))
        if target != file and target in known:
            found.append(_Couple(target.stem, file, target))
    return _with_unique_names(found)


def _folder_couples(files: list[Path], source: str, target: str) -> list[_Couple]:
    """Return the files of the source folder (`en`) and of every target folder that bear the same name."""
    below: dict[str, dict[tuple[str, ...], Path]] = {}
    for file in files:
        at = next((i for i in range(len(file.parts) - 2, -1, -1) if file.parts[i] in LANGUAGES), None)
        if at is not None:
            below.setdefault(file.parts[at], {})[(*file.parts[:at], *file.parts[at + 1 :])] = file
    source = source or "en"
    originals = below.get(source, {})
    found = []
    for code in [target] if target else [code for code in LANGUAGES if code in below and code != source]:
        translations = below.get(code, {})
        same = [key for key in originals if key in translations]
        found += _with_unique_names(
            [_Couple(originals[key].stem, originals[key], translations[key], source, code) for key in same]
        )
    return found


def _with_unique_names(couples: list[_Couple]) -> list[_Couple]:
    """Return the couples named by their file, with as many folders before it as tell those of one name apart."""
    names = [f"{c.source.parent.name}/{c.name}" if c.name == "index" else c.name for c in couples]
    for depth in range(1, max((len(c.source.parts) for c in couples), default=1)):
        counts = Counter(names)
        names = [
            "/".join((*couple.source.parent.parts[-depth:], couple.name)) if counts[name] > 1 else name
            for couple, name in zip(couples, names, strict=True)
        ]
    return [replace(couple, name=name) for couple, name in zip(couples, names, strict=True)]


def _in_order(files: list[Path], source_language: str) -> tuple[Path, Path]:
    """Return two files with the one in the source language (English when nothing is said) first."""
    first, second = files
    return (second, first) if _language(second) == (source_language or "en") else (first, second)


def _language(path: Path) -> str:
    """Return what a file's text looks like; "" when it cannot be read, which reading the pair then reports."""
    try:
        with path.open("rb") as file:
            return guess(file.read(_SAMPLE).decode("utf-8", "replace"))
    except OSError:
        return ""


def _commonest(codes: Iterable[str]) -> str:
    counts = Counter(code for code in codes if code)
    return counts.most_common(1)[0][0] if counts else ""


def _pair(couple: _Couple, told: tuple[str, str], usual: tuple[str, str]) -> ChapterPair:
    """Return the pair in its own or its company's usual languages. `told` is what its text looks like."""
    source, target = couple.source_language or usual[0], couple.target_language or usual[1]
    if (source and source == target) or (told[0] and told[0] == told[1]):
        raise DeskError(
            f"{couple.source.name} and {couple.target.name} are in the same language ({told[0] or source}).",
            "A chapter needs its source and its translation.",
        )
    if not (source and target):
        raise DeskError(
            f"The languages of {couple.source.name} and {couple.target.name} could not be told.",
            "Choose the source and target languages first.",
        )
    return ChapterPair(couple.name, couple.source, couple.target, source, target)
