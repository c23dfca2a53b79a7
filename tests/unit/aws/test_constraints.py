"""What a request breaks of Amazon's model is told before it is sent."""

import re

import pytest

from amts_desk.aws.constraints import _python, broken

REQUEST = {
    "JobName": "amts-书-en-zh-none+terminology-0",
    "InputDataConfig": {"S3Uri": "s3://books/amts/in/", "ContentType": "text/html"},
    "OutputDataConfig": {"S3Uri": "s3://books/amts/out/"},
    "DataAccessRoleArn": "arn:aws:iam::123456789012:role/Amts",
    "SourceLanguageCode": "en",
    "TargetLanguageCodes": ["zh", "zh-TW"],
    "ParallelDataNames": ["d2l_en-zh"],
    "Settings": {"Formality": "FORMAL", "Profanity": "MASK"},
    "ClientToken": "0f8fad5b-d9cb-469f-a165-70867728950e",
}


def said(cloud, **more):
    return broken(cloud.translate, "StartTextTranslationJob", {**REQUEST, **more})


def test_a_good_request_breaks_nothing(cloud):
    assert said(cloud) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"JobName": "a|b"}, "JobName is “a|b”, which Amazon does not allow"),
        ({"JobName": "a" * 257}, "JobName is 257 characters long; at most 256 are allowed."),
        ({"DataAccessRoleArn": "arn:aws:iam::123456789012:user/me"}, "DataAccessRoleArn is “arn:aws:iam"),
        ({"TargetLanguageCodes": ["zh-Hans"]}, "TargetLanguageCodes is 7 characters long; at most 5"),
        ({"ParallelDataNames": ["a__b"]}, "ParallelDataNames is “a__b”, which"),
        ({"Settings": {"Formality": "POLITE"}}, "Formality is “POLITE”; it can be FORMAL, INFORMAL."),
        ({"InputDataConfig": {"S3Uri": "s3://B/x", "ContentType": "text/html"}}, "S3Uri is “s3://B/x”"),
        ({"OutputDataConfig": {"S3Uri": f"s3://books/{'x' * 1020}"}}, "S3Uri is 1031 characters long"),
    ],
)
def test_what_is_too_much_is_named(cloud, more, words):
    (sentence,) = said(cloud, **more)
    assert sentence.startswith(words)


def test_every_pattern_of_the_model_can_be_read(cloud):
    model = cloud.translate.meta.service_model
    patterns = {model.shape_for(name).metadata.get("pattern") for name in model.shape_names} - {None}
    assert len(patterns) > 10
    for pattern in patterns:
        re.compile(_python(pattern))
        assert r"\p" not in _python(pattern).lower().replace(r"\\p", "")


def test_lists_that_are_too_long_are_named(cloud):
    tags = [{"Key": f"k{n}", "Value": "v"} for n in range(201)]
    (sentence,) = broken(cloud.translate, "CreateParallelData", {"Tags": tags})
    assert sentence == "Tags has 201 entries; at most 200 are allowed."
