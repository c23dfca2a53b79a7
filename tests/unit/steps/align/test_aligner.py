import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.steps.align import aligner, reasons
from amts_desk.steps.align.links import Knowledge, Pin, Stretch, Texts, block_ends

ENGLISH = (
    "Linear regression is simple. It is also old.",
    "We want to predict the price of a house from its area and its age.",
    "The model has weights and a bias.",
    "The loss function measures the error of the model.",
    "We minimise it with stochastic gradient descent.",
    "First we choose random initial values for the parameters, and then we repeat small steps.",
    "Every step reads a batch of examples.",
    "The learning rate is 0.03.",
    "Finally we look at the result.",
)
CHINESE = (
    "线性回归很简单，也很古老。",
    "我们希望根据房屋的面积和房龄来预测房屋的价格。",
    "模型有权重和偏置。",
    "损失函数度量模型的误差。",
    "我们用随机梯度下降来最小化它。",
    "首先，我们选择参数的随机初始值。",
    "然后我们重复很小的步骤。",
    "每一步读取一批样本。",
    "学习率是0.03。",
    "最后我们看看结果。",
)
SPANISH = (
    "La regresión lineal es sencilla. También es antigua.",
    "Queremos predecir el precio de una casa a partir de su superficie y su edad.",
    "El modelo tiene pesos y un sesgo.",
    "La función de pérdida mide el error del modelo.",
    "La minimizamos con el descenso de gradiente estocástico.",
    "Primero elegimos valores iniciales aleatorios para los parámetros, y luego repetimos pasos pequeños.",
    "Cada paso lee un lote de ejemplos.",
    "La tasa de aprendizaje es 0.03.",
    "Por último miramos el resultado.",
)
SHAPES = [((i,), (i,)) for i in range(5)] + [((5,), (5, 6))] + [((i,), (i + 1,)) for i in range(6, 9)]


def align(*arguments, **options):
    return aligner.align(*arguments, **options).links


def pairs(links):
    return [(link.source, link.target) for link in links]


def check_partition(links, texts):
    assert [i for link in links for i in link.source] == list(range(len(texts.source)))
    assert [j for link in links for j in link.target] == list(range(len(texts.target)))
    assert all(link.source or link.target for link in links)
    assert all(0 <= link.confidence <= 1 for link in links)


def repeated(times):
    """A long chapter: the short one again and again, with a number that tells the repetitions apart."""
    return Texts(
        tuple(f"{sentence} {n}" for n in range(100, 100 + times) for sentence in ENGLISH),
        tuple(f"{sentence}{n}" for n in range(100, 100 + times) for sentence in CHINESE),
    )


def mean_confidence(links):
    return sum(link.confidence for link in links) / len(links)


def test_english_with_chinese():
    assert pairs(align([Texts(ENGLISH, CHINESE)], "en", "zh")[0]) == SHAPES


def test_chinese_with_english():
    mirrored = [(b, a) for a, b in SHAPES]
    assert pairs(align([Texts(CHINESE, ENGLISH)], "zh-CN", "en")[0]) == mirrored


def test_english_with_spanish():
    links = align([Texts(ENGLISH, SPANISH)], "en", "es")[0]
    assert pairs(links) == [((i,), (i,)) for i in range(9)]


def test_chinese_with_spanish_has_no_dictionary():
    links = align([Texts(CHINESE, SPANISH)], "zh", "es")[0]
    check_partition(links, Texts(CHINESE, SPANISH))
    assert ((8,), (7,)) in pairs(links)  # 0.03


def test_left_out_stretch_is_found():
    texts = repeated(12)
    links = align([Texts(texts.source, texts.target[:40] + texts.target[50:])], "en", "zh")[0]
    omitted = [at for at, link in enumerate(links) if not link.target]
    assert len(omitted) >= 7
    assert {i for at in omitted for i in links[at].source} <= set(range(32, 49))  # 36 to 44, and look-alikes beside
    assert all(reasons.NOTHING in links[at].reasons for at in omitted)
    assert reasons.GAP in links[omitted[0] - 1].reasons
    assert reasons.GAP in links[omitted[-1] + 1].reasons


def test_chapters_keep_their_order_and_share_a_lexicon():
    chapters = [Texts(ENGLISH, CHINESE), Texts(ENGLISH[:4], CHINESE[:4]), Texts(ENGLISH[5:], CHINESE[5:])]
    for shared in (True, False):
        found = align(chapters, "en", "zh", shared=shared)
        assert pairs(found[0]) == SHAPES
        assert pairs(found[1]) == SHAPES[:4]
        for links, texts in zip(found, chapters, strict=True):
            check_partition(links, texts)


def test_same_input_same_links():
    chapters = [Texts(ENGLISH, CHINESE), Texts(ENGLISH[2:], CHINESE[1:])]
    assert align(chapters, "en", "zh") == align(chapters, "en", "zh")


@pytest.mark.parametrize(("languages", "other"), [(("en", "zh"), CHINESE), (("en", "es"), SPANISH)])
def test_foreign_sentence_lowers_confidence(languages, other):
    foreign = ("香蕉和苹果在市场上卖得很便宜。", "Los plátanos se venden baratos.")[languages[1] == "es"]
    right = align([Texts(ENGLISH, other)], *languages)[0]
    wrong = align([Texts(ENGLISH, (*other[:3], foreign, *other[4:]))], *languages)[0]
    assert mean_confidence(wrong[2:5]) < mean_confidence(right[2:5])


def test_wrong_chapter_has_low_confidence():
    other = tuple(reversed(CHINESE))
    assert mean_confidence(align([Texts(ENGLISH, other)], "en", "zh")[0]) < 0.5
    assert mean_confidence(align([Texts(ENGLISH, CHINESE)], "en", "zh")[0]) > 0.8


def test_wrong_language_has_low_confidence():
    texts = Texts(ENGLISH, ENGLISH)
    links = align([texts], "en", "zh")[0]
    check_partition(links, texts)
    assert max(link.confidence for link in links) <= 0.25
    assert reasons.SCRIPT in links[1].reasons


def test_identical_files_pair_one_to_one():
    links = align([Texts(ENGLISH, ENGLISH)], "en", "es")[0]
    assert pairs(links) == [((i,), (i,)) for i in range(len(ENGLISH))]
    assert all(reasons.IDENTICAL in link.reasons for link in links)
    assert max(link.confidence for link in links) <= 0.25


@pytest.mark.parametrize(
    "texts",
    [
        Texts((), ()),
        Texts(ENGLISH, ()),
        Texts((), CHINESE),
        Texts(ENGLISH[:1], CHINESE),
        Texts(ENGLISH, CHINESE[:1]),
        Texts(ENGLISH[:2] * 40, CHINESE[:2] * 4),
        Texts(("...", "!", "—"), ("。", "！")),
        Texts(("", " ", "\t"), ("", "")),
    ],
    ids=["nothing", "no target", "no source", "one source", "one target", "ten to one", "marks", "blanks"],
)
def test_odd_chapters(texts):
    check_partition(align([texts], "en", "zh")[0], texts)
    check_partition(align([Texts(texts.target, texts.source)], "zh", "es")[0], Texts(texts.target, texts.source))


def test_no_chapters():
    assert align([], "en", "zh") == []


sentences = st.lists(
    st.text(alphabet="ab 。.学习0$深", max_size=8) | st.sampled_from(ENGLISH) | st.sampled_from(CHINESE), max_size=12
).map(tuple)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.builds(Texts, sentences, sentences), max_size=3), st.booleans())
def test_every_sentence_is_in_one_link(chapters, shared):
    found = align(chapters, "en", "zh", shared=shared)
    for links, texts in zip(found, chapters, strict=True):
        check_partition(links, texts)


def test_huge_chapter_is_aligned_in_a_band():
    texts = repeated(250)
    links = align([texts], "en", "zh")[0]
    check_partition(links, texts)
    expected = {(tuple(i + 9 * n for i in a), tuple(j + 10 * n for j in b)) for n in range(250) for a, b in SHAPES}
    assert len(expected & set(pairs(links))) > 0.95 * len(expected)


def test_progress_reaches_its_total():
    seen = []
    align(
        [Texts(ENGLISH, CHINESE), Texts((), CHINESE), Texts(ENGLISH, CHINESE)],
        "en",
        "zh",
        progress=lambda done, total, note="": seen.append((done, total)),
    )
    total = 3 + 2 * 2  # each chapter is read, those with two sides are searched twice
    assert seen == [(n, total) for n in range(1, total + 1)]


@pytest.mark.parametrize("last", [1, 3, 4])
def test_cancelling_ends_it(last):
    def stop(done, total, note=""):
        if done == last:
            raise Cancelled

    with pytest.raises(Cancelled):
        align([Texts(ENGLISH, CHINESE)] * 2, "en", "zh", progress=stop)


def test_unknown_language_is_refused():
    with pytest.raises(DeskError, match="xx"):
        align([], "en", "xx")


def test_types_are_cheap_to_import():
    code = "import sys, amts_desk.steps.align.aligner; print(sorted({'numpy', 'numba', 'jieba'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_pins_stand_and_the_rest_is_aligned_between_them():
    pins = (Pin(Stretch(1, 2, 2, 3)), Pin(Stretch(5, 5, 6, 7)))
    links = align([Texts(ENGLISH, CHINESE, pins=pins)], "en", "zh")[0]
    check_partition(links, Texts(ENGLISH, CHINESE))
    pinned = [link for link in links if link.is_pinned]
    assert pairs(pinned) == [((1,), (2,)), ((), (6,))]
    assert all(link.confidence == 1 and not link.reasons for link in pinned)
    assert pairs(links)[:3] == [((0,), (0,)), ((), (1,)), ((1,), (2,))]  # the pin took its partner from target 1


def test_pins_that_cross_are_refused():
    pins = (Pin(Stretch(3, 4, 3, 4)), Pin(Stretch(4, 5, 2, 3)))
    with pytest.raises(DeskError, match="crosses"):
        align([Texts(ENGLISH, CHINESE, pins=pins)], "en", "zh")


def test_pins_on_everything_leave_nothing_to_search():
    pins = tuple(Pin(Stretch(i, i + 1, i, i + 1)) for i in range(9))
    links = align([Texts(ENGLISH, CHINESE[:9], pins=pins)], "en", "zh")[0]
    assert pairs(links) == [((i,), (i,)) for i in range(9)]


def made_up(sentence, letters):
    """A sentence of eight words that no dictionary has, and no other sentence."""
    numbers = range(8 * sentence, 8 * sentence + 8)
    return " ".join("".join(letters[n // 6**digit % 6] for digit in range(4)) for n in numbers) + "."


ONE = tuple(made_up(n, "bdfgkm") for n in range(12))
OTHER = tuple(made_up(n, "шлмрюя") for n in range(12))


@pytest.mark.parametrize("how", ["confirmed", "words"])
def test_what_people_confirmed_helps_elsewhere(how):
    texts = Texts(ONE, (*OTHER[:5], *OTHER[6:]))  # the sixth has no translation
    words = list(zip(" ".join(ONE).split(), " ".join(OTHER).split(), strict=True))
    if how == "confirmed":
        knowledge = Knowledge(confirmed=tuple(words))
    else:
        knowledge = Knowledge(words=tuple((s.strip("."), t.strip("."), 0.9) for s, t in words))
    expected = [((i,), (i,)) for i in range(5)] + [((5,), ())] + [((i,), (i - 1,)) for i in range(6, 12)]
    assert pairs(aligner.align([texts], "en", "vi", knowledge=knowledge).links[0]) == expected
    assert pairs(aligner.align([texts], "en", "vi").links[0]) != expected


def test_learned_words_come_out_and_go_in_again():
    learned = aligner.align([repeated(12)], "en", "zh").words
    words = {(source, target): weight for source, target, weight in learned}
    assert words["model", "模型"] > 0.1
    again = aligner.align([Texts(ENGLISH, CHINESE)], "en", "zh", knowledge=Knowledge(words=learned)).links[0]
    assert pairs(again) == SHAPES


def test_ends_of_blocks_tell_what_words_do_not():
    """Paragraphs of two sentences, one of them of three on one side: made-up words, each sentence of one length."""
    source = tuple(made_up(n, "bdfgkm") for n in range(40))
    target = tuple(made_up(n, "шлмрюя") for n in range(41))
    blocks = [n // 2 for n in range(40)]
    ends = block_ends(blocks, ["paragraph"] * 40), block_ends([*blocks[:20], 9, *blocks[20:]], ["paragraph"] * 41)

    def together(texts):
        """How many paragraphs end together."""
        (links,) = align([texts], "en", "vi")
        last = [(link.source[-1], link.target[-1]) for link in links if link.source and link.target]
        return sum(bool(ends[0][i] and ends[1][j]) for i, j in last)

    assert together(Texts(source, target, *ends)) == 20
    assert together(Texts(source, target)) < 20
