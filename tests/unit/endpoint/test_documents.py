"""Passages, pages and plain text: only the words change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.endpoint.documents import translate_document, translate_text
from amts_desk.endpoint.errors import ApiError
from amts_desk.endpoint.passages import MARK, passage_of, translate


class Loud:
    def translate(self, passage):
        return passage.text.upper()


class Forgetful:
    def translate(self, passage):
        return MARK.sub("", passage.text, count=1)


def page(html):
    done = translate_document(html.encode(), "text/html", Loud())
    return done.text


MARKDOWN = "see `code_x`, $x_i$, :numref:`fig_a`, [the link](http://a.b/c) and **bold** at https://d.e/f now"


def test_code_math_roles_links_and_urls_stay():
    translated = translate(passage_of(MARKDOWN), Loud())
    assert translated == (
        "SEE `code_x`, $x_i$, :numref:`fig_a`, [THE LINK](http://a.b/c) AND **BOLD** AT https://d.e/f NOW"
    )


def test_a_translation_that_lost_something_is_not_trusted():
    assert translate(passage_of("see `x` here"), Forgetful()) == "see `x` here"


@given(st.text(alphabet="ab `$*[]()_<>:\U000f0000\U0010fffd\n.", max_size=60))
def test_any_text_comes_back_whole(text):
    passage = passage_of(text)
    assert translate(passage, Same()) == text
    assert passage.visible == text


class Same:
    def translate(self, passage):
        return passage.text


PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<br/>", "<span translate='no'>", "</span>", "<p id=1 class='a>b'>", "<!-- c -->"),
    *("<script>", "</script>", "<html>", "</html>", "<!DOCTYPE html>", "word ", "&amp;", "&lt;x", "`code`", "é", "\n"),
]


@given(st.lists(st.sampled_from(PIECES)))
def test_a_page_keeps_all_its_tags(pieces):
    html = "".join(pieces)
    tags = re.compile(r"<[^<>]*>")
    done = translate_document(html.encode(), "text/html", Same()).text
    assert tags.findall(done) == tags.findall(html)
    assert done.replace("&lt;", "<").replace("&amp;", "&") == html.replace("&lt;", "<").replace("&amp;", "&")


def test_only_the_text_of_a_page_is_translated():
    html = (
        '<!DOCTYPE html>\n<html lang="en"><head><title>A title</title><style>p {color: red}</style></head>\n'
        '<body><!-- note --><p id="s1" class="x">One <b>bold</b> word &amp; more.</p><pre>keep me</pre></body></html>\n'
    )
    assert page(html) == (
        '<!DOCTYPE html>\n<html lang="en"><head><title>A TITLE</title><style>p {color: red}</style></head>\n'
        '<body><!-- note --><p id="s1" class="x">ONE <b>BOLD</b> WORD &amp; MORE.</p><pre>keep me</pre></body></html>\n'
    )


@pytest.mark.parametrize(
    "kept",
    [
        '<span translate="no">do not</span>',
        "<span translate='NO' id=7>a &lt; b <i>x</i></span>",
        '<span translate="no">outer <span>inner</span> rest</span>',
        "<code>f(x)</code>",
        '<img src="a.png" alt="words">',
    ],
)
def test_protected_elements_stay_verbatim(kept):
    assert page(f"<p>before {kept} after</p>") == f"<p>BEFORE {kept} AFTER</p>"


def test_a_protected_block_stays_verbatim():
    assert (
        page('<div translate="no"><p>do not</p></div><p>do</p>') == '<div translate="no"><p>do not</p></div><p>DO</p>'
    )


def test_text_outside_the_html_element_is_not_translated():
    assert page("before<html><p>in</p></html>after") == "before<html><p>IN</p></html>after"


def test_characters_of_pages_are_those_of_the_text():
    done = translate_document(b"<html><p>One two</p></html>", "text/html", Loud())
    assert done.characters == len("One two")
    assert translate_document(b"One two\n", "text/plain", Loud()).characters == len("One two\n")


def test_plain_text_keeps_its_lines():
    done = translate_document(b"  One\r\n\r\n\ttwo `x`  \nthree", "text/plain", Loud())
    assert done.text == "  ONE\r\n\r\n\tTWO `x`  \nTHREE"


def test_other_encodings_are_refused():
    with pytest.raises(ApiError, match="UTF-8"):
        translate_document("é".encode("latin-1"), "text/plain", Loud())


def test_a_text_of_one_call_may_hold_protected_elements():
    assert translate_text('see <span translate="no">this</span> & that', Loud()) == (
        'SEE <span translate="no">this</span> &amp; THAT'
    )
    assert translate_text("1 < 2 & so on", Loud()) == "1 < 2 & SO ON"
