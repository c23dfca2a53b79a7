"""The same calls and the same assertions, inside this process under `mock_aws` and over HTTP in a child process."""

import json
from pathlib import Path

from amts_desk.core.permissions import Trust
from amts_desk.core.permissions import trust as trust_of
from amts_desk.endpoint.engines.practice import PracticeEngine
from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.registration import register
from amts_desk.endpoint.surroundings import Surroundings
from tests.unit.endpoint.conftest import client, code_of, trust, until

CSV = 'en,zh\nHow are you?,你好吗？\n"Deep learning, in short",简而言之，深度学习\n=bad,坏\n,空\n'
VERSION = {"Version": "2012-10-17"}
TOKEN = "token-1"
LIVE = ("SUBMITTED", "IN_PROGRESS")


def scenario(s3, iam, translate, bucket, settle):
    """Make parallel data, run a job over plain text and one over HTML, and look at everything that comes back.

    `settle` is called between two looks at something that is running.
    """
    role = iam.create_role(RoleName="Other", AssumeRolePolicyDocument=trust())["Role"]["Arn"]
    stranger = iam.create_role(RoleName="Stranger", AssumeRolePolicyDocument=trust("ec2.amazonaws.com"))["Role"]["Arn"]
    permissions = {"Statement": {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:*Object"], "Resource": "*"}}
    iam.put_role_policy(RoleName="Other", PolicyName="data", PolicyDocument=json.dumps(permissions | VERSION))
    s3.put_object(Bucket=bucket, Key="pd/d2l.csv", Body=CSV.encode())
    config = {"S3Uri": f"s3://{bucket}/pd/d2l.csv", "Format": "CSV"}

    create = translate.create_parallel_data
    assert create(Name="d2l", ParallelDataConfig=config)["Status"] == "CREATING"
    assert code_of(create, Name="d2l", ParallelDataConfig=config) == ("ConflictException", 409)
    assert code_of(create, Name="two", ParallelDataConfig=config) == ("ConcurrentModificationException", 409)
    assert code_of(create, Name="a__b", ParallelDataConfig=config) == ("ValidationException", 400)
    assert code_of(translate.get_parallel_data, Name="none") == ("ResourceNotFoundException", 404)

    def properties():
        settle()
        return translate.get_parallel_data(Name="d2l")["ParallelDataProperties"]

    made = until(properties, lambda told: told["Status"] != "CREATING")
    counts = ("ImportedRecordCount", "FailedRecordCount", "SkippedRecordCount")
    assert [made["Status"], *(made[count] for count in counts)] == ["ACTIVE", 2, 1, 1]
    assert made["CreatedAt"].tzinfo

    s3.put_object(Bucket=bucket, Key="in/ch1/index.txt", Body=b"How are you?\n\nSee `x` and $y$")
    s3.put_object(Bucket=bucket, Key="in/broken.txt", Body=b"\xff\xfe")
    request = {
        "JobName": "t", "InputDataConfig": {"S3Uri": f"s3://{bucket}/in/", "ContentType": "text/plain"},
        "OutputDataConfig": {"S3Uri": f"s3://{bucket}/out/"}, "DataAccessRoleArn": role, "SourceLanguageCode": "en",
        "TargetLanguageCodes": ["zh"], "ParallelDataNames": ["d2l"], "ClientToken": TOKEN,
    }  # fmt: skip
    begin = translate.start_text_translation_job
    number = begin(**request)["JobId"]
    assert begin(**request)["JobId"] == number
    again = request | {"ClientToken": "token-2"}
    assert code_of(begin, **again | {"TargetLanguageCodes": ["fr"]}) == ("InvalidRequestException", 400)
    assert code_of(begin, **again | {"DataAccessRoleArn": stranger}) == ("InvalidRequestException", 400)

    def job(wanted):
        settle()
        return translate.describe_text_translation_job(JobId=wanted)["TextTranslationJobProperties"]

    done = until(lambda: job(number), lambda told: told["JobStatus"] not in LIVE)
    assert done["JobStatus"] == "COMPLETED_WITH_ERROR"
    assert done["JobDetails"] == {
        "InputDocumentsCount": 2, "TranslatedDocumentsCount": 1, "DocumentsWithErrorsCount": 1,
    }  # fmt: skip

    written = outputs(s3, bucket, done)
    assert sorted(written) == [
        ".write_access_check_file.temp", "ch1/zh.index.txt", "details/zh.auxiliary-translation-details.json",
    ]  # fmt: skip
    text = written["ch1/zh.index.txt"].decode()
    assert text.startswith("你好吗？\n\n")
    assert text.count("`x`") == text.count("$y$") == 1
    assert json.loads(written["details/zh.auxiliary-translation-details.json"])["documentCountWithCustomerError"] == "1"

    html = '<html><body><p id="1">How are you?</p><p id="2">I see <span translate="no">`x`</span>.</p></body></html>'
    s3.put_object(Bucket=bucket, Key="pages/a.html", Body=html.encode())
    pages = {"S3Uri": f"s3://{bucket}/pages/", "ContentType": "text/html"}
    number = begin(**again | {"InputDataConfig": pages})["JobId"]
    done = until(lambda: job(number), lambda told: told["JobStatus"] not in LIVE)
    page = outputs(s3, bucket, done)["zh.a.html"].decode()
    assert page.startswith('<html><body><p id="1">你好吗？</p><p id="2">')
    assert '<span translate="no">`x`</span>' in page

    answer = translate.translate_text(Text="`f(x)` is a model", SourceLanguageCode="en", TargetLanguageCode="zh")
    assert "`f(x)`" in answer["TranslatedText"]
    assert any("一" <= sign <= "鿿" for sign in answer["TranslatedText"])
    assert code_of(
        translate.translate_text, Text="x" * 10_001, SourceLanguageCode="en", TargetLanguageCode="zh"
    ) == ("TextSizeLimitExceededException", 400)  # fmt: skip

    listed = translate.list_text_translation_jobs(MaxResults=1)
    assert len(listed["TextTranslationJobPropertiesList"]) == 1
    rest = translate.list_text_translation_jobs(MaxResults=5, NextToken=listed["NextToken"])
    assert [told["JobName"] for told in rest["TextTranslationJobPropertiesList"]] == ["t"]

    terms(translate)
    two_languages(s3, translate, bucket, again, properties, lambda wanted: until(lambda: job(wanted), has_ended))
    assert translate.delete_parallel_data(Name="d2l")["Status"] == "DELETING"


def has_ended(told):
    return told["JobStatus"] not in (*LIVE, "STOP_REQUESTED")


def two_languages(s3, translate, bucket, request, properties, ended):
    """Replace the parallel data by some with a second language, run a job into both, and stop another one."""
    s3.put_object(Bucket=bucket, Key="pd/second.csv", Body="en,zh,es\nHow are you?,您好吗？,¿Qué tal?\n".encode())
    config = {"S3Uri": f"s3://{bucket}/pd/second.csv", "Format": "CSV"}
    answer = translate.update_parallel_data(Name="d2l", ParallelDataConfig=config)
    assert (answer["Status"], answer["LatestUpdateAttemptStatus"]) == ("ACTIVE", "UPDATING")
    found = until(properties, lambda told: told["LatestUpdateAttemptStatus"] != "UPDATING")
    assert (found["LatestUpdateAttemptStatus"], found["TargetLanguageCodes"]) == ("ACTIVE", ["zh", "es"])
    both = request | {"TargetLanguageCodes": ["zh", "es"], "ClientToken": "both"}
    done = ended(translate.start_text_translation_job(**both)["JobId"])
    written = outputs(s3, bucket, done)
    assert written["ch1/zh.index.txt"].decode().startswith("您好吗？")
    assert written["ch1/es.index.txt"].decode().startswith("¿Qué tal?")
    assert {"details/zh.auxiliary-translation-details.json", "details/es.auxiliary-translation-details.json"} < set(
        written
    )
    number = translate.start_text_translation_job(**both | {"ClientToken": "stop"})["JobId"]
    # On a slow machine it may be too late.
    assert translate.stop_text_translation_job(JobId=number)["JobStatus"] in ("STOP_REQUESTED", "COMPLETED_WITH_ERROR")
    assert ended(number)["JobStatus"] in ("STOPPED", "COMPLETED_WITH_ERROR")


def terms(translate):
    """Import a terminology, use it and delete it."""
    data = {"File": "en,zh\nmodel,模子\n".encode(), "Format": "CSV", "Directionality": "UNI"}
    tags = [{"Key": "book", "Value": "d2l"}]
    told = translate.import_terminology(
        Name="terms", MergeStrategy="OVERWRITE", TerminologyData=data, Tags=tags
    )["TerminologyProperties"]  # fmt: skip
    assert (told["TermCount"], told["SizeBytes"]) == (1, len(data["File"]))
    found = translate.get_terminology(Name="terms", TerminologyDataFormat="TMX")
    assert "/terms.tmx" in found["TerminologyDataLocation"]["Location"]
    assert translate.list_tags_for_resource(ResourceArn=told["Arn"])["Tags"] == tags
    request = {"SourceLanguageCode": "en", "TargetLanguageCode": "zh", "TerminologyNames": ["terms"]}
    answer = translate.translate_text(Text="a model", **request)
    assert "模子" in answer["TranslatedText"]
    assert answer["AppliedTerminologies"][0]["Terms"] == [{"SourceText": "model", "TargetText": "模子"}]
    content = {"Content": b"<html><p>a model</p></html>", "ContentType": "text/html"}
    done = translate.translate_document(Document=content, **request)
    assert "模子" in done["TranslatedDocument"]["Content"].decode()
    assert [told["Name"] for told in translate.list_terminologies()["TerminologyPropertiesList"]] == ["terms"]
    translate.delete_terminology(Name="terms")
    assert translate.list_terminologies()["TerminologyPropertiesList"] == []


def outputs(s3, bucket, job):
    prefix = job["OutputDataConfig"]["S3Uri"].split("/", 3)[3]
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]]
    return {key.removeprefix(prefix): s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


def test_inside_this_process_under_mock_aws(tmp_path: Path, monkeypatch):
    waiting = []
    engine = PracticeEngine(tmp_path)
    keys = ("us-east-1", "AKIAPRACTICE", "secret")
    register(Surroundings(engine, waiting.append), Presigner("https://s3.us-east-1.amazonaws.com", *keys))
    import boto3
    from moto import mock_aws

    def settle():
        due, waiting[:] = list(waiting), []
        for step in due:
            step()

    with mock_aws():
        s3, iam, translate = (boto3.client(name, region_name="us-east-1") for name in ("s3", "iam", "translate"))
        s3.create_bucket(Bucket="desk")
        scenario(s3, iam, translate, "desk", settle)


def test_over_http_in_a_child_process(run_endpoint, tmp_path):
    # Long enough that one creation still runs when the next is asked for, however busy the machine is.
    endpoint = run_endpoint(tmp_path, delay=2)
    s3, iam, translate = (client(endpoint, name) for name in ("s3", "iam", "translate"))
    scenario(s3, iam, translate, endpoint.bucket, lambda: None)


def test_what_there_is_at_the_start(endpoint):
    """The bucket is closed to the public and encrypted, the role trusts the service: a set-up check passes."""
    assert client(endpoint, "sts").get_caller_identity()["Account"] == "123456789012"
    s3 = client(endpoint, "s3")
    block = s3.get_public_access_block(Bucket=endpoint.bucket)["PublicAccessBlockConfiguration"]
    assert list(block.values()) == [True] * 4
    assert s3.get_bucket_encryption(Bucket=endpoint.bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    role = client(endpoint, "iam").get_role(RoleName=endpoint.role_arn.rpartition("/")[2])["Role"]
    assert role["Arn"] == endpoint.role_arn
    policy = role["AssumeRolePolicyDocument"]
    assert trust_of(policy, "translate.amazonaws.com", "123456789012", "us-east-1") is Trust.ALLOWED


def test_pre_signed_files_can_be_fetched(endpoint):
    from urllib.request import urlopen

    s3, translate = client(endpoint, "s3"), client(endpoint, "translate")
    s3.put_object(Bucket=endpoint.bucket, Key="pd/signed.csv", Body="en,zh\nOne,一\n@x,坏\n".encode())
    config = {"S3Uri": f"s3://{endpoint.bucket}/pd/signed.csv", "Format": "CSV"}
    until_created(translate, "signed", config)
    answer = until(
        lambda: translate.get_parallel_data(Name="signed"),
        lambda told: told["ParallelDataProperties"]["Status"] == "ACTIVE",
    )
    assert "X-Amz-Expires=1800" in answer["DataLocation"]["Location"]
    with urlopen(answer["DataLocation"]["Location"]) as body:
        assert body.read().startswith(b"en,zh")
    with urlopen(answer["AuxiliaryDataLocation"]["Location"]) as body:
        assert json.load(body)["summary"]["record_error_count"] == 1


def until_created(translate, name, config):
    """Create parallel data as soon as nothing else is being changed."""
    from botocore.exceptions import ClientError

    def attempt():
        try:
            return translate.create_parallel_data(Name=name, ParallelDataConfig=config)["Status"]
        except ClientError as error:
            return error.response["Error"]["Code"]

    until(attempt, lambda status: status == "CREATING")
