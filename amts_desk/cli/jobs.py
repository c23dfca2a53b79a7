"""`amts-desk jobs`: start, preview, show, list, stop and fetch translation jobs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from amts_desk.cli import connection, service_jobs
from amts_desk.cli.choosing import chosen_chapters, chosen_direction
from amts_desk.cli.connection import Opened, opened, tell_elsewhere
from amts_desk.cli.terminal import TerminalProgress, print_json, print_problems
from amts_desk.core.checks import Verdict
from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import with_terminology

if TYPE_CHECKING:
    from amts_desk.core.amazon import Run
    from amts_desk.core.checks import Check
    from amts_desk.flows.ordering import Order


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of every action."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    start = actions.add_parser("start", help="start a job, over a project's chapters or over a folder in the bucket")
    start.add_argument("--chapters", metavar="NAME", nargs="+", help="chapters of the project (default: all)")
    start.add_argument("--direction", metavar="S-T", nargs="+", help="as in en-zh; several of one source make one job")
    start.add_argument("--parallel-data", metavar="NAME", default="", help="with Active Custom Translation")
    start.add_argument("--terminology", metavar="NAME", default="", help="a terminology of the account")
    start.add_argument("--formality", choices=("formal", "informal"), default="", help="how the reader is addressed")
    start.add_argument("--mask-profanity", action="store_true", help="put signs in the place of rude words")
    start.add_argument("--arm", metavar="NAME", help="its name in comparisons (default: none, or the data's unit)")
    start.add_argument("--input", metavar="S3URI", help="without a project: folder of the documents")
    start.add_argument("--output", metavar="S3URI", help="without a project: folder for the translations")
    start.add_argument("--content-type", default="text/html", help="without a project (default: text/html)")
    start.add_argument("--name", default="amts-desk", help="without a project: name of the job")
    start.add_argument("--again", action="store_true", help="a new job even where one of the same things is there")
    start.add_argument("--check", action="store_true", help="only tell what Amazon would say to it; nothing is sent")
    start.add_argument("--yes", action="store_true", help="agree to what it costs at AWS")
    preview = actions.add_parser("preview", help="the first sentences of a chapter, without parallel data")
    preview.add_argument("chapter", metavar="CHAPTER")
    preview.add_argument("--direction", metavar="S-T", help="as in en-zh")
    preview.add_argument("--sentences", metavar="N", type=int, default=5, help="how many (default: 5)")
    preview.add_argument("--yes", action="store_true", help="agree to what it costs at AWS")
    show = actions.add_parser("show", help="what the service says about a job")
    stop = actions.add_parser("stop", help="stop a job")
    fetch = actions.add_parser("fetch", help="wait for a job and bring its output into the project or a folder")
    fetch.add_argument("-o", "--output", metavar="DIR", help="without a project: folder for the files")
    for action in (show, stop, fetch):
        action.add_argument("job", metavar="JOB", help="number of the run in the project, or the job's id")
    listing = actions.add_parser("list", help="the project's runs, or all jobs of the account and Region")
    for action in (start, preview, show, stop, fetch, listing):
        action.add_argument("--json", action="store_true")
        connection.add_arguments(action)


def run(arguments: argparse.Namespace) -> int:
    """Carry the action out and return the exit code."""
    act = {"start": _start, "preview": _preview, "show": _show, "list": _list, "stop": _stop, "fetch": _fetch}
    with opened(arguments) as over:
        return act[arguments.action](over, arguments)


def _start(over: Opened, arguments: argparse.Namespace) -> int:
    if over.project is None:
        return service_jobs.start(over, arguments)
    from amts_desk.flows import ordering, preflight, running

    project = over.project
    order = _order(over, arguments)
    with TerminalProgress() as progress:
        ready = preflight.make_ready(project, over.cloud, [order], progress)
    if arguments.check:
        return _tell_checks(ready.checks, as_json=arguments.json)
    problems = [DeskError(check.found, check.advice) for check in ready.checks if check.verdict is Verdict.PROBLEM]
    if problems:
        raise problems[0]
    for check in ready.checks:
        if check.verdict is Verdict.WARNING:
            print(f"amts-desk: {check}", file=sys.stderr)
    if ready.orders:
        service_jobs.approve(over, ready.estimate, yes=arguments.yes)
    started = list(ready.before)
    with TerminalProgress() as progress:
        for each in ready.orders:
            plan = ordering.plan(project, over.cloud, each)
            started += running.start(project, over.cloud, plan, progress)
    _tell_runs(started, as_json=arguments.json)
    return 0


def _order(over: Opened, arguments: argparse.Namespace) -> Order:
    from amts_desk.flows.ordering import Order

    project = over.required_project("A run")
    directions = [chosen_direction(project, text) for text in arguments.direction or [None]]
    sources = {source for source, _ in directions}
    if len(sources) > 1:
        raise DeskError("A job has one source language.", "Start a job for each source language.")
    chapters = [c for codes in directions for c in chosen_chapters(project, arguments.chapters, codes)]
    return Order(
        tuple(dict.fromkeys(chapters)),
        directions[0][0],
        tuple(dict.fromkeys(target for _, target in directions)),
        arguments.arm or _arm(over, arguments.parallel_data, arguments.terminology),
        arguments.parallel_data,
        arguments.terminology,
        arguments.formality.upper(),
        arguments.mask_profanity,
        arguments.again,
    )


def _tell_checks(checks: Sequence[Check], *, as_json: bool) -> int:
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            print(f"{check.verdict:8}  {check}")
    return 1 if any(check.verdict is Verdict.PROBLEM for check in checks) else 0


def _preview(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.flows.estimating import estimate_of
    from amts_desk.flows.previewing import first_sentences, preview

    project = over.required_project("A preview")
    codes = chosen_direction(project, arguments.direction)
    (chapter,) = chosen_chapters(project, [arguments.chapter], codes)
    tell_elsewhere(over)
    size = sum(map(len, first_sentences(project, chapter, codes[0], arguments.sentences)))
    service_jobs.approve(
        over, estimate_of(size, with_parallel_data=False, region=over.cloud.connection.region), yes=arguments.yes
    )
    with TerminalProgress() as progress:
        found = preview(project, over.cloud, chapter, codes, arguments.sentences, progress)
    if arguments.json:
        print_json({"sentences": [asdict(sentence) for sentence in found.sentences]})
    else:
        for sentence in found.sentences:
            print(f"{sentence.source}\n  {sentence.translation}")
    problems = [DeskError(f"“{s.source[:40]}”: {s.problem}.") for s in found.sentences if s.problem]
    return print_problems(problems)


def _arm(over: Opened, name: str, terminology: str) -> str:
    version = over.required_project("An arm").runs.latest_version(name) if name else None
    arm = version.unit if version else name or "none"
    return with_terminology(arm) if terminology else arm


def _show(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.translate import Translate

    run = _run(over, arguments.job)
    if run:
        _require_started(run)
    answer = Translate(over.cloud).job(run.job_id if run else arguments.job)
    if arguments.json:
        print_json(service_jobs.as_json(over, answer))
        return 0
    print(f"{answer.job_id}  {answer.status}  {answer.translated} of {answer.documents} documents translated")
    if answer.message:
        print(answer.message)
    return 0


def _list(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.translate import Translate

    if over.project:
        from amts_desk.flows.watching import look

        seen = look(over.project, over.cloud)
        problems = [*seen.problems, *([seen.trouble] if seen.trouble else [])]
        runs = over.project.runs.runs()
        if arguments.json:
            print_json({"runs": [_run_as_json(run) for run in runs]})
        else:
            for run in runs:
                _tell_run(run, as_json=False)
        return print_problems(problems)
    found = Translate(over.cloud).jobs()
    if arguments.json:
        print_json({"jobs": [dict(answer.answer) for answer in found]})
    else:
        for answer in found:
            print(f"{answer.job_id}  {answer.status}  {answer.answer.get('JobName', '')}")
    return 0


def _stop(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.translate import Translate
    from amts_desk.flows import running

    run = _run(over, arguments.job)
    if run and over.project:
        _require_started(run)
        _tell_run(running.stop(over.project, over.cloud, run), as_json=arguments.json)
        return 0
    status = Translate(over.cloud).stop_job(arguments.job)
    if arguments.json:
        print_json({"JobId": arguments.job, "JobStatus": status.value})
    else:
        print(f"{arguments.job}  {status}")
    return 0


def _fetch(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.flows import running
    from amts_desk.flows.fetching import fetch

    run = _run(over, arguments.job)
    with TerminalProgress() as progress:
        if run is None or over.project is None:
            return service_jobs.fetch(over, arguments, progress)
        project = over.project
        # Looked for, never started: that is `start`, which says before what it costs.
        _require_started(running.refresh(project, over.cloud, run))
        running.follow(project, over.cloud, project.runs.run(run.number), progress)
        # A job is asked for by its id: all its languages; a run by its number: that one.
        wanted = project.runs.job(run) if arguments.job == run.job_id else (project.runs.run(run.number),)
        fetched = [fetch(project, over.cloud, each, progress) for each in wanted]
    _tell_runs(fetched, as_json=arguments.json)
    advice = "Start the job again to translate what is missing."
    return print_problems([DeskError(each.message, advice) for each in fetched if each.message])


def _require_started(run: Run) -> None:
    if not run.job_id:
        raise DeskError(f"Run {run.number} was planned but never started.", "Start it again with the same arguments.")


def _run(over: Opened, job: str) -> Run | None:
    """Return the project's run of that number or job id, None when there is no such run (or no project)."""
    if over.project is None:
        return None
    return next((run for run in over.project.runs.runs() if job in (str(run.number), run.job_id)), None)


def _tell_runs(runs: Sequence[Run], *, as_json: bool) -> None:
    """Tell of one run as ever; several languages are a list."""
    if as_json and len(runs) > 1:
        print_json({"runs": [_run_as_json(run) for run in runs]})
        return
    for run in runs:
        _tell_run(run, as_json=as_json)


def _tell_run(run: Run, *, as_json: bool) -> None:
    if as_json:
        print_json(_run_as_json(run))
        return
    fetched = "  fetched" if run.is_fetched else ""
    print(f"{run.number:3}  {run.direction}  {run.arm}  {run.status}{fetched}  {run.job_id}  {run.message}".rstrip())


def _run_as_json(run: Run) -> dict[str, object]:
    return {
        "run": run.number,
        "name": run.name,
        "arm": run.arm,
        "direction": run.direction,
        "parallel_data": run.parallel_data,
        "JobId": run.job_id,
        "JobStatus": run.status.value,
        "message": run.message,
        "fetched": run.is_fetched,
        "terminology": run.terminology,
        "documents": {"all": run.documents, "translated": run.translated, "with_errors": run.with_errors},
    }
