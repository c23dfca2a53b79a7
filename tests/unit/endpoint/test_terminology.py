"""Custom terminologies: their files, their life, and what they do to a translation, in a small world."""

import io
import json

import pytest

from amts_desk.endpoint.terms import TermFinder, read_terms, write_terms

CSV = "en,zh,es\nbatch,批量,lote\nbatch size,批量大小,\nGPU,GPU,GPU\n"
BUCKET = "aws-translate-terminology-123456789012-us-east-1"


def import_terms(world, name="terms", file=CSV, form="CSV", direction="UNI", **more):
    data = {"File": file if isinstance(file, bytes) else file.encode(), "Format": form}
    data |= {"Directionality": direction} if direction else {}
    return world.call("ImportTerminology", Name=name, MergeStrategy="OVERWRITE", TerminologyData=data, **more)


def fetch(world, location):
    return world.cloud.read(BUCKET, location["Location"].removeprefix(f"link:{BUCKET}/"))


def test_a_terminology_is_there_at_once(world):
    told = import_terms(world, Description="words")["TerminologyProperties"]
    assert told["Arn"] == "arn:aws:translate:us-east-1:123456789012:terminology/terms/LATEST"
    assert (told["SourceLanguageCode"], told["TargetLanguageCodes"]) == ("en", ["zh", "es"])
    assert (told["TermCount"], told["SkippedTermCount"], told["SizeBytes"]) == (3, 0, len(CSV.encode()))
    assert (told["Directionality"], told["Format"], told["Description"]) == ("UNI", "CSV", "words")
    answer = world.call("GetTerminology", Name="terms")
    assert answer["TerminologyProperties"] == told
    assert answer["TerminologyDataLocation"]["RepositoryType"] == "S3"
    assert fetch(world, answer["TerminologyDataLocation"]) == CSV.encode()
    assert "AuxiliaryDataLocation" not in answer


@pytest.mark.parametrize("form", ["CSV", "TSV", "TMX"])
def test_it_can_be_had_in_every_format(world, form):
    import_terms(world)
    body = fetch(
        world, world.call("GetTerminology", Name="terms", TerminologyDataFormat=form)["TerminologyDataLocation"]
    )
    found = read_terms(io.BytesIO(body), form)
    assert [dict(row) for row in found.rows] == [
        {"en": "batch", "zh": "批量", "es": "lote"},
        {"en": "batch size", "zh": "批量大小"},
        {"en": "GPU", "zh": "GPU", "es": "GPU"},
    ]
    assert read_terms(io.BytesIO(write_terms(found, "TMX")), "TMX").rows == found.rows


def test_one_with_several_directions_keeps_its_format(world):
    import_terms(world, direction="MULTI")
    assert world.call("GetTerminology", Name="terms", TerminologyDataFormat="CSV")
    code = world.code("GetTerminology", Name="terms", TerminologyDataFormat="TMX")
    assert code == "InvalidParameterValueException"


def test_without_a_direction_it_is_told_without_one(world):
    assert "Directionality" not in import_terms(world, direction="")["TerminologyProperties"]


def test_terms_that_are_too_long_or_empty_are_skipped_and_told(world):
    fits, long = "字" * 66, "字" * 67
    text = f"en,zh,es\none,{fits},{long}\n{'x' * 201},二,dos\n,三,tres\nfour,,\nfive,五,\n"
    answer = import_terms(world, file=text)
    assert (answer["TerminologyProperties"]["TermCount"], answer["TerminologyProperties"]["SkippedTermCount"]) == (2, 3)
    errors = json.loads(fetch(world, answer["AuxiliaryDataLocation"]))
    assert errors["summary"]["record_skipped_count"] == 3
    assert [m["content"] for m in errors["messages"]] == ["Number 2 line", "Number 3 line", "Number 4 line"]


def test_signs_of_formulas_are_allowed_in_terms(world):
    assert import_terms(world, file="en,zh\n=x,坏\n-y,好\n")["TerminologyProperties"]["TermCount"] == 2


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("", "CSV"),
        ("en\nbatch\n", "CSV"),
        ("english,zh\nbatch,批量\n", "CSV"),
        ("en,en\nbatch,批量\n", "CSV"),
        ("en,zh\n,\n", "CSV"),
        (b"en,zh\nbatch,\xff\n", "CSV"),
        ("en,af,sq,am,ar,hy,az,bn,bs,bg,ca,zh\na,b,c,d,e,f,g,h,i,j,k,l\n", "CSV"),
        ("<html/>", "TMX"),
        (b"en,zh\n" + b"x" * 10_485_760, "CSV"),
    ],
)
def test_what_is_no_terminology(world, file, form):
    data = {"File": file if isinstance(file, bytes) else file.encode(), "Format": form}
    code = world.code("ImportTerminology", Name="t", MergeStrategy="OVERWRITE", TerminologyData=data)
    assert code in ("InvalidParameterValueException", "ValidationException")
    assert world.call("ListTerminologies")["TerminologyPropertiesList"] == []


def test_importing_again_overwrites(world):
    first = import_terms(world)["TerminologyProperties"]
    world.now += 5
    second = import_terms(world, file="en,zh\nbatch,批\n")["TerminologyProperties"]
    assert second["CreatedAt"] == first["CreatedAt"]
    assert second["LastUpdatedAt"] > first["LastUpdatedAt"]
    assert second["TermCount"] == 1
    assert len(world.cloud.names(BUCKET, "")) == 3


def test_the_list_comes_in_pages_and_a_hundred_is_the_most(world):
    for number in range(100):
        import_terms(world, f"t{number:02}")
    first = world.call("ListTerminologies", MaxResults=60)
    rest = world.call("ListTerminologies", NextToken=first["NextToken"])
    names = [p["Name"] for p in first["TerminologyPropertiesList"] + rest["TerminologyPropertiesList"]]
    assert names == [f"t{number:02}" for number in range(100)]
    data = {"File": CSV.encode(), "Format": "CSV"}
    request = {"MergeStrategy": "OVERWRITE", "TerminologyData": data}
    assert world.code("ImportTerminology", Name="more", **request) == "LimitExceededException"
    assert world.call("ImportTerminology", Name="t00", **request)


def test_delete(world):
    import_terms(world)
    assert world.call("DeleteTerminology", Name="terms") == {}
    assert world.cloud.names(BUCKET, "") == []
    for operation in ("GetTerminology", "DeleteTerminology"):
        assert world.code(operation, Name="terms") == "ResourceNotFoundException"


def translated(world, text, **more):
    request = {"SourceLanguageCode": "en", "TargetLanguageCode": "zh", "TerminologyNames": ["terms"], **more}
    return world.call("TranslateText", Text=text, **request)


def test_terms_come_out_as_they_are_set(world):
    import_terms(world)
    answer = translated(world, "A batch size, a batch, batches, Batch.")
    assert answer["TranslatedText"] == "A 批量大小, A 批量, BATCHES, BATCH."
    terms = [{"SourceText": "batch size", "TargetText": "批量大小"}, {"SourceText": "batch", "TargetText": "批量"}]
    assert answer["AppliedTerminologies"] == [{"Name": "terms", "Terms": terms}]
    assert translated(world, "nothing")["AppliedTerminologies"] == [{"Name": "terms", "Terms": []}]


def test_what_must_not_be_touched_is_no_term(world):
    import_terms(world)
    assert translated(world, "a `batch` batch")["TranslatedText"] == "A `batch` 批量"
    page = 'a <span translate="no">batch</span> &amp; batch'
    assert translated(world, page)["TranslatedText"] == 'A <span translate="no">batch</span> &amp; 批量'


def test_several_directions(world):
    import_terms(world, direction="MULTI")
    answer = translated(world, "批量大小 y", SourceLanguageCode="zh", TargetLanguageCode="en")
    assert answer["TranslatedText"] == "batch size Y"
    answer = translated(world, "un lote", SourceLanguageCode="es", TargetLanguageCode="zh")
    assert answer["TranslatedText"] == "UN 批量"


def test_one_direction_serves_no_other(world):
    import_terms(world)
    request = {"Text": "批量", "SourceLanguageCode": "zh", "TargetLanguageCode": "en", "TerminologyNames": ["terms"]}
    assert world.code("TranslateText", **request) == "InvalidRequestException"
    assert translated(world, "这是一句话，批量。", SourceLanguageCode="auto", TargetLanguageCode="en")
    assert world.code("TranslateText", **request | {"TerminologyNames": ["terms", "more"]}) == "InvalidRequestException"
    assert world.code("TranslateText", **request | {"TerminologyNames": ["none"]}) == "ResourceNotFoundException"


def test_a_job_uses_terms_and_tells_them_in_its_details(world):
    import_terms(world)
    world.put("in/a.txt", "a batch")
    world.put("in/b.txt", "nothing")
    number = world.start(TerminologyNames=["terms"], TargetLanguageCodes=["zh", "es", "de"])
    world.settle()
    written = world.output(number)
    assert [written[f"{code}.a.txt"].decode() for code in ("zh", "es", "de")] == ["A 批量", "A lote", "A BATCH"]
    details = json.loads(written["details/zh.auxiliary-translation-details.json"])["details"]
    terms = [{"sourceText": "batch", "targetText": "批量"}]
    assert details[0]["auxiliaryData"] == {"appliedTerminologies": [{"name": "terms", "terms": terms}]}
    assert details[1]["auxiliaryData"] == {"appliedTerminologies": []}


def test_terms_and_parallel_data_together(world):
    world.create(text="en,zh\nOne,一\n")
    world.tick()
    import_terms(world)
    world.put("in/a.txt", "One\na GPU")
    number = world.start(TerminologyNames=["terms"], ParallelDataNames=["book"])
    world.settle()
    assert world.output(number)["zh.a.txt"].decode() == "一\nA GPU"


def test_a_terminology_survives_a_restart(world):
    told = import_terms(world, Tags=[{"Key": "team", "Value": "d2l"}])["TerminologyProperties"]
    world.restart()
    assert world.call("GetTerminology", Name="terms")["TerminologyProperties"] == told
    assert translated(world, "a batch")["TranslatedText"] == "A 批量"
    assert world.call("ListTagsForResource", ResourceArn=told["Arn"])["Tags"] == [{"Key": "team", "Value": "d2l"}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ab abc b", ["ab", "abc", "b"]),
        ("xab abx ab", ["ab"]),
        ("用ab做abc。", ["ab", "abc"]),
        ("ab", ["ab"]),
        ("", []),
    ],
)
def test_the_longest_term_is_found_and_never_within_a_word(text, found):
    finder = TermFinder({"ab": "1", "abc": "2", "b": "3"})
    assert [text[a:b] for a, b in finder.find(text)] == found


# Tags

ARN = "arn:aws:translate:us-east-1:123456789012:parallel-data/book"


def tags(world, arn=ARN):
    return {tag["Key"]: tag["Value"] for tag in world.call("ListTagsForResource", ResourceArn=arn)["Tags"]}


def test_tags_come_and_go(world):
    world.create(Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    world.tick()
    assert tags(world) == {"a": "1", "b": "2"}
    world.call("TagResource", ResourceArn=ARN, Tags=[{"Key": "b", "Value": "3"}, {"Key": "c", "Value": ""}])
    world.call("UntagResource", ResourceArn=ARN, TagKeys=["a", "none"])
    assert tags(world) == {"b": "3", "c": ""}
    world.restart()
    assert tags(world) == {"b": "3", "c": ""}
    world.call("DeleteParallelData", Name="book")
    world.settle()
    world.create(ClientToken="again")
    assert tags(world) == {}


def test_fifty_tags_are_the_most(world):
    many = [{"Key": str(number), "Value": ""} for number in range(51)]
    config = {"S3Uri": "s3://desk/pd/x", "Format": "CSV"}
    request = {"Name": "book", "ParallelDataConfig": config, "ClientToken": "t"}
    assert world.code("CreateParallelData", **request, Tags=many) == "TooManyTagsException"
    assert world.code("GetParallelData", Name="book") == "ResourceNotFoundException"
    world.create(Tags=many[:50])
    assert world.code("TagResource", ResourceArn=ARN, Tags=many[50:]) == "TooManyTagsException"


def test_which_tags_are_refused(world):
    world.create()
    for tag in ({"Key": "aws:x", "Value": ""}, {"Key": "a", "Value": "1"}):
        request = {"ResourceArn": ARN, "Tags": [tag, {"Key": "a", "Value": "2"}]}
        assert world.code("TagResource", **request) == "InvalidParameterValueException"
    for arn in (ARN + "x", "arn:aws:translate:us-east-1:123456789012:job/book", "nonsense"):
        assert world.code("ListTagsForResource", ResourceArn=arn) == "ResourceNotFoundException"
