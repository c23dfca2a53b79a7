"""The service of each account and Region, and the rest of the cloud as it sees it: moto's own backends, no HTTP."""

# ruff: noqa: TID253  moto itself imports this, so moto is there already

from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, ClassVar, cast

from moto.core.base_backend import BackendDict, BaseBackend
from moto.iam.exceptions import NotFoundException
from moto.iam.models import Role, iam_backends
from moto.s3.exceptions import MissingBucket
from moto.s3.models import FakeKey, S3Backend, s3_backends

from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.service import TranslateService
from amts_desk.endpoint.surroundings import Surroundings

_IN_MEMORY = 1 << 20
"""Bytes of an opened object that are held in memory; longer ones stand in a file meanwhile."""


class MotoCloud:
    """S3 and IAM of one account."""

    def __init__(self, account_id: str, partition: str, region: str, presigner: Presigner) -> None:
        self._account_id = account_id
        self._partition = partition
        self._region = region
        self._presigner = presigner

    @property
    def _s3(self) -> S3Backend:
        return s3_backends[self._account_id][self._partition]

    def _key(self, bucket: str, key: str) -> FakeKey:
        try:
            found = self._s3.get_object(bucket, key)
        except MissingBucket:
            found = None
        if found is None:
            raise LookupError(f"s3://{bucket}/{key} does not exist.")
        return found

    def region(self, bucket: str) -> str | None:
        """Return the Region of a bucket, None when there is no such bucket."""
        found = self._s3.buckets.get(bucket)
        return found.region_name if found else None

    def names(self, bucket: str, prefix: str) -> list[str]:
        """Return the keys of a bucket that begin with `prefix`, sorted."""
        found = self._s3.buckets.get(bucket)
        return sorted(key for key in list(found.keys) if key.startswith(prefix)) if found else []

    def read(self, bucket: str, key: str) -> bytes:
        """Return an object. Raises LookupError when it is not there."""
        return bytes(self._key(bucket, key).value)

    def open(self, bucket: str, key: str) -> BinaryIO:
        """Return an object as a stream, to be closed. Raises LookupError when it is not there."""
        found = self._key(bucket, key)
        stream = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  the caller closes it
        with found.lock:
            found._value_buffer.seek(0)
            copyfileobj(found._value_buffer, stream)
        stream.seek(0)
        return cast("BinaryIO", stream)

    def size(self, bucket: str, key: str) -> int:
        """Return how many bytes an object has, 0 when it is not there."""
        try:
            return int(self._key(bucket, key).size)
        except LookupError:
            return 0

    def copy(self, source: tuple[str, str], target: tuple[str, str]) -> None:
        """Copy an object, (bucket, key) to (bucket, key). Raises LookupError when it is not there."""
        self._s3.put_object(*target, self._key(*source).value)

    def write(self, bucket: str, key: str, body: bytes, content_type: str) -> None:
        """Store an object in place of what stood there. Raises LookupError when there is no such bucket."""
        try:
            written = self._s3.put_object(bucket, key, body)
        except MissingBucket as error:
            raise LookupError(f"The bucket {bucket} does not exist.") from error
        written.set_metadata({"Content-Type": content_type})

    def remove(self, bucket: str, prefix: str) -> None:
        """Delete every object whose key begins with `prefix`."""
        for key in self.names(bucket, prefix):
            self._s3.delete_object(bucket, key)

    def create_bucket(self, bucket: str) -> None:
        """Make a bucket of the service's own unless it is there."""
        if bucket not in self._s3.buckets:
            self._s3.create_bucket(bucket, self._region)

    def trust_policy(self, role_arn: str) -> str | None:
        """Return the trust policy (JSON) of a role, None when there is no such role."""
        try:
            return self._role(role_arn).assume_role_policy_document
        except NotFoundException:
            return None

    def role_policies(self, role_arn: str) -> list[str]:
        """Return the policies (JSON) of a role: its own and those attached to it."""
        role = self._role(role_arn)
        versions = [version for policy in role.managed_policies.values() for version in policy.versions]
        return [*role.policies.values(), *(version.document for version in versions if version.is_default)]

    def _role(self, role_arn: str) -> Role:
        return iam_backends[self._account_id][self._partition].get_role_by_arn(role_arn)

    def link(self, bucket: str, key: str) -> str:
        """Return a pre-signed URL of an object, good for 30 minutes."""
        return self._presigner.url(bucket, key)


class TranslateBackend(BaseBackend):
    """One account and Region."""

    surroundings: ClassVar[Surroundings]
    presigner: ClassVar[Presigner]

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        cloud = MotoCloud(account_id, self.partition, region_name, self.presigner)
        self.service = TranslateService(account_id, region_name, cloud, self.surroundings)


translate_backends = BackendDict(TranslateBackend, "translate")
