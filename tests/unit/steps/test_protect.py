"""Protected spans: code, math, roles, link targets, tags, footnote marks and URLs stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.protect import Side, SpanKind, inline_spans, masked, protected_spans


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
        ("a note[^12]", {"[^12]": "footnote"}),
        ("<b>bold</b><br/>", {"<b>": "tag", "</b>": "tag", "<br/>": "tag"}),
        ("<!-- no. -->a", {"<!-- no. -->": "tag"}),
        ("a < b and c > d", {}),
        ("<https://a.b/C?d=e>.", {"<https://a.b/C?d=e>": "url"}),
        ("to https://a.b/c.html. Then", {"https://a.b/c.html": "url"}),
        ("到https://a.b/c。然后", {"https://a.b/c": "url"}),
        ("*emphasis* and **bold**", {}),
        (r"let \(x_1\) and \(n\) be", {r"\(x_1\)": "math", r"\(n\)": "math"}),
        (r"令\\(O(n \log n)\\)为", {r"\\(O(n \log n)\\)": "math"}),
        (r"\(2n - 1\), \( a = b \)", {r"\(2n - 1\)": "math", r"\( a = b \)": "math"}),
        (r"\(see below\), \(1\) and \(一\)", {}),
        (r"\(1 / 0\) is none", {r"\(1 / 0\)": "math"}),
        (r"\\\(x\) and \(x\\)", {}),
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
    "unit",
    [
        "$a ",
        "`",
        "``a` ",
        "](  ",
        "<a",
        "<a ",
        "<!--",
        "[a](",
        "](a(",
        ":a:`",
        "https://",
        "$$",
        "\\",
        "{{",
        "{%",
        "{/*",
        "{a.",
        "\\(",
        "\\(a ",
        "\\(a^",
        "\\(1 a",
    ],
)
def test_long_and_odd_text_comes_to_an_end(unit):
    """A rule that backtracks without end would never come back."""
    text = unit * 4_000
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("见{ref}`a`和{py:func}`b.c`", {"{ref}`a`": "role", "{py:func}`b.c`": "role"}),
        ("![a b](c.png) d", {"![a b](c.png)": "image"}),
        ("[a][ref] b", {"[ref]": "link"}),
        ("[a]( b.md ) d", {"( b.md )": "link"}),
        ("[a](<b c>) d", {"(<b c>)": "link"}),
        (r"\`a\` \$b\$ \<c>", {}),
        ("[**a**](**b**)", {}),
        ("a {{ x.y }} {{< ref >}} {% y %}", {"{{ x.y }}": "tag", "{{< ref >}}": "tag", "{% y %}": "tag"}),
        ("用{name}和{props.a_1} {/* 注 */}", {"{name}": "tag", "{props.a_1}": "tag", "{/* 注 */}": "tag"}),
        ("{a, b} {一} { a }", {}),
    ],
)
def test_spans_beyond_the_marks_of_d2l(text, spans):
    found = {text[span.start : span.end]: span.kind for span in protected_spans(text)}
    assert found == {piece: SpanKind(kind) for piece, kind in spans.items()}


def outline(text):
    """Return the text with each opening mark as <n|, each closing one as |n>, and each whole span as {n}."""
    shapes = {Side.OPENING: "<{}|", Side.CLOSING: "|{}>", Side.WHOLE: "{{{}}}"}
    pieces, at = [], 0
    for span in inline_spans(text):
        pieces += [text[at : span.start], shapes[span.side].format(span.number)]
        at = span.end
    return "".join([*pieces, text[at:]])


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("**a** and *b*", "<0|a|0> and <1|b|1>"),
        ("***a***", "<0|<1|a|1>|0>"),
        ("**a *b* c**", "<0|a <1|b|1> c|0>"),
        ("__a__ b_c_d", "<0|a|0> b_c_d"),
        ("~~a~~", "<0|a|0>"),
        ("**中文。**后", "<0|中文。|0>后"),
        ("2 * 3 * 4, a** and *b", "2 * 3 * 4, a** and *b"),
        ("****", "****"),
        ("[**Slide**] and (**another**)", "<0|Slide|0> and <1|another|1>"),
        ("[a `b`](c) d", "<0|a {1}|0> d"),
        ("**a**[](b)", "<0|a|0>[]{1}"),
        ("[ ](b)", "[ ]{0}"),
        ("[**a**](b)", "<0|<1|a|1>|0>"),
        ("**[a](b)**", "<0|<1|a|1>|0>"),
        ("*[a*](b)", "*<0|a*|0>"),
        ("[*a](b)*", "<0|*a|0>*"),
        ("[a [b](c) d](e)", "[a <0|b|0> d]{1}"),
        ("[a][b]", "<0|a|0>"),
        ("a](b)", "a]{0}"),
        (r"\*a\* &amp; `*b*` $c*d*e$", "{0}a{1} {2} {3} {4}"),
        ("a[^1] b", "a{0} b"),
    ],
)
def test_marks_come_in_pairs(text, shape):
    assert outline(text) == shape


@given(st.text(alphabet="ab中 .$`\\()[]<>!*_~&;", max_size=40))
def test_pairs_are_nested_and_hold_something(text):
    spans = inline_spans(text)
    opened, at = [], 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        at = span.end
        if span.side is Side.OPENING:
            opened.append(span)
        elif span.side is Side.CLOSING:
            opening = opened.pop()
            assert (opening.number, opening.kind) == (span.number, span.kind)
            assert opening.end < span.start
    assert not opened
    assert sorted({span.number for span in spans}) == list(range(len({span.number for span in spans})))


@pytest.mark.parametrize("unit", ["*a ", "**a** ", "_a ", "[a](b) ", "[", "~~a", "*a [b*](c) "])
def test_pairing_long_and_odd_text_comes_to_an_end(unit):
    assert inline_spans(unit * 2_000) is not None
