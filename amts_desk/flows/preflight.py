"""Before jobs start: everything that Amazon would refuse, said while nothing has been sent.

Limits: Amazon Translate developer guide, "Guidelines and quotas" and "Prerequisites for jobs". Where the service
cannot be asked, because the account may not, that is a warning and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from amts_desk.aws.access_checks import endpoint_check
from amts_desk.aws.cloud import Cloud
from amts_desk.aws.constraints import broken
from amts_desk.aws.terminology import Terminologies
from amts_desk.aws.translate import Translate
from amts_desk.core.amazon import JobStatus, Run
from amts_desk.core.checks import Check, Verdict, doubtful, fine, wrong
from amts_desk.core.errors import ServiceError
from amts_desk.core.progress import Progress, silent
from amts_desk.flows.checking import region_checks
from amts_desk.flows.estimating import NOTHING, Estimate, estimate_of
from amts_desk.flows.ordering import Order, drafted, separate, source_document, source_edition, started_before
from amts_desk.steps.interchange.job_html import to_html
from amts_desk.store.project import Project

MOST_TARGETS, MOST_DOCUMENTS, MOST_AT_ONCE, MOST_QUEUED = 10, 1_000_000, 10, 1000
DOCUMENT_BYTES, DOCUMENT_CHARACTERS, TEXT_BYTES = 20_000_000, 1_000_000, 1_000_000
JOB_BYTES = 5_000_000_000
KNOW_FORMALITY = ("nl", "fr", "de", "hi", "it", "ja", "ko", "es", "es-MX")
"""Target languages with forms of address; elsewhere the wish is ignored."""
KNOW_NO_PROFANITY = ("bn", "hi", "ml", "pa", "si", "vi")
"""Target languages that cannot mask; one of them switches masking off for its whole job."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a person is asked to agree to: the jobs, what was checked, and what they would cost at Amazon.

    `orders` are the jobs that would be started, `before` the runs of those that were started already from exactly the
    same things. The estimate is over all jobs and languages. `account` is the one that AWS said the calls are made
    for just now; the one of the connection may be of an earlier sign-in. "" in offline practice.
    """

    orders: tuple[Order, ...]
    before: tuple[Run, ...]
    checks: tuple[Check, ...]
    estimate: Estimate
    account: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands in the way."""
        return bool(self.orders) and all(check.verdict is not Verdict.PROBLEM for check in self.checks)


@dataclass(frozen=True, slots=True)
class _Size:
    name: str
    page: int
    characters: int
    text: int


def make_ready(project: Project, cloud: Cloud, wanted: Sequence[Order], progress: Progress = silent) -> Ready:
    """Return the jobs that some orders make, checked and with their cost; nothing is sent or written down."""
    separated = [each for order in wanted for each in separate(project, order)]
    before = {order: started_before(project, cloud, order) for order in separated}
    orders = tuple(order for order in separated if not before[order])
    drafts = [drafted(project, cloud, order) for order in orders]
    checks = preflight(project, cloud, orders, drafts, progress) if orders else []
    runs = [(order, run) for order, draft in zip(orders, drafts, strict=True) for run in draft]
    region = cloud.connection.region
    total = Estimate(len(orders), 0, NOTHING.cost)
    for order, run in runs:
        cost = estimate_of(run.characters, with_parallel_data=bool(order.parallel_data), region=region)
        total += replace(cost, jobs=0)
    return Ready(
        orders,
        tuple(run for runs in before.values() for run in runs),
        tuple(checks),
        total,
        "" if cloud.connection.is_offline or not orders else cloud.account,
    )


def preflight(
    project: Project,
    cloud: Cloud,
    orders: Sequence[Order],
    drafts: Sequence[Sequence[Run]],
    progress: Progress = silent,
) -> list[Check]:
    """Return what was checked for some jobs and the runs they would be, the worst first.

    Raises ServiceError when Amazon cannot be reached.
    """
    checks = [
        *_endpoint(cloud),
        *_region(cloud, orders),
        *_places(cloud, drafts),
        *_documents(project, orders, progress),
        *_languages(orders),
    ]
    checks += [*_settings(orders), *_data(cloud, orders), *_terminology(cloud, orders), *_queue(cloud, orders)]
    order = list(Verdict)
    return sorted(checks, key=lambda check: -order.index(check.verdict))


def _endpoint(cloud: Cloud) -> Iterator[Check]:
    """Yield where the calls go when that is not Amazon: everything else would be asked, and sent, there."""
    with cloud.calling("Looking at the endpoint"):
        found = endpoint_check(cloud)
    if found.verdict is not Verdict.OK:
        yield replace(found, subject="Endpoint")


def _region(cloud: Cloud, orders: Sequence[Order]) -> Iterator[Check]:
    """Yield whether the Region offers what the jobs need; the list for parallel data only where some is used."""
    batch, *custom = region_checks(cloud.connection)
    yield batch
    if any(order.parallel_data for order in orders):
        yield from custom


def _places(cloud: Cloud, drafts: Sequence[Sequence[Run]]) -> Iterator[Check]:
    """Yield what the requests break of the service model, and what is wrong with their folders."""
    subject, connection = "Request", cloud.connection
    missing = [name for name, value in (("bucket", connection.bucket), ("role ARN", connection.role_arn)) if not value]
    if missing:
        yield wrong(subject, f"The connection has no {' and no '.join(missing)}.", "Add it in Project, Connection.")
        return
    broken_rules: dict[str, None] = {}
    for draft in drafts:
        request = Translate(cloud).job_request(draft)
        with cloud.calling("Checking the request"):
            broken_rules |= dict.fromkeys(broken(cloud.translate, "StartTextTranslationJob", request))
        folder = request["InputDataConfig"]["S3Uri"].split("/", 3)[3]
        if "details" in folder.split("/"):
            broken_rules[f"The input folder {folder} has a part named “details”, which Amazon keeps for itself."] = None
    yield from (wrong(subject, sentence, "Correct it in Project, Connection.") for sentence in broken_rules)
    if not broken_rules:
        yield fine(subject, "Names, folders and the role are written as Amazon wants them.")


def _documents(project: Project, orders: Sequence[Order], progress: Progress) -> Iterator[Check]:
    subject, sizes = "Documents", _sizes(project, orders, progress)
    limits: tuple[tuple[Callable[[_Size], int], int, str], ...] = (
        (lambda size: size.page, DOCUMENT_BYTES, "bytes"),
        (lambda size: size.characters, DOCUMENT_CHARACTERS - 1, "characters"),
        (lambda size: size.text, TEXT_BYTES, "bytes of text to translate"),
    )
    all_fit = True
    for measure, most, unit in limits:
        for size in (size for size in sizes.values() if measure(size) > most):
            all_fit = False
            found = f"{size.name} has {measure(size):,} {unit}; Amazon takes {most:,}."
            yield wrong(subject, found, "Leave it out, or divide it into chapters.")
    for order in orders:
        members = {source_edition(project, c, order.source_language) for c in order.chapters}
        total = sum(sizes[edition].page for edition in members)
        if len(members) > MOST_DOCUMENTS or total > JOB_BYTES:
            all_fit = False
            found = f"A job of {len(members):,} documents and {total / 1e9:.1f} GB is more than Amazon takes."
            yield wrong(subject, found, "Translate fewer chapters at once.")
    if all_fit:
        largest = max((size.page for size in sizes.values()), default=0)
        yield fine(subject, f"{len(sizes):,} to upload, the largest {max(1, largest // 1000):,} kB.")


def _sizes(project: Project, orders: Sequence[Order], progress: Progress) -> dict[str, _Size]:
    """Return the size of every different document by its edition."""
    found: dict[str, _Size] = {}
    chapters = {(order.source_language, c.id): c for order in orders for c in order.chapters}
    for done, ((language, _), chapter) in enumerate(chapters.items()):
        progress(done, len(chapters), chapter.name)
        if source_edition(project, chapter, language) not in found:
            document = source_document(project, chapter, language)
            page = to_html({block.block: block.text for block in document.blocks}, language)
            text = sum(len(block.text.encode()) for block in document.blocks)
            found[document.edition] = _Size(chapter.name, len(page.encode()), len(page), text)
    return found


def _languages(orders: Sequence[Order]) -> Iterator[Check]:
    subject = "Languages"
    most = max(len(order.target_languages) for order in orders)
    if most > MOST_TARGETS:
        yield wrong(subject, f"A job goes into {MOST_TARGETS} languages at most, not {most}.", "Choose fewer.")
        return
    empty = sorted({t for order in orders for t in order.target_languages if not order.chapters_into(t)})
    if empty:
        yield wrong(subject, f"No chosen chapter goes into {', '.join(empty)}.", "Choose other chapters.")
        return
    words = sorted({f"{order.source_language} → {', '.join(order.target_languages)}" for order in orders})
    yield fine(subject, "; ".join(words))


def _settings(orders: Sequence[Order]) -> Iterator[Check]:
    formal = sorted({t for o in orders if o.formality for t in o.target_languages if t not in KNOW_FORMALITY})
    if formal:
        found = f"{', '.join(formal)} has no forms of address at Amazon, so the wish is ignored there."
        yield doubtful("Formality", found, "")
    rude = sorted({t for o in orders if o.masks_profanity for t in o.target_languages if t in KNOW_NO_PROFANITY})
    if rude:
        found = f"Amazon cannot mask in {', '.join(rude)}, and then masks in none of the job's languages."
        yield doubtful("Profanity", found, "Leave that language out to have the others masked.")


def _data(cloud: Cloud, orders: Sequence[Order]) -> Iterator[Check]:
    for name in dict.fromkeys(order.parallel_data for order in orders if order.parallel_data):
        wanted = [order for order in orders if order.parallel_data == name]
        subject = f"Parallel data {name}"
        try:
            found = Translate(cloud).find_parallel_data(name)
        except ServiceError as error:
            yield _unasked(subject, error)
            continue
        if found is None:
            yield wrong(subject, "It is not in this account and Region.", "Push it first, or choose another.")
            continue
        yield _usable(subject, found.answer.get("ParallelDataProperties", found.answer), wanted)


def _usable(subject: str, properties: dict[str, object], orders: Sequence[Order]) -> Check:
    status, attempt = properties.get("Status"), properties.get("LatestUpdateAttemptStatus")
    if status != "ACTIVE":
        return wrong(subject, f"It is {status} and cannot be used yet.", "Wait until it is ready.")
    targets = properties.get("TargetLanguageCodes")
    has = set(targets) if isinstance(targets, list) else set()
    missing = sorted({t for order in orders for t in order.target_languages} - has)
    sources = {order.source_language for order in orders} - {properties.get("SourceLanguageCode")}
    if missing or sources:
        pairs = f"{properties.get('SourceLanguageCode')} → {', '.join(sorted(has))}"
        return wrong(subject, f"It is for {pairs} only.", "Choose other languages, or other parallel data.")
    if attempt in ("UPDATING", "FAILED"):
        found = "It is being replaced." if attempt == "UPDATING" else "Its last update failed."
        return doubtful(subject, found, "The version before it would be used.")
    return fine(subject, "It is ready and has the languages.")


def _terminology(cloud: Cloud, orders: Sequence[Order]) -> Iterator[Check]:
    for name in dict.fromkeys(order.terminology for order in orders if order.terminology):
        subject = f"Terminology {name}"
        try:
            known = {found.name: found.target_languages for found in Terminologies(cloud).all()}
        except ServiceError as error:
            yield _unasked(subject, error)
            continue
        if name not in known:
            yield wrong(subject, "It is not in this account and Region.", "Import it first, or choose another.")
            continue
        wanted = {t for order in orders if order.terminology == name for t in order.target_languages}
        missing = sorted(wanted - set(known[name]))
        if missing:
            found = f"It has no terms for {', '.join(missing)}."
            yield doubtful(subject, found, "Those languages are translated without it.")
        else:
            yield fine(subject, "It is there and has the languages.")


def _queue(cloud: Cloud, orders: Sequence[Order]) -> Iterator[Check]:
    subject = "Amazon's queue"
    try:
        running, waiting = (Translate(cloud).count_jobs(s) for s in (JobStatus.IN_PROGRESS, JobStatus.SUBMITTED))
    except ServiceError as error:
        yield _unasked(subject, error)
        return
    if waiting + len(orders) > MOST_QUEUED:
        found = f"{waiting} jobs wait already; Amazon lets {MOST_QUEUED} wait."
        yield wrong(subject, found, "Wait until some have ended.")
    elif running + waiting + len(orders) > MOST_AT_ONCE:
        found = f"{running} jobs of the account run and {waiting} wait; Amazon runs {MOST_AT_ONCE} at once."
        yield doubtful(subject, found, "These will take their turn.")
    else:
        yield fine(subject, f"{running} other jobs of the account run now.")


def _unasked(subject: str, error: ServiceError) -> Check:
    """Return the check that could not be made. Raises the error when nothing at all can be asked."""
    if error.passing or error.needs_sign_in:
        raise error
    return doubtful(subject, f"It could not be checked: {error.message}", error.advice)
