"""Parallel data over the local endpoint: files, versions, their differences, what Amazon says of records."""

import gc
import io
import json
import os
import warnings
from dataclasses import replace

import pytest

from amts_desk.aws import links
from amts_desk.aws.bucket import Bucket
from amts_desk.aws.translate import Translate
from amts_desk.core import edits
from amts_desk.core.alignment import Bead, Sentence
from amts_desk.core.amazon import Connection, ImportMessage
from amts_desk.core.errors import Cancelled, DeskError, ServiceError
from amts_desk.core.pairs import Fate, Pair, PairFormat
from amts_desk.core.splice import Splice
from amts_desk.flows import pushing, versions
from amts_desk.flows.connecting import Line
from amts_desk.steps.parallel_data.filters import Filters
from amts_desk.steps.read.files import read_document
from amts_desk.store.project import Project

TEXTS = [
    ("One pair.", "一对。"),
    ("- Two pairs.", "两对。"),
    ("Three.", "三。"),
    ("One pair.", "第一对。"),
    ("Five.", "五。"),
]


def add_chapter(project, name="a", texts=TEXTS):
    """Add a chapter with a bead for each two texts, and return it."""
    documents = (read_document(f"{name}.md", b"x\n", code) for code in ("en", "zh"))
    chapter = project.chapters.add(name, *documents)
    beads = tuple(Bead((Sentence(i, i, s),), (Sentence(i, i, t),)) for i, (s, t) in enumerate(texts))
    project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), beads), "Align")
    return chapter


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "book.amts", create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    with Line(Connection(), tmp_path_factory.mktemp("practice")) as opened:
        yield opened


@pytest.fixture
def cloud(line):
    return line.open()


def select(*chapters, **filters):
    return pushing.Selection(chapters, "sentence", "en", "zh", filters=Filters(**filters))


def edit(project, chapter, make):
    track = project.tracks.alignment(chapter)
    project.tracks.splice(track, make(project.tracks.rows(track)), "Edit")


def fates(prepared):
    records = [prepared.draft.record(number) for number in range(len(prepared.draft))]
    return [(record.fate, record.reason) for record in records]


def written(prepared):
    stream = io.BytesIO()
    prepared.write(stream)
    return stream.getvalue()


def test_every_pair_is_there_with_its_fate_and_the_twin_that_counts(project):
    chapter = add_chapter(project)
    edit(project, chapter, lambda beads: edits.confirm(beads, [0, 1, 2, 3]))
    prepared = pushing.prepare(project, select(chapter, confirmed_only=True), kind=PairFormat.CSV)
    assert fates(prepared) == [
        (Fate.REPEATED, "the same source with another translation: Amazon takes the one from bead 4 of a"),
        (Fate.REFUSED, "the source begins with -, which CSV may not"),
        (Fate.SENT, ""),
        (Fate.SENT, ""),
        (Fate.LEFT_OUT, "not confirmed"),
    ]
    assert (prepared.sent, prepared.skipped, prepared.leaks, prepared.size) == (2, 3, 0, 33)
    assert written(prepared).decode() == "en,zh\nThree.,三。\nOne pair.,第一对。\n"


def test_the_newest_confirmation_counts_in_tmx(project):
    chapter = add_chapter(project)
    edit(project, chapter, lambda beads: edits.confirm(beads, [0]))
    prepared = pushing.prepare(project, select(chapter))
    changed = [pair.changed_at[:19] for pair in prepared.draft.pairs(Fate.REPEATED)] + [
        pair.changed_at[:19] for pair in prepared.pairs() if pair.source == "One pair."
    ]
    newest = "第一对。" if changed[0] == changed[1] else "一对。"  # both within one second: the last one
    assert [pair.target for pair in prepared.pairs() if pair.source == "One pair."] == [newest]


def test_provenance_names_edition_sentences_state_and_person(project):
    chapter = add_chapter(project)
    edit(project, chapter, lambda beads: edits.confirm(beads, [2]))
    (pair,) = [pair for pair in pushing.prepare(project, select(chapter)).pairs() if pair.source == "Three."]
    digests = tuple(digest for _, digest in project.chapters.digests(chapter))
    origin = pair.origin
    assert (pair.chapter, pair.position, origin.editions, origin.sentences) == ("a", 2, digests, ((2,), (2,)))
    assert (origin.unit, origin.state, origin.changed_by) == ("sentence", "confirmed", project.author)
    assert "" < origin.created_at <= origin.changed_at
    back = replace(select(chapter), source_language="zh", target_language="en")
    (turned,) = [pair for pair in pushing.prepare(project, back).pairs() if pair.target == "Three."]
    assert turned == pair.reversed()


def test_the_same_pairs_make_the_same_bytes_and_carry_their_dates(project):
    chapter = add_chapter(project)
    first = written(pushing.prepare(project, select(chapter)))
    assert written(pushing.prepare(project, select(chapter))) == first
    made = project.tracks.history(project.tracks.alignment(chapter))[0].made_at
    date = made[:19].replace("-", "").replace(":", "") + "Z"
    assert f'creationdate="{date}"/>\n<body>\n<tu creationdate="{date}" changedate="{date}">'.encode() in first
    edit(project, chapter, lambda beads: edits.bookmark(beads, [2]))
    assert written(pushing.prepare(project, select(chapter))) == first


@pytest.mark.parametrize("kind", PairFormat)
def test_a_version_keeps_its_pairs_and_reads_back_as_sent(project, cloud, kind):
    chapter = add_chapter(project)
    prepared = pushing.prepare(project, select(chapter), kind=kind)
    name = f"Kept-{kind}"
    version = pushing.push(project, cloud, name, prepared)
    assert (version.format, version.uri.rpartition(".")[2]) == (kind, kind.lower())
    assert (version.status, version.service_status, version.attempt_status) == ("ACTIVE", "ACTIVE", "")
    assert (version.imported, version.skipped_there, version.failed_there) == (prepared.sent, 0, 0)
    assert version.made_by == project.author
    assert list(project.pairs.of(version.number)) == list(prepared.pairs())
    sent = pushing.sent_pairs(cloud, version)
    assert [(p.source, p.target) for p in sent] == [(p.source, p.target) for p in prepared.pairs()]
    again = pushing.push(project, cloud, name, pushing.prepare(project, select(chapter), kind=kind))
    assert again.number == version.number


def test_an_update_sends_the_full_set_and_the_versions_differ_in_what_changed(project, cloud):
    chapter, other = add_chapter(project), add_chapter(project, "b", [("Six.", "六。"), ("Seven.", "七。")])
    first = pushing.push(project, cloud, "Updated", pushing.prepare(project, select(chapter, other)))
    edit(project, chapter, lambda beads: edits.retype(beads, 2, ["Three."], ["叁。"]))
    edit(project, other, lambda beads: edits.drop(beads, [0]))
    edit(project, chapter, lambda beads: edits.retype(beads, 4, ["Fifth."], ["五。"]))
    edit(project, chapter, lambda beads: edits.confirm(beads, [3]))
    second = pushing.push(project, cloud, "Updated", pushing.prepare(project, select(chapter, other)))
    assert (second.version, second.attempt_status) == (2, "ACTIVE")
    assert second.imported == second.pairs == 5
    found = versions.difference(project, first, second)
    assert [(old.target, new.target) for old, new in found.changed] == [("三。", "叁。")]
    assert [pair.source for pair in found.added] == ["Fifth."]
    assert [pair.source for pair in found.removed] == ["Five.", "Six."]
    assert found.unchanged == 3
    back = versions.difference(project, second, first)
    assert ([p.source for p in back.added], [p.source for p in back.removed]) == (["Five.", "Six."], ["Fifth."])
    same = versions.difference(project, first, first)
    assert (same.added, same.removed, same.changed, same.unchanged) == ((), (), (), first.pairs)


def test_versions_are_named_and_missing_ones_told(project):
    with pytest.raises(DeskError, match=r"no parallel data “X”.*It has made: none"):
        versions.version_of(project, "X")
    from amts_desk.core.amazon import ParallelDataVersion

    made = ParallelDataVersion("X", 1, "sentence", "en", "zh", "t", "s3://b/k", "0", 3)
    old = project.runs.add_version(made)
    assert versions.version_of(project, "X") == versions.version_of(project, "X", 1) == old
    with pytest.raises(DeskError, match="no version 2 of “X”"):
        versions.version_of(project, "X", 2)
    with pytest.raises(DeskError, match="were not kept by an older AMTS Desk"):
        versions.difference(project, old, old)


def test_what_amazon_says_of_a_record_stands_against_its_pair(project, cloud, tmp_path):
    """The pre-flight lets nothing through that would be skipped, so the file is spoilt on its way."""
    chapter = add_chapter(project)
    prepared = pushing.prepare(project, select(chapter))
    version = pushing.write_down(project, cloud, "Spoilt", prepared)
    long = written(prepared).replace("三。".encode(), ("三" * 400).encode())
    Bucket(cloud).put(version.uri.split("/", 3)[3], long)
    settled = pushing.follow(project, cloud, pushing.send(project, cloud, version))
    assert (settled.imported, settled.skipped_there) == (3, 1)
    ((message, pair),) = project.pairs.messages(settled.number)
    assert (message.content, pair.source, pair.position) == ("Number 2 TU element", "Three.", 2)
    assert "1200 bytes" in message.message
    path = versions.download(cloud, "Spoilt", tmp_path / "back.tmx")
    assert path.read_bytes() == long


def test_a_failed_update_leaves_the_first_version_in_use_and_says_why(project, cloud):
    chapter = add_chapter(project)
    first = pushing.push(project, cloud, "Failing", pushing.prepare(project, select(chapter)))
    edit(project, chapter, lambda beads: edits.retype(beads, 2, ["Three."], ["叁。"]))
    version = pushing.write_down(project, cloud, "Failing", pushing.prepare(project, select(chapter)))
    Bucket(cloud).put(version.uri.split("/", 3)[3], b"<tmx")
    with pytest.raises(ServiceError, match="could not take in"):
        pushing.follow(project, cloud, pushing.send(project, cloud, version))
    seen = versions.version_of(project, "Failing", 2)
    assert (seen.status, seen.service_status, seen.attempt_status) == ("FAILED", "ACTIVE", "FAILED")
    assert [(m.record, p) for m, p in project.pairs.messages(seen.number)] == [(0, None)]
    assert project.pairs.messages(first.number) == []


def test_what_others_made_is_listed_apart(project, cloud):
    chapter = add_chapter(project)
    pushing.push(project, cloud, "Mine", pushing.prepare(project, select(chapter)))
    uri = Bucket(cloud).put("elsewhere.csv", b"en,zh\na,b\n")
    Translate(cloud).create_parallel_data("Theirs", uri, "CSV", "token-of-theirs")
    found = versions.listed(project, cloud)
    assert [answer.name for answer in found.ours] == ["Mine"]
    assert "Theirs" in [answer.name for answer in found.others]
    assert {answer.name for answer in versions.listed(None, cloud).others} >= {"Mine", "Theirs"}


def test_a_large_file_goes_up_in_parts_and_can_be_stopped(cloud, tmp_path):
    path = tmp_path / "large"
    path.write_bytes(os.urandom(20 << 20))
    steps = []
    uri = Bucket(cloud).upload_file(path, "large/file", lambda done, total, note="": steps.append((done, total, note)))
    assert max(steps) == (20 << 20, 20 << 20, "large")
    assert len(steps) > 2
    assert Bucket(cloud).get(uri) == path.read_bytes()

    def stop(done, total, note=""):
        raise Cancelled

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # s3transfer leaves the file that it read open
        with pytest.raises(Cancelled):
            Bucket(cloud).upload_file(path, "large/stopped", stop)
        gc.collect()
    assert list(Bucket(cloud).keys(Bucket(cloud).uri("large/"))) == ["large/file"]


def test_a_refused_upload_says_so(cloud, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x")
    bucket = Bucket(cloud)
    bucket.name = "nobodys-bucket"
    with pytest.raises(ServiceError, match="Uploading k was refused") as caught:
        bucket.upload_file(path, "k")
    assert caught.value.code == "NoSuchBucket"


# ---- links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", ["http://example.com/x?X-Amz-Signature=secret", "file:///etc/passwd", "ftp://127.0.0.1/x"]
)
def test_an_unsafe_link_is_not_followed_and_not_told(link):
    with pytest.raises(ServiceError, match="the link is not safe") as caught:
        links.fetch(link, io.BytesIO(), "Downloading it")
    assert link not in str(caught.value)


def test_a_dead_link_is_told_without_its_address():
    with pytest.raises(ServiceError, match="could not be reached") as caught:
        links.fetch("http://127.0.0.1:9/x?X-Amz-Signature=secret", io.BytesIO(), "Downloading it")
    assert caught.value.passing
    assert caught.value.__cause__ is None
    assert "secret" not in str(caught.value)


def test_a_refused_link_and_one_too_large_are_told(cloud):
    url = cloud.connection.endpoint_url
    with pytest.raises(ServiceError, match="HTTP 403"):
        links.fetch(f"{url}/bucket/key", io.BytesIO(), "Downloading it")
    Bucket(cloud).put("links/ten", b"0123456789")
    link = cloud.s3.generate_presigned_url("get_object", {"Bucket": cloud.connection.bucket, "Key": "links/ten"})
    stream = io.BytesIO()
    links.fetch(link, stream, "Downloading it")
    assert stream.getvalue() == b"0123456789"
    with pytest.raises(ServiceError, match="larger than 9 bytes"):
        links.fetch(link, io.BytesIO(), "Downloading it", 9)


def test_the_error_file_is_read_as_the_guide_shows_it():
    shown = {
        "summary": {"record_error_count": 1, "record_skipped_count": 0},
        "messages": [
            {"content": "Number 1 TU element", "message": "srclang attribute is missing"},
            {"content": "Number 3 line", "message": "m"},
            {"content": "File", "message": "n"},
        ],
    }
    assert links.read_messages(json.dumps(shown).encode()) == [
        ImportMessage(1, "Number 1 TU element", "srclang attribute is missing"),
        ImportMessage(2, "Number 3 line", "m"),
        ImportMessage(0, "File", "n"),
    ]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"messages":[{"content":"x"}]}', b'{"messages":3}', b"\xff"])
def test_another_file_is_no_error_file(data):
    with pytest.raises(ServiceError, match="cannot be read"):
        links.read_messages(data)


def test_pairs_of_one_source_are_compared_by_their_targets():
    found = versions.compared([Pair("a", "1", "x"), Pair("b", "2")], [Pair("a", "1", "y"), Pair("b", "3")], 7)
    assert (found.unchanged, found.changed) == (8, ((Pair("b", "2"), Pair("b", "3")),))


def test_a_version_of_another_bucket_is_not_sent_in_its_place(project, cloud):
    """Practice that was broken off left a version that was never sent; at AWS its file would not be there."""
    prepared = pushing.prepare(project, select(add_chapter(project)))
    version = pushing.write_down(project, cloud, "Moved", prepared)
    assert pushing.write_down(project, cloud, "Moved", prepared) == version
    project.runs.update_version(replace(version, uri="s3://another-bucket/k.tmx"))
    moved = pushing.write_down(project, cloud, "Moved", prepared)
    assert (moved.version, cloud.has(moved.uri)) == (2, True)
