"""The ready-made policies: valid, complete, filled, and naming nothing that Amazon does not know."""

import json
import re

import pytest

from amts_desk.core.amazon import Connection
from amts_desk.core.permissions import Permission, Trust, matches, permission, trust
from amts_desk.core.policies import NAMES, filled, partition_of, role_name
from amts_desk.store.places import resource

ACCOUNT = "111122223333"
CONNECTION = Connection("eu-west-1", "my-books", "amts", f"arn:aws:iam::{ACCOUNT}:role/team/Data", account=ACCOUNT)
TEMPLATES = {name: resource(f"policies/{name}.json").read_text("utf-8") for name in NAMES}
NO_OPERATIONS = {
    "s3:ListBucket", "s3:GetBucketPublicAccessBlock", "s3:GetEncryptionConfiguration", "iam:PassRole",
}  # fmt: skip
"""Actions of the Service Authorization Reference that are not called like the operation they stand for."""


def statements(text):
    return json.loads(text)["Statement"]


def listed(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", NAMES)
def test_every_action_exists_and_none_is_a_pattern(name):
    import botocore.session

    session = botocore.session.Session()
    for action in (action for statement in statements(TEMPLATES[name]) for action in listed(statement["Action"])):
        service, _, operation = action.partition(":")
        known = session.get_service_model(service).operation_names
        assert action in NO_OPERATIONS or operation in known, action


def test_the_policies_are_filled_with_the_names_of_the_connection():
    found = filled(TEMPLATES, CONNECTION)
    for text in (found.caller, found.role, found.trust):
        assert "$" not in text
        assert json.loads(text)["Version"] == "2012-10-17"
        assert len({statement["Sid"] for statement in statements(text)}) == len(statements(text))
        assert all(re.fullmatch(r"[A-Za-z0-9]+", statement["Sid"]) for statement in statements(text))
        assert len(re.sub(r"\s", "", text)) < 2048, "an inline policy of a user holds no more"
    assert f"arn:aws:translate:eu-west-1:{ACCOUNT}:parallel-data/amts-*" in found.caller
    assert f"arn:aws:iam::{ACCOUNT}:role/team/Data" in found.caller
    assert "arn:aws:s3:::my-books/amts/*" in found.caller
    assert "arn:aws:s3:::my-books/amts/*" in found.role
    condition = statements(found.trust)[0]["Condition"]
    assert condition["StringEquals"] == {"aws:SourceAccount": ACCOUNT}
    assert condition["StringLike"] == {"aws:SourceArn": f"arn:aws:translate:*:{ACCOUNT}:*"}


def test_what_is_not_known_yet_stands_in_capitals():
    found = filled(TEMPLATES, Connection("cn-north-1", prefix=""))
    assert "arn:aws-cn:s3:::YOUR-BUCKET/*" in found.caller
    assert "YOUR-ACCOUNT-NUMBER:role/AmtsTranslateData" in found.caller
    assert "999988887777" in filled(TEMPLATES, Connection(), "999988887777").trust


@pytest.mark.parametrize(
    "hostile", ['x"}, {"Effect": "Allow", "Action": "*", "Resource": "*"', "${ACCOUNT}", "\\", "\n"]
)
def test_a_name_cannot_break_out_of_its_place(hostile):
    found = filled(TEMPLATES, Connection(hostile, hostile, hostile, f"arn:aws:iam::1:role/{hostile}", account=hostile))
    for name, text in zip(NAMES, (found.caller, found.role, found.trust), strict=True):
        actions = [statement["Action"] for statement in statements(text)]
        assert actions == [statement["Action"] for statement in statements(TEMPLATES[name])]


def test_what_the_policies_do_not_allow():
    documents = [json.loads(filled(TEMPLATES, CONNECTION).caller)]
    for action, place in (
        ("s3:DeleteObject", "arn:aws:s3:::my-books/amts/a"),
        ("s3:PutObject", "arn:aws:s3:::my-books/other/a"),
        ("s3:GetObject", "arn:aws:s3:::others/amts/a"),
        ("s3:PutBucketPolicy", "arn:aws:s3:::my-books"),
        ("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/Admin"),
        ("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/team/Data"),
        ("translate:DeleteParallelData", f"arn:aws:translate:eu-west-1:{ACCOUNT}:parallel-data/theirs"),
    ):
        assert permission(documents, action, place) is Permission.MISSING, action


@pytest.mark.parametrize(
    ("region", "partition"), [("us-west-2", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
)
def test_regions_have_their_partition(region, partition):
    assert partition_of(region) == partition


def test_a_role_keeps_its_path_and_a_user_is_none():
    assert role_name("arn:aws:iam::1:role/team/Data") == "team/Data"
    assert role_name("arn:aws:iam::1:user/me") == role_name("") == ""


ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
DENY = ALLOW | {"Effect": "Deny"}
WHEN = {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ([], "missing"),
        ([ALLOW], "allowed"),
        (ALLOW, "allowed"),
        ([ALLOW | {"Action": ["s3:Put*", "S3:getobject"]}], "allowed"),
        ([ALLOW | {"Action": "*", "Resource": "*"}], "allowed"),
        ([ALLOW | {"Action": "s3:Get?bject"}], "allowed"),
        ([ALLOW | {"Action": "s3:Get"}], "missing"),
        ([ALLOW | {"Resource": "arn:aws:s3:::B/*"}], "missing"),
        ([ALLOW | {"Resource": "arn:aws:s3:::b"}], "missing"),
        ([ALLOW | WHEN], "conditional"),
        ([ALLOW | WHEN, ALLOW], "allowed"),
        ([ALLOW, DENY], "denied"),
        ([DENY | {"Resource": "arn:aws:s3:::c/*"}, ALLOW], "allowed"),
        ([ALLOW, DENY | WHEN], "conditional"),
        ([DENY | WHEN], "missing"),
        ([{"Effect": "Allow", "NotAction": "s3:Delete*", "Resource": "*"}], "allowed"),
        ([{"Effect": "Deny", "NotAction": "s3:Delete*", "NotResource": "arn:aws:s3:::c/*"}, ALLOW], "denied"),
        (["nonsense"], "missing"),
    ],
)
def test_what_a_policy_allows(written, found):
    assert permission([{"Statement": written}], "s3:GetObject", "arn:aws:s3:::b/a") == found


TRUST = {"Effect": "Allow", "Principal": {"Service": "translate.amazonaws.com"}, "Action": "sts:AssumeRole"}
OURS = {"Condition": {"StringEquals": {"AWS:SourceAccount": ACCOUNT}}}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ([], Trust.MISSING),
        ([TRUST], Trust.OPEN),
        ([TRUST | {"Principal": "*"}], Trust.OPEN),
        ([TRUST | {"Principal": {"Service": ["ec2.amazonaws.com", "translate.amazonaws.com"]}}], Trust.OPEN),
        ([TRUST | {"Principal": {"AWS": "*"}}], Trust.MISSING),
        ([TRUST | {"Action": "sts:TagSession"}], Trust.MISSING),
        ([TRUST | OURS], Trust.ALLOWED),
        ([TRUST | OURS, TRUST | {"Condition": {"Bool": {"x": "true"}}}], Trust.ALLOWED),
        ([TRUST | {"Condition": {"StringEquals": {"aws:SourceAccount": ["1", ACCOUNT]}}}], Trust.ALLOWED),
        ([TRUST | {"Condition": {"StringEquals": {"aws:SourceAccount": "1"}}}], Trust.ELSEWHERE),
        ([TRUST | {"Condition": {"StringNotEquals": {"aws:SourceAccount": ACCOUNT}}}], Trust.CONDITIONAL),
        ([TRUST, TRUST | {"Effect": "Deny"}], Trust.DENIED),
        ([TRUST, TRUST | OURS | {"Effect": "Deny"}], Trust.CONDITIONAL),
    ],
)
def test_whom_a_role_trusts(written, found):
    assert trust({"Statement": written}, "translate.amazonaws.com", ACCOUNT, "us-west-2") is found


def test_our_own_trust_policy_is_trusted():
    assert trust(json.loads(filled(TEMPLATES, CONNECTION).trust), "translate.amazonaws.com", ACCOUNT, "eu-west-1") is (
        Trust.ALLOWED
    )


def test_patterns_match_as_iams_do():
    assert matches("a*[b]", "ax\ny[b]")
    assert not matches("a?", "a")
    assert not matches("a*", "ba")
    assert not matches("*" * 50 + "x", "a" * 2000), "and soon"
