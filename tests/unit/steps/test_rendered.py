"""Text as it is read: looks instead of markup, formulas as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.steps.formula import spoken
from amts_desk.steps.rendered import Look, plain, rendered


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"$\mathbf{x}_{i} \in \mathbb{R}^d$", "x_i ∈ R^d"),
        (r"$x^{n+1}$", "x^(n+1)"),
        (r"$$\frac{\partial L}{\partial \mathbf{w}}$$", "(∂ L)/(∂ w)"),
        (r"$\{1, \ldots, n\}$", "{1, …, n}"),
        (r"$\|\mathbf{w}\|_2^2$", "‖w‖_2^2"),
        (r"$P(y \mid x) = \frac{\exp(\frac{a}{b})}{\sum_{j} e^{x_{j}}}$", "P(y | x) = (exp (a/b))/(∑_j e^(x_j))"),
        (r"$\begin{aligned} a &= b \\ c &= d\end{aligned}$", "a = b; c = d"),
        (r"\\(x_1 + 2\\)", "x_1 + 2"),
        (r"$\text{softmax}(\mathbf{Q}\mathbf{K}^\top/\sqrt{d})$", "softmax(QK^⊤/√d)"),
        (r"$\hat{y}$", "y\u0302"),
        (r"$\unknown{x}$", r"\unknownx"),
        ("$5$", "5"),
        ("$$", "$$"),
    ],
)
def test_a_formula_is_said_as_text(formula, said):
    assert spoken(formula) == said


def looks(text):
    return [(piece.text, *sorted(piece.looks)) for piece in rendered(text)]


def test_markup_becomes_a_look_and_goes():
    text = "See :numref:`fig_x` and [the *book*](http://a.b), **bold** ~~no~~ `a b` $x_1$ 5 \\* 3 &amp; ![cap](a.png)"
    assert looks(text) == [
        ("See ",), ("fig_x", "reference"), (" and ",), ("the ", "link"), ("book", "emphasis", "link"), (", ",),
        ("bold", "strong"), (" ",), ("no", "struck"), (" ",), ("a b", "code"), (" ",), ("x_1", "formula"), (" 5 ",),
        ("*",), (" 3 ",), ("&",), (" ",), ("cap", "reference"),
    ]  # fmt: skip


def test_slide_marks_and_tags_leave_no_trace_and_code_keeps_its_ticks():
    assert plain("(**直接翻译**) 和 <b>粗</b>") == "直接翻译 和 粗"
    assert looks("`` a`b ``") == [("a`b", "code")]
    assert looks("[^3] <https://a.b/c>") == [("3", "note"), (" ",), ("https://a.b/c", "link")]


def test_what_is_nothing_but_markup_stays_in_sight():
    assert looks("<br/>") == [("<br/>", Look.CODE)]
    assert rendered("") == ()


@given(st.text("ab$\\{}_^*`[]()!<>&;~:# \n平", max_size=40))
def test_any_text_is_rendered_and_none_of_it_in_vain(text):
    pieces = rendered(text)
    assert all(piece.text for piece in pieces)
    assert bool(plain(text)) is bool(text)


@given(st.text("$\\{}_^frac sqrt&|,abx", max_size=60))
def test_any_formula_is_said_in_one_line(text):
    assert "\n" not in spoken(f"${text}$")
