"""`amts-desk jobs`: start, show, list, stop and fetch translation jobs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from amts_desk.cli import connection, service_jobs
from amts_desk.cli.choosing import chosen_chapters, chosen_direction
from amts_desk.cli.connection import Opened, opened
from amts_desk.cli.terminal import TerminalProgress, print_json, print_problems
from amts_desk.core.errors import DeskError

if TYPE_CHECKING:
    from amts_desk.core.amazon import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of every action."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    start = actions.add_parser("start", help="start a job, over a project's chapters or over a folder in the bucket")
    start.add_argument("--chapters", metavar="NAME", nargs="+", help="chapters of the project (default: all)")
    start.add_argument("--direction", metavar="S-T", help="as in en-zh")
    start.add_argument("--parallel-data", metavar="NAME", default="", help="with Active Custom Translation")
    start.add_argument("--arm", metavar="NAME", help="its name in comparisons (default: none, or the data's unit)")
    start.add_argument("--input", metavar="S3URI", help="without a project: folder of the documents")
    start.add_argument("--output", metavar="S3URI", help="without a project: folder for the translations")
    start.add_argument("--content-type", default="text/html", help="without a project (default: text/html)")
    start.add_argument("--name", default="amts-desk", help="without a project: name of the job")
    start.add_argument("--yes", action="store_true", help="agree to what it costs at AWS")
    show = actions.add_parser("show", help="what the service says about a job")
    stop = actions.add_parser("stop", help="stop a job")
    fetch = actions.add_parser("fetch", help="wait for a job and bring its output into the project or a folder")
    fetch.add_argument("-o", "--output", metavar="DIR", help="without a project: folder for the files")
    for action in (show, stop, fetch):
        action.add_argument("job", metavar="JOB", help="number of the run in the project, or the job's id")
    listing = actions.add_parser("list", help="the project's runs, or all jobs of the account and Region")
    for action in (start, show, stop, fetch, listing):
        action.add_argument("--json", action="store_true")
        connection.add_arguments(action)


def run(arguments: argparse.Namespace) -> int:
    """Carry the action out and return the exit code."""
    act = {"start": _start, "show": _show, "list": _list, "stop": _stop, "fetch": _fetch}
    with opened(arguments) as over:
        return act[arguments.action](over, arguments)


def _start(over: Opened, arguments: argparse.Namespace) -> int:
    if over.project is None:
        return service_jobs.start(over, arguments)
    from amts_desk.flows import running
    from amts_desk.flows.estimating import estimate

    project = over.project
    codes = chosen_direction(project, arguments.direction)
    chapters = tuple(chosen_chapters(project, arguments.chapters, codes))
    arm = arguments.arm or _arm(over, arguments.parallel_data)
    order = running.Order(chapters, *codes, arm, arguments.parallel_data)
    documents = [running.source_document(project, chapter, codes[0]) for chapter in chapters]
    expected = estimate(documents, with_parallel_data=bool(arguments.parallel_data))
    service_jobs.approve(over, expected, yes=arguments.yes)
    with TerminalProgress() as progress:
        started = running.start(project, over.cloud, running.plan(project, over.cloud, order), progress)
    _tell_run(started, as_json=arguments.json)
    return 0


def _arm(over: Opened, name: str) -> str:
    if not name:
        return "none"
    version = over.required_project("An arm").runs.latest_version(name)
    return version.unit if version else name


def _show(over: Opened, arguments: argparse.Namespace) -> int:
    from amts_desk.aws.translate import Translate

    run = _run(over, arguments.job)
    if run and not run.job_id:
        raise DeskError(f"Run {run.number} was planned but never started.", "Start it again with the same arguments.")
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

        problems = look(over.project, over.cloud).problems
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

    run = _run(over, arguments.job)
    with TerminalProgress() as progress:
        if run is None or over.project is None:
            return service_jobs.fetch(over, arguments, progress)
        run = running.start(over.project, over.cloud, run, progress)
        fetched = running.fetch(
            over.project, over.cloud, running.follow(over.project, over.cloud, run, progress), progress
        )
    _tell_run(fetched, as_json=arguments.json)
    problem = DeskError(fetched.message, "Start the job again to translate what is missing.")
    return print_problems([problem] if fetched.message else [])


def _run(over: Opened, job: str) -> Run | None:
    """Return the project's run of that number or job id, None when there is no such run (or no project)."""
    if over.project is None:
        return None
    return next((run for run in over.project.runs.runs() if job in (str(run.number), run.job_id)), None)


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
    }
