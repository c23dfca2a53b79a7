"""What others make of our TMX: translate-toolkit reads the same texts, and a schema of TMX 1.4b finds nothing wrong.

translate-toolkit is GPL, so it is neither imported here nor among what the program is installed with: it runs in a
process of its own, from a folder of its own (`make build/oracle/.ready`).
"""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amts_desk.core.pairs import Origin, Pair, PairFormat
from amts_desk.steps.interchange.tmx import write_tmx
from amts_desk.steps.parallel_data.sieve import preflight

ROOT = Path(__file__).resolve().parents[4]
ORACLE = ROOT / "build" / "oracle"
READ = """
import json, sys
from lxml import etree
from translate.storage import tmx

schema = etree.RelaxNG(etree.parse(sys.argv[1]))
seen = {}
for path in sys.argv[2:]:
    tree = etree.parse(path, etree.XMLParser(resolve_entities=False, huge_tree=True))
    schema.validate(tree)
    store = tmx.tmxfile(sourcelanguage="en", targetlanguage="zh")
    with open(path, "rb") as file:
        store.parse(file.read())
    texts = [[unit.source, unit.target] for unit in store.units]
    languages = [[node.get("{http://www.w3.org/XML/1998/namespace}lang") for node in unit.getlanguageNodes()]
                 for unit in store.units]
    seen[path] = {"faults": [str(fault) for fault in schema.error_log], "texts": texts, "languages": languages}
print(json.dumps(seen))
"""
DATES = Origin(created_at="2026-01-02T03:04:05.678+00:00", changed_at="2026-02-28T23:59:59+00:00")
NASTY = [
    "a & b < c > d \"e\" 'f'",
    "]]> <!-- x --> <?pi?> &amp; &#65; <seg>",
    "# 标题 **粗** `代码` $x<y$ :numref:`sec_x`",
    "two\nlines\tand a tab",
    "emoji 👩‍👩‍👧 and \u00a0 no-break \u2028 separators",
    "= 1 + 1",
    "\u202eright to left\u202c",
    "e\u0301 is composed",
]


@pytest.fixture(scope="module")
def elsewhere():
    """Return a function that has files read by translate-toolkit and held against the schema, all in one process."""
    if not (ORACLE / ".ready").exists():
        if os.environ.get("AMTS_DESK_ORACLE"):
            pytest.fail("build/oracle is missing, which `make suite` installs")
        pytest.skip("translate-toolkit is not installed; `make build/oracle/.ready` does it")

    def read(*paths):
        command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ORACLE)!r})\n{READ}"]
        schema = ROOT / "tests" / "data" / "tmx-1.4b.rng"
        told = subprocess.run([*command, schema, *paths], check=True, capture_output=True, text=True).stdout
        return [json.loads(told)[str(path)] for path in paths]

    return read


def written(path, pairs, unit="sentence"):
    records = preflight(pairs, PairFormat.TMX)
    sent = [record.pair for record in records if record.is_sent]
    with path.open("wb") as stream:
        write_tmx(sent, "en", "zh", stream, unit=unit, created=datetime(2026, 2, 28, tzinfo=UTC))
    return sent


def test_another_program_reads_the_same_texts_and_a_schema_finds_nothing_wrong(elsewhere, tmp_path):
    nasty = [Pair(text, text[::-1], "ch & <x>.md", n, DATES) for n, text in enumerate(NASTY)]
    plain = [Pair(f"Sentence {n}.", f"第{n}句。") for n in range(200)]
    files = {tmp_path / "nasty.tmx": nasty, tmp_path / "plain.tmx": plain, tmp_path / "none.tmx": []}
    sent = [written(path, pairs, "paragraph" if pairs is nasty else "sentence") for path, pairs in files.items()]
    for pairs, seen in zip(sent, elsewhere(*files), strict=True):
        assert seen["faults"] == []
        assert seen["texts"] == [[pair.source, pair.target] for pair in pairs]
        assert seen["languages"] == [["en", "zh"]] * len(pairs)
    assert len(sent[0]) == len(NASTY)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'segtype="sentence"', b'segtype="clause"'),
        (b'creationdate="20260102T030405Z"', b'creationdate="2026-01-02"'),
        (b'xml:lang="zh"', b'lang="zh"'),
        (b"<seg>\xe4\xb8\x80</seg>", b"<seg></seg>"),
        (b"<tu ", b'<tu color="red" '),
        (b' srclang="en"', b""),
    ],
)
def test_the_schema_finds_what_is_wrong(elsewhere, tmp_path, right, wrong):
    stream = io.BytesIO()
    write_tmx([Pair("One", "一", "c", 0, DATES)], "en", "zh", stream)
    path = tmp_path / "wrong.tmx"
    assert right in stream.getvalue()
    path.write_bytes(stream.getvalue().replace(right, wrong))
    (seen,) = elsewhere(path)
    assert seen["faults"]
