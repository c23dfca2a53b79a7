import pytest

from amts_desk.endpoint.errors import ApiError
from amts_desk.endpoint.validation import check

CONFIG = {"S3Uri": "s3://desk/pd.csv", "Format": "CSV"}
GOOD = {"Name": "book-1_a", "ParallelDataConfig": CONFIG, "ClientToken": "t"}


def test_a_good_request_passes():
    check("CreateParallelData", GOOD)
    check("StartTextTranslationJob", {
        "JobName": "第一章 part_1:%", "InputDataConfig": {"S3Uri": "s3://desk/in/", "ContentType": "text/html"},
        "OutputDataConfig": {"S3Uri": "s3://desk/out"}, "DataAccessRoleArn": "arn:aws:iam::123456789012:role/Data",
        "SourceLanguageCode": "en", "TargetLanguageCodes": ["zh"], "ClientToken": "t",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Name": "a__b"}, "at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern"),
        ({"Name": "a.b"}, "regular expression"),
        ({"Name": "a" * 257}, "Member must have length less than or equal to 256"),
        ({"Name": ""}, "Member must have length greater than or equal to 1"),
        ({"Name": None}, "Value null at 'name' failed to satisfy constraint: Member must not be null"),
        ({"ParallelDataConfig": CONFIG | {"Format": "XLS"}}, "Member must satisfy enum value set: [TSV, CSV, TMX]"),
        ({"ParallelDataConfig": CONFIG | {"S3Uri": "http://x"}}, "at 'parallelDataConfig.s3Uri'"),
        ({"ClientToken": "a b"}, "at 'clientToken'"),
        ({"Description": "x" * 257}, "at 'description'"),
    ],
)
def test_what_breaks_a_constraint_is_named(change, said):
    with pytest.raises(ApiError) as caught:
        check("CreateParallelData", GOOD | change)
    assert caught.value.code == "ValidationException"
    assert said in caught.value.message


def test_every_broken_constraint_is_counted():
    with pytest.raises(ApiError, match=r"^3 validation errors detected: "):
        check("CreateParallelData", {"Name": "a b", "ParallelDataConfig": {"Format": "X"}})


def test_numbers_and_lists_have_limits_too():
    for operation, request in [
        ("ListParallelData", {"MaxResults": 501}),
        ("ListParallelData", {"MaxResults": 0}),
        ("StartTextTranslationJob", {"TargetLanguageCodes": []}),
        ("StartTextTranslationJob", {"TargetLanguageCodes": ["zh", "x"]}),
    ]:
        with pytest.raises(ApiError, match=r"than or equal to"):
            check(operation, request)
