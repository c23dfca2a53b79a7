"""The practice engine: what it keeps, what it knows without examples, and what examples teach it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_desk.endpoint.engines import practice
from amts_desk.endpoint.engines.practice import PracticeEngine
from amts_desk.endpoint.passages import MARK, Passage, Place, Span, passage_of, translate

EXAMPLES = [
    ("We train the model.", "我们训练模型。"),
    ("We train the network.", "我们训练网络。"),
    ("The model predicts `y`.", "模型预测`y`。"),
    ("The network predicts $z$.", "网络预测$z$。"),
    ("The loss of the model is small.", "模型的损失很小。"),
    ("The loss of the network is 3.", "网络的损失为3。"),
    ("See :numref:`fig_a` for the loss.", "损失见:numref:`fig_a`。"),
    ("The gradient is 0.5.", "梯度为0.5。"),
] * 3


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return PracticeEngine(tmp_path_factory.mktemp("engine"))


def say(translator, text):
    return translate(passage_of(text), translator)


def test_without_examples_words_come_from_the_dictionary(engine):
    text = say(engine.translator("en", "zh"), "The neural network")
    assert "神经网络" in text
    assert "network" in say(engine.translator("zh", "en"), "神经网络").lower()


def test_chinese_is_written_without_spaces_and_with_its_own_signs(engine):
    text = say(engine.translator("en", "zh"), "Data, models (and networks): what is that?")
    assert " " not in text
    assert not set(text) & set(",():?")
    assert text.endswith("？")


def test_english_is_written_with_spaces_and_a_capital(engine):
    text = say(engine.translator("zh", "en"), "数据，模型。")
    assert text[0].isupper()
    assert text.endswith(".")
    assert ", " in text
    assert not set(text) & set("，。")


def test_an_example_is_repeated(engine):
    translator = engine.translator("en", "zh", EXAMPLES)
    assert say(translator, "We train the  MODEL.") == "我们训练模型。"
    assert say(translator, "The model predicts `y`. We train the network.") == "模型预测`y`。我们训练网络。"


def test_an_example_finds_the_place_of_protected_elements(engine):
    """In a job the code of the example is an element that may not be translated."""
    element = Span('<span translate="no">`y`</span>', "`y`")
    passage = Passage("The model predicts \U000f0000.", (element,))
    translated = translate(passage, engine.translator("en", "zh", EXAMPLES))
    assert translated == '模型预测<span translate="no">`y`</span>。'


def test_an_example_that_has_no_place_for_a_tag_is_not_repeated(engine):
    passage = Passage("We train \U000f0000the model\U000f0001.", (bold := Span("<b>", "", Place.OPENING), closing()))
    translated = translate(passage, engine.translator("en", "zh", EXAMPLES))
    assert bold.raw in translated
    assert translated.index("<b>") < translated.index("</b>")


def closing():
    return Span("</b>", "", Place.CLOSING)


def test_new_sentences_are_put_together_from_learned_words(engine):
    learned = engine.translator("en", "zh", EXAMPLES)
    assert say(learned, "The network predicts `k`.") == "网络预测`k`。"
    text = say(learned, "The loss of the network is 7.")
    assert "损失" in text
    assert "7" in text
    assert text != say(engine.translator("en", "zh"), "The loss of the network is 7.")


def test_unknown_words_are_copied(engine):
    assert "Xqzzy" in say(engine.translator("en", "zh"), "The Xqzzy model")
    assert say(engine.translator("fr", "de"), "Bonjour le monde.") == "Bonjour le monde."


def test_a_language_into_itself_stays(engine):
    assert say(engine.translator("en", "en"), "the same,  here") == "the same,  here"


def test_what_was_learned_is_kept_on_disk(tmp_path, monkeypatch):
    first = PracticeEngine(tmp_path).translator("en", "zh", EXAMPLES)
    monkeypatch.setattr(practice.phrases, "learn", lambda *_: pytest.fail("learned it twice"))
    again = PracticeEngine(tmp_path).translator("en", "zh", EXAMPLES)
    for text in ("The network predicts `k` and 5.", "We see the loss."):
        assert say(again, text) == say(first, text)


def test_other_examples_are_learned_anew(tmp_path):
    engine = PracticeEngine(tmp_path)
    assert say(engine.translator("en", "zh", [("a b", "甲")]), "a b") == "甲"
    assert say(engine.translator("en", "zh", [("a b", "乙")]), "a b") == "乙"


@pytest.mark.parametrize(
    "examples", [[("?", "？")], [(".", "one two")], [("`x`", "`y`")], [("one " * 200, "一" * 200)]]
)
def test_strange_examples_do_no_harm(tmp_path, examples):
    translator = PracticeEngine(tmp_path).translator("en", "zh", examples)
    assert "`c`" in say(translator, "one `c` here")


TEXT = st.lists(
    st.sampled_from(
        ["the model", "网络", "`x`", "$y$", "**", "[", "](u)", "3.5", "12", ".", ",", '"', "(", ")", "<b>", "\n"]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=60)
@given(TEXT, st.sampled_from([("en", "zh", False), ("en", "zh", True), ("zh", "en", False), ("es", "fr", False)]))
def test_every_mark_and_number_comes_out_exactly_once(engine, text, how):
    source, target, learned = how
    passage = passage_of(text)
    out = engine.translator(source, target, EXAMPLES if learned else ()).translate(passage)
    assert sorted(MARK.findall(out)) == sorted(MARK.findall(passage.text))
    assert out.count("3.5") == text.count("3.5")


def test_a_real_book_is_learned(shared_data, tmp_path):
    """Parallel data must help clearly, and both must beat the bare source text (measured on a held-out chapter)."""
    import sacrebleu

    from amts_desk.steps.align.aligner import align
    from amts_desk.steps.align.links import Texts
    from amts_desk.steps.read.files import read_file

    names = ("chapter_multilayer-perceptrons/mlp", "chapter_multilayer-perceptrons/weight-decay")
    names += ("chapter_multilayer-perceptrons/dropout", "chapter_multilayer-perceptrons/kaggle-house-price")
    names += ("chapter_linear-networks/linear-regression", "chapter_linear-networks/softmax-regression")
    names += ("chapter_multilayer-perceptrons/underfit-overfit",)
    read = [
        (read_file(shared_data / f"d2l/{name}_origin.md", "en"), read_file(shared_data / f"d2l/{name}.md", "zh"))
        for name in names
    ]
    texts = [Texts(*(tuple(s.text for s in document.sentences) for document in pair)) for pair in read]
    pairs = [
        [
            (" ".join(t.source[i] for i in link.source), "".join(t.target[j] for j in link.target))
            for link in links if link.source and link.target
        ]
        for t, links in zip(texts, align(texts, "en", "zh").links, strict=True)
    ]  # fmt: skip
    *known, held_out = pairs
    sources, references = [s for s, _ in held_out], [t for _, t in held_out]
    engine = PracticeEngine(tmp_path)

    def bleu(hypotheses):
        return sacrebleu.corpus_bleu(hypotheses, [references], tokenize="zh").score

    untaught = bleu([say(engine.translator("en", "zh"), source) for source in sources])
    taught = engine.translator("en", "zh", [pair for chapter in known for pair in chapter])
    learned = bleu([say(taught, source) for source in sources])
    assert bleu(sources) + 3 < untaught
    assert untaught + 3 < learned
