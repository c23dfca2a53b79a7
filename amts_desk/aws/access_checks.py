"""Who the calls of a connection are made as, where they go, and whether Amazon Translate answers them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from amts_desk.aws.cloud import Cloud, Identity
from amts_desk.aws.looking import look
from amts_desk.core.checks import Check, doubtful, fine, wrong
from amts_desk.core.errors import ServiceError

_AMAZON = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazonaws.eu", ".api.amazonwebservices.com.cn")


def identity_checks(cloud: Cloud) -> Iterator[Check]:
    """Yield who the calls are made as; nothing else can be looked at when that is a problem."""
    try:
        found = cloud.identity()
    except ServiceError as error:
        yield wrong("identity", error.message, error.advice)
        return
    yield _identity(found)
    yield look(cloud, "endpoint", lambda: endpoint_check(cloud))


def translate_checks(cloud: Cloud) -> Iterator[Check]:
    """Yield whether Amazon Translate lets the profile see parallel data and jobs; asking costs and changes nothing."""
    translate = cloud.translate

    def parallel_data() -> Check:
        translate.list_parallel_data(MaxResults=1)
        return fine("Amazon Translate", "Parallel data can be listed.")

    def jobs() -> Check:
        translate.list_text_translation_jobs(MaxResults=1)
        return fine("jobs", "Jobs can be listed.")

    for subject, ask in (("Amazon Translate", parallel_data), ("jobs", jobs)):
        yield look(cloud, subject, ask, {code: _may_not(subject) for code in ("AccessDeniedException", "AccessDenied")})


def is_amazons(url: str) -> bool:
    """Whether an address is one of Amazon's own, over a connection that nobody can read."""
    parts = urlsplit(url)
    return parts.scheme == "https" and (parts.hostname or "").endswith(_AMAZON)


def _identity(found: Identity) -> Check:
    if found.arn.endswith(":root"):
        return doubtful(
            "identity",
            f"Account {found.account}, as its root user.",
            "Use a user or role that may do less: the root user may do everything.",
        )
    return fine("identity", f"{found.arn}, account {found.account}")


def endpoint_check(cloud: Cloud) -> Check:
    """Return where the calls go: variables and profiles can lead them past Amazon. Use it inside `calling`."""
    addresses = sorted({client.meta.endpoint_url for client in (cloud.translate, cloud.s3)})
    found = ", ".join(addresses)
    if cloud.connection.is_offline or all(map(is_amazons, addresses)):
        return fine("endpoint", found)
    variables = sorted(name for name in os.environ if name.startswith("AWS_ENDPOINT_URL"))
    if cloud.connection.endpoint_url:
        cause = "It was given with the connection."
    elif variables:
        cause = f"Unset {', '.join(variables)} to reach Amazon."
    else:
        cause = "Remove endpoint_url from the profile in ~/.aws/config to reach Amazon."
    return doubtful("endpoint", f"Calls go to {found}, which is not Amazon.", cause)


def _may_not(subject: str) -> Check:
    what = {"Amazon Translate": "list parallel data", "jobs": "list jobs"}[subject]
    return wrong(
        subject,
        f"The profile may not {what}.",
        "Ask whoever manages the account for the caller's policy that is shown.",
    )
