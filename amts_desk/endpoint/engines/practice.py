"""The offline practice engine: translation memory, learned phrases, dictionary, and at last the word as it stands.

Without parallel data it looks words up; with parallel data it repeats known sentences and puts others together from
learned phrases, from left to right. That is far from Amazon Translate, but it gets better with more and better
examples, which is what practice is to show.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amts_desk.core.languages import LANGUAGES
from amts_desk.endpoint.engine import LEARNED, Pair, Translator
from amts_desk.endpoint.engines import glossary, phrases
from amts_desk.endpoint.engines.tokens import Token, tokens, wording
from amts_desk.endpoint.passages import MARK, Passage, passage_of
from amts_desk.steps.segment import cut

_LAYOUT = 1  # to be raised when the learned form changes
_BEAM = 12
_LANGUAGE_MODEL, _WORD, _PIECE = 0.8, 1.5, -0.4
_GLOSS, _LATER_GLOSS, _UNKNOWN = -7.0, 0.7, -12.0
_DISCOUNT = 0.7
_TRANSLATORS = 8  # kept in memory


@dataclass(frozen=True, slots=True)
class _Option:
    """A translation of some tokens: its own weight and its words."""

    weight: float
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    """What was put together so far."""

    score: float
    history: tuple[str, str]
    words: tuple[Token, ...]


class PracticeEngine:
    """Makes translators; what they learn from parallel data is kept in `folder` under the hash of the examples."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._made: dict[str, Translator] = {}
        self._turns: dict[str, threading.Lock] = {}

    def translator(self, source: str, target: str, examples: Sequence[Pair] = ()) -> Translator:
        """Return the translator of a language pair that has learned from `examples`."""
        told = json.dumps([_LAYOUT, source, target, list(examples)], ensure_ascii=False)
        key = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:  # learning takes minutes: it is done once, and nobody else waits for it
            found = self._made.get(key) or self._make(key, source, target, examples)
            self._keep(key, found)
        return found

    def _keep(self, key: str, translator: Translator) -> None:
        with self._lock:
            self._made.pop(key, None)
            self._made[key] = translator
            while len(self._made) > _TRANSLATORS:
                del self._made[next(iter(self._made))]
            self._turns.pop(key, None)

    def _make(self, key: str, source: str, target: str, examples: Sequence[Pair]) -> Translator:
        if source == target:
            return _Same()
        table = self._table(key, source, target, examples) if examples else phrases.Table({}, {})
        return PracticeTranslator(source, target, examples, table)

    def _table(self, key: str, source: str, target: str, examples: Sequence[Pair]) -> phrases.Table:
        path = self._folder / f"{key}.json"
        if path.exists():
            kept = json.loads(path.read_text("utf-8"))
            known = {s: [(weight, tuple(words)) for weight, words in found] for s, found in kept["phrases"].items()}
            return phrases.Table(known, kept["ngrams"])
        table = phrases.learn(examples[:: -(-len(examples) // LEARNED)], source, target)
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self._folder, delete=False) as file:
            json.dump({"phrases": table.phrases, "ngrams": table.ngrams}, file, ensure_ascii=False)
        Path(file.name).replace(path)
        return table


class _Same:
    """Translates a language into itself."""

    def translate(self, passage: Passage) -> str:
        return passage.text


class PracticeTranslator:
    """Translates one language pair."""

    def __init__(self, source: str, target: str, examples: Sequence[Pair], table: phrases.Table) -> None:
        self._source = source
        self._target = target
        self._memory = {_normal(s): t for s, t in examples}
        self._phrases = table.phrases
        self._ngrams = table.ngrams
        self._total = sum(count for gram, count in table.ngrams.items() if " " not in gram) or 1
        self._followers = _followers(table.ngrams)
        self._glosses = lru_cache(maxsize=50_000)(glossary.glossary(source, target))
        self._chance = lru_cache(maxsize=200_000)(self._log_chance)

    def translate(self, passage: Passage) -> str:
        """Return the translation of `passage.text`; each of its marks stands in it exactly once."""
        whole = self._remembered(passage)
        if whole is not None:
            return whole
        sentences = (Passage(passage.text[a:b], passage.spans) for a, b in self._sentences(passage.text))
        done = (self._remembered(sentence) or self._put_together(sentence) for sentence in sentences)
        return ("" if self._target.startswith(("zh", "ja")) else " ").join(done)

    def _sentences(self, text: str) -> list[tuple[int, int]]:
        return cut(text, self._source) if self._source in LANGUAGES else [(0, len(text))]

    # Translation memory

    def _remembered(self, passage: Passage) -> str | None:
        """Return the translation of an example with the same source text, None unless every mark finds its place."""
        known = self._memory.get(_normal(passage.visible))
        if known is None:
            return None
        found = passage_of(known)
        free = MARK.findall(passage.text)
        text = ""
        for piece in found.text:
            span = found.span(piece) if MARK.match(piece) else None
            mark = next((mark for mark in free if span and passage.span(mark).text == span.raw), None)
            if mark:
                free.remove(mark)
            text += mark or (span.raw if span else piece)
        for mark in [mark for mark in free if passage.span(mark).raw in text]:  # terms
            text = text.replace(passage.span(mark).raw, mark, 1)
            free.remove(mark)
        return None if free else text

    # Putting together

    def _put_together(self, passage: Passage) -> str:
        sentence = tokens(passage, self._source)
        beams: list[dict[tuple[str, str], _Hypothesis]] = [{} for _ in range(len(sentence) + 1)]
        beams[0]["", "<s>"] = _Hypothesis(0.0, ("", "<s>"), ())
        for begin in range(len(sentence)):
            best = heapq.nlargest(_BEAM, beams[begin].values(), key=lambda hypothesis: hypothesis.score)
            for end, option in self._options(sentence, begin):
                for hypothesis in best:
                    self._extend(hypothesis, option, beams[end])
        ended = max(beams[-1].values(), key=lambda h: h.score + self._model(h.history, "</s>"))
        return wording([token.surface for token in ended.words], passage, self._target)

    def _extend(self, hypothesis: _Hypothesis, option: _Option, beam: dict[tuple[str, str], _Hypothesis]) -> None:
        score, history = hypothesis.score + option.weight, hypothesis.history
        for token in option.words:
            score += self._model(history, token.key)
            history = (history[1], token.key)
        before = beam.get(history)
        if before is None or before.score < score:
            beam[history] = _Hypothesis(score, history, hypothesis.words + option.words)

    def _options(self, sentence: list[Token], begin: int) -> Iterator[tuple[int, _Option]]:
        """Return the translations of every phrase that begins at `begin`, with its end."""
        for end in range(begin + 1, min(begin + phrases.LONGEST, len(sentence)) + 1):
            piece = sentence[begin:end]
            found = [*self._learned(piece), *self._looked_up(piece)]
            if end == begin + 1 and not found:
                token = sentence[begin]
                is_word = token.surface[0].isalpha() and not token.is_carried
                found = [
                    _Option(_UNKNOWN if is_word else _PIECE, (token if token.is_carried else _word(token.surface),))
                ]
            for option in found:
                yield end, option

    def _learned(self, piece: list[Token]) -> Iterator[_Option]:
        carried = [token for token in piece if token.is_carried]
        for weight, words in self._phrases.get(" ".join(token.key for token in piece), ()):
            filled = tuple(carried[n] if (n := phrases.slot_number(word)) >= 0 else _word(word) for word in words)
            yield _Option(weight + _PIECE + _WORD * len(words), filled)

    def _looked_up(self, piece: list[Token]) -> Iterator[_Option]:
        if len(piece) > glossary.LONGEST or any(token.is_carried for token in piece):
            return
        for rank, gloss in enumerate(self._glosses(tuple(token.surface for token in piece))[:3]):
            words = tuple(_word(token.surface) for token in tokens(Passage(gloss), self._target))
            yield _Option(_GLOSS - _LATER_GLOSS * rank + _PIECE, words)

    # Language model

    def _model(self, history: tuple[str, str], word: str) -> float:
        return _LANGUAGE_MODEL * self._chance(*history, word) if self._ngrams else 0.0

    def _log_chance(self, first: str, second: str, word: str) -> float:
        """Return the log probability of a word after two others: interpolated absolute discounting."""
        chance = (self._ngrams.get(word, 0) + 0.1) / (self._total * 1.1)
        for context in (second, f"{first} {second}"):
            if seen := self._ngrams.get(context):
                count, kinds = self._ngrams.get(f"{context} {word}", 0), self._followers.get(context, 0)
                chance = max(count - _DISCOUNT, 0) / seen + _DISCOUNT * max(kinds, 1) / seen * chance
        return math.log(chance)


def _word(surface: str) -> Token:
    """Return a word of the target language; the language model knows it as it stands."""
    return Token(surface, surface)


def _normal(text: str) -> str:
    return " ".join(text.split()).casefold()


def _followers(ngrams: dict[str, int]) -> dict[str, int]:
    """Return how many different words follow each word or pair of words."""
    counts: dict[str, int] = {}
    for gram in ngrams:
        context, space, _ = gram.rpartition(" ")
        if space:
            counts[context] = counts.get(context, 0) + 1
    return counts
