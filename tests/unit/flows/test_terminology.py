"""Terms from a file to Amazon and back: against the local endpoint in this process, through boto3."""

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.aws.terminology import Terminologies
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Keep, Term
from amts_desk.endpoint.engines.practice import PracticeEngine
from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.registration import register
from amts_desk.endpoint.surroundings import Surroundings
from amts_desk.flows import terminology
from amts_desk.flows.terminology import bring_in, default_name, prepare, push, read_terms, write_terms
from amts_desk.store.project import Project

TERMS = [
    Term("en", "zh", "model", "模子"),
    Term("en", "es", "model", "maqueta"),
    Term("en", "zh", "x" * 201, "长"),
    Term("en", "zh", "label", "标签", "noun"),
    Term("zh", "en", "层", "layer"),
]


@pytest.fixture
def cloud(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAPRACTICE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    presigner = Presigner("https://s3.us-east-1.amazonaws.com", "us-east-1", "AKIAPRACTICE", "secret")
    register(Surroundings(PracticeEngine(tmp_path), [].append), presigner)
    from moto import mock_aws

    with mock_aws():
        yield Cloud(Connection("us-east-1", "desk", is_offline=False))


def translated(cloud, text, target="zh", **more):
    request = {"SourceLanguageCode": "en", "TargetLanguageCode": target, "TerminologyNames": ["terms"], **more}
    return cloud.translate.translate_text(Text=text, **request)


def test_what_was_pushed_is_used(cloud):
    parcel = prepare("terms", TERMS, "en")
    assert [lost.term.target for lost in parcel.refused] == ["长"]
    pushed = push(cloud, parcel)
    assert not pushed.was_there
    found = pushed.terminology
    assert (found.terms, found.skipped, found.size) == (2, 0, len(parcel.data))
    assert found.languages == "en → zh, es"
    answer = translated(cloud, "a model, a label")
    assert "模子" in answer["TranslatedText"]
    assert [t["SourceText"] for t in answer["AppliedTerminologies"][0]["Terms"]] == ["model", "label"]
    assert "maqueta" in translated(cloud, "a model", "es")["TranslatedText"]


def test_the_same_is_not_sent_twice(cloud):
    sent = []
    cloud.translate.meta.events.register("before-call.translate.ImportTerminology", lambda **_: sent.append(1))
    for was_there in (False, True, True):
        assert push(cloud, prepare("terms", TERMS, "en")).was_there is was_there
    assert len(sent) == 1
    assert not push(cloud, prepare("terms", TERMS, "en", is_both_ways=True)).was_there, "other directions"
    assert not push(cloud, prepare("terms", TERMS[1:], "en", is_both_ways=True)).was_there, "other terms"
    assert "model" in translated(cloud, "一个标签 maqueta", "en", SourceLanguageCode="es")["TranslatedText"]
    Terminologies(cloud).delete("terms")
    assert not push(cloud, prepare("terms", TERMS[1:], "en", is_both_ways=True)).was_there, "deleted meanwhile"


def test_what_another_program_made_is_not_overwritten(cloud):
    data = {"File": "en,zh\na,甲\n".encode(), "Format": "CSV"}
    cloud.translate.import_terminology(Name="terms", MergeStrategy="OVERWRITE", TerminologyData=data)
    with pytest.raises(DeskError, match="which AMTS Desk did not make"):
        push(cloud, prepare("terms", TERMS, "en"))
    assert Terminologies(cloud).find("terms").terms == 1


def test_terms_come_back_from_amazon(cloud, monkeypatch):
    """The link itself is followed over HTTP in the tests of the command line."""
    parcel = prepare("terms", TERMS, "en")
    push(cloud, parcel)
    monkeypatch.setattr("amts_desk.aws.terminology.fetch", lambda link, stream, *_: stream.write(parcel.data))
    found = terminology.download(cloud, "terms").terms
    assert set(found) == {Term("en", "zh", "model", "模子"), Term("en", "es", "model", "maqueta"),
                          Term("en", "zh", "label", "标签")}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a__b", TERMS, "en"), "cannot be the name"),
        (("terms", [], ""), "has no terms"),
        (("terms", TERMS, ""), "terms from en and zh"),
        (("terms", TERMS, "fr"), "no terms from fr"),
        (("terms", TERMS[2:3], "en"), "no term to send"),
        (("terms", TERMS, "en", ["fr"]), "no term to send"),
    ],
)
def test_what_cannot_be_sent_is_told_before(arguments, said):
    with pytest.raises(DeskError, match=said):
        prepare(*arguments)


def test_more_than_amazon_takes_is_not_sent():
    many = [Term("en", "zh", f"{number:0200}", "字" * 66) for number in range(24_000)]
    with pytest.raises(DeskError, match=r"11\.0 MB; one terminology may have 10 MB"):
        prepare("terms", many)


def test_notes_keep_no_languages_apart(cloud):
    """A source that came twice in the file could lose its first translations, so it comes once."""
    terms = [Term("en", "zh", "model", "模子", "noun"), Term("en", "es", "model", "maqueta", "other")]
    parcel = prepare("terms", terms)
    assert (parcel.entries, len(parcel.terms), parcel.data.count(b"<tu>")) == (1, 2, 1)
    assert write_terms(terms, "tmx").count(b"<tu>") == 1
    assert write_terms(terms, "tbx").count(b"<conceptEntry ") == 2
    assert push(cloud, parcel).terminology.terms == 1
    assert "模子" in translated(cloud, "a model")["TranslatedText"]


def test_some_target_languages_only():
    assert prepare("terms", TERMS, "en", ["es"]).target_languages == ("es",)
    assert write_terms(TERMS, "csv", "en", ["es"]).decode() == "en,es\nmodel,maqueta\n"
    with pytest.raises(DeskError, match="no term to write"):
        write_terms(TERMS, "csv", "en", ["fr"])


@pytest.fixture
def project(tmp_path):
    with Project.open(tmp_path / "My book!.amts", create=True) as opened:
        yield opened


def test_bringing_terms_in_is_one_step_of_the_history(project):
    assert bring_in(project, TERMS, Keep.BOTH, "Bring in a.csv").added == 5
    track = project.tracks.terms()
    assert project.tracks.rows(track) == TERMS
    assert bring_in(project, TERMS, Keep.BOTH, "Bring in a.csv").known == 5
    assert [entry.label for entry in project.tracks.history(track)] == ["Bring in a.csv"]
    project.tracks.undo(track)
    assert project.tracks.rows(track) == []


def test_a_name_of_its_own(project):
    project.set_setting("id", "0123456789ab")
    assert default_name(project, "zh-TW") == "amts-My-book-012345-zh-TW-terms"
    prepare(default_name(project, "zh"), TERMS, "zh")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"", "is no file of terms"),
        ("a.csv", b"en,zh\n\xff\xfe,x\n", "not UTF-8"),
        ("a.csv", b"en,zh\n,\n", "has no terms"),
        ("a.csv", b"en,zh,xx\n,,b\n", "xx"),
        ("a.md", b"", "neither a table"),
        ("a.tbx", b"<tbx/>", "no terms in two languages"),
        ("a.tmx", b"x" * (10 * 2**20 + 1), "at most 10 MB"),
        ("none.csv", None, "could not be read"),
    ],
)
def test_files_that_are_refused(tmp_path, name, data, said):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(DeskError, match=said):
        read_terms(tmp_path / name)


@pytest.mark.parametrize("form", terminology.FORMATS)
def test_every_format_is_read_by_its_name(tmp_path, form):
    path = tmp_path / f"terms.{form}"
    path.write_bytes(write_terms(TERMS, form, "en"))
    assert {term.key for term in read_terms(path).terms} == {term.key for term in TERMS[:4]}
