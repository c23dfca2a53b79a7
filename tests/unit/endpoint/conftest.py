"""A small world for the core of the endpoint: a cloud in a dictionary, a clock that is told, steps taken by hand."""

import io
import json
import sys
import time
from dataclasses import dataclass, field

import pytest

from amts_desk.endpoint.errors import ApiError
from amts_desk.endpoint.process import start
from amts_desk.endpoint.service import TranslateService
from amts_desk.endpoint.surroundings import Surroundings

ACCOUNT, REGION = "123456789012", "us-east-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Data"


def trust(principal="translate.amazonaws.com", action="sts:AssumeRole"):
    statement = {"Effect": "Allow", "Principal": {"Service": principal}, "Action": action}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


EVERYTHING = json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})


class SmallCloud:
    def __init__(self):
        self.regions = {"desk": REGION, "far": "eu-west-1"}
        self.objects = {}
        self.roles = {ROLE: trust()}
        self.policies = {ROLE: [EVERYTHING]}

    def region(self, bucket):
        return self.regions.get(bucket)

    def names(self, bucket, prefix):
        return sorted(key for place, key in self.objects if place == bucket and key.startswith(prefix))

    def read(self, bucket, key):
        return self.objects[bucket, key]

    def open(self, bucket, key):
        return io.BytesIO(self.objects[bucket, key])

    def size(self, bucket, key):
        return len(self.objects.get((bucket, key), b""))

    def copy(self, source, target):
        self.objects[target] = self.objects[source]

    def role_policies(self, role_arn):
        return self.policies[role_arn]

    def write(self, bucket, key, body, content_type):
        if bucket not in self.regions:
            raise LookupError(bucket)
        self.objects[bucket, key] = body

    def remove(self, bucket, prefix):
        for key in self.names(bucket, prefix):
            del self.objects[bucket, key]

    def create_bucket(self, bucket):
        self.regions.setdefault(bucket, REGION)

    def trust_policy(self, role_arn):
        return self.roles.get(role_arn)

    def link(self, bucket, key):
        return f"link:{bucket}/{key}"


class LoudEngine:
    """Says every word aloud; knows examples by heart."""

    def __init__(self):
        self.asked = []

    def translator(self, source, target, examples=()):
        self.asked.append((source, target, list(examples)))
        return LoudTranslator(dict(examples))


@dataclass
class LoudTranslator:
    known: dict

    def translate(self, passage):
        return self.known.get(passage.text, passage.text.upper())


@dataclass
class World:
    cloud: SmallCloud = field(default_factory=SmallCloud)
    engine: LoudEngine = field(default_factory=LoudEngine)
    waiting: list = field(default_factory=list)
    now: float = 1_700_000_000.0
    kept: list = field(default_factory=list)

    def __post_init__(self):
        self.service = self.new_service()

    def new_service(self):
        around = Surroundings(
            self.engine, self.waiting.append, lambda: self.kept.append(self.dumped()), lambda: self.now
        )
        return TranslateService(ACCOUNT, REGION, self.cloud, around)

    def dumped(self):
        return json.loads(json.dumps(self.service.dump()))

    def restart(self):
        """What a new process amounts to that finds what was kept last."""
        self.waiting.clear()
        self.service = self.new_service()
        self.service.restore(self.kept[-1])

    def call(self, operation, **request):
        return self.service.answer(operation, request)

    def code(self, operation, **request):
        with pytest.raises(ApiError) as caught:
            self.call(operation, **request)
        return caught.value.code

    def tick(self):
        """Take every step that is due."""
        self.now += 1
        due, self.waiting[:] = list(self.waiting), []
        for step in due:
            step()

    def settle(self):
        while self.waiting:
            self.tick()

    # Shorter ways to say what most tests say

    def put(self, key, text):
        self.cloud.objects["desk", key] = text if isinstance(text, bytes) else text.encode()

    def create(self, name="book", text="en,zh\nOne,一\n", form="CSV", **more):
        self.put(f"pd/{name}", text)
        config = {"S3Uri": f"s3://desk/pd/{name}", "Format": form}
        return self.call(
            "CreateParallelData", **{"Name": name, "ParallelDataConfig": config, "ClientToken": name, **more}
        )

    def properties(self, name="book"):
        return self.call("GetParallelData", Name=name)["ParallelDataProperties"]

    def job_request(self, **more):
        request = {
            "InputDataConfig": {"S3Uri": "s3://desk/in/", "ContentType": "text/plain"},
            "OutputDataConfig": {"S3Uri": "s3://desk/out/"},
            "DataAccessRoleArn": ROLE,
            "SourceLanguageCode": "en",
            "TargetLanguageCodes": ["zh"],
            "ClientToken": "job",
        }
        return request | more

    def start(self, **more):
        return self.call("StartTextTranslationJob", **self.job_request(**more))["JobId"]

    def job(self, number):
        return self.call("DescribeTextTranslationJob", JobId=number)["TextTranslationJobProperties"]

    def output(self, number):
        folder = self.job(number)["OutputDataConfig"]["S3Uri"].removeprefix("s3://desk/")
        return {key.removeprefix(folder): self.cloud.read("desk", key) for key in self.cloud.names("desk", folder)}


@pytest.fixture
def world():
    return World()


# The endpoint itself, as a child process

SERVE = """
import sys
from pathlib import Path
from amts_desk.endpoint.server import serve
raise SystemExit(serve(Path(sys.argv[1]), delay=float(sys.argv[2])))
"""


def command(folder, delay=0.05):
    return [sys.executable, "-c", SERVE, str(folder), str(delay)]


def client(endpoint, service, **more):
    import boto3

    keys = {"aws_access_key_id": endpoint.access_key, "aws_secret_access_key": endpoint.secret_key}
    told = {"endpoint_url": endpoint.url, "region_name": endpoint.region, **keys, **more}
    return boto3.client(service, **told)


@pytest.fixture
def run_endpoint():
    """Start endpoints that are gone when the test ends."""
    running = []

    def run(folder, delay=0.05):
        running.append(start(folder, command=command(folder, delay)))
        return running[-1]

    yield run
    for endpoint in running:
        endpoint.stop()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """One endpoint for all tests of a module."""
    folder = tmp_path_factory.mktemp("practice")
    running = start(folder, command=command(folder))
    yield running
    running.stop()


def until(ask, wanted, seconds=60):
    """Ask again and again until the answer is wanted; return it."""
    deadline = time.monotonic() + seconds
    while not wanted(answer := ask()):
        assert time.monotonic() < deadline, f"still {answer}"
    return answer


def code_of(call, **request):
    """Return the error code and HTTP status with which a client's call is refused."""
    from botocore.exceptions import ClientError

    with pytest.raises(ClientError) as caught:
        call(**request)
    answer = caught.value.response
    return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]
