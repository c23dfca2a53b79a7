"""Texts on their way through a translation job: exact there and back, spans repaired or the damage told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.steps.interchange.job_html import came_back, from_html, to_html
from amts_desk.steps.protect import inline_spans

pieces = st.sampled_from(
    [
        *("`<b>`", "$a<b$", ":numref:`sec_x`", "<b>", "</b>", "&amp;", "&lt", "](u&v)", "https://x.y/z?a=1&b=2"),
        *("**", "*", "_", "~~", "[", "](u)", "[**", "**]", "\\*", "[^1]", "![a](b)", "{ref}`c`", " ", "DNT_X"),
    ]
)
texts = st.lists(pieces | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12), max_size=8).map("".join)


@given(st.dictionaries(st.integers(0, 9999), texts.filter(str.strip), max_size=5))
def test_identity_translation_round_trips_exactly(blocks):
    back = came_back(to_html(blocks, "en"), blocks)
    assert back.texts == blocks
    assert back.problems == ()


def test_the_very_page():
    text = "Use `a<b` & see **the [old *book*](u.md)** :numref:`sec_x`."
    assert to_html({12: text}, "en") == (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"></head>\n<body>\n'
        '<p id="b12">Use <span translate="no" id="b12s0">`a&lt;b`</span> &amp; see '
        '<b id="b12s1">the <a id="b12s2">old <i id="b12s3">book</i></a></b> '
        '<span translate="no" id="b12s4">:numref:`sec_x`</span>.</p>\n'
        "</body>\n</html>\n"
    )


def test_a_translation_may_move_spans_and_change_the_page():
    html = (
        '<HTML><body><!-- x --><div><P class="a" ID=b2>参见<SPAN id="b2s1">:numref:`sec_x`</SPAN>，'
        '用 <u><span translate="no">`a&lt;b`</span></u>&nbsp;。</P></div>\n<p id="other">拾</p><p>无</p>stray'
        "<p id='b10'>一&#20108;<p id='b3'>三<p id='b99'>九</body></html>"
    )
    sources = {2: "Use `a<b` and :numref:`sec_x`", 10: "x", 3: "y"}
    back = came_back(html, sources)
    assert back.texts == {2: "参见:numref:`sec_x`，用 `a<b`\u00a0。", 10: "一二", 3: "三"}
    assert back.problems == ()
    assert from_html(html) == {**back.texts, 99: "九"}


SOURCE = "See `f` and `g` in **the [book](u)** here"
"""Its spans are 0 and 1 for the code, 2 for the bold, 3 for the link."""


def back(inside, source=SOURCE):
    """Return (text, messages) of a block that came back with this inside its paragraph."""
    found = came_back(f'<p id="b7">{inside}</p>', {7: source})
    return found.texts.get(7), [str(problem) for problem in found.problems]


F, G = '<span translate="no" id="b7s0">`f`</span>', '<span translate="no" id="b7s1">`g`</span>'
BOLD, LINK = '<b id="b7s2">', '<a id="b7s3">'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"{BOLD}这本{LINK}书</a></b>里的{G}和{F}", "**这本[书](u)**里的`g`和`f`"),
        (f"{F}{G}{F}{BOLD}{LINK}书</a></b>", "`f``g`**[书](u)**"),
        (f"{F.replace('`f`', '“ f ”')}、{G}{BOLD}{LINK}书</a></b>", "`f`、`g`**[书](u)**"),
        (f"<span translate=no>`g`</span>{F}<b>这<a>书</a></b>", "`g``f`**这[书](u)**"),
        (f"`f`, `g` {BOLD}{LINK}书</a></b>", "`f`, `g` **[书](u)**"),
        (f"{F} {G} {BOLD} 这 {LINK}书</a> </b>里", "`f` `g`  **这 [书](u)** 里"),
        (f"{F}{G}</b>{LINK}书</a>这{BOLD}", None),
        (f"{F}{G}{BOLD}这{LINK}书</b>", "`f``g`**这书**"),
        (f"{F}{G}{BOLD}这{LINK}书</a>", "`f``g`这[书](u)"),
        (f"{F}{G}{BOLD}这</b>{BOLD}本</b>{LINK}书</a>", "`f``g`**这**本[书](u)"),
        (f"{F}{G}{BOLD} </b>{LINK}书</a>", "`f``g` [书](u)"),
    ],
)
def test_spans_are_put_back_and_safely_repaired(inside, text):
    found, messages = back(inside)
    if text is not None:
        assert found == text
    whole = {"`f`", "`g`", "**", "](u)"} <= {found[s.start : s.end] for s in inline_spans(found)}
    assert bool(messages) is not whole


def test_marks_turned_round_are_turned_back():
    assert back('</b>词<b id="b7s0">', "a **b**") == ("**词**", [])


def test_what_cannot_be_repaired_is_told_in_plain_words():
    text, messages = back(f"{F}{BOLD}书</b> https://new.org")
    assert text == "`f`**书** https://new.org"
    assert messages == [
        "Block 7: the code “`g`” is missing.",
        "Block 7: the link “](u)” is missing.",
        "Block 7: the url “https://new.org” is not in the source.",
    ]


@pytest.mark.parametrize(
    ("source", "inside", "text"),
    [
        ("Word[^1]", "词", "词[^1]"),
        ("Word :cite:`a`", "词", "词 :cite:`a`"),
        ("`f` is", "是", "`f` 是"),
        ("**All of it.**", "全部。", "**全部。**"),
        ("`f` is", "`f`是", "`f`是"),
    ],
)
def test_a_lost_span_at_the_edge_of_its_block_is_put_back_there(source, inside, text):
    assert back(inside, source) == (text, [])


@pytest.mark.parametrize(
    "inside",
    [
        f"{F}{G}&lt;DNT_GEBK01&gt; 词",
        f"{F}{G}<DNT_GEBK01>词</DNT_GEBK01>",
        f"{F}{G} DNT_1 词",
        f"{F}{G}词</dnt_x>",
    ],
)
def test_names_from_inside_amazon_are_found_and_the_source_stays(inside):
    text, messages = back(inside)
    assert text is None
    assert re.fullmatch(
        r"Block 7: “DNT_\w+” is left over from inside Amazon Translate, so the source stays.", *messages
    )


def test_a_text_about_such_names_is_no_defect():
    assert back("关于 DNT_X", "About DNT_X") == ("关于 DNT_X", [])


@given(st.lists(st.sampled_from([F, G, BOLD, LINK, "</b>", "</a>", "词 ", " ", "<b>", "<i>", "</i>", "<p>", "<span>"])))
def test_whatever_comes_back_is_whole_or_told(parts):
    text, messages = back("".join(parts))
    if text is not None:
        have = sorted(text[s.start : s.end] for s in inline_spans(text) if s.side != "opening")
        assert (have == ["**", "](u)", "`f`", "`g`"]) is (not messages)
        marks = r"<[^>]*>|`[fg]`|\*\*|\[|\]\(u\)|\s"
        assert re.sub(marks, "", "".join(parts)).startswith(re.sub(marks, "", text))


def test_missing_and_empty_blocks():
    assert from_html("") == {}
    assert came_back(to_html({1: ""}, "en"), {1: "", 2: "a"}).texts == {1: ""}
    assert back(" ", "a") == (None, ["Block 7: it came back empty."])


def test_lone_surrogates_are_refused():
    with pytest.raises(DeskError, match="Block 7 holds U\\+D83D at character 3"):
        to_html({7: "ab\ud83d"}, "en")
