"""Check a connection: everything that jobs need, looked at one after the other, and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amts_desk.aws.access_checks import identity_checks, translate_checks
from amts_desk.aws.bucket_checks import bucket_checks
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.role_checks import role_checks
from amts_desk.core.amazon import Connection
from amts_desk.core.checks import Check, Verdict, doubtful, fine, wrong
from amts_desk.core.errors import DeskError
from amts_desk.core.policies import NAMES, Policies, filled
from amts_desk.core.progress import Progress, silent
from amts_desk.core.regions import Offer, Regions, parse
from amts_desk.flows.connecting import Line
from amts_desk.store.places import resource

_ROWS = 14
"""About how many checks there are, for the progress."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The checks of a connection, and the account that the calls were made for ("" when nobody is signed in)."""

    checks: tuple[Check, ...]
    account: str = ""


def check_line(line: Line, progress: Progress = silent) -> Checked:
    """Check a connection from its beginning; one that cannot be opened is one problem."""
    try:
        cloud = line.open()
    except DeskError as error:
        return Checked((wrong("connection", error.message, error.advice),))
    found: list[Check] = []
    for check in check_cloud(cloud):
        found.append(check)
        progress(len(found), _ROWS, check.subject)
    return Checked(tuple(found), cloud.known_account)


def check_cloud(cloud: Cloud) -> Iterator[Check]:
    """Yield the checks of a connection one by one, the first ones first. Without a sign-in there are few."""
    yield fine("connection", cloud.connection.label)
    yield from region_checks(cloud.connection)
    signed_in = True
    for check in identity_checks(cloud):
        signed_in &= check.subject != "identity" or check.verdict is not Verdict.PROBLEM
        yield check
    if signed_in:
        yield from bucket_checks(cloud)
        yield from role_checks(cloud)
        yield from translate_checks(cloud)


def region_checks(connection: Connection) -> Iterator[Check]:
    """Yield whether the Region offers batch jobs, and jobs with parallel data, as the dated lists say."""
    if connection.is_offline:
        yield fine("Region", f"{connection.region}, practised on this computer")
        return
    regions = read_regions()
    yield _offered("Region", "batch jobs", connection.region, regions.batch)
    yield _offered("Region for parallel data", "Active Custom Translation", connection.region, regions.custom)


def read_regions() -> Regions:
    """Return the dated lists of Regions."""
    return parse(resource("regions.toml").read_text("utf-8"))


def policies(connection: Connection, account: str = "") -> Policies:
    """Return the ready-made policies for a connection; what is not known yet stands in capitals."""
    templates = {name: resource(f"policies/{name}.json").read_text("utf-8") for name in NAMES}
    return filled(templates, connection, account)


def _offered(subject: str, what: str, region: str, offer: Offer) -> Check:
    if region in offer.regions:
        return fine(subject, f"{region} offers {what} (list of {offer.as_of.isoformat()}).")
    return doubtful(
        subject,
        f"{region or 'No Region'} is not on the list of Regions with {what} ({offer.as_of.isoformat()}).",
        f"Amazon may have added it since; known are {', '.join(offer.regions)}.",
    )
