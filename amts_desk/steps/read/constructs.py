"""What Markdown's dialects set on lines of their own that is no text: math, labels, tab marks, directives, components.

Each is a rule: how it begins, and a function that tells where it ends. D2L: https://github.com/d2l-ai/d2l-book;
MyST: https://mystmd.org/spec; MDX: https://mdxjs.com/docs/what-is-mdx; containers: https://pandoc.org/MANUAL.html
("Divs") and https://docusaurus.io/docs/markdown-features/admonitions; templates: Liquid and Hugo's shortcodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from amts_desk.steps.protect import FORMULA_SIGN
from amts_desk.steps.read.blocks import Left

FARTHEST = 50_000
"""Characters that one component or expression may have; beyond, its beginning is taken for text."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a construct ends; `title` is the text in its first line, `missing` what should have closed it."""

    end: int
    title: tuple[int, int] | None = None
    missing: str = ""


Ends = Callable[[str, re.Match[str]], Extent | None]
"""Given a text with line feeds and the match of a rule's pattern, tell the extent; None when it is no such thing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A construct of which lines beginning with `pattern` are the start."""

    left: Left
    pattern: re.Pattern[str]
    ends: Ends
    is_far: bool = False
    """Whether its end is looked for far away, which is not done over and over where it is nowhere."""


def _at_once(_: str, match: re.Match[str]) -> Extent:
    return Extent(match.end())


_NEAR = 2_000
"""Characters before a `$$` among which the beginning of its paragraph is looked for."""
_EQUATION_NAME = re.compile(r"[ \t]*(?:\([\w:.-]+\)|\{\#[^{}\n]*\})[ \t]*$", re.MULTILINE)
_OUTSIDE_MATH = re.compile(r"^[ \t>]*(?:`{3}|~{3}|#{1,6} |:[a-z_]+:)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n(?=[ \t>]*(?:\n|\Z))|\Z")


def _math_end(text: str, match: re.Match[str]) -> Extent | None:
    """Return where `$$` or an environment is closed; one that is not, before a heading or fence, ends at a blank line.

    None for a `$$` that closes what was opened within the line before it.
    """
    closing = "$$" if match["name"] is None else f"\\end{{{match['name']}}}"
    paragraph = text.rfind("\n\n", max(0, match.start() - _NEAR), match.start())
    if closing == "$$" and text.count("$$", max(0, paragraph), match.start()) % 2 and match.start() < _NEAR + paragraph:
        return None
    end = text.find(closing, match.end())
    wall = _OUTSIDE_MATH.search(text, match.end(), len(text) if end < 0 else end)
    if end >= 0 and wall is None:
        end += len(closing)
        name = _EQUATION_NAME.match(text, end)
        return Extent(name.end() if name else end)
    stop = _BLANK_LINE.search(text, match.end(), wall.start() if wall else len(text))
    return Extent(stop.end() if stop else (wall.start() if wall else len(text)), missing=closing)


_ENVIRONMENTS = r"equation|multline|gather|align|alignat|flalign|eqnarray|displaymath|[bBpvV]?matrix|cases"
MATH = Rule(
    Left.MATH,
    re.compile(rf" {{0,3}}(?:\$\$|\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}})"),
    _math_end,
)
_LONGEST_FORMULA = 5_000  # characters between escaped brackets
_FORMULA = re.compile(FORMULA_SIGN)
_PARAGRAPH_END = re.compile(r"\n[ \t>]*+\n")


def _bracketed_end(text: str, match: re.Match[str]) -> Extent | None:
    """Return where the bracket is closed in its paragraph and at the end of a line; None for one that is text."""
    end = text.find(f"{match['slashes']}]", match.end(), match.end() + _LONGEST_FORMULA)
    if end < 0 or _PARAGRAPH_END.search(text, match.end(), end):
        return None
    if match["alone"] is None and not _FORMULA.search(text, match.end(), end):
        return None
    end += len(match["slashes"]) + 1
    name = _EQUATION_NAME.match(text, end)
    end = name.end() if name else end
    return Extent(end) if not text[end : _line_end(text, end)].strip() else None


BRACKETED_MATH = Rule(Left.MATH, re.compile(r" {0,3}(?P<slashes>\\{1,2})\[(?P<alone>[ \t]*(?=\n))?"), _bracketed_end)
"""`\\[` to `\\]` (or `\\\\[` to `\\\\]`): display math of MathJax, arithmatex and the Hugging Face documentation."""
LABEL = Rule(
    Left.LABEL,
    re.compile(r" {0,3}:(?:label|eqlabel|width|height|bibliography):(?:`[^`\n]*`)?[ \t]*$", re.MULTILINE),
    _at_once,
)
TAB = Rule(Left.TAB, re.compile(r" {0,3}:(?:begin_tab|end_tab):(?:`[^`\n]*`)?[ \t]*$", re.MULTILINE), _at_once)

TEMPLATE = Rule(
    Left.DIRECTIVE,
    re.compile(
        r" {0,3}(?:\{\{[<%].{0,2000}?[>%]\}\}|\{%.{0,2000}?%\}|\{\{(?![<%])[^{}\n]*\}\}|\{:[^{}\n]*\}"
        r"|\[TOC\]|\[\[(?:_?TOC_?|toc)\]\])[ \t]*$",
        re.MULTILINE,
    ),
    _at_once,
)
"""A tag of a template, a list of attributes or the place of a table of contents, alone on its line."""


def _container_end(_: str, match: re.Match[str]) -> Extent:
    title = match.span("title") if match["title"] else match.span("bracketed")
    return Extent(match.end(), title if title[0] < title[1] else None)


CONTAINER = Rule(
    Left.DIRECTIVE,
    re.compile(
        r" {0,3}:{3,}(?:[ \t]*(?:\{(?![\w:-]+\})[^{}\n]*\}|(?P<name>[A-Za-z][\w-]*)(?:\[(?P<bracketed>[^\[\]\n]*)\])?)"
        r"(?:[ \t]*\{[^{}\n]*\})?(?:[ \t]+(?P<title>[^\s:{][^\n]*?))?)?[ \t]*:*[ \t]*$",
        re.MULTILINE,
    ),
    _container_end,
)
"""`:::` with a name or attributes, and the line that closes it; what stands between is text."""


def _admonition_end(_: str, match: re.Match[str]) -> Extent:
    return Extent(match.end(), match.span("title") if match["title"] else None)


ADMONITION = Rule(
    Left.DIRECTIVE,
    re.compile(
        r" {0,3}(?:(?:!!!|\?\?\?\+?)[ ]?(?=[\w\"-])(?:[\w-]+(?:[ ]+[\w-]+)*)?|={3}[+!]?(?=[ ]+\"))"
        r"(?:[ ]*\"(?P<title>[^\n]*)\")?[ \t]*$",
        re.MULTILINE,
    ),
    _admonition_end,
)
"""The first line of an admonition, of details or of a tab of MkDocs; what belongs to it is indented below.

Source: Python-Markdown's Admonition and PyMdown's Details and Tabbed.
"""

_NO_PROSE = re.compile(
    r"bibliography|code|code-block|code-cell|contents|csv-table|doctest|eval-rst|image|include|index|literalinclude|math"
    r"|mermaid|parsed-literal|raw|sourcecode|tableofcontents|toctree"
)
_NO_TITLE = re.compile(r"figure|glossary|iframe|video|embed|list-table")
_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\})?(?P<rest>.*)$",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"\n[ \t]*---[ \t]*\n(?:.*\n)*?[ \t]*---[ \t]*(?=\n|\Z)")


def _directive_end(text: str, match: re.Match[str]) -> Extent | None:
    """Return the opening line of a directive with text in it, or the whole of one without."""
    name, title = match["name"].lower(), match.span("title")
    opened = _directives(text)[1]
    missing = match["fence"] if opened.get(match.start("fence")) is None else ""
    if _NO_PROSE.fullmatch(name):
        if match["fence"][0] != ":":
            return None
        return Extent(_line_end(text, opened.get(match.start("fence")) or match.end()), missing=missing)
    if options := _OPTIONS.match(text, match.end()):
        return Extent(options.end(), missing=missing)
    return Extent(match.end(), None if _NO_TITLE.fullmatch(name) or not match["title"].strip() else title, missing)


def _directive_close(text: str, match: re.Match[str]) -> Extent | None:
    return Extent(match.end()) if match.start("fence") in _directives(text)[0] else None


@lru_cache(maxsize=2)
def _directives(text: str) -> tuple[frozenset[int], dict[int, int]]:
    """Return where fences close directives, and for every directive that is closed opening → closing."""
    stack: list[tuple[str, bool, int]] = []
    pairs: dict[int, int] = {}
    for match in _FENCE.finditer(text):
        fence, at = match["fence"], match.start("fence")
        closes = not match["name"] and not match["rest"].strip()
        depth = next((i for i in range(len(stack), 0, -1) if fence.startswith(stack[i - 1][0])), 0)
        is_code = bool(stack) and not stack[-1][1]
        if closes and depth and (not is_code or depth == len(stack)):
            if stack[depth - 1][1] or fence[0] == ":":
                pairs[stack[depth - 1][2]] = at
            del stack[depth - 1 :]
        elif not is_code and (match["name"] or fence[0] != ":"):
            stack.append((fence, bool(match["name"]) and not _NO_PROSE.fullmatch(match["name"].lower()), at))
    return frozenset(pairs.values()), pairs


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


DIRECTIVE = Rule(
    Left.DIRECTIVE,
    re.compile(
        r" {0,3}(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<name>[A-Za-z][\w:-]*)\}[ \t]*(?P<title>[^\n]*)$", re.MULTILINE
    ),
    _directive_end,
)
DIRECTIVE_CLOSE = Rule(
    Left.DIRECTIVE, re.compile(r" {0,3}(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*$", re.MULTILINE), _directive_close
)
OPTION = Rule(Left.DIRECTIVE, re.compile(r" {0,3}:[a-z][\w-]*:(?:[ \t][^\n]*)?$", re.MULTILINE), _at_once)
TARGET = Rule(Left.LABEL, re.compile(r" {0,3}\([\w.:-]+\)=[ \t]*$", re.MULTILINE), _at_once)
LINE_COMMENT = Rule(Left.COMMENT, re.compile(r" {0,3}%[^\n]*$", re.MULTILINE), _at_once)
BLOCK_BREAK = Rule(Left.DIRECTIVE, re.compile(r" {0,3}\+\+\+(?:[ \t][^\n]*)?$", re.MULTILINE), _at_once)

_BLOCK_TAGS = (
    "article|aside|audio|br|center|col|colgroup|dd|details|div|dl|dt|figcaption|figure|footer|header|hfoption|hfoptions"
    "|hr|iframe|img|li|main|nav|ol|p|section|source|summary|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
COMPONENT_NAME = rf"(?:[A-Z][\w.]*|(?:{_BLOCK_TAGS})(?![\w-]))"
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|/\*.*?\*/|[{}>]", re.DOTALL)


def _braces_end(text: str, match: re.Match[str]) -> Extent | None:
    """Return where a component's tag or an expression ends, strings and braces in it counted."""
    is_tag = match.group().lstrip().startswith("<")
    depth = 0 if is_tag else 1
    for token in _TOKEN.finditer(text, match.end(), match.end() + FARTHEST):
        mark = token.group()
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and mark == (">" if is_tag else "}"):
            return Extent(token.end())
    return None


_MODULE_PART = re.compile(rf"{_TOKEN.pattern}|\n(?=[ \t]*(?:\n|\Z))", re.DOTALL)


def _module_end(text: str, match: re.Match[str]) -> Extent:
    """Return the blank line behind an import or export and behind all braces that are opened in it."""
    depth, stop = 0, None
    for part in _MODULE_PART.finditer(text, match.start(), match.start() + FARTHEST):
        mark = part.group()
        if mark == "\n":
            stop = stop or part.start()
            if depth <= 0:
                return Extent(part.start())
        depth += (mark == "{") - (mark == "}")
    if depth > 0:
        return Extent(stop or len(text), missing="}")
    return Extent(_line_end(text, min(len(text), match.start() + FARTHEST)))


COMPONENT = Rule(Left.COMPONENT, re.compile(rf"[ \t]*</?(?:{COMPONENT_NAME}|(?=>))"), _braces_end, is_far=True)
EXPRESSION = Rule(Left.COMPONENT, re.compile(r"[ \t]*\{"), _braces_end, is_far=True)
MODULE = Rule(
    Left.CODE,
    re.compile(
        r"import\s(?:[^\n{}]*\{[^{}]{0,5000}\}\s*from\s*|[^\n]*?)['\"][^\n]*$"
        r"|export\s+(?:async|class|const|default|function|let|var|\{|\*)[^\n]*$",
        re.MULTILINE,
    ),
    _module_end,
    is_far=True,
)

PLAIN = (MATH, BRACKETED_MATH, LABEL, TAB, TEMPLATE, CONTAINER)
MYST = (*PLAIN, DIRECTIVE, DIRECTIVE_CLOSE, TARGET, LINE_COMMENT, BLOCK_BREAK, OPTION)
MDX = (*PLAIN, COMPONENT, EXPRESSION, MODULE)
