"""Clients whose answers are written down beforehand; every request and answer is held against the service's model."""

import pytest

from amts_desk.aws.cloud import Cloud
from amts_desk.core.amazon import Connection

ACCOUNT = "123456789012"
CONNECTION = Connection(
    region="us-west-2", bucket="books", role_arn="arn:aws:iam::123456789012:role/Amts", keys=("AKIDEXAMPLE", "secret")
)


@pytest.fixture(scope="session")
def cloud():
    """Return one connection for all tests, since making a client takes a quarter of a second."""
    made = Cloud(CONNECTION)
    made._account = ACCOUNT
    return made


@pytest.fixture
def translate(cloud):
    """Answer for Amazon Translate."""
    from botocore.stub import Stubber

    with Stubber(cloud.translate) as stub:
        yield stub
        stub.assert_no_pending_responses()


@pytest.fixture
def s3(cloud):
    """Answer for S3."""
    from botocore.stub import Stubber

    with Stubber(cloud.s3) as stub:
        yield stub
        stub.assert_no_pending_responses()
