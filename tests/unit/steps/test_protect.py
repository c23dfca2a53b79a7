"""Protected spans: code, math, roles, link targets, tags, footnote marks and URLs stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.protect import SpanKind, masked, protected_spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("see :numref:`sec_a`。", {":numref:`sec_a`": "role"}),
        ("见:cite:`A.ea.2015`和:eqref:`b`", {":cite:`A.ea.2015`": "role", ":eqref:`b`": "role"}),
        ("call `f(x)` now", {"`f(x)`": "code"}),
        ("call ``a ` b`` now", {"``a ` b``": "code"}),
        ("a `` b", {}),
        ("函数`f`的$x_1$值", {"`f`": "code", "$x_1$": "math"}),
        ("$$x$$ and $y$", {"$$x$$": "math", "$y$": "math"}),
        ("it costs $5 and $6 more", {}),
        ("a \\$5 and \\$6", {}),
        ("$a\\$b$ c", {"$a\\$b$": "math"}),
        ("`$x$` stays code", {"`$x$`": "code"}),
        ("$`x`$ stays math", {"$`x`$": "math"}),
        ("[text](https://a.b/c_(d)) on", {"(https://a.b/c_(d))": "link"}),
        ('[text](a.md "Title") on', {'(a.md "Title")': "link"}),
        ("(no link) f(x)", {}),
        ("a note[^12]", {"[^12]": "link"}),
        ("<b>bold</b><br/>", {"<b>": "tag", "</b>": "tag", "<br/>": "tag"}),
        ("<!-- no. -->a", {"<!-- no. -->": "tag"}),
        ("a < b and c > d", {}),
        ("<https://a.b/C?d=e>.", {"<https://a.b/C?d=e>": "url"}),
        ("to https://a.b/c.html. Then", {"https://a.b/c.html": "url"}),
        ("到https://a.b/c。然后", {"https://a.b/c": "url"}),
        ("*emphasis* and **bold**", {}),
    ],
)
def test_each_kind_is_found(text, spans):
    found = {text[span.start : span.end]: span.kind for span in protected_spans(text)}
    assert found == {piece: SpanKind(kind) for piece, kind in spans.items()}


@given(st.text(alphabet='ab中 .$`\\()[]<>/^!"-:_~\n', max_size=60))
def test_spans_stand_in_order_and_a_mask_keeps_every_place(text):
    spans = protected_spans(text)
    hidden = masked(text)
    assert len(hidden) == len(text)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        assert hidden[at : span.start] == text[at : span.start]
        assert len(set(hidden[span.start : span.end])) == 1
        assert "\ue001" <= hidden[span.start] <= "\ue006"
        at = span.end
    assert hidden[at:] == text[at:]


@pytest.mark.parametrize(
    "unit", ["$a ", "`", "``a` ", "<a", "<a ", "<!--", "[a](", "](a(", ":a:`", "https://", "$$", "\\"]
)
def test_long_and_odd_text_comes_to_an_end(unit):
    """A rule that backtracks without end would never come back."""
    text = unit * 4_000
    assert len(masked(text)) == len(text)
