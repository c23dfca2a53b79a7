"""Terms: how their list changes, what is in conflict, and how they stand in the rows of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.terminology import examine, flaw, require_name, require_targets
from amts_desk.core.terms import Keep, Term, TermRow, add, directions, merge, remove, retype, table, tidy

codes = st.sampled_from(["en", "zh", "es"])
words = st.sampled_from(["batch", "Batch", "批量", "lote", "x y"])
terms = st.lists(st.builds(Term, codes, codes, words, words, st.sampled_from(["", "noun"])), max_size=12)


def term(source, target, note="", languages=("en", "zh")):
    return Term(*languages, source, target, note)


OLD = [term("batch", "批量"), term("label", "标签")]


def after(rows, splice):
    splice.apply(rows := list(rows))
    return rows


def test_new_terms_join_at_the_end_and_known_ones_are_counted():
    found = [term("label", "标签"), term("layer", "层"), term(" layer ", "层 "), term("Batch", "批"), term("", "空")]
    merged = merge(OLD, found)
    assert after(OLD, merged.splice) == [*OLD, term("layer", "层"), term("Batch", "批")]
    assert (merged.added, merged.known, merged.empty, merged.conflicts) == (2, 2, 1, ())


@pytest.mark.parametrize(
    ("keep", "left", "said"),
    [
        (Keep.BOTH, ["批量", "标签", "批次"], "both are kept, and the new one wins, since it is the last."),
        (Keep.NEW, ["标签", "批次"], "the new one took its place."),
        (Keep.OLD, ["批量", "标签"], "the new one was left out."),
    ],
)
def test_another_translation_is_a_conflict_that_a_person_decides(keep, left, said):
    merged = merge(OLD, [term("batch", "批次")], keep)
    assert [row.target for row in after(OLD, merged.splice)] == left
    (conflict,) = merged.conflicts
    assert conflict.told(keep) == f"“batch” was “批量” and is now “批次”, too: {said}"


def test_conflicts_within_what_is_brought_in_count_as_well():
    found = [term("layer", "层"), term("layer", "图层")]
    assert len(merge([], found).conflicts) == 1
    assert after([], merge([], found, Keep.NEW).splice) == [term("layer", "图层")]
    assert after([], merge([], found, Keep.OLD).splice) == [term("layer", "层")]


@given(terms, terms, st.sampled_from(Keep))
def test_bringing_in_twice_changes_nothing_more(old, new, keep):
    """But where the new wins within one file that disagrees with itself, whose last word is taken each time."""
    once = after(old, merge(old, new, keep).splice)
    again = merge(once, new, keep)
    if keep is not Keep.NEW or not merge([], new).conflicts:
        assert again.added == 0
        assert after(once, again.splice) == once
    if keep is Keep.OLD:
        assert once[: len(old)] == old


@given(terms, st.data())
def test_every_edit_can_be_undone(rows, data):
    new = Term("en", "zh", "new", "新")
    edits = [add(rows, new), merge(rows, [new], Keep.NEW).splice]
    if rows:
        at = data.draw(st.integers(0, len(rows) - 1))
        edits += [retype(rows, at, new), remove(rows, {at, len(rows) - 1})]
        gone = [row for n, row in enumerate(rows) if n not in {at, len(rows) - 1}]
        assert after(rows, edits[-1]) == gone
    for edit in edits:
        assert after(after(rows, edit), edit.inverse()) == rows


@given(terms)
def test_rows_of_a_file_hold_every_term_in_the_order_that_matters(rows):
    rows = [term for term in rows if term.source_language != term.target_language]
    for source in {term.source_language for term in rows}:
        made = table(rows, source)
        found = [Term(source, code, row.source, text, row.note) for row in made.rows for code, text in row.targets]
        chosen = [term for term in rows if term.source_language == source]
        assert sorted(map(repr, found)) == sorted(map(repr, chosen))
        for key in {term.key for term in chosen}:
            assert [t.target for t in found if t.key == key] == [t.target for t in chosen if t.key == key]


def test_translations_of_one_source_share_a_row_while_there_is_room():
    rows = [term("a", "甲"), term("a", "uno", languages=("en", "es")), term("a", "乙"), term("a", "丙", "noun")]
    assert table(rows, "en").rows == (
        TermRow("a", (("zh", "甲"), ("es", "uno"))),
        TermRow("a", (("zh", "乙"),)),
        TermRow("a", (("zh", "丙"),), "noun"),
    )
    assert table(rows, "en", ["es"]).rows == (TermRow("a", (("es", "uno"),)),)
    assert directions(rows) == [("en", "zh"), ("en", "es")]


def test_texts_are_kept_composed_with_plain_line_ends():
    assert tidy(" e\u0301\r\nx\r ") == "é\nx"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (term("", "空"), "the source is empty"),
        (term("x", " \t"), "the translation is empty"),
        (term("a\nb", "甲"), "the source has a line break"),
        (term("a", "甲\u2028乙"), "the translation has a line break"),
        (term("a" * 201, "甲"), "the source has 201 bytes, and Amazon takes 200"),
        (term("a", "字" * 67), "the translation has 201 bytes, and Amazon takes 200"),
        (term("a" * 200, "字" * 66), ""),
        (term("=SUM(A1)", "-x"), ""),
    ],
)
def test_what_amazon_would_not_take(bad, why):
    assert flaw(bad) == why


def test_of_equal_sources_the_last_is_sent():
    rows = [term("a", "甲"), term("b", "乙"), term("a", "丙"), term("b", "乙"), term("", "空"), term("a", "\n")]
    sent, refused = examine(rows)
    assert sent == (rows[2], rows[3])
    assert [(lost.term, lost.reason) for lost in refused] == [
        (rows[4], "the source is empty"),
        (rows[5], "the translation is empty"),
        (rows[0], "“丙” comes further down for it, and the last one wins"),
        (rows[1], "the same term comes again further down"),
    ]


def test_names_are_those_that_amazon_takes():
    require_name("amts-book_1-en")
    for name in ("", "a__b", "_a", "a b", "术语", "a.b", "a" * 257):
        with pytest.raises(DeskError, match="cannot be the name of a terminology"):
            require_name(name)


def test_a_terminology_has_one_to_ten_target_languages():
    require_targets(["zh"] * 20)
    with pytest.raises(DeskError, match="no term to send"):
        require_targets([])
    with pytest.raises(DeskError, match="11 languages"):
        require_targets(map(str, range(11)))
