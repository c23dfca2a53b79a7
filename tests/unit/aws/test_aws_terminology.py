"""Every call about terminologies as it goes out and as its answer is read."""

import datetime
import logging

import pytest

from amts_desk.aws import terminology
from amts_desk.aws.links import fetch
from amts_desk.aws.terminology import Terminologies
from amts_desk.core.errors import ServiceError
from amts_desk.core.terminology import Terminology

SECRET = "X-Amz-Signature=0123abcd"
LINK = {"RepositoryType": "S3", "Location": f"https://signed.invalid/terms.tmx?{SECRET}"}
WHEN = datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.UTC)
TOLD = {
    "Name": "d2l",
    "Description": "words",
    "SourceLanguageCode": "en",
    "TargetLanguageCodes": ["zh", "es"],
    "SizeBytes": 99,
    "TermCount": 7,
    "SkippedTermCount": 2,
    "LastUpdatedAt": WHEN,
    "Directionality": "MULTI",
    "Format": "TMX",
    "Message": "Ready.",
}


@pytest.fixture
def service(cloud):
    return Terminologies(cloud)


@pytest.mark.parametrize(("is_both_ways", "direction"), [(False, "UNI"), (True, "MULTI")])
def test_a_terminology_goes_out_and_overwrites(service, translate, is_both_ways, direction):
    sent = {
        "Name": "d2l",
        "MergeStrategy": "OVERWRITE",
        "Description": "words",
        "TerminologyData": {"File": b"<tmx/>", "Format": "TMX", "Directionality": direction},
    }
    answer = {"TerminologyProperties": TOLD, "AuxiliaryDataLocation": LINK}
    translate.add_response("import_terminology", answer, sent)
    found = service.put("d2l", b"<tmx/>", "TMX", "words", is_both_ways=is_both_ways)
    assert found == Terminology(
        "d2l", "en", ("zh", "es"), 7, 2, 99, True, "TMX", "words", "Ready.", "2026-03-01T12:30:00+00:00",
        {"TerminologyProperties": TOLD},
    )  # fmt: skip
    assert found.languages == "en ⇄ zh, es"


def test_signed_links_are_not_kept_with_the_answer(service, translate):
    answer = {"TerminologyProperties": TOLD, "TerminologyDataLocation": LINK, "AuxiliaryDataLocation": LINK}
    translate.add_response("get_terminology", answer, {"Name": "d2l"})
    found = service.find("d2l")
    assert found.terms == 7
    assert SECRET not in str(found.answer)


def test_one_that_is_not_there_is_none(service, translate):
    translate.add_client_error("get_terminology", "ResourceNotFoundException", "No such thing", 404)
    assert service.find("d2l") is None
    translate.add_client_error("get_terminology", "InternalServerException", "Oops", 500)
    with pytest.raises(ServiceError):
        service.find("d2l")


def test_every_page_of_the_list_is_read(service, translate):
    for asked, name, more in (({}, "a", {"NextToken": "two"}), ({"NextToken": "two"}, "b", {})):
        page = {"TerminologyPropertiesList": [{"Name": name}], **more}
        translate.add_response("list_terminologies", page, asked)
    assert [(found.name, found.languages) for found in service.all()] == [("a", " → "), ("b", " → ")]


def test_the_file_is_fetched_at_once_and_its_link_is_told_to_nobody(service, translate, monkeypatch, caplog):
    followed = []

    def follow(link, stream, what, largest):
        followed.append((link, what, largest))
        stream.write(b"<tmx/>")

    monkeypatch.setattr(terminology, "fetch", follow)
    caplog.set_level(logging.DEBUG, "amts_desk")
    answer = {"TerminologyProperties": TOLD, "TerminologyDataLocation": LINK}
    translate.add_response("get_terminology", answer, {"Name": "d2l"})
    assert service.download("d2l") == (b"<tmx/>", "TMX")
    assert followed == [(LINK["Location"], "Downloading the terminology “d2l”", 10_485_760)]
    assert SECRET not in caplog.text


def test_without_a_link_there_is_no_file(service, translate):
    translate.add_response("get_terminology", {"TerminologyProperties": TOLD}, {"Name": "d2l"})
    with pytest.raises(ServiceError, match="gives no file"):
        service.download("d2l")


@pytest.mark.parametrize("link", ["http://signed.invalid/x?secret", "file:///etc/passwd", "ftp://a/b"])
def test_a_link_that_is_not_safe_is_not_followed(link):
    with pytest.raises(ServiceError, match="not safe") as caught:
        fetch(link, None, "Downloading")
    assert link not in str(caught.value)


def test_a_terminology_is_deleted_by_name(service, translate):
    translate.add_response("delete_terminology", {}, {"Name": "d2l"})
    service.delete("d2l")


CALLS = [
    (lambda s: s.put("d2l", b"", "CSV", "", is_both_ways=False), "import_terminology", "Sending the terminology “d2l”"),
    (lambda s: s.find("d2l"), "get_terminology", "Asking about the terminology “d2l”"),
    (lambda s: s.download("d2l"), "get_terminology", "Asking about the terminology “d2l”"),
    (lambda s: s.all(), "list_terminologies", "Listing the terminologies"),
    (lambda s: s.delete("d2l"), "delete_terminology", "Deleting the terminology “d2l”"),
]


@pytest.mark.parametrize(("call", "operation", "what"), CALLS)
def test_a_refusal_of_any_call_says_what_was_attempted(service, translate, call, operation, what):
    translate.add_client_error(operation, "AccessDeniedException", "User is not authorized.", 400)
    with pytest.raises(ServiceError) as caught:
        call(service)
    assert caught.value.message.startswith(f"{what} was refused, since the profile may not do this")
