import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.steps.interchange.job_html import from_html, to_html

pieces = st.sampled_from(
    ["`<b>`", "$a<b$", ":numref:`sec_x`", "<b>", "</b>", "&amp;", "&lt", "](u&v)", "https://x.y/z?a=1&b=2"]
)
texts = st.lists(pieces | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12), max_size=6).map("".join)


@given(st.dictionaries(st.integers(0, 9999), texts, max_size=5))
def test_identity_translation_round_trips_exactly(blocks):
    assert from_html(to_html(blocks, "en")) == blocks


def test_the_very_page():
    assert to_html({12: "Use `a<b` & see :numref:`sec_x`."}, "en") == (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"></head>\n<body>\n'
        '<p id="b12">Use <span translate="no" id="b12s0">`a&lt;b`</span> &amp; see '
        '<span translate="no" id="b12s1">:numref:`sec_x`</span>.</p>\n'
        "</body>\n</html>\n"
    )


def test_a_translation_may_move_spans_and_change_the_page():
    html = (
        '<HTML><body><!-- x --><div><P class="a" ID=b2>参见<SPAN id="b2s1">:numref:`sec_x`</SPAN>，'
        '用 <i><span translate="no">`a&lt;b`</span></i>&nbsp;。</P></div>\n<p id="other">拾</p><p>无</p>stray'
        "<p id='b10'>一&#20108;<p id='b3'>三</body></html>"
    )
    assert from_html(html) == {2: "参见:numref:`sec_x`，用 `a<b`\u00a0。", 10: "一二", 3: "三"}


def test_missing_and_empty_blocks():
    assert from_html("") == {}
    assert from_html(to_html({1: ""}, "en")) == {1: ""}


def test_lone_surrogates_are_refused():
    with pytest.raises(DeskError, match="Block 7 holds U\\+D83D at character 3"):
        to_html({7: "ab\ud83d"}, "en")
