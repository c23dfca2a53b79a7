"""A phrase table and a language model, learned from the examples of parallel data.

Words are aligned by IBM Model 1 with a preference for the diagonal, both ways, and joined by grow-diag; phrases are
taken where the alignment is consistent (Koehn, Och & Marcu 2003, "Statistical Phrase-Based Translation"). Carried
tokens (marks, numbers) are linked by what they stand for; a phrase holds all links of its carried tokens or is none.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from amts_desk.endpoint.engines.tokens import Token, tokens
from amts_desk.endpoint.passages import MARK, Passage, passage_of

LONGEST = 6
_KEPT = 6  # translations of a phrase
_DIAGONAL = 4.0
_RARE = 0.5  # taken off every count: what was seen once is less certain than it looks
_FIRST_SLOT = 0xE000
_MOST_TOKENS = 120  # of a side; longer ones teach little and cost much

Link = tuple[int, int]
Wording = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What was learned: for each source phrase its translations with log weights, and n-gram counts of the target.

    A character from U+E000 on in a translation stands for the carried token of that number in the source phrase.
    """

    phrases: dict[str, list[tuple[float, Wording]]]
    ngrams: dict[str, int]


def slot(number: int) -> str:
    """Return what stands for the carried token `number` of a source phrase."""
    return chr(_FIRST_SLOT + number)


def slot_number(surface: str) -> int:
    """Return the number of a slot, -1 when `surface` is none."""
    number = ord(surface) - _FIRST_SLOT if len(surface) == 1 else -1
    return number if 0 <= number <= LONGEST else -1


@dataclass(frozen=True, slots=True)
class _Example:
    source: list[Token]
    target: list[Token]
    links: frozenset[Link]
    """Links between carried tokens that stand for the same."""


def learn(examples: Sequence[tuple[str, str]], source: str, target: str) -> Table:
    """Return what the examples (source text, target text) teach."""
    read = [_example(passage_of(s), passage_of(t), source, target) for s, t in examples]
    read = [e for e in read if 0 < len(e.source) <= _MOST_TOKENS and 0 < len(e.target) <= _MOST_TOKENS]
    usual = _usual_forms(read)
    counts: Counter[tuple[str, Wording]] = Counter()
    ngrams: Counter[str] = Counter()
    for example, links in zip(read, _alignments(read), strict=True):
        surfaces = _surfaces(example, usual)
        counts.update(_phrases(example, links, surfaces))
        ngrams.update(_ngrams([t.key if t.is_carried else s for t, s in zip(example.target, surfaces, strict=True)]))
    return Table(_weighted(counts), {gram: count for gram, count in ngrams.items() if count > 1 or gram.count(" ") < 2})


def _example(source: Passage, target: Passage, source_language: str, target_language: str) -> _Example:
    sources, targets = tokens(source, source_language), tokens(target, target_language)
    links, free = set(), [j for j, token in enumerate(targets) if token.is_carried]
    for i, token in enumerate(sources):
        same = (j for j in free if token.is_carried and _meaning(token, source) == _meaning(targets[j], target))
        if (j := next(same, None)) is not None:
            links.add((i, j))
            free.remove(j)
    return _Example(sources, targets, frozenset(links))


def _meaning(token: Token, passage: Passage) -> str:
    return passage.span(token.surface).text if MARK.match(token.surface) else token.surface


def _usual_forms(examples: list[_Example]) -> dict[str, str]:
    """Return for each lower-case word the spelling it mostly has when it does not begin a sentence."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        for token in example.target[1:]:
            seen[token.surface.lower()][token.surface] += 1
    return {lower: forms.most_common(1)[0][0] for lower, forms in seen.items()}


def _surfaces(example: _Example, usual: dict[str, str]) -> list[str]:
    """Return the target words as they stand, the first one in the spelling it has elsewhere."""
    first, *rest = (token.surface for token in example.target)
    return [usual.get(first.lower(), first.lower()), *rest]


def _alignments(examples: list[_Example]) -> Iterator[set[Link]]:
    from amts_desk.steps.align.lexicon import learn as learn_lexicon

    pairs = [([t.key for t in e.source], [t.key for t in e.target]) for e in examples]
    there = learn_lexicon(pairs)
    back = learn_lexicon([(t, s) for s, t in pairs])
    forward = {word: dict(there.translations(word)) for word in there.source.words}
    backward = {word: dict(back.translations(word)) for word in back.source.words}
    for example, (source, target) in zip(examples, pairs, strict=True):
        one = {(i, j) for j, i in _best(target, source, forward)}
        other = {(i, j) for i, j in _best(source, target, backward)}
        carried = {(i, j) for i, j in one | other if example.source[i].is_carried or example.target[j].is_carried}
        yield _grown(one - carried, other - carried) | example.links


def _best(words: list[str], others: list[str], table: dict[str, dict[str, float]]) -> Iterator[Link]:
    """Return for every word the place of the other side's word that explains it best."""
    rows = [table.get(other, {}) for other in others]
    for place, word in enumerate(words):
        at = place / len(words)
        best, found = 1e-4, -1
        for number, row in enumerate(rows):
            if (chance := row.get(word)) is not None:
                chance *= math.exp(-_DIAGONAL * abs(at - number / len(rows)))
                if chance > best:
                    best, found = chance, number
        if found >= 0:
            yield place, found


def _grown(one: set[Link], other: set[Link]) -> set[Link]:
    """Return the links of both directions and those of either that touch them and reach a word without a link."""
    links, either = one & other, one | other
    sources, targets = {i for i, _ in links}, {j for _, j in links}
    waiting = sorted(links)
    while waiting:
        i, j = waiting.pop()
        for link in [(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
            if link in either and link not in links and (link[0] not in sources or link[1] not in targets):
                links.add(link)
                sources.add(link[0])
                targets.add(link[1])
                waiting.append(link)
    for link in sorted(either - links):
        if link[0] not in sources and link[1] not in targets:
            links.add(link)
            sources.add(link[0])
            targets.add(link[1])
    return links


def _phrases(example: _Example, links: set[Link], surfaces: list[str]) -> Iterator[tuple[str, Wording]]:
    """Return every consistent phrase pair: no link leaves it."""
    to_target: dict[int, list[int]] = defaultdict(list)
    to_source: dict[int, list[int]] = defaultdict(list)
    for i, j in links:
        to_target[i].append(j)
        to_source[j].append(i)
    for begin in range(len(example.source)):
        reached: list[int] = []
        for end in range(begin + 1, min(begin + LONGEST, len(example.source)) + 1):
            reached += to_target[end - 1]
            if not reached or max(reached) - min(reached) > LONGEST + 1:
                continue
            first, last = min(reached), max(reached)
            if all(begin <= i < end for j in range(first, last + 1) for i in to_source[j]):
                yield from _widened(example, surfaces, (begin, end), (first, last + 1), to_source)


def _widened(
    example: _Example, surfaces: list[str], source: Link, target: Link, to_source: dict[int, list[int]]
) -> Iterator[tuple[str, Wording]]:
    """Return the phrase pair, and those with one unlinked word more on either end of the target."""
    key = " ".join(token.key for token in example.source[source[0] : source[1]])
    begins = [target[0], *([target[0] - 1] if target[0] and not to_source[target[0] - 1] else [])]
    ends = [target[1], *([target[1] + 1] if target[1] < len(surfaces) and not to_source[target[1]] else [])]
    for begin in begins:
        for end in ends:
            wording = _slotted(example, surfaces, source, (begin, end), to_source)
            if wording is not None:
                yield key, wording


def _slotted(
    example: _Example, surfaces: list[str], source: Link, target: Link, to_source: dict[int, list[int]]
) -> Wording | None:
    """Return the target words with slots for carried tokens; None unless all are linked one to one."""
    carried = [i for i in range(*source) if example.source[i].is_carried]
    wording, used = [], []
    for j in range(*target):
        if not example.target[j].is_carried:
            wording.append(surfaces[j])
        elif len(to_source[j]) == 1 and to_source[j][0] in carried:
            used.append(to_source[j][0])
            wording.append(slot(carried.index(to_source[j][0])))
        else:
            return None
    source_words = [token.surface for token in example.source[source[0] : source[1]]]
    return tuple(wording) if sorted(used) == carried and _brackets(source_words) == _brackets(wording) else None


def _brackets(words: list[str]) -> list[bool]:
    """Return the round brackets of a phrase, whether each opens."""
    return [word in "(（" for word in words if word in "()（）"]


def _weighted(counts: Counter[tuple[str, Wording]]) -> dict[str, list[tuple[float, Wording]]]:
    """Return the best translations of every phrase; the weight is that of both conditional probabilities."""
    by_source: Counter[str] = Counter()
    by_target: Counter[Wording] = Counter()
    for (source, target), count in counts.items():
        by_source[source] += count
        by_target[target] += count
    table: dict[str, list[tuple[float, Wording]]] = defaultdict(list)
    for (source, target), count in counts.items():
        seen = count - _RARE
        weight = math.log(seen / by_source[source]) + 0.5 * math.log(seen / by_target[target])
        table[source].append((round(weight, 3), target))
    return {source: sorted(found, reverse=True)[:_KEPT] for source, found in table.items()}


def _ngrams(words: Iterable[str]) -> Iterator[str]:
    row = ["<s>", *words, "</s>"]
    for length in (1, 2, 3):
        for begin in range(len(row) - length + 1):
            yield " ".join(row[begin : begin + length])
