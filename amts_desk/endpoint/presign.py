"""Pre-signed URLs of objects, as GetParallelData hands them out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

_GOOD_FOR = 30 * 60  # seconds; Amazon Translate API reference, ParallelDataDataLocation


@dataclass(frozen=True, slots=True)
class Presigner:
    """Signs with the keys of the endpoint itself, so that its gate lets the URL through."""

    endpoint_url: str
    region: str
    access_key: str
    secret_key: str

    def url(self, bucket: str, key: str) -> str:
        """Return a URL from which the object can be fetched for 30 minutes."""
        from botocore.auth import S3SigV4QueryAuth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        request = AWSRequest("GET", f"{self.endpoint_url}/{bucket}/{quote(key)}")
        credentials = Credentials(self.access_key, self.secret_key)
        S3SigV4QueryAuth(credentials, "s3", self.region, expires=_GOOD_FOR).add_auth(request)
        return str(request.url)
