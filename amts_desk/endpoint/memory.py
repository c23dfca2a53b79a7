"""What moto knows, as rows for JSON, and back: buckets with their objects, roles, and the state of Amazon Translate.

moto keeps everything in memory and forgets it at its end. Only what practice needs is remembered: the newest version
of every object, the bucket settings a set-up check looks at, roles with their own policies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

ACCOUNT = "123456789012"  # moto's own default account
PARTITION = "aws"
Row = dict[str, Any]
_PUBLIC_ACCESS = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")


def _s3() -> Any:
    from moto.s3.models import s3_backends

    return s3_backends[ACCOUNT][PARTITION]


def _iam() -> Any:
    from moto.iam.models import iam_backends

    return iam_backends[ACCOUNT][PARTITION]


def buckets(kept: Callable[[str, Any], str | None]) -> list[Row]:
    """Return a row for every bucket. `kept(bucket, object)` has the object on disk and returns where, None if gone."""
    return [_bucket_row(bucket, kept) for bucket in list(_s3().buckets.values())]


def objects() -> Iterator[tuple[str, Any]]:
    """Yield the newest version of every object, with the name of its bucket."""
    for bucket in list(_s3().buckets.values()):
        yield from ((bucket.name, key) for key in _keys(bucket))


def _keys(bucket: Any) -> list[Any]:
    from moto.s3.models import FakeKey

    found = [bucket.keys.get(name) for name in list(bucket.keys)]
    return [key for key in found if isinstance(key, FakeKey)]


def _bucket_row(bucket: Any, kept: Callable[[str, Any], str | None]) -> Row:
    objects = [(key, kept(bucket.name, key)) for key in _keys(bucket)]
    block = bucket.public_access_block
    return {
        "name": bucket.name,
        "region": bucket.region_name,
        "created": bucket.creation_date.timestamp(),
        "versioning": bucket.versioning_status,
        "encryption": bucket.encryption,
        "public_access": [getattr(block, part) for part in _PUBLIC_ACCESS] if block else None,
        "objects": [_object_row(key, blob) for key, blob in objects if blob is not None],
    }


def _object_row(key: Any, blob: str) -> Row:
    return {
        "key": key.name,
        "blob": blob,
        "etag": key.etag.strip('"'),
        "modified": key.last_modified.timestamp(),
        "metadata": dict(key.metadata),
    }


def restore_buckets(rows: list[Row], fill: Callable[[str, Any, str], None]) -> None:
    """Make the buckets of `rows` again; `fill(bucket, object, blob)` gives an object its bytes."""
    from moto.s3.models import PublicAccessBlock

    for row in rows:
        bucket = _s3().create_bucket(row["name"], row["region"])
        bucket.creation_date = datetime.fromtimestamp(row["created"], UTC) if row["created"] else bucket.creation_date
        bucket.versioning_status = row["versioning"]
        bucket.encryption = row["encryption"]
        if row["public_access"]:
            bucket.public_access_block = PublicAccessBlock(*row["public_access"])
        for kept in row["objects"]:
            key = _s3().put_object(row["name"], kept["key"], b"", etag=kept["etag"], disable_notification=True)
            fill(row["name"], key, kept["blob"])
            key.last_modified = datetime.fromtimestamp(kept["modified"], UTC).replace(tzinfo=key.last_modified.tzinfo)
            key.set_metadata(kept["metadata"], replace=True)


def roles() -> list[Row]:
    """Return a row for every role."""
    return [
        {
            "name": role.name,
            "path": role.path,
            "trust": role.assume_role_policy_document,
            "description": role.description,
            "policies": dict(role.policies),
        }
        for role in list(_iam().get_roles())
    ]


def restore_roles(rows: list[Row]) -> None:
    """Make the roles of `rows` again."""
    for row in rows:
        _iam().create_role(row["name"], row["trust"], row["path"], None, row["description"], [], None)
        for name, policy in row["policies"].items():
            _iam().put_role_policy(row["name"], name, policy)


def services() -> dict[str, Row]:
    """Return the state of Amazon Translate by Region."""
    from moto.translate.models import translate_backends

    return {region: backend.service.dump() for region, backend in list(translate_backends[ACCOUNT].items())}


def restore_services(states: dict[str, Row]) -> None:
    """Give Amazon Translate in each Region its state back; what was running goes on."""
    from moto.translate.models import translate_backends

    for region, state in states.items():
        translate_backends[ACCOUNT][region].service.restore(state)
