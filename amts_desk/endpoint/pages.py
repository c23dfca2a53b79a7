"""Translating HTML: only the text is touched, and of that nothing inside an element with `translate="no"`.

Everything else comes back byte for byte: tags, attributes, comments, entities inside protected elements. Source:
Amazon Translate developer guide, "Excluding content from translation" and "Content types".
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate, pairwise

from amts_desk.endpoint.engine import Translator
from amts_desk.endpoint.passages import MARK, Passage, Place, Span, Weaver, translate

_PHRASES = ("a", "b", "cite", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong")
_SIGNS = ("abbr", "bdi", "bdo", "data", "img", "label", "sub", "sup", "time", "u", "wbr")
_INLINE = frozenset((*_PHRASES, *_SIGNS))
_INLINE_VERBATIM = frozenset(("code", "kbd", "math", "samp", "svg", "var"))
_VERBATIM = _INLINE_VERBATIM | {"pre", "script", "style", "textarea"}
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True, slots=True)
class _Event:
    """A piece of the page: what it is, the name of its tag, and where it begins."""

    kind: str
    start: int
    tag: str = ""
    is_protected: bool = False


class _Reader(HTMLParser):
    """Notes where every tag and text of a page begins, so that the raw text can be cut out unchanged."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.events: list[_Event] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = (dict(attrs).get("translate") or "").strip().lower() == "no"
        self._note("void" if tag in _VOID else "open", tag, told or tag in _VERBATIM)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("void", tag)

    def handle_endtag(self, tag: str) -> None:
        self._note("close", tag)

    def handle_data(self, data: str) -> None:
        self._note("text")

    def handle_entityref(self, name: str) -> None:
        self._note("text")

    def handle_charref(self, name: str) -> None:
        self._note("text")

    def handle_comment(self, data: str) -> None:
        self._note("other")

    def handle_decl(self, decl: str) -> None:
        self._note("other")

    def handle_pi(self, data: str) -> None:
        self._note("other")

    def unknown_decl(self, data: str) -> None:
        self._note("other")

    def _note(self, kind: str, tag: str = "", is_protected: bool = False) -> None:
        line, column = self.getpos()
        self.events.append(_Event(kind, self._lines[line - 1] + column, tag, is_protected))


class _Page:
    """Walks over the pieces of a page and builds the translated one."""

    def __init__(self, translator: Translator) -> None:
        self.out: list[str] = []
        self.characters = 0
        self._translator = translator
        self._weaver = Weaver()
        self._text = ""
        self._kept = ""
        self._inside: tuple[str, int] | None = None
        """The protected element in hand and how many of its name are open."""

    def take(self, event: _Event, raw: str) -> None:
        if self._inside:
            self._keep(event, raw)
        elif event.kind == "text":
            self._text += raw
        elif event.kind == "open" and event.is_protected:
            self._inside, self._kept = (event.tag, 1), raw
        elif event.tag in _INLINE:
            self._add(Span(raw, "", Place.CLOSING if event.kind == "close" else Place.OPENING))
        elif event.kind == "other":
            self._add(Span(raw, "", Place.CLOSING))
        else:
            self.flush()
            self.out.append(raw)

    def flush(self) -> None:
        """Translate the passage in hand."""
        self._add_text()
        passage, self._weaver = self._weaver.passage(), Weaver()
        words = MARK.sub("", passage.text)
        self.characters += len(words)
        if words.strip():
            self.out.append(_translated(passage, self._translator))
        else:
            self.out.append(translate(passage, _Silent()))

    def finish(self) -> None:
        if self._inside:
            self._end_kept()
        self.flush()

    def _keep(self, event: _Event, raw: str) -> None:
        assert self._inside
        tag, depth = self._inside
        self._kept += raw
        if event.tag == tag:
            depth += {"open": 1, "close": -1}.get(event.kind, 0)
            self._inside = (tag, depth)
        if depth == 0:
            self._end_kept()

    def _end_kept(self) -> None:
        assert self._inside
        tag, _ = self._inside
        self._inside = None
        if tag in _INLINE or tag in _INLINE_VERBATIM:
            self._add(Span(self._kept, _visible(self._kept)))
        else:
            self.flush()
            self.out.append(self._kept)

    def _add(self, span: Span) -> None:
        self._add_text()
        self._weaver.add_span(span)

    def _add_text(self) -> None:
        self._weaver.add_text(unescape(self._text))
        self._text = ""


class _Silent:
    """Translates nothing: for passages without a word in them."""

    def translate(self, passage: Passage) -> str:
        return passage.text


def translate_page(html: str, translator: Translator) -> tuple[str, int]:
    """Return the translated page and how many characters of text were translated.

    Text in front of or behind an explicit `html` element stays as it is.
    """
    events = _Reader(html).events
    starts = [event.start for event in events]
    page = _Page(translator)
    first, last = _html_element(events)
    page.out.append(html[: starts[first]] if first < len(starts) else html)
    edges = pairwise([*starts[first:last], _end(html, starts, last)])
    for event, (start, end) in zip(events[first:last], edges, strict=True):
        page.take(event, html[start:end])
    page.finish()
    page.out.append(html[_end(html, starts, last) :])
    return "".join(page.out), page.characters


def text_size(html: str) -> int:
    """Return how many bytes of UTF-8 the text of a page has that would be translated."""
    counting = _Counting()
    translate_page(html, counting)
    return counting.size


class _Counting:
    """Translates nothing and counts."""

    def __init__(self) -> None:
        self.size = 0

    def translate(self, passage: Passage) -> str:
        self.size += len(MARK.sub("", passage.text).encode("utf-8", "replace"))
        return passage.text


def _html_element(events: list[_Event]) -> tuple[int, int]:
    first = next((n for n, event in enumerate(events) if event.tag == "html" and event.kind == "open"), None)
    if first is None:
        return 0, len(events)
    closed = [n for n, event in enumerate(events) if event.tag == "html" and event.kind == "close" and n > first]
    return first, closed[-1] if closed else len(events)


def _end(html: str, starts: list[int], number: int) -> int:
    return starts[number] if number < len(starts) else len(html)


def _translated(passage: Passage, translator: Translator) -> str:
    """Return the passage translated; white space around it and the marks at its ends stay."""
    text = passage.text
    head = len(text) - len(text.lstrip())
    tail = len(text.rstrip())
    core = translate(passage.part(head, tail), translator, lambda words: escape(words, quote=False))
    return text[:head] + core + text[tail:]


def _visible(markup: str) -> str:
    events = _Reader(markup).events
    edges = pairwise([*(event.start for event in events), len(markup)])
    return unescape("".join(markup[a:b] for event, (a, b) in zip(events, edges, strict=True) if event.kind == "text"))
