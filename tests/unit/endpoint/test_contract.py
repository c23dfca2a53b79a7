"""Requests and answers against the service model: every operation, every constraint, and botocore's own Stubber."""

import copy
import re
from datetime import UTC, datetime

import pytest
from botocore.session import Session
from botocore.stub import Stubber
from botocore.validate import ParamValidator

from amts_desk.endpoint import validation
from amts_desk.endpoint.errors import ApiError
from tests.unit.endpoint.conftest import ROLE

MODEL = Session().get_service_model("translate")
CONFIG = {"S3Uri": "s3://desk/pd/book", "Format": "CSV"}
ARN = "arn:aws:translate:us-east-1:123456789012:parallel-data/book"
TAGS = [{"Key": "team", "Value": "d2l"}]
KEY = {"Type": "KMS", "Id": "alias/desk"}
NAME, TERMS = {"Name": "book"}, {"Name": "terms"}
PLACE = {"ContentType": "text/plain", "S3Uri": "s3://desk/in/"}
REAL_TIME = {"SourceLanguageCode": "en", "TargetLanguageCode": "es", "TerminologyNames": ["terms"]}
SETTINGS = {"Formality": "FORMAL", "Profanity": "MASK"}
JOB = {
    "JobName": "night", "InputDataConfig": PLACE, "DataAccessRoleArn": ROLE, "SourceLanguageCode": "en",
    "OutputDataConfig": {"S3Uri": "s3://desk/out/", "EncryptionKey": KEY}, "TargetLanguageCodes": ["es", "zh"],
    "TerminologyNames": ["terms"], "ParallelDataNames": ["book"], "ClientToken": "j", "Settings": SETTINGS,
}  # fmt: skip
DATA = {
    "File": b"en,es,zh\nbatch,lote," + "批量\nlong,".encode() + b"x" * 201,
    "Format": "CSV",
    "Directionality": "UNI",
}
# In this order every operation has what it needs; `*` stands for the id of the job.
REQUESTS = [
    ("CreateParallelData", NAME | {"Description": "d", "ParallelDataConfig": CONFIG, "ClientToken": "c", "Tags": TAGS,
                                   "EncryptionKey": KEY}),
    ("GetParallelData", NAME),
    ("UpdateParallelData", NAME | {"Description": "e", "ParallelDataConfig": CONFIG, "ClientToken": "u"}),
    ("GetParallelData", NAME),
    ("ListParallelData", {"MaxResults": 5}),
    ("TagResource", {"ResourceArn": ARN, "Tags": TAGS}),
    ("ListTagsForResource", {"ResourceArn": ARN}),
    ("UntagResource", {"ResourceArn": ARN, "TagKeys": ["team"]}),
    ("ImportTerminology", TERMS | {"MergeStrategy": "OVERWRITE", "Description": "d", "TerminologyData": DATA,
                                   "Tags": TAGS, "EncryptionKey": KEY}),
    ("GetTerminology", TERMS | {"TerminologyDataFormat": "TMX"}),
    ("ListTerminologies", {"MaxResults": 5}),
    ("TranslateText", REAL_TIME | {"Text": "a batch", "Settings": SETTINGS | {"Brevity": "ON"}}),
    ("TranslateDocument", REAL_TIME | {"Document": {"Content": b"a batch", "ContentType": "text/plain"},
                                       "Settings": SETTINGS}),
    ("ListLanguages", {"DisplayLanguageCode": "en", "MaxResults": 7}),
    ("StartTextTranslationJob", JOB),
    ("DescribeTextTranslationJob", {"JobId": "*"}),
    ("ListTextTranslationJobs", {"Filter": {"SubmittedAfterTime": datetime(2020, 1, 1, tzinfo=UTC)}, "MaxResults": 5}),
    ("StopTextTranslationJob", {"JobId": "*"}),
    ("DescribeTextTranslationJob", {"JobId": "*"}),
    ("DeleteTerminology", TERMS),
    ("DeleteParallelData", NAME),
]  # fmt: skip


def carried_out(world):
    """Carry out every request; yield operation, request and answer."""
    number = "0" * 32
    world.put("pd/book", "en,es,zh\nOne,Uno,一\n=bad,x,y\n")
    world.put("in/a.txt", "One batch")
    for operation, request in REQUESTS:
        request = {name: number if value == "*" else value for name, value in request.items()}
        answer = world.call(operation, **request)
        number = answer.get("JobId", number)
        yield operation, request, answer
        world.settle()


def test_every_operation_of_the_model_is_there():
    assert {operation for operation, _ in REQUESTS} == set(MODEL.operation_names)


def test_every_request_and_answer_is_as_the_model_says(world):
    for operation, request, answer in carried_out(world):
        model = MODEL.operation_model(operation)
        assert not ParamValidator().validate(request, model.input_shape).has_errors(), operation
        if model.output_shape is None:
            assert answer == {}
        else:
            assert not ParamValidator().validate(answer, model.output_shape).has_errors(), operation
            assert set(answer) <= set(model.output_shape.members), operation
            assert list(validation._structure(model.output_shape, answer, "")) == []


def test_botocores_stubber_takes_our_answers_for_amazons(world):
    import boto3

    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    client = boto3.client("translate", region_name="us-east-1", **keys)
    from botocore import xform_name

    with Stubber(client) as stubber:
        for operation, request, answer in carried_out(world):
            method = xform_name(operation)
            stubber.add_response(method, answer, request)
            heard = getattr(client, method)(**request)
            assert {name: value for name, value in heard.items() if name != "ResponseMetadata"} == answer
        stubber.assert_no_pending_responses()


def leaves(shape, value, path=()):
    """Yield every member of a request with its shape and the path to it."""
    yield path, shape, value
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name in value:
                yield from leaves(member, value[name], (*path, name))
    elif shape.type_name == "list":
        yield from leaves(shape.member, value[0], (*path, 0))


def spoilt(shape, value):
    """Yield values that break one constraint of a shape each, and the words in which that is told."""
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if shape.type_name == "string":
        if shape.enum:
            yield "NONE_OF_THEM", "enum value set"
        pattern = shape.metadata.get("pattern", "")
        if pattern and not re.search(r"\\P\{M\}|ASCII", pattern):
            yield " ?", "regular expression pattern"
    yield from _resized(shape, value, least, most)
    if shape.type_name == "structure":
        for name in shape.required_members:
            yield {member: each for member, each in value.items() if member != name}, "must not be null"


def _resized(shape, value, least, most):
    if shape.type_name in ("string", "blob", "list"):
        if most is not None:
            yield (value * (most + 1))[: most + 1], "less than or equal to"
        if least:
            yield value[:0], "greater than or equal to"
    if shape.type_name == "integer":
        yield most + 1, "less than or equal to"
        yield least - 1, "greater than or equal to"


def changed(request, path, value):
    if not path:
        return value
    request = copy.deepcopy(request)
    inside = request
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return request


CONSTRAINTS = [
    (operation, changed(request, path, bad), words)
    for operation, request in dict(REQUESTS).items()
    for path, shape, value in leaves(MODEL.operation_model(operation).input_shape, request)
    for bad, words in spoilt(shape, value)
    if value != "*"
]


def test_every_constraint_of_every_request_is_checked():
    assert len(CONSTRAINTS) > 150
    for operation, request, words in CONSTRAINTS:
        with pytest.raises(ApiError, match=words) as caught:
            validation.check(operation, request)
        assert caught.value.code == "ValidationException"
