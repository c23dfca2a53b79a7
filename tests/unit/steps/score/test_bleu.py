import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amts_desk.core.errors import Cancelled, DeskError
from amts_desk.steps.score import bleu
from amts_desk.steps.score.bleu import Comparison, score_systems, tokenizer_for, tokens

REFERENCE = [
    "我们使用较小的语料库来训练模型。",
    "在这一节中，我们将介绍梯度下降。",
    "每个样本都有一个标签，例如 :numref:`sec_bert`。",
    "损失函数 $l(x)$ 衡量预测与标签之间的差距。",
    "小结",
]
BASELINE = [
    "我们使用更小的语料库训练这个模型。",
    "在本节，我们介绍梯度的下降。",
    "每一个示例都有标签，例如 :numref:`sec_bert`。",
    "损失函数 $l(x)$ 测量预测和标签的差异。",
    "摘要",
]
BETTER = [REFERENCE[0], "在这一节中，我们将介绍梯度的下降。", *REFERENCE[2:4], "小结"]
DRAFTS = Path(__file__).parents[4] / ".." / "shared" / "data" / "d2l-amazon-drafts"


def command_line(folder, references, systems, *options):
    """Return what sacreBLEU's own command line says in JSON."""
    paths = []
    for name, lines in {"reference": references, **systems}.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    call = [
        sys.executable,
        "-m",
        "sacrebleu",
        paths[0],
        "-i",
        *paths[1:],
        "-w",
        "14",
        "--quiet",
        "-f",
        "json",
        *options,
    ]
    env = {key: value for key, value in os.environ.items() if not key.startswith("SACREBLEU")}
    return json.loads(subprocess.run(call, capture_output=True, check=True, encoding="utf-8", env=env).stdout)


def assert_same_as_command_line(folder, tokenize, references, systems):
    ours = score_systems(references, systems, "zh", tokenize=tokenize).systems
    # With chrF beside it the command line stumbles over a float32 while it writes JSON.
    theirs = command_line(folder, references, systems, "-tok", tokenize, "-m", "bleu", "--paired-bs")
    for our, their in zip(ours, theirs, strict=True):
        said = their["BLEU"]
        assert (our.bleu, our.p) == (said["score"], said["p_value"])
        assert our.ci == (said["mean"] - said["ci"], min(said["mean"] + said["ci"], 100.0))
        chrf = command_line(folder, references, {our.name: systems[our.name]}, "-m", "chrf")
        assert f"{our.chrf:.14f}" == f"{chrf['score']:.14f}"


@pytest.mark.parametrize("tokenize", ["zh", "13a", "char"])
def test_paired_scores_equal_the_command_line_to_the_last_digit(tmp_path, tokenize):
    assert_same_as_command_line(tmp_path, tokenize, REFERENCE, {"none": BASELINE, "act": BETTER})


def test_one_system_equals_the_command_line(tmp_path):
    only = score_systems(REFERENCE, {"none": BASELINE}, "zh").systems[0]
    said = command_line(tmp_path, REFERENCE, {"none": BASELINE}, "-tok", "zh", "--confidence")
    assert f"{only.bleu:.14f}" == f"{said['score']:.14f}"
    assert only.p is None
    assert only.ci == pytest.approx(
        (said["confidence_mean"] - said["confidence_var"], said["confidence_mean"] + said["confidence_var"])
    )
    assert [f"{p:.1f}" for p in only.precisions] == said["verbose_score"].split(" ")[0].split("/")
    assert f"(BP = {only.bp:.3f} " in said["verbose_score"]
    assert score_systems(REFERENCE, {"none": BASELINE}, "zh").signature == said["signature"]


def test_real_drafts_equal_the_command_line(tmp_path):
    if not DRAFTS.is_dir():
        pytest.skip("the shared Amazon drafts are not on this machine")
    references, hypotheses = [], []
    for folder in sorted(DRAFTS.iterdir())[:6]:
        if folder.is_dir():
            lines = [
                [line for line in (folder / f"{who}.zh.md").read_text(encoding="utf-8").splitlines() if line.strip()]
                for who in ("human", "amazon")
            ]
            size = min(map(len, lines))
            references += lines[0][:size]
            hypotheses += lines[1][:size]
    assert len(references) > 200
    systems = {"amazon": hypotheses, "shifted": [*hypotheses[1:], hypotheses[0]]}
    assert_same_as_command_line(tmp_path, "zh", references, systems)


def test_same_numbers_every_time_whatever_the_environment_says(monkeypatch):
    first = score_systems(REFERENCE, {"a": BASELINE, "b": BETTER}, "zh")
    monkeypatch.setenv("SACREBLEU_SEED", "0")
    assert score_systems(REFERENCE, {"a": BASELINE, "b": BETTER}, "zh") == first
    assert first.systems[0].p is None
    assert 0 < first.systems[1].p < 0.5


def test_signature_says_what_was_measured():
    scored = score_systems(REFERENCE, {"a": BASELINE}, "zh", extra={"unit": "block", "scope": "prose"})
    assert scored.signature == (
        "nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:zh|smooth:exp|version:2.6.0|unit:block|scope:prose"
    )
    assert scored.chrf_signature.endswith("|version:2.6.0|unit:block|scope:prose")
    assert "bs:" not in score_systems(REFERENCE, {"a": BASELINE}, "zh", bootstrap=0).signature


def test_without_resampling_there_is_no_interval():
    plain = score_systems(REFERENCE, {"a": BASELINE, "b": BETTER}, "zh", bootstrap=0).systems
    assert [(s.ci, s.p) for s in plain] == [(None, None), (None, None)]
    assert [s.bleu for s in plain] == [
        s.bleu for s in score_systems(REFERENCE, {"a": BASELINE, "b": BETTER}, "zh").systems
    ]


def test_identical_text_is_exactly_100():
    perfect = score_systems(REFERENCE[:4], {"copy": REFERENCE[:4]}, "zh").systems[0]
    assert (perfect.bleu, perfect.chrf, perfect.bp, perfect.ci) == (100.0, 100.0, 1.0, (100.0, 100.0))
    assert perfect.precisions == (100.0, 100.0, 100.0, 100.0)


def test_json_has_the_keys_of_the_contract():
    row = score_systems(REFERENCE, {"a": BASELINE, "b": BETTER}, "zh").as_json()
    assert set(row) == {"systems", "signature"}
    assert [set(s) for s in row["systems"]] == [{"name", "bleu", "precisions", "bp", "chrf", "n", "ci", "p"}] * 2
    assert json.loads(json.dumps(row)) == row


def test_unequal_lengths_are_refused_with_both_counts():
    with pytest.raises(DeskError, match="“short” has 4 segments but the reference has 5"):
        score_systems(REFERENCE, {"a": BASELINE, "short": BASELINE[:4]}, "zh")


@pytest.mark.parametrize(("references", "systems"), [([], {"a": []}), (REFERENCE, {})])
def test_nothing_to_score_is_refused(references, systems):
    with pytest.raises(DeskError):
        score_systems(references, systems, "zh")


def test_empty_segments_score_nothing():
    empty = score_systems(["", "一二三四五"], {"a": ["", ""]}, "zh").systems[0]
    assert (empty.bleu, empty.n, empty.ci) == (0.0, 2, (0.0, 0.0))


def test_work_can_be_stopped_between_systems():
    seen = []

    def stop(done, total, note="", /):
        seen.append((done, total, note))
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        score_systems(REFERENCE, {"a": BASELINE, "b": BETTER}, "zh", progress=stop)
    assert seen == [(0, 2, "a"), (1, 2, "b")]


@pytest.mark.parametrize(
    ("language", "tokenize"), [("zh", "zh"), ("zh-CN", "zh"), ("zh-TW", "zh"), ("en", "13a"), ("es", "13a")]
)
def test_tokenizer_by_language(language, tokenize):
    assert tokenizer_for(language) == tokenize


@pytest.mark.parametrize(("language", "wanted"), [("ja", "ja-mecab"), ("ko", "ko-mecab")])
def test_mecab_only_where_installed(monkeypatch, language, wanted):
    monkeypatch.setattr(bleu, "find_spec", lambda module: None)
    assert tokenizer_for(language) == "char"
    with pytest.raises(DeskError, match="not installed"):
        tokens("一", wanted)
    monkeypatch.setattr(bleu, "find_spec", lambda module: object())
    assert tokenizer_for(language) == wanted


@pytest.mark.parametrize("name", ["flores200", "spm", "nonsense"])
def test_tokenizers_that_need_a_download_are_refused(name):
    with pytest.raises(DeskError, match=name):
        score_systems(REFERENCE, {"a": BASELINE}, "zh", tokenize=name)


def test_tokens():
    assert tokens("模型 BERT，3.5！", "zh") == ["模", "型", "BERT", "，", "3.5", "！"]
    assert tokens("Don't, stop.", "13a") == ["Don't", ",", "stop", "."]


def test_importing_the_doors_does_not_import_what_is_behind():
    code = "import sys, amts_desk.steps.score.highlight, amts_desk.steps.diff; print(*sys.modules)"
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, capture_output=True, check=True, text=True, cwd=Path(__file__).parents[4])
    assert not {"sacrebleu", "numpy", "diff_match_patch"} & {*done.stdout.split()}


def test_comparison_is_plain_data():
    assert Comparison((), "s", "c").as_json() == {"systems": [], "signature": "s"}
