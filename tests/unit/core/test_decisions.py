"""Review: what the translator decided is never taken from them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core import review
from amts_desk.core.review import Decision, DecisionState

texts = st.sampled_from(["", "a", "b", "一"])
decisions = st.lists(
    st.builds(Decision, st.just(0), texts, texts, st.sampled_from(DecisionState), st.integers(0, 3)),
    min_size=1,
    max_size=8,
).map(lambda rows: [Decision(i, r.source, r.text, r.state, r.run) for i, r in enumerate(rows)])


def after(rows, splice):
    """Return the rows after a splice, having seen that it can be taken back."""
    changed = list(rows)
    splice.apply(changed)
    back = list(changed)
    splice.inverse().apply(back)
    assert back == rows
    return changed


@given(decisions, st.data(), texts)
def test_retyping_changes_one_row_and_takes_its_confirmation(rows, data, text):
    at = data.draw(st.integers(0, len(rows) - 1))
    changed = after(rows, review.retype(rows, at, text))
    assert changed[at] == Decision(at, rows[at].source, text, DecisionState.EDITED, rows[at].run)
    assert changed[:at] + changed[at + 1 :] == rows[:at] + rows[at + 1 :]


@given(decisions, st.data(), texts)
def test_confirming_accepts_the_text_of_one_row(rows, data, text):
    at = data.draw(st.integers(0, len(rows) - 1))
    changed = after(rows, review.confirm(rows, at, text))
    assert changed[at].is_confirmed
    assert changed[at].text == text
    assert changed[:at] + changed[at + 1 :] == rows[:at] + rows[at + 1 :]


@given(decisions, st.dictionaries(st.integers(0, 9), texts, max_size=8), st.integers(1, 5))
def test_machine_output_goes_only_where_nobody_has_been(rows, machine, run):
    changed = after(rows, review.take_machine_output(rows, machine, run))
    for row, new in zip(rows, changed, strict=True):
        if row.state is DecisionState.OPEN and row.block in machine:
            assert new == Decision(row.block, row.source, machine[row.block], DecisionState.OPEN, run)
        else:
            assert new == row


@given(decisions, st.lists(texts, max_size=8))
def test_reading_again_keeps_every_decision_whose_source_still_stands(rows, sources):
    changed = after(rows, review.reread(rows, sources))
    assert [(row.block, row.source) for row in changed] == list(enumerate(sources))
    for source in set(sources):
        old = [(row.text, row.state, row.run) for row in rows if row.source == source]
        new = [(row.text, row.state, row.run) for row in changed if row.source == source]
        kept = min(len(old), len(new))
        assert new[:kept] == old[:kept]
        assert all(row == ("", DecisionState.OPEN, 0) for row in new[kept:])


@given(decisions)
def test_a_decision_comes_back_from_json_as_it_was(rows):
    assert [Decision.from_json(json.loads(json.dumps(row.as_json()))) for row in rows] == rows
