"""The service of each account and Region, and the rest of the cloud as it sees it: moto's own backends, no HTTP."""

# ruff: noqa: TID253  moto itself imports this, so moto is there already

from typing import ClassVar

from moto.core.base_backend import BackendDict, BaseBackend
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.s3.exceptions import MissingBucket
from moto.s3.models import S3Backend, s3_backends

from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.service import TranslateService
from amts_desk.endpoint.surroundings import Surroundings


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
        try:
            found = self._s3.get_object(bucket, key)
        except MissingBucket:
            found = None
        if found is None:
            raise LookupError(f"s3://{bucket}/{key} does not exist.")
        return found.value

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
            return iam_backends[self._account_id][self._partition].get_role_by_arn(role_arn).assume_role_policy_document
        except NotFoundException:
            return None

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
