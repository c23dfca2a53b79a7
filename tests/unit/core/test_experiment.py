import json
from dataclasses import replace

import pytest

from amts_desk.core.experiment import ArmScore, Cell, Experiment, Leakage

RESULT = Experiment(
    ("bert", "词嵌入"),
    ("none", "sentence"),
    ("EN-ZH", "ZH-EN"),
    (
        ArmScore("EN-ZH", "bert", "none", Cell(20.0, 30.0, 10, (18.0, 22.0))),
        ArmScore("EN-ZH", "bert", "sentence", Cell(40.0, 50.0, 10, (37.0, 43.0), 0.001)),
        ArmScore("EN-ZH", "词嵌入", "none", Cell(30.0, 40.0, 30)),
        ArmScore("EN-ZH", "词嵌入", "sentence", Cell(35.0, 45.0, 30, None, 0.2)),
        ArmScore("ZH-EN", "bert", "none", Cell(50.0, 60.0, 10)),
    ),
    ("nrefs:1|tok:zh|version:2.6.0|unit:block", "nrefs:1|tok:13a|version:2.6.0|unit:block"),
    offline=True,
    pooled=(ArmScore("EN-ZH", "", "sentence", Cell(36.0, 46.0, 40, (34.0, 38.0), 0.03)),),
    leakage=(Leakage("EN-ZH", "sentence", 1000, 3),),
)


def test_the_average_counts_every_article_the_same():
    assert RESULT.average("EN-ZH", "none") == Cell(25.0, 35.0, 40)
    assert RESULT.average("EN-ZH", "sentence") == Cell(37.5, 47.5, 40, (34.0, 38.0), 0.03)


def test_an_arm_without_all_articles_has_no_average():
    partial = replace(RESULT, scores=RESULT.scores[:3])
    assert partial.average("EN-ZH", "sentence") is None
    assert RESULT.average("ZH-EN", "sentence") is None
    assert RESULT.average("ZH-EN", "none") == Cell(50.0, 60.0, 10)


def test_cells_are_found_or_absent():
    assert RESULT.cell("ZH-EN", "bert", "none") == Cell(50.0, 60.0, 10)
    assert RESULT.cell("ZH-EN", "bert", "sentence") is None
    assert RESULT.cell("EN-ZH", "", "sentence").bleu == 36.0


@pytest.mark.parametrize(("offline", "engine"), [(True, "offline-practice"), (False, "amazon-translate")])
def test_the_signature_names_the_engine(offline, engine):
    assert (
        replace(RESULT, offline=offline)
        .signature("ZH-EN")
        .endswith(f"|tok:13a|version:2.6.0|unit:block|engine:{engine}")
    )


def test_json_is_that_of_the_contract():
    row = RESULT.as_json()
    assert set(row) == {"articles", "arms", "scores", "average", "significance", "leakage", "signature"}
    assert row["scores"]["EN-ZH"]["bert"]["sentence"] == {"bleu": 40.0, "chrf": 50.0, "n": 10}
    assert row["average"]["EN-ZH"]["none"] == {"bleu": 25.0, "chrf": 35.0, "n": 40, "pooled": None}
    assert row["average"]["EN-ZH"]["sentence"]["pooled"]["p"] == 0.03
    assert row["significance"]["EN-ZH"]["bert"]["sentence"] == {"ci": [37.0, 43.0], "p": 0.001}
    assert row["leakage"] == {"EN-ZH": {"sentence": {"checked": 1000, "leaked": 3}}}
    assert row["signature"].startswith("EN-ZH nrefs:1|tok:zh|")


@pytest.mark.parametrize("offline", [True, False])
def test_json_brings_it_back(offline):
    result = replace(RESULT, offline=offline)
    assert Experiment.from_json(json.loads(json.dumps(result.as_json()))) == result
