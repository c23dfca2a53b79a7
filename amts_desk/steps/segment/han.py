"""Where sentences end in Chinese and Japanese, which put no space behind them.

A sentence ends after 。！？ and closing marks, unless a bracket or quotation is still open that will be closed, or the
sentence goes on behind the quotation (“…”他说, 「…」と言った). A footnote mark belongs to the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amts_desk.steps.segment.abbreviations import ENUMERATOR, REACH, is_short_form

_CLOSING = r"[”’」』）)》】〉\"\]\ue004]*+"
# The look-behind keeps a long run of stops from being tried at each of them.
_END = r"[。！？!?．.{more}](?<![。！？!?．{more}]{{2}})[。！？!?．{more}]*+" + _CLOSING
_ENDS = {semicolon: re.compile(_END.format(more="；" if semicolon else "")) for semicolon in (False, True)}
_AFTER_DOT = re.compile(r"\s++(?=[A-Z一-鿿ぁ-ヿ])")
_MARKS = re.compile(r"[（(）)“”「『」』《》]|\*+")
_KINDS = {"（": 0, "(": 0, "“": 1, "「": 2, "『": 2, "《": 3}
_CLOSED = {"）": 0, ")": 0, "”": 1, "」": 2, "』": 2, "》": 3}
_STARS = re.compile(r"\*+")
_WORD = re.compile(r"[A-Za-z.]+$")
_STOPS = frozenset("。！？!?．")
_COMMAS = frozenset("，、；：,;:)）")
_GOES_ON = {
    "zh": re.compile(
        r"\s*+(?:的|地|[这這]|那|和|[与與]|或|是|[为為]|等|也|[^\W\d_]{1,4}?(?:[说說]|[问問]|答|喊|叫|道|想)[道着著]?[。，！？])"
    ),
    # Particles, but for the words that begin a sentence with the same characters.
    "ja": re.compile(
        r"\s*+(?!ところ|とにかく|とはいえ|でも|では|もちろん|もし|もっと|やがて|はじめ|はい)"
        r"(?:と|って|など|の|は|が|を|に|へ|で|も|や|から|まで|より|だ|か[。？])"
    ),
}


def han_ends(text: str, code: str, *, semicolon: bool = False) -> Iterator[int]:
    """Return the offsets where a new sentence of masked Chinese or Japanese text begins.

    `semicolon`: whether ； ends a sentence too.
    """
    goes_on = _GOES_ON["ja" if code == "ja" else "zh"]
    still_open = _Open(text)
    start = 0
    for match in _ENDS[semicolon].finditer(text):
        stop, end = match.span()
        if text[stop] in ".．" and _is_inside(text, start, stop, end):
            continue
        quoted = text[end - 1]
        end = still_open.behind_emphasis(end)
        if still_open.at(end) or text[end : end + 1] in _COMMAS or _is_quoted(text, quoted, end, goes_on):
            continue
        start = end
        still_open.forget()
        yield end


def _is_inside(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the dot at `stop` is no full stop: part of a number, a name, an abbreviation or an enumerator."""
    if text[stop + 1 : stop + 2] in _STOPS:
        return False
    if text[stop] == "．":
        return text[end : end + 1].isdigit()
    space = _AFTER_DOT.match(text, end)
    if end != stop + 1 or not space or ENUMERATOR.fullmatch(text, start, stop):
        return True
    word = _WORD.search(text, max(start, stop - REACH), stop)
    following = text[space.end() : space.end() + REACH].split(maxsplit=1)[0]
    return word is not None and is_short_form(word.group(), following, "en")


def _is_quoted(text: str, last: str, end: int, goes_on: re.Pattern[str]) -> bool:
    """Whether a quotation or title, whose last mark is `last`, ends before `end` and the sentence around it goes on."""
    return last in "》〉" or (last in "”’」』）)" and goes_on.match(text, end) is not None)


class _Open:
    """What has been opened since the sentence began; reads every character once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: list[int] | None = None
        self._at = 0
        self.forget()

    def forget(self) -> None:
        """Begin a new sentence."""
        self._depth = [0, 0, 0, 0]
        self._stars: list[int] = []

    def at(self, end: int) -> bool:
        """Whether a bracket or quotation mark opened before `end` is not closed yet, but will be."""
        self._count(end)
        if max(self._depth) <= 0:
            return False
        if self._last is None:
            self._last = [max(map(self._text.rfind, marks)) for marks in ("）)", "”", "」』", "》")]
        if max(self._last) < end:
            return False
        return any(depth > 0 and last >= end for depth, last in zip(self._depth, self._last, strict=True))

    def behind_emphasis(self, end: int) -> int:
        """Return the offset behind the emphasis marks at `end` that close, and behind the slide mark they stand in."""
        run = _STARS.match(self._text, end) if self._text.startswith("*", end) else None
        if run is None:
            return end
        self._count(end)
        if not self._stars:
            return end
        behind = run.end()
        if left := _close(self._stars.copy(), behind - end):
            return behind - left
        return behind + (self._text[behind : behind + 1] in (")", "]"))

    def _count(self, end: int) -> None:
        if self._at == end:
            return
        for mark in _MARKS.findall(self._text, self._at, end):
            if mark[0] == "*":
                if left := _close(self._stars, len(mark)):
                    self._stars.append(left)
            elif mark in _KINDS:
                self._depth[_KINDS[mark]] += 1
            else:
                self._depth[_CLOSED[mark]] -= 1
        self._at = end


def _close(stars: list[int], run: int) -> int:
    """Take from the open emphasis marks what a run of marks closes; return how many marks of the run are left."""
    while stars and stars[-1] <= run:
        run -= stars.pop()
    return run
