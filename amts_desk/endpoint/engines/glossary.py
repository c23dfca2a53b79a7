"""Words and phrases without any parallel data: CC-CEDICT for Chinese and English, FreeDict where it is installed.

FreeDict dictionaries are under the GPL and never come with the program; they are read where the system has them
(Debian packages dict-freedict-eng-spa, dict-freedict-spa-eng), in the format of dictd (RFC 2229, dictfmt(1)).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from amts_desk.steps.align.dictionary import english_glosses, english_to_chinese

LONGEST = 4
"""Words that a phrase of the dictionary may have."""
Glossary = Callable[[tuple[str, ...]], tuple[str, ...]]
"""Gives the translations of a phrase (its words as they stand), best first; "" leaves the phrase out."""

_DICTD = Path("/usr/share/dictd")
_FREEDICT = {("en", "es"): "freedict-eng-spa", ("es", "en"): "freedict-spa-eng"}
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)
# What a dictionary has no good answer for: words of grammar.
_TO_CHINESE = """
the= a= an= of=的 to= in=在 is=是 are=是 was=是 were=是 be=是 been=是 being=是 am=是 and=和 or=或 that=那
which=哪 this=这个 these=这些 those=那些 it=它 its=它的 they=他们 their=他们的 them=它们 our=我们的 your=你的
you=你 i=我 for=为 as=作为 with=与 by=通过 on=上 at=在 from=从 can=可以 will=将 would=会 have=有 has=有 had=有
do= does= did= not=不 no=没有 if=如果 when=当 where=其中 how=如何 what=什么 so=所以 then=然后 there=有
here=这里 such=这样的 each=每个 all=所有 both=两者 more=更多 most=大多数 some=一些 any=任何 using=使用
used=使用 use=使用 let=让 us=我们 we=我们 into=到 than=比 also=也 only=只 one=一个 two=两个 first=首先
because=因为 but=但 however=然而 while=而 thus=因此 following=以下 very=非常 many=许多 other=其他 same=相同
different=不同 between=之间 over=在 's=的
"""
_TO_ENGLISH = """
的= 了= 着= 地= 得= 个= 在=in 是=is 和=and 与=and 或=or 这=this 那=that 这个=this 那个=that 一个=a 这些=these
那些=those 中=in 上=on 下=under 里=in 其=its 它=it 它们=they 他们=they 为=for 对=for 对于=for 将=will 会=will
可以=can 能=can 不=not 也=also 就= 都=all 还=also 从=from 到=to 被=by 把= 让=let 由=by 以=to 等=etc 而=and
但=but 但是=but 如果=if 因为=because 所以=so 因此=thus 每个=each 所有=all 一些=some 有=have 没有=no 通过=by
使用=use 如何=how 什么=what 以及=and 时=when 后=after 前=before 之=of
"""


def glossary(source: str, target: str) -> Glossary:
    """Return the dictionary of a language pair; an empty one when there is none."""
    if (source, target) == ("en", "zh"):
        return _english_to_chinese
    if (source, target) == ("zh", "en"):
        return _chinese_to_english
    entries = _freedict(_FREEDICT.get((source, target), ""))
    return lambda phrase: _looked_up(phrase, entries.get)


def _english_to_chinese(phrase: tuple[str, ...]) -> tuple[str, ...]:
    grammar = _grammar(_TO_CHINESE).get(" ".join(phrase).lower())
    return grammar or _looked_up(phrase, english_to_chinese().get)


def _chinese_to_english(phrase: tuple[str, ...]) -> tuple[str, ...]:
    word = "".join(phrase)
    grammar = _grammar(_TO_ENGLISH).get(word)
    return grammar or tuple(gloss for gloss in english_glosses(word) if "~" not in gloss)


@cache
def _grammar(table: str) -> dict[str, tuple[str, ...]]:
    return {word: (gloss,) for word, _, gloss in (entry.partition("=") for entry in table.split())}


def _looked_up(phrase: tuple[str, ...], find: Callable[[str], tuple[str, ...] | None]) -> tuple[str, ...]:
    """Return the entry of a phrase, or of its last word's base form."""
    text = " ".join(phrase).lower()
    return next((found for form in _base_forms(text) if (found := find(form))), ())


def _base_forms(text: str) -> Iterator[str]:
    yield text
    for ending, base in _ENDINGS:
        stem = text.removesuffix(ending)
        if stem != text and len(stem) > 2:
            yield stem + base
            if base == "" and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _freedict(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of a dictd dictionary by headword; none when it is not installed."""
    index, body = _DICTD / f"{name}.index", _DICTD / f"{name}.dict.dz"
    if not name or not index.exists() or not body.exists():
        return {}
    text = gzip.decompress(body.read_bytes())
    rows = (line.split("\t") for line in index.read_text("utf-8").splitlines())
    entries = {row[0].lower(): _first_lines(text, _number(row[1]), _number(row[2])) for row in rows if len(row) == 3}
    return {word: found for word, found in entries.items() if found}


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(_DIGITS) + _DIGITS.index(digit)
    return value


def _first_lines(text: bytes, start: int, size: int) -> tuple[str, ...]:
    """Return the translations in an entry: what follows the headword, without numbering, notes and grammar."""
    lines = text[start : start + size].decode("utf-8", "replace").split("\n")[1:]
    plain = (re.sub(r"^\s*\d+\.|\([^)]*\)|<[^>]*>|\[[^\]]*\]", "", line) for line in lines)
    return tuple(word.strip() for line in plain for word in re.split("[,;]", line) if word.strip())
