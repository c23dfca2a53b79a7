import importlib.util
import json
import random
from pathlib import Path

import pytest

from amts_desk.steps.align.aligner import align
from amts_desk.steps.align.links import Texts

ROOT = Path(__file__).resolve().parents[4]


def load(path):
    spec = importlib.util.spec_from_file_location("loaded_" + path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


scoring = load(ROOT / "tests" / "benchmarks" / "alignment" / "scoring.py")
GOLD = [((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3,))]


def test_gold_against_itself_is_perfect():
    assert all(result.f1 == 1 for result in scoring.score([(GOLD, GOLD)]).values())


def test_conventions_by_hand():
    found = [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), ()), ((3,), (3,))]
    result = scoring.score([(GOLD, found)])
    assert (result["paper"].precision, result["paper"].recall) == (3 / 5, 2 / 3)
    assert (result["no null"].precision, result["no null"].recall) == (2 / 3, 2 / 3)
    assert (result["all"].precision, result["all"].recall) == (3 / 5, 3 / 4)
    assert (result["1-1"].precision, result["1-1"].recall) == (2 / 3, 1)
    assert scoring.score([(GOLD, [])])["paper"].f1 == 0


def test_like_the_shared_scorer():
    path = ROOT.parent / "shared" / "tools" / "score_alignment.py"
    if not path.is_file():
        pytest.skip("the shared scorer is not laid out beside this checkout")
    theirs, chance = load(path), random.Random(3)
    beads = [(tuple(range(i, i + chance.randint(0, 2))), tuple(range(i, i + chance.randint(0, 3)))) for i in range(200)]
    gold, found = chance.sample(beads, 120), chance.sample(beads, 120)
    expected = theirs.score([(gold, found)])
    names = {"paper": "paper", "no null": "nonull", "all": "all", "1-1": "onetoone"}
    for ours, result in scoring.score([(gold, found)]).items():
        assert (result.precision, result.recall) == pytest.approx(
            (expected[names[ours]]["p"], expected[names[ours]]["r"])
        )


@pytest.mark.parametrize(("name", "least"), [("mac-dev", 0.895), ("d2l-dev", 0.955)])
def test_alignment_of_gold_chapters_stays_as_good(shared_data, name, least):
    documents = [json.loads(path.read_text("utf-8")) for path in sorted((shared_data / "gold" / name).glob("*.json"))]
    chapters = [Texts(tuple(d["src"]), tuple(d["tgt"])) for d in documents]
    found = align(chapters, documents[0]["src_lang"], documents[0]["tgt_lang"]).links
    gold = [[scoring.bead(*pair) for pair in d["gold"]] for d in documents]
    beads = [[scoring.bead(link.source, link.target) for link in links] for links in found]
    assert scoring.score(list(zip(gold, beads, strict=True)))["paper"].f1 >= least
