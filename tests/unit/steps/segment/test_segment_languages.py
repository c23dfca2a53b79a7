"""Sentences in the other languages, the judges, and text that once made pysbd hang."""

import random
import sys
import time
from functools import partial

import pytest

from amts_desk.core.errors import Cancelled
from amts_desk.core.options import Rules
from amts_desk.core.progress import silent
from amts_desk.steps.segment import boundaries, cut, judges, pysbd_judge, sentencex_judge
from amts_desk.steps.segment.guard import Guard
from amts_desk.steps.segment.judges import confirmed
from tests.unit.steps.segment.segment_cases import CASES

SEVEN = [(code, case) for code, cases in CASES.items() for case in cases]
KILLERS = [
    "A tensor..[111 111 111 111 111 111 111 111 111 A. Das war es. Und nun weiter.",
    "A......[289852000000260698,289852000000260744 B. Das war es. Und nun weiter.",
    "Siehe).[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 Ende. Und nun weiter.",
]


@pytest.fixture(scope="module", autouse=True)
def _no_worker_left():
    yield
    pysbd_judge._GUARD.close()


def nothing():
    """Wait without a wish to stop."""


@pytest.mark.parametrize(("code", "marked"), SEVEN)
def test_hard_cases_are_cut_where_a_reader_would(code, marked):
    text = marked.replace("‖", "")
    assert [text[start:end] for start, end in cut(text, code)] == [part.strip() for part in marked.split("‖")]


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("en", "It is vitamin C. ‖Then it ends."),
        ("en", "He lives in the U.S. ‖However, he left."),
        ("en", "✏️ **Try it!** ‖🤗 Datasets help."),
        ("zh", "***重点。***‖下一句。"),
        ("zh", "*一句。*‖**下一句**。"),
        ("zh", "[**重点。**]‖下一句(**要点。**)‖再一句。"),
        ("zh-TW", "「你好。」他說。‖他走了。"),
    ],
)
def test_small_gaps_are_mended(code, marked):
    test_hard_cases_are_cut_where_a_reader_would(code, marked)


def test_the_semicolon_is_an_option():
    text = "第一句；第二句。第三句"
    assert boundaries(text, "zh") == [8]
    assert boundaries(text, "zh", Rules(semicolon=True)) == [4, 8]
    assert boundaries("（一；二）三。四", "zh", Rules(semicolon=True)) == [7]


@pytest.mark.parametrize("text", KILLERS)
@pytest.mark.parametrize("code", ["fr", "de"])
def test_printed_tensors_do_not_hang(text, code):
    started = time.monotonic()
    found = [text[start:end] for start, end in cut(text * 3, code)]
    assert found
    assert time.monotonic() - started < 30


def test_the_known_killers_are_answered_by_pysbd_itself():
    for text in KILLERS:
        assert pysbd_judge.sentence_starts(text, "de", nothing) is not None


def test_pysbd_is_asked_about_short_text_only(monkeypatch):
    asked = []
    monkeypatch.setattr(pysbd_judge, "sentence_starts", lambda text, *_: asked.append(text))
    text = "Das ist ein Satz mit einigen Wörtern. " * 500 + "Ein langes Wort " + "x" * 9_000 + ". Ende."
    assert len(boundaries(text, "de")) == 501
    assert asked
    assert max(map(len, asked)) <= judges.MOST <= 5_000


def test_each_full_stop_is_judged_once_across_groups(monkeypatch):
    monkeypatch.setattr(pysbd_judge, "sentence_starts", lambda text, *_: frozenset(range(len(text))))
    text = "Ein Satz. " * 2_000
    ends = list(range(10, len(text), 10))
    assert list(confirmed(text, ends, "de", silent)) == ends
    monkeypatch.setattr(pysbd_judge, "sentence_starts", lambda *_: frozenset())
    assert list(confirmed(text, ends, "de", silent)) == []


def test_a_library_that_takes_too_long_is_asked_no_more(monkeypatch):
    monkeypatch.setattr(judges, "_PATIENCE", 0.0)
    monkeypatch.setattr(pysbd_judge, "sentence_starts", lambda *_: pytest.fail("asked"))
    assert len(boundaries("Ein Satz. " * 100, "de")) == 99


@pytest.fixture
def without_sentencex(monkeypatch):
    """Make sentencex one of the packages that are not installed, as it is on Windows on ARM."""
    monkeypatch.setitem(sys.modules, "sentencex", None)
    sentencex_judge._library.cache_clear()
    yield
    sentencex_judge._library.cache_clear()


@pytest.mark.usefixtures("without_sentencex")
def test_without_sentencex_own_rules_decide_and_one_warning_tells_so(caplog):
    for code, text in (("ko", "하나입니다. 둘입니다."), ("pt", "Uma frase. Outra frase."), ("tr", "Bir cümle. İki.")):
        assert len(cut(text, code)) == 2
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "own rules alone" in record.message


def test_long_text_can_be_cancelled():
    def stop(done, total, note=""):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        boundaries("Das ist ein Satz. " * 1_000, "de", progress=stop)
    with pytest.raises(Cancelled):
        boundaries("Uma frase. " * 2_000, "pt", progress=stop)


@pytest.mark.parametrize("code", ["en", "zh", "ja", "de", "pt"])
def test_random_and_adversarial_text_hangs_nothing(code):
    chance = random.Random(7)
    marks = [
        "(",
        ")",
        "[",
        "]",
        '"',
        "“",
        "”",
        "‘",
        ".",
        "..",
        "。",
        "！",
        "`",
        "$",
        "*",
        "**",
        "<!--",
        "<a ",
        "「",
        "」",
    ]
    marks += [
        " ",
        "a",
        "B",
        "1",
        "Dr",
        "z. B",
        ":numref:`",
        "![",
        "](",
        "\\",
        "；",
        "?",
        "!",
        "…",
        "«",
        "»",
        "é",
        "中",
        "--",
    ]
    started = time.monotonic()
    for _ in range(2_000):
        text = "".join(chance.choices(marks, k=chance.randint(1, 60)))
        assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in cut(text, code))
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("unit", ["（a。", "“a。", "*。", "![", "A. ", "<!--", "。” ", "a. ", '" ', ". (", "1. "])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_time_grows_with_the_length_alone(unit, code):
    text = unit * (300_000 // len(unit))
    started = time.process_time()
    assert cut(text, code)
    assert time.process_time() - started < 2


def make_echo():
    return partial(str.replace, "abc", "b")


def make_hanging():
    return hang


def hang(question):
    while question:
        pass


def make_dying():
    return die


def die(question):
    raise SystemExit(3)


def guarded(make, **wanted):
    return Guard(make, **{"seconds": 5.0} | wanted)


@pytest.fixture
def log_quiet(caplog):
    return caplog


def test_a_worker_that_hangs_is_killed_and_at_last_asked_no_more(log_quiet):
    guard = guarded(make_hanging, seconds=0.3, patience=2)
    assert guard.ask("go", nothing) is None
    assert guard.ask("go", nothing) is None
    assert guard._process is None
    started = time.monotonic()
    assert guard.ask("go", nothing) is None
    assert time.monotonic() - started < 0.2
    assert "did not answer" in log_quiet.text


def test_a_worker_that_dies_gives_no_answer():
    guard = guarded(make_dying)
    assert guard.ask("go", nothing) is None
    assert guard._process is None


def test_a_worker_is_kept_and_can_be_stopped_by_the_person():
    guard = guarded(make_echo)
    assert guard.ask("x", nothing) == "axc"
    process = guard._process
    assert guard.ask("y", nothing) == "ayc"
    assert guard._process is process
    guard.close()
    assert guard._process is None

    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        guarded(make_hanging).ask("go", stop)
