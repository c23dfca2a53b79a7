"""Every character of a chapter is text, or something known that is none: no prose is lost, and nothing else is read."""

import re
from collections import Counter
from pathlib import Path

import pytest

from amts_desk.steps.read.formats import read_text

SAMPLE = Path(__file__).resolve().parents[4] / "resources" / "sample"
# What marks lists, quotes, headings, tables and emphasis, and the stop behind display math.
_MARK = re.compile(r"\[\^[^\]]+\]:|\[[ xX]\]|\d+[.)]|[\s>#|:*+=\-_~.,;!?()\[\]。，；：！？）（、]")
_FORBIDDEN = re.compile(r"^(?:```|~~~|:::)|^ {0,3}:(?:begin_tab|end_tab|label|eqlabel|width|height):|!\[[^\]]*\]\(")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|(?<!\$)\$(?![\s$])[^$]+?\$")


def accounted(path, code):
    """Return characters by kind of a file and the words that are neither text nor anything known."""
    text = path.read_text(encoding="utf-8")
    reading = read_text(text, path.name, spaced=code not in ("zh", "ja"))
    counts, at, rest = Counter(), 0, []
    spans = [(b.offsets[0], b.offsets[-1] + 1, "text") for b in reading.blocks]
    spans += [(piece.start, piece.end, piece.kind.value) for piece in reading.left]
    for start, end, kind in sorted(spans):
        assert at <= start <= end, (path, text[start : start + 80])
        rest.append(text[at:start])
        counts[kind] += end - start
        at = end
    rest.append(text[at:])
    counts["marks and white space"] += sum(map(len, rest))
    assert sum(counts.values()) == len(text)
    lost = [word for piece in rest for word in [_MARK.sub("", piece)] if word]
    things = Counter(piece.kind.value for piece in reading.left)
    for block in reading.blocks:
        shown = _CODE.sub("", block.text)
        assert not _FORBIDDEN.search(shown), (path, block.text)
        assert "$$" not in shown, (path, block.text)
    return counts, things, lost, reading.notes


def summed(paths, codes):
    characters, things, lost, notes = Counter(), Counter(), [], []
    for path, code in zip(paths, codes, strict=True):
        counted, found, words, damage = accounted(path, code)
        characters += counted
        things += found
        lost += [(path.name, word) for word in words]
        notes += damage
    print("\ncharacters:", dict(characters.most_common()), "\nthings:", dict(things.most_common()))
    return characters, things, lost, notes


def test_the_sample_book_is_read_to_the_last_character():
    paths = sorted(SAMPLE.glob("*/*.md"))
    assert len(paths) >= 6
    characters, things, lost, notes = summed(paths, [path.parent.name for path in paths])
    assert (lost, notes) == ([], [])
    assert characters["text"] > 10_000
    assert things["code"]


@pytest.mark.parametrize(("is_english", "code"), [(True, "en"), (False, "zh")])
def test_the_book_is_read_to_the_last_character(shared_data, is_english, code):
    paths = [p for p in sorted((shared_data / "d2l").glob("*/*.md")) if ("_origin" in p.name) is is_english]
    assert len(paths) == 139
    _, things, lost, _ = summed(paths, [code] * len(paths))
    assert lost == []
    assert things["code"] > 1_900
    assert things["tab mark"] > 800
