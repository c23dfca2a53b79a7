"""One call through every door: each package the program is made of does a little real work.

For packagers and support: what is missing from an installation or a frozen program shows here at once.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

Work = Callable[[], object]


def main() -> int:
    """Print each check as name, ok or what went wrong, and milliseconds; return 1 when one failed, else 0."""
    from amts_desk.steps.align.words import use_cache
    from amts_desk.store.places import cache_folder

    use_cache(cache_folder())
    failed = 0
    for name, work in _CHECKS.items():
        started = time.perf_counter()
        problem = _tried(work)
        failed += bool(problem)
        sys.stdout.write(f"{name:24} {problem or 'ok'}  {1000 * (time.perf_counter() - started):.0f} ms\n")
        sys.stdout.flush()
    return 1 if failed else 0


def _tried(work: Work) -> str:
    """Return what went wrong, in one line; "" when nothing did."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return "" if work() else "FAILED: not the result that is right"
    except Exception as error:  # noqa: BLE001  whatever is wrong with one door, the others are tried, and it is told
        return f"FAILED: {type(error).__name__}: {' '.join(str(error).split())}"


def _markdown() -> bool:
    from amts_desk.steps.read.files import read_document

    return [b.text for b in read_document("a.md", b"# One\n\nTwo\nthree.\n", "en").blocks] == ["One", "Two three."]


def _sentences() -> bool:
    from amts_desk.steps.segment import cut

    return all(len(cut("Eins. Zwei.", code)) == 2 for code in ("de", "pt", "en"))


def _words() -> bool:
    from amts_desk.steps.align.words import words

    texts = {"zh": "机器翻译", "en": "Translations", "ja": "学びました", "ko": "모델에서"}
    found = [words(text, code)[0] for code, text in texts.items()]
    return found == ["机器翻译", "translat", "学ぶ", "모델"]


def _dictionary() -> bool:
    from amts_desk.steps.align import dictionary, emoji_names, japanese_dictionary

    found = (*dictionary.english_glosses("机器"), *japanese_dictionary.english_phrases("機械"))
    return found.count("machine") == 2 and bool(emoji_names.translations("de", "fr"))


def _aligner() -> bool:
    from amts_desk.flows.aligning import align_texts
    from amts_desk.steps.align.links import Texts

    texts = Texts(("Read the draft.", "Then correct it."), ("阅读初稿。", "然后修改它。"))
    return [(link.source, link.target) for link in align_texts([texts], ("en", "zh")).links[0]] == [
        ((0,), (0,)),
        ((1,), (1,)),
    ]


def _score() -> bool:
    from amts_desk.steps.score.bleu import score_systems

    same = ["机器翻译很有用。"]
    return score_systems(same, {"same": same}, "zh", bootstrap=0).systems[0].bleu == 100


def _difference() -> bool:
    from amts_desk.steps.diff import differences

    return [change.kind for change in differences("one two", "one three", "en")] == ["equal", "delete", "insert"]


def _tmx() -> bool:
    from amts_desk.core.pairs import Pair
    from amts_desk.steps.interchange.tmx import read_tmx, write_tmx

    stream = io.BytesIO()
    write_tmx([Pair("one & two", "一和二")], "en", "zh", stream)
    return [p.target for p in read_tmx(io.BytesIO(stream.getvalue()), "en", "zh")] == ["一和二"]


def _reviews() -> bool:
    from amts_desk.core.alignment import Bead, Sentence
    from amts_desk.core.exchange import Origin, sent_rows
    from amts_desk.steps.interchange import review_docx, review_po, review_xlsx

    rows = sent_rows([Bead((Sentence(0, 0, "One."),), (Sentence(0, 0, "一。"),))], Origin(1, "a", "en", "zh"))
    for form in (review_xlsx, review_docx, review_po):
        stream = io.BytesIO()
        form.write(rows, ("en", "zh"), stream)
        if [row.content.target for row in form.read(stream.getvalue(), "a").rows] != [("一。",)]:
            return False
    return True


def _report() -> bool:
    from amts_desk.core.experiment import ArmScore, Cell, Experiment
    from amts_desk.steps.report import csv_text, latex_text

    score = ArmScore("EN-ZH", "one", "none", Cell(50.0, 60.0, 3))
    result = Experiment(("one",), ("none",), ("EN-ZH",), (score,), ("tok:zh|version:2.6.0",), True)
    return "50.0" in csv_text(result) and "tabular" in latex_text(result)


def _project() -> bool:
    from amts_desk.store.project import Project

    with tempfile.TemporaryDirectory() as folder, Project.open(Path(folder) / "a.amts", create=True) as project:
        project.set_setting("name", "值")
        return bool(project.setting("name") == "值")


def _cloud() -> bool:
    from amts_desk.aws.cloud import Cloud
    from amts_desk.core.amazon import Connection

    cloud = Cloud(Connection(endpoint_url="http://127.0.0.1:9", keys=("key", "secret")))
    return bool(cloud.translate.meta.region_name == "us-west-2") and cloud.s3 is not None


def _account_resources() -> bool:
    from amts_desk.core.amazon import Connection
    from amts_desk.flows.checking import policies, read_regions
    from amts_desk.store.prices import read_prices

    return "us-west-2" in read_regions().custom.regions and bool(policies(Connection()).role and read_prices().note)


def _endpoint() -> bool:
    from amts_desk.core.amazon import Connection
    from amts_desk.flows.connecting import Line

    with tempfile.TemporaryDirectory() as folder, Line(Connection(), Path(folder)) as line:
        return bool(line.open().identity().account)


def _sample() -> bool:
    from amts_desk.steps.read.pairing import find_pairs
    from amts_desk.store.places import resource

    return len(find_pairs([resource("sample")], "en").pairs) == 10


_CHECKS: dict[str, Work] = {
    "Markdown (marko)": _markdown,
    "sentences": _sentences,
    "words (four languages)": _words,
    "dictionaries": _dictionary,
    "aligner (numba)": _aligner,
    "scores (sacreBLEU)": _score,
    "differences": _difference,
    "TMX": _tmx,
    "reviews (XLSX, DOCX)": _reviews,
    "report (pandas)": _report,
    "project (SQLite)": _project,
    "AWS client (boto3)": _cloud,
    "policies and prices": _account_resources,
    "local endpoint (moto)": _endpoint,
    "sample book": _sample,
}
