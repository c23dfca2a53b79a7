"""Trust and permissions of a role, read as IAM reads them."""

import json

import pytest

from amts_desk.endpoint.roles import Need, missing, trusts

ACCOUNT, REGION = "111122223333", "us-west-2"
ALLOW = {"Effect": "Allow"}
TRUST = {**ALLOW, "Principal": {"Service": "translate.amazonaws.com"}, "Action": "sts:AssumeRole"}


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def condition(operator, key, value):
    return {"Condition": {operator: {key: value}}}


@pytest.mark.parametrize(
    ("change", "is_trusted"),
    [
        ({}, True),
        ({"Action": ["sts:TagSession", "STS:assumerole"]}, True),
        ({"Action": "sts:*"}, True),
        ({"Action": "sts:TagSession"}, False),
        ({"Principal": {"Service": ["ec2.amazonaws.com", "translate.amazonaws.com"]}}, True),
        ({"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, False),
        ({"Principal": "*"}, True),
        ({"Effect": "Deny"}, False),
        (condition("StringEquals", "aws:SourceAccount", ACCOUNT), True),
        (condition("StringEquals", "aws:sourceaccount", [ACCOUNT, "x"]), True),
        (condition("StringEquals", "aws:SourceAccount", "999999999999"), False),
        (condition("ArnLike", "aws:SourceArn", f"arn:aws:translate:*:{ACCOUNT}:*"), True),
        (condition("ArnLike", "aws:SourceArn", f"arn:aws:translate:eu-west-1:{ACCOUNT}:*"), False),
        (condition("StringNotEquals", "aws:SourceAccount", ACCOUNT), False),
        (condition("StringNotLike", "aws:SourceArn", "arn:aws:s3:*"), True),
        (condition("StringEquals", "sts:ExternalId", "x"), False),
        (condition("StringEqualsIfExists", "sts:ExternalId", "x"), True),
        (condition("StringNotEquals", "sts:ExternalId", "x"), True),
        (condition("IpAddress", "aws:SourceIp", "10.0.0.0/8"), False),
    ],
)
def test_trust(change, is_trusted):
    assert trusts(policy(TRUST | change), ACCOUNT, REGION) is is_trusted


def test_a_denied_trust_is_none():
    assert not trusts(policy(TRUST, TRUST | {"Effect": "Deny"}), ACCOUNT, REGION)
    assert not trusts("[]", ACCOUNT, REGION)


READ = Need("s3:GetObject", "arn:aws:s3:::desk/in/a[1].txt")
LIST = Need("s3:ListBucket", "arn:aws:s3:::desk", "in/")


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ({"Action": "s3:GetObject", "Resource": "arn:aws:s3:::desk/*"}, [READ]),
        ({"Action": "s3:Get*", "Resource": ["arn:aws:s3:::x", "arn:aws:s3:::desk/in/?[1].txt"]}, [READ]),
        ({"Action": "s3:getobject", "Resource": "arn:aws:s3:::desk/IN/*"}, []),
        ({"Action": "*", "Resource": "*"}, [READ, LIST]),
        ({"Action": "s3:*", "Resource": "arn:aws:s3:::desk"}, [LIST]),
        ({"NotAction": "s3:ListBucket", "Resource": "*"}, [READ]),
        ({"Action": "s3:*", "NotResource": "arn:aws:s3:::desk"}, [READ]),
        ({"Action": "s3:*", "Resource": "*", **condition("StringLike", "s3:prefix", "in/*")}, [LIST]),
        ({"Action": "s3:*", "Resource": "*", **condition("StringLike", "s3:prefix", "out/*")}, []),
        ({"Action": "s3:*", "Resource": "*", **condition("Bool", "aws:SecureTransport", True)}, [READ, LIST]),
        (
            {"Action": "s3:*", "Resource": "*", **condition("StringEquals", "aws:ResourceAccount", ACCOUNT)},
            [READ, LIST],
        ),
        ({"Action": "s3:*"}, []),
    ],
)
def test_permissions(statement, allowed):
    absent = missing([policy({**ALLOW, **statement})], [READ, LIST], ACCOUNT)
    assert absent == [need for need in (READ, LIST) if need not in allowed]


def test_a_denial_wins_over_all_policies():
    allow, deny = (
        {**ALLOW, "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*/in/*"},
    )
    assert missing([policy(allow), policy(deny)], [READ, LIST], ACCOUNT) == [READ]
    assert missing([], [READ], ACCOUNT) == [READ]
    assert str(LIST) == "s3:ListBucket on arn:aws:s3:::desk with the prefix in/"
