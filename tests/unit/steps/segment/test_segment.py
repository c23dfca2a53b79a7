"""Sentences: hard cases of English, Spanish and Chinese, and the gold chapters. `‖` marks where a sentence ends."""

import json
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.segment import boundaries, cut

ENGLISH = [
    "One. ‖Two! ‖Three? ‖Four",
    "We use features, e.g., color, i.e. hue. ‖Then we stop.",
    "Data are drawn i.i.d. from it, w.r.t. time, a.k.a. steps.",
    "See Fig. 3, Eq. 4, Sec. 5, Ch. 6 and Tab. 7. ‖No. 8 is last.",
    "Compare cf. Smith et al. (2015) vs. Jones, pp. 3–7, vol. 2.",
    "Dr. Smith, Mr. Lee, Mrs. Roe, Ms. Li and Prof. Wu of Acme Inc. met in St. Louis.",
    "J. R. Smith and G. Hinton wrote it. ‖They won.",
    "The vitamin is C. elegans or E. coli.",
    "It costs 3.5 dollars and 0.1 cents in version 1.2.3. ‖It is cheap.",
    "In 2017. ‖Then came 2018.",
    "Wait... ‖Now go.",
    "Wait... then go, and so on … until it ends.",
    "Wait… ‖Now go.",
    "Really?! ‖Yes!! ‖No.",
    "“Is it so?” ‖“It is.” ‖She left.",
    "He asked “Is it so?” and left.",
    'He said "stop." ‖Then he left.',
    "It ends (see below). ‖It goes on.",
    "It ends. ‖(See below.) ‖It goes on.",
    "It asks (really?) and goes on.",
    "It [ends.] ‖[It goes on.]",
    "We add **bold.** ‖*Italics* follow.",
    "We call `f.x`. ‖`g` follows. ‖`h. I` ends.",
    "We saw :numref:`sec_a`. ‖:numref:`sec_b` follows.",
    "It is given by $x. Y$. ‖$z$ follows.",
    "It is given in $\\mathbb{R}$. ‖We go on.",
    "Read [the page](https://a.b/c.d?e=F.G). ‖[Next](x.md) comes.",
    "Read https://a.b/c.html. ‖Then go.",
    "Visit <https://a.b/C.html>. ‖Then go.",
    "The file model.py is in www.d2l.ai now.",
    "1. Introduction",
    "2.3. Softmax Regression. ‖It follows.",
    "The U.S. economy grew in the U.K. too.",
    "Use .NET or Node.js. ‖Both work.",
    "A note.[^1] ‖Another one.",
    "Is it 5 a.m. or 6 p.m. now?",
    "The end. ‖  Two spaces.",
    "the first. ‖Élan follows. ‖Ünder too.",
    "We can. ‖<b>Bold.</b> ‖Plain.",
    "This is y.",
]
SPANISH = [
    "Uno. ‖Dos. ‖Tres.",
    "¿Qué es? ‖¡Esto! ‖Es así.",
    "Es así. ‖¿Por qué? ‖Nadie lo sabe.",
    "El Sr. Pérez y la Sra. Gil, p. ej. ellos, vinieron.",
    "Véase la fig. 3, la pág. 4, págs. 5 y el núm. 6, etc. ‖Luego sigue.",
    "«¿Es así?» ‖«Sí.» ‖Se fue.",
    "Cuesta 3,5 euros o 1.000 pesos. ‖Es caro.",
    "Espera… ‖Ahora sí. ‖Él viene. ‖Últimamente no.",
]
CHINESE = [
    "一。‖二！‖三？‖四",
    "第一句；第二句；第三句。‖第四句。",
    "第一：第二。‖第三",
    "“你好。”他说。‖他走了。",
    "“你好！”的确如此。",
    "“你好。”李明笑着说，“再见。”‖他走了。",
    "“你好。”‖然后他们走了。",
    "他说：“你好。再见。”‖他走了。",
    "他问：“好吗？”，然后走了。",
    "「好吗？」‖他走了。",
    "《你是谁？》是一本书。‖它很好。",
    "（参见下文。）‖接着走。",
    "它结束了（参见下文。那里有）。‖接着走。",
    "它结束了(See below. There)。‖接着走。",
    "真的吗？！‖是的。",
    "等等……好。‖再见。",
    "**重点。**‖下一句。",
    "**重点**。‖下一句。",
    "**粗体。**‖然后*斜体。*‖结束。",
    "一句。‖*斜体*开始。",
    "它等于3.14。‖版本是1.2.3。",
    "它是 $x。y$。‖$z$ 随后。",
    "见:numref:`sec_a`。‖:numref:`sec_b`随后。",
    "调用`f。g`。‖`h`随后。",
    "We end in English. ‖然后是中文。‖Then English. ‖End.",
    "使用 Node.js 和 e.g. 小写。‖好",
    "读[这页](https://a.b/c?d!e)。‖好。",
    "好！‖好吗？",
    "他说“好。‖然后走了。‖再也没有回来。",
    "它结束了（参见下文。‖接着走。‖好。",
    "一。 ‖二。",
    "一句。[^1]‖下一句[^2]。‖再一句。",
    "[一句。](https://a.b/c)‖下一句。",
]
CASES = [(code, case) for code, cases in (("en", ENGLISH), ("es", SPANISH), ("zh", CHINESE)) for case in cases]


@pytest.mark.parametrize(("code", "marked"), CASES)
def test_hard_cases_are_cut_where_a_reader_would(code, marked):
    text = marked.replace("‖", "")
    assert [text[start:end] for start, end in cut(text, code)] == [part.strip() for part in marked.split("‖")]


@given(st.text(alphabet="aB1 .!?。！？“”（）()*`$:;；…《》「」\"'", max_size=60), st.sampled_from(["en", "es", "zh"]))
def test_sentences_are_the_text_without_the_white_space_between(text, code):
    found = cut(text, code)
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in found)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert found == sorted(found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    edges = boundaries(text, code)
    assert edges == sorted(set(edges))
    assert all(0 < edge < len(text) for edge in edges)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(
    "unit", ["$ ", "`", "<a", "<a ", "(", "（a。", "“a。", "[a](", "a. ", "*。", "https://a.", "![", "."]
)
def test_long_and_odd_text_comes_to_an_end(code, unit):
    """A rule that backtracks without end would never come back."""
    text = unit * 20_000
    assert cut(text, code)


@pytest.mark.parametrize(("side", "code", "least"), [("src", "en", 0.985), ("tgt", "zh", 0.975)])
def test_the_gold_chapters_are_cut_as_their_reader_did(shared_data, side, code, least):
    right = missed = wrong = 0
    for path in sorted((shared_data / "gold" / "d2l-dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for _, block in groupby(zip(gold[f"{side}_block"], gold[side], strict=True), key=lambda pair: pair[0]):
            text, edges = joined([sentence for _, sentence in block], " " if code == "en" else "")
            found = set(boundaries(text, code))
            right += len(found & edges)
            missed += len(edges - found)
            wrong += len(found - edges)
    assert right > 200
    assert 2 * right / (2 * right + missed + wrong) >= least


def joined(sentences, space):
    """Return (the sentences as one text, the offsets where all but the first begin)."""
    edges, at = set(), 0
    for sentence in sentences[:-1]:
        at += len(sentence) + len(space)
        edges.add(at)
    return space.join(sentences), edges
