"""The ready-made policies let a whole flow through, and moto, asked to hold them against every call, agrees."""

import json
from dataclasses import replace

import pytest

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import Connection, JobStatus, Run
from amts_desk.core.checks import Verdict
from amts_desk.core.errors import ServiceError
from amts_desk.core.permissions import Permission, permission
from amts_desk.endpoint.engines.practice import PracticeEngine
from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.registration import register
from amts_desk.endpoint.surroundings import Surroundings
from amts_desk.flows.checking import check_cloud, policies

ACCOUNT = "123456789012"  # moto's
ROLE = f"arn:aws:iam::{ACCOUNT}:role/AmtsTranslateData"
CONNECTION = Connection("us-west-2", "books", "amts", ROLE, is_offline=False, account=ACCOUNT)
READY = policies(CONNECTION)
_OBJECT, _BUCKET, _ROLE = (
    "arn:aws:s3:::{Bucket}/{Key}",
    "arn:aws:s3:::{Bucket}",
    f"arn:aws:iam::{ACCOUNT}:role/{{RoleName}}",
)
_DATA = f"arn:aws:translate:us-west-2:{ACCOUNT}:parallel-data/{{Name}}"
ACTIONS = {
    **dict.fromkeys(("PutObject", "CreateMultipartUpload", "UploadPart"), ("s3:PutObject", _OBJECT)),
    "CompleteMultipartUpload": ("s3:PutObject", _OBJECT),
    **dict.fromkeys(("GetObject", "HeadObject"), ("s3:GetObject", _OBJECT)),
    **dict.fromkeys(("ListObjectsV2", "HeadBucket"), ("s3:ListBucket", _BUCKET)),
    "AbortMultipartUpload": ("s3:AbortMultipartUpload", _OBJECT),
    "GetPublicAccessBlock": ("s3:GetBucketPublicAccessBlock", _BUCKET),
    "GetBucketEncryption": ("s3:GetEncryptionConfiguration", _BUCKET),
    "GetBucketVersioning": ("s3:GetBucketVersioning", _BUCKET),
    **{f"{verb}ParallelData": (f"translate:{verb}ParallelData", _DATA) for verb in ("Create", "Get", "Update")},
    "DeleteParallelData": ("translate:DeleteParallelData", _DATA),
    **{name: (f"iam:{name}", _ROLE) for name in ("GetRole", "ListRolePolicies", "GetRolePolicy")},
    "ListAttachedRolePolicies": ("iam:ListAttachedRolePolicies", _ROLE),
}  # fmt: skip
"""Operation → action and resource (Service Authorization Reference). The rest of Translate takes any resource."""


@pytest.fixture
def waiting():
    return []


@pytest.fixture
def account(tmp_path, monkeypatch, waiting):
    """An account under moto with our bucket and role; returns a connection of its all-powerful user."""
    engine = PracticeEngine(tmp_path / "engine")
    register(
        Surroundings(engine, waiting.append), Presigner("https://s3.us-west-2.amazonaws.com", "us-west-2", "a", "b")
    )
    from moto import mock_aws

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with mock_aws():
        cloud = Cloud(CONNECTION)
        cloud.s3.create_bucket(Bucket="books", CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        iam = cloud.client("iam")
        iam.create_role(RoleName="AmtsTranslateData", AssumeRolePolicyDocument=READY.trust)
        iam.put_role_policy(RoleName="AmtsTranslateData", PolicyName="data", PolicyDocument=READY.role)
        yield cloud


def flow(cloud, folder, settle):
    """Check, send parallel data in pieces, run a job with it, fetch, and clean up."""
    bucket, translate = Bucket(cloud), Translate(cloud)
    rows = list(check_cloud(cloud))
    assert [row for row in rows if row.verdict is Verdict.PROBLEM] == []
    pairs = "en\tzh\n" + "".join(f"One thing {n}{' of many' * 60}.\t一件事{n}。\n" for n in range(18_000))
    (folder / "pairs.tsv").write_text(pairs, "utf-8")
    uri = bucket.upload_file(folder / "pairs.tsv", "amts/pairs.tsv")
    bucket.put("amts/few.tsv", b"en\tzh\nOne\t\xe4\xb8\x80\n")
    for call, source in (
        (translate.create_parallel_data, uri),
        (translate.update_parallel_data, bucket.uri("amts/few.tsv")),
    ):
        call("amts-book", source, "TSV", f"token-{source[-5:-4]}")
        settle()
    bucket.put("amts/in/a.html", b'<html lang="en"><body><p id="b0">One</p></body></html>')
    run = Run("k", "amts-1", "sentence", "en", "zh", "token-3", bucket.uri("amts/in/"), bucket.uri("amts/out/"), ())
    started = translate.start_job([replace(run, parallel_data="amts-book")])
    settle()
    job = translate.job(started.job_id)
    assert job.status is JobStatus.COMPLETED
    (file,) = translate.translated_files(job, "zh")
    bucket.download_file(file.uri, folder / "zh.html")
    assert "一" in (folder / "zh.html").read_text("utf-8")
    assert list(bucket.keys(bucket.uri("amts/")))
    translate.translate_text("One", "en", "zh")
    assert translate.jobs()
    assert translate.all_parallel_data()
    translate.delete_parallel_data("amts-book")


def test_every_call_of_a_flow_is_allowed_by_the_callers_policy(account, tmp_path, waiting):
    called = []

    def settle():
        while waiting:
            waiting.pop(0)()

    for service in ("s3", "iam", "translate"):
        account.client(service).meta.events.register(
            "before-parameter-build", lambda params, model, **_: called.append((model, dict(params)))
        )
    flow(account, tmp_path, settle)
    documents = [json.loads(READY.caller)]
    assert {"CreateMultipartUpload", "StartTextTranslationJob", "GetRolePolicy"} <= {model.name for model, _ in called}
    for model, params in called:
        plain = f"{model.service_model.service_name}:{model.name}"
        action, place = ACTIONS.get(model.name, (plain, "*"))
        assert permission(documents, action, place.format(**params)) is Permission.ALLOWED, (action, params)
    assert permission(documents, "iam:PassRole", ROLE) is Permission.CONDITIONAL


def test_moto_holds_the_callers_policy_against_the_calls(account):
    """Only with moto's own way of asking: it knows no resources of Translate, and its own name for HeadBucket."""
    from moto.core import set_initial_no_auth_action_count

    iam = account.client("iam")
    iam.create_user(UserName="me")
    iam.put_user_policy(UserName="me", PolicyName="caller", PolicyDocument=READY.caller)
    key = iam.create_access_key(UserName="me")["AccessKey"]
    mine = Cloud(replace(CONNECTION, keys=(key["AccessKeyId"], key["SecretAccessKey"])))
    mine._account = ACCOUNT
    bucket = Bucket(mine)

    @set_initial_no_auth_action_count(0)
    def calls():
        bucket.put("amts/a", b"text")
        assert bucket.get("s3://books/amts/a") == b"text"
        assert list(bucket.keys("s3://books/amts/")) == ["amts/a"]
        assert mine.client("iam").get_role(RoleName="AmtsTranslateData")
        assert Translate(mine).all_parallel_data() == Translate(mine).jobs() == []
        for forbidden in (
            lambda: bucket.put("other/a", b""),
            lambda: _delete(mine),
        ):
            with pytest.raises(ServiceError) as caught:
                forbidden()
            assert caught.value.code == "AccessDenied"
            assert "permission" in caught.value.advice or "policy" in caught.value.advice

    calls()


def _delete(cloud):
    with cloud.calling("Deleting"):
        cloud.s3.delete_object(Bucket="books", Key="amts/a")
