"""What our pre-flight says Amazon will skip is what the local endpoint skips: neither has read the other's rules.

Every pair goes into the file, the bad ones, too, which the program itself never sends.
"""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.pairs import Origin, Pair, PairFormat
from amts_desk.steps.interchange.delimited import write_delimited
from amts_desk.steps.interchange.tmx import write_tmx
from amts_desk.steps.parallel_data.sieve import preflight
from tests.unit.endpoint.conftest import World

NASTY = [
    *("", " ", "\u00a0", "a", " a ", "b", "A", "-1", "+x", "=SUM(A1)", "@save", " =x", "'=x", "“-”"),
    *("two\nlines", "\r\n", "tab\tbed", '"', '""', 'say "x, y"', "a,b", "<seg>", "</tu>", "&amp;", "]]>", "&"),
    *("数" * 333, "数" * 333 + "a", "数" * 333 + "ab", "x" * 1000, "x" * 1001, "é" * 500, "e\u0301" * 500),
    *("\x00", "a\x00", "\ufeffa", "\ufeff", "\u2028", "\x85", "\u200b", "😀" * 250, "😀" * 251, "\ufffe", "\x1b[0m"),
]
texts = st.sampled_from(NASTY) | st.text(max_size=6)
dates = st.integers(1, 3).map(lambda day: Origin(changed_at=f"2026-01-0{day}T00:00:00+00:00"))


@st.composite
def pairs(draw):
    """Draw pairs that all have a date or none: Amazon does not say what becomes of a mixture."""
    found = draw(st.lists(st.builds(Pair, texts, texts), min_size=1, max_size=25))
    if draw(st.booleans()):
        found = [replace(pair, origin=draw(dates)) for pair in found]
    return found


@pytest.mark.parametrize("kind", PairFormat)
@given(drawn=pairs())
def test_what_we_say_will_be_skipped_is_what_is_skipped(kind, drawn):
    records = [record for record in preflight(drawn, kind) if "half a character" not in record.reason]
    stream = io.BytesIO()
    written = [record.pair for record in records]
    if kind is PairFormat.TMX:
        write_tmx(written, "en", "zh", stream)
    else:
        write_delimited(written, "en", "zh", stream, kind)
    world = World()
    world.create(text=stream.getvalue(), form=kind.value)
    world.tick()
    said = world.properties()
    sent = [record.pair for record in records if record.is_sent]
    if not sent:
        assert said["Status"] == "FAILED"
        return
    assert said["Status"] == "ACTIVE", said
    assert said["ImportedRecordCount"] == len(sent)
    assert said["SkippedRecordCount"] + said["FailedRecordCount"] == len(records) - len(sent)
    size = sum(len(pair.source) + len(pair.target) for pair in sent)
    assert said["ImportedDataSize"] == size, "another twin was taken"
