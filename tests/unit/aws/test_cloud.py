"""A connection's troubles, each one sentence with an advice; nothing here leaves this machine."""

import socket
import time
from dataclasses import replace

import pytest

from amts_desk.aws.bucket import Bucket
from amts_desk.aws.cloud import Cloud, Identity
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError
from tests.unit.aws.conftest import CONNECTION


@pytest.fixture(autouse=True)
def nobody(tmp_path, monkeypatch):
    """Hide every credential of this machine."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("AWS_SESSION_TOKEN", "AWS_DEFAULT_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def closed_port():
    """Return a port of this machine where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def refused(call):
    """Return the error a call gives, having seen that it is one sentence with an advice."""
    with pytest.raises(ServiceError) as caught:
        call()
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith(".")
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize("profile", ["", "missing"])
def test_without_credentials_nobody_is_signed_in(profile):
    cloud = Cloud(Connection(bucket="books", profile=profile, is_offline=False))
    error = refused(cloud.identity)
    assert error.message == f"Nobody is signed in to AWS as “{profile or 'default'}” (AWS sign-in)."
    assert f"aws sso login --profile {profile or 'default'}" in error.advice
    assert not error.passing


@pytest.mark.parametrize(
    ("is_offline", "message", "advice"),
    [
        (True, "The local endpoint of offline practice could not be reached (AWS sign-in).", "started again"),
        (False, "Amazon could not be reached (AWS sign-in).", "Check the network."),
    ],
)
def test_an_endpoint_that_does_not_answer_is_said_so_soon(closed_port, is_offline, message, advice):
    address = f"http://127.0.0.1:{closed_port}"
    cloud = Cloud(replace(CONNECTION, endpoint_url=address, is_offline=is_offline))
    began = time.monotonic()
    error = refused(cloud.identity)
    assert time.monotonic() - began < 5
    assert error.message == message
    assert advice in error.advice
    assert error.passing


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:4566", "http://"])
def test_an_address_that_is_none_is_said_so(address):
    error = refused(Cloud(replace(CONNECTION, endpoint_url=address)).identity)
    assert f"“{address}” is not the address of an endpoint" in error.message
    assert "http://127.0.0.1:4566" in error.advice


def test_a_region_that_is_none_is_said_so():
    error = refused(Cloud(replace(CONNECTION, region="no such")).identity)
    assert error.message.startswith("AWS sign-in failed: ")


def test_a_request_the_model_does_not_allow_is_said_in_one_line(cloud):
    def call():
        with cloud.calling("Asking"):
            cloud.translate.get_parallel_data(Name="")

    error = refused(call)
    assert error.message.startswith("Asking failed: Parameter validation failed")
    assert not error.passing


def test_who_the_calls_are_made_as_is_told(cloud):
    from botocore.stub import Stubber

    with Stubber(cloud.client("sts")) as stub:
        answer = {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/me", "UserId": "A"}
        stub.add_response("get_caller_identity", answer, {})
        found = cloud.identity()
    assert found == Identity("123456789012", "arn:aws:iam::123456789012:user/me", found.endpoint)
    assert "us-west-2" in found.endpoint


def test_a_defect_of_the_program_is_not_dressed_up(cloud):
    with pytest.raises(KeyError), cloud.calling("Asking"):
        raise KeyError


def test_keys_are_shown_nowhere():
    assert "secret" not in repr(CONNECTION)


PRACTICE = replace(CONNECTION, endpoint_url="http://127.0.0.1:9")


def test_practice_reads_nothing_of_the_persons_aws(tmp_path, monkeypatch):
    """Neither files (these could not even be read) nor variables change where its calls go and with which keys."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        (tmp_path / name).write_text("[default\nregion = eu-west-1")
    named = {
        "AWS_PROFILE": "missing",
        "AWS_DEFAULT_PROFILE": "missing",
        "AWS_ACCESS_KEY_ID": "AKIATHEIRS",
        "AWS_SECRET_ACCESS_KEY": "theirs",
        "AWS_SESSION_TOKEN": "theirs",
        "AWS_ENDPOINT_URL": "http://example.com",
        "AWS_ENDPOINT_URL_S3": "http://example.com",
        "AWS_REGION": "eu-west-1",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "http_proxy": "http://127.0.0.1:1",
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    seen = []
    cloud = Cloud(PRACTICE)
    cloud._account = "123456789012"
    for client in (cloud.s3, cloud.translate, cloud.client("sts"), cloud.client("iam")):
        assert client.meta.endpoint_url == "http://127.0.0.1:9"
        assert client.meta.config.proxies == {}
        client.meta.events.register("before-send", lambda request, **_: seen.append(request) or stop())
    for call in (lambda: cloud.s3.list_buckets(), lambda: cloud.translate.list_parallel_data(), cloud.identity):
        with pytest.raises(StoppedError):
            call()
    assert len(seen) == 3
    for request in seen:
        signed = request.headers["Authorization"]
        signed = signed.decode() if isinstance(signed, bytes) else signed
        assert "Credential=AKIDEXAMPLE/" in signed
        assert "/us-west-2/" in signed
        assert "X-Amz-Security-Token" not in request.headers


class StoppedError(Exception):
    pass


def stop():
    raise StoppedError


def test_practice_opens_no_file_of_the_persons_aws(monkeypatch):
    import builtins

    opened, really_open = [], builtins.open
    monkeypatch.setattr(builtins, "open", lambda name, *a, **k: opened.append(str(name)) or really_open(name, *a, **k))
    assert Cloud(PRACTICE).translate.meta.region_name == "us-west-2"
    assert not [name for name in opened if "AWS_" in name or "/.aws/" in name]


def test_after_a_new_sign_in_the_same_connection_works(monkeypatch):
    from moto import mock_aws

    cloud = Cloud(Connection(bucket="books", is_offline=False))
    assert refused(cloud.identity).needs_sign_in
    assert refused(lambda: Bucket(cloud).put("a", b"")).needs_sign_in
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with mock_aws():
        assert cloud.identity().account == cloud.account == "123456789012"
