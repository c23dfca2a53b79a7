"""Check connection: each thing that can be wrong with an account shows as its row, with what to do."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from amts_desk.aws.access_checks import is_amazons
from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import Connection
from amts_desk.core.checks import Verdict
from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.flows.checking import check_cloud, check_line, policies, region_checks
from amts_desk.flows.connecting import Line

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/AmtsTranslateData"
CONNECTION = Connection(
    "us-west-2", "books", "amts", ROLE, is_offline=False, account=ACCOUNT, keys=("AKIDEXAMPLE", "secret")
)
READY = policies(CONNECTION)
CLOSED = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
GOOD = {
    "sts.GetCallerIdentity": {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/me"},
    "s3.HeadBucket": {"BucketRegion": "us-west-2"},
    "s3.GetPublicAccessBlock": {"PublicAccessBlockConfiguration": CLOSED},
    "s3.GetBucketEncryption": {
        "ServerSideEncryptionConfiguration": {
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        }
    },
    "s3.GetBucketVersioning": {},
    "iam.GetRole": {"Role": {"Arn": ROLE, "AssumeRolePolicyDocument": json.loads(READY.trust)}},
    "iam.ListRolePolicies": {"PolicyNames": ["data"]},
    "iam.GetRolePolicy": {"PolicyDocument": json.loads(READY.role)},
    "iam.ListAttachedRolePolicies": {"AttachedPolicies": []},
    "translate.ListParallelData": {"ParallelDataPropertiesList": []},
    "translate.ListTextTranslationJobs": {"TextTranslationJobPropertiesList": []},
}
"""What a well-kept account answers."""


def as_sent(value):
    """Return an answer as IAM sends it: a policy in it is a text that botocore reads."""
    if isinstance(value, dict):
        return {k: json.dumps(v) if "Document" in k else as_sent(v) for k, v in value.items()}
    return value


@pytest.fixture(scope="module")
def clients():
    """Return clients whose calls are answered by what stands in `answers` under “service.Operation”."""
    cloud, answers, asked = Cloud(CONNECTION), {}, []

    def reply(model, **_):
        name = f"{model.service_model.service_name}.{model.name}"
        asked.append(name)
        answer = answers[name]
        if isinstance(answer, str):
            answer = {"Error": {"Code": answer, "Message": "It is so"}}
        status = 400 if "Error" in answer else 200
        return SimpleNamespace(status_code=status), {"ResponseMetadata": {"HTTPHeaders": {}}, **as_sent(answer)}

    for service in ("sts", "s3", "iam", "translate"):
        cloud.client(service).meta.events.register("before-call", reply)
    return cloud, answers, asked


@pytest.fixture
def checked(clients):
    """Return a function that checks a connection of an account that answers otherwise in some calls."""
    cloud, answers, asked = clients

    def check(connection=CONNECTION, **changed):
        answers.clear()
        asked.clear()
        answers.update(GOOD | {name.replace("_", "."): answer for name, answer in changed.items()})
        cloud.connection = connection
        return {row.subject: row for row in check_cloud(cloud)}

    return check


def test_a_well_kept_account_has_nothing_to_do(checked):
    rows = checked()
    assert {row.verdict for row in rows.values()} == {Verdict.OK}
    assert not any(row.advice for row in rows.values())
    assert list(rows) == [
        "connection", "Region", "Region for parallel data", "identity", "endpoint", "bucket", "bucket Region",
        "public access", "encryption", "versions", "role", "role trust", "role permissions", "Amazon Translate", "jobs",
    ]  # fmt: skip
    assert rows["identity"].found == f"arn:aws:iam::{ACCOUNT}:user/me, account {ACCOUNT}"
    assert "https://translate.us-west-2.amazonaws.com" in rows["endpoint"].found


def test_checking_changes_nothing(checked, clients):
    checked()
    assert {name.partition(".")[2][:3] for name in clients[2]} <= {"Get", "Lis", "Hea"}


CASES = [
    ({"s3_HeadBucket": "404"}, "bucket", "problem", "There is no bucket “books”."),
    ({"s3_HeadBucket": "403"}, "bucket", "problem", "another account's"),
    ({"s3_HeadBucket": {"BucketRegion": "eu-west-1"}}, "bucket Region", "problem",
     "in eu-west-1, the connection in us-west-2"),
    ({"s3_HeadBucket": {}}, "bucket Region", "warning", "Not told."),
    ({"s3_GetPublicAccessBlock": "NoSuchPublicAccessBlockConfiguration"}, "public access", "warning", "Not blocked"),
    ({"s3_GetPublicAccessBlock": {"PublicAccessBlockConfiguration": CLOSED | {"BlockPublicPolicy": False}}},
     "public access", "warning", "Not blocked: new public policies."),
    ({"s3_GetPublicAccessBlock": "AccessDenied"}, "public access", "warning", "could not be read"),
    ({"s3_GetBucketEncryption": "ServerSideEncryptionConfigurationNotFoundError"}, "encryption", "warning",
     "Nothing is set"),
    ({"s3_GetBucketEncryption": "AccessDenied"}, "encryption", "warning", "could not be read"),
    ({"s3_GetBucketEncryption": {"ServerSideEncryptionConfiguration": {"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:k"}}]}}},
     "encryption", "warning", "with the key arn:aws:kms:k"),
    ({"s3_GetBucketVersioning": {"Status": "Enabled"}}, "versions", "ok", "are kept and paid for"),
    ({"iam_GetRole": "NoSuchEntity"}, "role", "problem", "There is no role “AmtsTranslateData”"),
    ({"iam_GetRole": "AccessDenied"}, "role", "warning", "could not be read"),
    ({"iam_GetRole": {"Role": {"Arn": f"arn:aws:iam::{ACCOUNT}:role/path/AmtsTranslateData"}}}, "role", "problem",
     "not arn:aws"),
    ({"iam_GetRole": {"Role": {"PermissionsBoundary": {"PermissionsBoundaryArn": "x"}}}}, "role", "warning",
     "boundary"),
    ({"iam_GetRole": {"Role": {}}}, "role trust", "problem", "does not trust translate.amazonaws.com"),
    ({"iam_ListRolePolicies": {"PolicyNames": []}}, "role permissions", "problem",
     "s3:ListBucket, s3:GetObject, s3:PutObject"),
    ({"iam_GetRolePolicy": "AccessDenied"}, "role permissions", "warning", "could not be read"),
    ({"iam_ListAttachedRolePolicies": "AccessDenied"}, "role permissions", "ok", "may read and write books/amts"),
    ({"translate_ListParallelData": "AccessDeniedException"}, "Amazon Translate", "problem",
     "may not list parallel data"),
    ({"translate_ListTextTranslationJobs": "AccessDeniedException"}, "jobs", "problem", "may not list jobs"),
    ({"translate_ListParallelData": "NotAuthorizedException"}, "Amazon Translate", "problem", "in this Region"),
    ({"translate_ListParallelData": "ThrottlingException"}, "Amazon Translate", "problem", "no more calls"),
    ({"sts_GetCallerIdentity": {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:root"}}, "identity", "warning",
     "root user"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "subject", "verdict", "found"), CASES, ids=[f"{n}" for n in range(len(CASES))])
def test_what_is_not_as_it_should_be_shows_in_its_row(checked, changed, subject, verdict, found):
    row = checked(**changed)[subject]
    assert (row.verdict, found in row.found) == (verdict, True), row
    assert bool(row.advice) is (verdict != "ok")


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidClientTokenId", "SlowDown"])
def test_without_a_sign_in_nothing_else_is_asked(code):
    cloud = Cloud(CONNECTION)
    asked = []

    def reply(model, **_):
        asked.append(model.name)
        return SimpleNamespace(status_code=400), {"Error": {"Code": code}, "ResponseMetadata": {}}

    cloud.client("sts").meta.events.register("before-call", reply)
    rows = list(check_cloud(cloud))
    assert [row.subject for row in rows if row.verdict is Verdict.PROBLEM] == ["identity"]
    assert asked == ["GetCallerIdentity"]


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


TRUSTED = {"Effect": "Allow", "Principal": {"Service": "translate.amazonaws.com"}, "Action": "sts:AssumeRole"}


@pytest.mark.parametrize(
    ("condition", "verdict", "found"),
    [
        (None, "warning", "confused deputy"),
        ({"StringEquals": {"aws:SourceAccount": ACCOUNT}}, "ok", "only"),
        ({"StringEquals": {"aws:SourceAccount": "999999999999"}}, "problem", "another account"),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:translate:eu-*:{ACCOUNT}:*"}}, "problem", "another account or Region"),
        ({"Bool": {"aws:SecureTransport": "true"}}, "warning", "does not know"),
    ],
)
def test_the_trust_of_the_role_is_read(checked, condition, verdict, found):
    statement = TRUSTED | ({"Condition": condition} if condition else {})
    row = checked(iam_GetRole={"Role": {"AssumeRolePolicyDocument": document(statement)}})["role trust"]
    assert (row.verdict, found in row.found) == (verdict, True), row


@pytest.mark.parametrize(
    ("arn", "found"),
    [
        ("", "No role is named."),
        (f"arn:aws:iam::{ACCOUNT}:user/me", "is a user, not a role"),
        ("AmtsTranslateData", "is not the ARN of a role"),
        ("arn:aws:iam::999999999999:role/Theirs", "belongs to account 999999999999"),
    ],
)
def test_what_is_no_role_of_ours_is_told(checked, arn, found):
    row = checked(replace(CONNECTION, role_arn=arn))["role"]
    assert (row.verdict, found in row.found, bool(row.advice)) == (Verdict.PROBLEM, True, True), row


def test_no_bucket_is_told(checked):
    assert checked(replace(CONNECTION, bucket=""))["bucket"].found == "No bucket is named."


def test_attached_policies_are_read_too(checked):
    rows = checked(
        iam_ListRolePolicies={"PolicyNames": []},
        iam_ListAttachedRolePolicies={"AttachedPolicies": [{"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/data"}]},
        iam_GetPolicy={"Policy": {"DefaultVersionId": "v2"}},
        iam_GetPolicyVersion={"PolicyVersion": {"Document": json.loads(READY.role)}},
    )
    assert rows["role permissions"].verdict is Verdict.OK


@pytest.mark.parametrize(
    ("region", "batch", "custom"),
    [
        ("us-west-2", "ok", "ok"),
        ("eu-central-1", "ok", "warning"),
        ("ap-east-1", "warning", "warning"),
        ("", "warning", "warning"),
    ],
)
def test_a_region_outside_the_lists_is_warned_about_and_never_forbidden(region, batch, custom):
    rows = list(region_checks(replace(CONNECTION, region=region)))
    assert [row.verdict for row in rows] == [batch, custom]
    assert all("20" in row.found for row in rows), "the date of the list is told"


@pytest.mark.parametrize("how", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_TRANSLATE", "profile", "connection"])
def test_calls_that_do_not_go_to_amazon_are_warned_about(tmp_path, monkeypatch, how):
    from amts_desk.aws.access_checks import identity_checks

    address = "http://127.0.0.1:9"
    connection = replace(CONNECTION, keys=None, profile="work")
    (tmp_path / "config").write_text(
        "[profile work]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n"
        + (f"endpoint_url = {address}\n" if how == "profile" else "")
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    if how.startswith("AWS"):
        monkeypatch.setenv(how, address)
    if how == "connection":
        connection = replace(connection, endpoint_url=address)
    cloud = Cloud(connection)
    answer = SimpleNamespace(status_code=200), {"ResponseMetadata": {}, **GOOD["sts.GetCallerIdentity"]}
    cloud.client("sts").meta.events.register("before-call", lambda **_: answer)
    row = list(identity_checks(cloud))[1]
    assert row.verdict is Verdict.WARNING
    assert address in row.found
    assert {"profile": "~/.aws/config", "connection": "given with the connection"}.get(how, how) in row.advice


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://translate.us-west-2.amazonaws.com", True),
        ("https://s3.cn-north-1.amazonaws.com.cn", True),
        ("http://translate.us-west-2.amazonaws.com", False),
        ("https://amazonaws.com.example.org", False),
        ("https://evil-amazonaws.com", False),
        ("https://example.org/amazonaws.com", False),
        ("http://127.0.0.1:4566", False),
    ],
)
def test_amazons_own_addresses_are_known(url, ours):
    assert is_amazons(url) is ours


def test_offline_practice_is_checked_over_its_endpoint(tmp_path):
    seen = []
    with Line(Connection(), tmp_path) as line:
        rows = {row.subject: row for row in check_line(line, lambda *a: seen.append(a)).checks}
        line.open()._account = "999999999999"
        with pytest.raises(ServiceError, match=r"AccessDenied|403"):
            Bucket(line.open()).put("amts/a", b"for somebody else's bucket")
    assert not [row for row in rows.values() if row.verdict is Verdict.PROBLEM]
    assert rows["bucket Region"].verdict is rows["role permissions"].verdict is Verdict.OK
    assert rows["endpoint"].found.startswith("http://127.0.0.1:")
    assert [subject for *_, subject in seen] == list(rows)


def test_a_line_that_cannot_be_opened_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.setattr("amts_desk.flows.connecting.start", lambda _: start_badly())
    (row,) = check_line(Line(Connection(), tmp_path)).checks
    assert (row.subject, row.verdict, row.found) == ("connection", Verdict.PROBLEM, "It did not start.")


def start_badly():
    raise DeskError("It did not start.", "Try again.")
