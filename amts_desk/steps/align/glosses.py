"""English explanations of words, as dictionaries print them, taken apart into phrases and weighted stems."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from amts_desk.steps.align.words import stems

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ARTICLE = re.compile(r"^(?:to be|to|an?|the) ")
_WORD = re.compile(r"[a-z]+")
_EMPTY_WORD = re.compile(
    "an?|the|to|of|in|on|at|for|with|and|or|as|by|from|into|be|is|are|was|were|been|its?|his|her|their|ones?|s|sb|sth"
    "|oneself|somebody|something|etc|e|g|i|this|that|these|those|not|very|more|also|used|esp|cl|variant|old|see"
    "|surname|abbr|lit|fig|written|idiom|taiwan|pr|coll|dialect"
)


def phrases(gloss: str) -> Iterator[str]:
    """Return the phrases of one explanation, lower case, without asides and articles: "to try; a test (coll.)"."""
    for phrase in re.split("[;,]", _ASIDE.sub(" ", gloss)):
        plain = _ARTICLE.sub("", " ".join(phrase.lower().split()))
        if plain:
            yield plain


def stem_shares(found: Iterable[str]) -> dict[str, float]:
    """Return the stems of the phrases that explain a word; every phrase has one vote, and the votes sum to 1."""
    contents = [[word for word in _WORD.findall(phrase) if not _EMPTY_WORD.fullmatch(word)] for phrase in found]
    votes: dict[str, float] = defaultdict(float)
    shares = [1 / len(content) for content in contents for _ in content]
    for stem, share in zip(stems(list(chain.from_iterable(contents)), "en"), shares, strict=True):
        votes[stem] += share
    total = sum(shares)
    return {stem: count / total for stem, count in votes.items()}
