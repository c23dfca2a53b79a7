"""The whole process: its one line, its end, what it remembers, and two of it on one folder."""

import json
import os
import signal
import subprocess
import sys

import pytest

from amts_desk.endpoint.session import REGION, Claim
from tests.unit.endpoint.conftest import client, code_of, command, trust, until

LINE = {"url", "region", "access_key", "secret_key", "bucket", "role_arn"}


@pytest.fixture
def spawn():
    """Start processes that are gone when the test ends."""
    running = []

    def run(folder, stdin=subprocess.PIPE):
        process = subprocess.Popen(command(folder), stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


def line_of(process):
    return json.loads(process.stdout.readline())


def job_request(endpoint, folder="in"):
    return {
        "InputDataConfig": {"S3Uri": f"s3://{endpoint.bucket}/{folder}/", "ContentType": "text/plain"},
        "OutputDataConfig": {"S3Uri": f"s3://{endpoint.bucket}/out/"},
        "DataAccessRoleArn": endpoint.role_arn,
        "SourceLanguageCode": "en",
        "TargetLanguageCodes": ["zh"],
        "ClientToken": "the-same",
    }


def job_status(endpoint, number):
    answer = client(endpoint, "translate").describe_text_translation_job(JobId=number)
    return answer["TextTranslationJobProperties"]["JobStatus"]


def test_one_line_of_json(spawn, tmp_path):
    process = spawn(tmp_path)
    told = line_of(process)
    assert set(told) == LINE
    assert told["url"].startswith("http://127.0.0.1:")
    assert told["region"] == REGION
    process.stdin.close()
    assert process.wait(20) == 0
    assert process.stdout.read() == b""
    assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_nothing_is_lost(spawn, run_endpoint, tmp_path, number):
    process = spawn(tmp_path, stdin=subprocess.DEVNULL)
    from amts_desk.endpoint.session import Session

    first = Session(**line_of(process))
    client(first, "s3").put_object(Bucket=first.bucket, Key="a", Body=b"just in time")
    process.send_signal(number)
    assert process.wait(20) == 0
    again = run_endpoint(tmp_path)
    assert client(again, "s3").get_object(Bucket=again.bucket, Key="a")["Body"].read() == b"just in time"


def test_every_session_has_keys_of_its_own(run_endpoint, tmp_path):
    one, other = run_endpoint(tmp_path / "a"), run_endpoint(tmp_path / "b")
    assert one.access_key != other.access_key
    assert one.secret_key != other.secret_key


def test_what_survives_a_restart(run_endpoint, tmp_path):
    first = run_endpoint(tmp_path)
    s3, translate, iam = (client(first, name) for name in ("s3", "translate", "iam"))
    s3.create_bucket(Bucket="second")
    s3.put_object(Bucket="second", Key="章/一.txt", Body="好".encode(), Metadata={"n": "7"}, ContentType="text/plain")
    s3.put_object(Bucket="second", Key="gone", Body=b"x")
    s3.delete_object(Bucket="second", Key="gone")
    big = b"0123456789" * 1_000_000
    s3.put_object(Bucket="second", Key="big", Body=big)
    iam.create_role(RoleName="Mine", AssumeRolePolicyDocument=trust())
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_role_policy(RoleName="Mine", PolicyName="p", PolicyDocument=json.dumps(policy))
    s3.put_object(Bucket="second", Key="pd.csv", Body="en,zh\nOne,一\n".encode())
    config = {"S3Uri": "s3://second/pd.csv", "Format": "CSV"}
    translate.create_parallel_data(Name="book", ParallelDataConfig=config, ClientToken="c")
    before = until(
        lambda: translate.get_parallel_data(Name="book")["ParallelDataProperties"], lambda p: p["Status"] == "ACTIVE"
    )
    s3.put_object(Bucket=first.bucket, Key="in/a.txt", Body=b"One")
    number = translate.start_text_translation_job(**job_request(first))["JobId"]
    until(lambda: job_status(first, number), lambda status: status == "COMPLETED")
    first.stop()

    second = run_endpoint(tmp_path)
    s3, translate, iam = (client(second, name) for name in ("s3", "translate", "iam"))
    kept = s3.get_object(Bucket="second", Key="章/一.txt")
    assert (kept["Body"].read().decode(), kept["Metadata"], kept["ContentType"]) == ("好", {"n": "7"}, "text/plain")
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="second")["Contents"]] == ["big", "pd.csv", "章/一.txt"]
    assert s3.get_object(Bucket="second", Key="big")["Body"].read() == big
    assert iam.get_role_policy(RoleName="Mine", PolicyName="p")["PolicyDocument"] == policy
    assert translate.get_parallel_data(Name="book")["ParallelDataProperties"] == before
    assert job_status(second, number) == "COMPLETED"
    assert translate.start_text_translation_job(**job_request(second))["JobId"] == number
    assert len([b for b in s3.list_buckets()["Buckets"] if b["Name"] == second.bucket]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_job_survives_the_death_of_the_process(run_endpoint, tmp_path):
    """The input was uploaded a moment ago and the job has just been answered: neither may be lost."""
    first = run_endpoint(tmp_path, delay=30)
    client(first, "s3").put_object(Bucket=first.bucket, Key="in/a.txt", Body=b"One `x`")
    number = client(first, "translate").start_text_translation_job(**job_request(first))["JobId"]
    os.kill(first._process.pid, signal.SIGKILL)
    first._process.wait(20)

    second = run_endpoint(tmp_path)
    assert client(second, "translate").start_text_translation_job(**job_request(second))["JobId"] == number
    until(lambda: job_status(second, number), lambda status: status == "COMPLETED")
    key = f"out/123456789012-TranslateText-{number}/zh.a.txt"
    assert b"`x`" in client(second, "s3").get_object(Bucket=second.bucket, Key=key)["Body"].read()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_job_killed_in_the_middle_is_run_again(run_endpoint, tmp_path):
    first = run_endpoint(tmp_path, delay=0.3)
    s3 = client(first, "s3")
    for number in range(20):
        s3.put_object(Bucket=first.bucket, Key=f"in/{number}.txt", Body=b"A deep network learns a model. " * 40)
    number = client(first, "translate").start_text_translation_job(**job_request(first))["JobId"]
    until(lambda: job_status(first, number), lambda status: status == "IN_PROGRESS")
    os.kill(first._process.pid, signal.SIGKILL)
    first._process.wait(20)

    second = run_endpoint(tmp_path)
    until(lambda: job_status(second, number), lambda status: status == "COMPLETED")
    listed = client(second, "s3").list_objects_v2(Bucket=second.bucket, Prefix="out/")["Contents"]
    assert sum(entry["Key"].endswith(".txt") for entry in listed) == 20


def test_a_second_one_attaches_to_the_first(spawn, tmp_path):
    first, second = spawn(tmp_path), None
    told = line_of(first)
    second = spawn(tmp_path)
    assert line_of(second) == told
    second.stdin.close()
    assert second.wait(20) == 0
    assert first.poll() is None


def test_the_second_one_takes_the_place_of_the_first(spawn, tmp_path):
    from amts_desk.endpoint.session import Session

    first = spawn(tmp_path)
    session = Session(**line_of(first))
    second = spawn(tmp_path)
    line_of(second)
    s3 = client(session, "s3")
    s3.put_object(Bucket=session.bucket, Key="a", Body=b"kept")
    first.stdin.close()
    first.wait(20)

    def read():
        from botocore.exceptions import EndpointConnectionError

        try:
            return s3.get_object(Bucket=session.bucket, Key="a")["Body"].read()
        except EndpointConnectionError:
            return None

    assert until(read, lambda body: body is not None) == b"kept"
    assert second.poll() is None


def test_the_record_of_a_dead_one_fools_nobody(spawn, tmp_path):
    process = spawn(tmp_path)
    told = line_of(process)
    process.kill()
    process.wait()
    assert json.loads((tmp_path / "endpoint.json").read_text()) == told
    assert line_of(spawn(tmp_path))["access_key"] != told["access_key"]


def test_one_whose_client_is_gone_does_not_queue_for_the_folder(spawn, tmp_path):
    """Many programs killed in a row would leave a queue of endpoints before the one that is wanted."""
    ending = Claim(tmp_path)
    assert ending.is_ours()
    process = spawn(tmp_path)
    process.stdin.close()
    assert process.wait(30) == 0
    assert process.stdout.read() == process.stderr.read() == b""
    ending.give_up()


def test_one_whose_client_is_gone_before_it_is_ready_starts_nothing(spawn, tmp_path):
    process = spawn(tmp_path)
    process.stdin.close()
    assert process.wait(30) == 0
    assert process.stdout.read() == process.stderr.read() == b""
    assert not (tmp_path / "endpoint.json").exists()
    assert not (tmp_path / "state.json").exists()


def test_a_client_that_does_not_listen_is_as_good_as_gone(spawn, tmp_path):
    process = spawn(tmp_path)
    process.stdout.close()
    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    assert json.loads((tmp_path / "state.json").read_text())["buckets"]
    assert not (tmp_path / "endpoint.json").exists()


def test_a_state_that_cannot_be_read_is_told(spawn, tmp_path):
    (tmp_path / "state.json").write_text("{")
    process = spawn(tmp_path)
    assert process.wait(30) != 0
    assert b"cannot be read" in process.stderr.read()
    assert (tmp_path / "state.json").read_text() == "{"


def test_a_number_that_is_no_port_is_refused_in_words(tmp_path):
    call = [sys.executable, "-m", "amts_desk", "endpoint", "--port", "99999", "--data", str(tmp_path)]
    ended = subprocess.run(call, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "There is no port 99999. Choose one from 1 to 65535" in ended.stderr


def test_a_fault_that_is_none_is_refused_in_words(tmp_path):
    call = [sys.executable, "-m", "amts_desk", "endpoint", "--fault", "PutObject:nonsense", "--data", str(tmp_path)]
    ended = subprocess.run(call, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "“PutObject:nonsense” is not a fault. Write OPERATION:FAULT[:TIMES[:SECONDS]]" in ended.stderr


def test_faults_and_delay_can_be_said_at_the_start(tmp_path):
    from amts_desk.endpoint.process import start

    call = [sys.executable, "-m", "amts_desk", "endpoint", "--data", str(tmp_path), "--delay", "30"]
    endpoint = start(tmp_path, command=[*call, "--fault", "ListLanguages:access-denied", "--fault", "STS:cut:0"])
    try:
        translate = client(endpoint, "translate")
        assert code_of(translate.list_languages) == ("AccessDeniedException", 400)
        assert translate.list_languages(MaxResults=1)["Languages"]
        assert client(endpoint, "sts").get_caller_identity()["Account"] == "123456789012"
        client(endpoint, "s3").put_object(Bucket=endpoint.bucket, Key="in/a.txt", Body=b"One")
        number = translate.start_text_translation_job(**job_request(endpoint))["JobId"]
        assert job_status(endpoint, number) == "SUBMITTED"
    finally:
        endpoint.stop()
