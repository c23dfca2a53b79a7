"""Beads as reviews see them, and how the tests send them out and bring them back in each format."""

import io
from dataclasses import replace

from hypothesis import strategies as st

from amts_desk.core.alignment import Bead, BeadState, Sentence
from amts_desk.core.exchange import Origin, sealed, sent_rows
from amts_desk.core.homecoming import compare
from amts_desk.steps.interchange import (
    intertext,
    review_docx,
    review_po,
    review_tmx,
    review_tsv,
    review_xliff,
    review_xlsx,
)
from amts_desk.steps.interchange.review_cells import fitting

ORIGIN = Origin(3, "measuring", "en", "zh")
LANGUAGES = ("en", "zh")
FORMS = {
    "xlsx": (review_xlsx.write, review_xlsx.read),
    "docx": (review_docx.write, review_docx.read),
    "tsv": (review_tsv.write, review_tsv.read),
    "tmx": (review_tmx.write, review_tmx.read),
    "intertext": (intertext.write, intertext.read_archive),
    "xliff": (review_xliff.write, review_xliff.read),
    "po": (review_po.write, review_po.read),
}

TEXTS = (
    "Measure twice.",
    "机器翻译很有用。",
    "機械翻訳は役に立つ。",
    "¿Cuánto cuesta? Diez €.",
    "ترجمة آلية \u200fمفيدة",
    "🤖👩‍🔬 e\u0301",
    "one\ntwo",
    "one\ttwo",
    "=SUM(A1:A2)",
    "+1",
    "-1",
    "@here",
    "'=quoted",
    "'tis",
    "= 2 + 2",
    "a ┊ b ␊ ␦ c",
    "_x0041_ _x005F_",
    '<b>&amp;</b> "quoted" ]]>',
    "a\x00b\x1fc\x7fd\x85e\u2028f\ufffeg",
    "1/2",
    "007",
    "TRUE",
    "a  b \u00a0 c",
    "\\n $\\alpha$ `code`",
)

texts = st.one_of(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))


@st.composite
def beads(draw):
    """Draw a few beads of any text; some sentences are blank, and some beads are empty."""
    found, counts = [], [0, 0]
    for _ in range(draw(st.integers(1, 5))):
        sides = []
        for side in (0, 1):
            number = draw(st.integers(0, 3))
            sides.append(tuple(Sentence(counts[side] + i, 0, draw(texts)) for i in range(number)))
            counts[side] += number
        note = draw(st.one_of(st.just(""), texts))
        found.append(Bead(*sides, state=draw(st.sampled_from(BeadState)), note=note))
    return found


def bead(source, target, number=0, **more):
    """Return a bead of these texts, its sentences numbered from 10 times `number`."""
    sides = [tuple(Sentence(10 * number + i, number, text) for i, text in enumerate(side)) for side in (source, target)]
    return Bead(*sides, **more)


SAMPLE = [
    bead(["Measure twice."], ["量两次。"], 0),
    bead(["One text.", "=SUM(A1)"], ["一篇文本。"], 1, note="see p. 3\nand 4"),
    bead(["Bleu\tis a score."], ["分数，", "叫 BLEU。"], 2, state=BeadState.CONFIRMED),
    bead([], ["多出来的。"], 3, state=BeadState.REVIEW, note="why?"),
    bead(["Left over."], [], 4, state=BeadState.DROPPED),
    bead(["+1"], ["🤖 ترجمة"], 5),
]


def written(form, found=SAMPLE, origin=ORIGIN):
    """Return beads as a file of a format; what no spreadsheet carries is cut as the program does it."""
    rows = sent_rows(found, origin)
    if form in ("xlsx", "tsv"):
        fit = [fitting(row) for row in rows]
        rows = [row if row.is_whole else sealed(replace(row, seal=""), origin) for row in fit]
    stream = io.BytesIO()
    FORMS[form][0](rows, (origin.source_language, origin.target_language), stream)
    return stream.getvalue()


def read(form, data):
    """Return the file that came back."""
    return FORMS[form][1](data, f"review.{form}")


def outcome(form, data, found=SAMPLE, origin=ORIGIN):
    """Return what a file that came back means for the beads."""
    return compare(found, read(form, data).rows, origin)


def kinds(result):
    """Return the kinds of the conflicts by bead."""
    return [(conflict.kind.value, conflict.row) for conflict in result.conflicts]
