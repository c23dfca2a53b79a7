"""Jobs as the service knows them, without a project: documents and translations are files in the bucket."""

from __future__ import annotations

import argparse
import uuid
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amts_desk.cli.connection import Opened, tell_elsewhere
from amts_desk.cli.terminal import TerminalProgress, ask, print_json, print_problems
from amts_desk.core.errors import DeskError, ServiceError

if TYPE_CHECKING:
    from amts_desk.aws.translate import TranslatedFile
    from amts_desk.core.amazon import JobAnswer, Run
    from amts_desk.flows.estimating import Estimate


def approve(over: Opened, expected: Estimate, *, yes: bool) -> None:
    """Ask before anything that costs money goes to AWS. Raises Cancelled or DeskError when it may not."""
    connection = over.cloud.connection
    if not connection.is_offline:
        ask(f"To {expected.words(replace(connection, account=over.cloud.account))}", yes=yes)


def start(over: Opened, arguments: argparse.Namespace) -> int:
    """Start a job over a folder of documents in the bucket and return the exit code."""
    from amts_desk.core.amazon import Run
    from amts_desk.core.languages import parse_direction

    for option in ("input", "output", "direction"):
        if not getattr(arguments, option):
            raise DeskError(f"--{option} is missing.", "Give it, or name a project with --project.")
    directions = [parse_direction(text) for text in arguments.direction]
    if len({source for source, _ in directions}) > 1:
        raise DeskError("A job has one source language.", "Start a job for each source language.")
    expected = _estimate(over, arguments.input, bool(arguments.parallel_data), len(directions))
    tell_elsewhere(over)
    approve(over, expected, yes=arguments.yes)
    token = str(uuid.uuid4())
    planned = [
        Run(
            token,
            arguments.name,
            "",
            *codes,
            token,
            arguments.input,
            arguments.output,
            (),
            arguments.parallel_data,
            terminology=arguments.terminology,
            formality=arguments.formality.upper(),
            masks_profanity=arguments.mask_profanity,
        )
        for codes in directions
    ]
    answer = _started(over, planned, arguments.content_type)
    if arguments.json:
        print_json({"JobId": answer.job_id, "JobStatus": answer.status.value})
    else:
        print(f"{answer.job_id}  {answer.status}")
    return 0


def _started(over: Opened, planned: list[Run], content_type: str) -> JobAnswer:
    """Start a job that no project keeps: a second command would be a second job, so lost replies are told as such."""
    from amts_desk.aws.translate import Translate

    try:
        return Translate(over.cloud).start_job(planned, content_type)
    except ServiceError as error:
        if not error.passing:
            raise
        advice = "It may have been started all the same: look with “amts-desk jobs list” before you repeat it."
        raise ServiceError(error.message, advice, error.code, passing=True) from error


def as_json(over: Opened, answer: JobAnswer) -> dict[str, Any]:
    """Return the service's own answer with what the job would cost at Amazon and the files that came of it."""
    from amts_desk.store.prices import read_prices

    own = {key: value for key, value in answer.answer.items() if key != "ResponseMetadata"}
    properties = own["TextTranslationJobProperties"]
    targets = len(properties["TargetLanguageCodes"])
    folder, is_custom = properties["InputDataConfig"]["S3Uri"], bool(properties.get("ParallelDataNames"))
    estimate = _estimate(over, folder, is_custom, targets)
    files = _files(over, answer) if answer.status.has_output else []
    return {
        **own,
        "estimate": {
            "characters": estimate.characters,
            "dollars": round(estimate.dollars, 4),
            "prices": read_prices().note,
        },
        "files": [asdict(file) for file in files],
    }


def fetch(over: Opened, arguments: argparse.Namespace, progress: TerminalProgress) -> int:
    """Wait for a job, download what it brought forth into a folder, and return the exit code."""
    from amts_desk.aws.bucket import Bucket
    from amts_desk.aws.translate import Translate
    from amts_desk.flows.waiting import wait_until

    if not arguments.output and over.project is not None:
        raise DeskError(
            f"The project has no run “{arguments.job}”.",
            "See its runs with “amts-desk jobs list”, or name a folder with --output for a job of the account.",
        )
    if not arguments.output:
        raise DeskError("--output is missing.", "Name a folder for the files, or a project with --project.")
    answer = wait_until(
        lambda: Translate(over.cloud).job(arguments.job), lambda a: a.status.has_ended, "Waiting for the job", progress
    )
    if not answer.status.has_output:
        raise DeskError(f"The job has no output: it is {answer.status}. {answer.message}".strip(), "Start it again.")
    problems = []
    for file in _files(over, answer):
        if file.error:
            problems.append(DeskError(f"{file.source}: {file.error}", "Mend the document and translate it again."))
            continue
        try:
            path = _place(file, Path(arguments.output))
        except DeskError as error:
            problems.append(error)
            continue
        Bucket(over.cloud).download_file(file.uri, path, progress)
        print(path)
    return print_problems(problems)


def _files(over: Opened, answer: JobAnswer) -> list[TranslatedFile]:
    """Return what became of every document in every language of a job."""
    from amts_desk.aws.translate import Translate

    properties = answer.answer.get("TextTranslationJobProperties", answer.answer)
    service = Translate(over.cloud)
    return [file for code in properties["TargetLanguageCodes"] for file in service.translated_files(answer, code)]


def _place(file: TranslatedFile, folder: Path) -> Path:
    """Return where a translation is written: beside where its source lies, with its language before the name.

    Raises DeskError when the service names a source that would lie outside the folder.
    """
    from amts_desk.core.keys import file_for

    above, slash, name = file.source.lstrip("/").rpartition("/")
    return file_for(f"{above}{slash}{file.language}.{name}", folder)


def _estimate(over: Opened, folder: str, with_parallel_data: bool, targets: int) -> Estimate:
    """Return what a job over a folder in the bucket costs about; documents that are gone count for nothing."""
    from amts_desk.aws.bucket import Bucket
    from amts_desk.flows.estimating import estimate_of
    from amts_desk.steps.interchange.billed import billed_characters

    bucket = Bucket(over.cloud)
    name = folder.removeprefix("s3://").partition("/")[0]
    characters = 0
    for key in bucket.keys(folder):
        text = bucket.get(f"s3://{name}/{key}").decode("utf-8", "replace")
        characters += billed_characters(text) or len(text)
    region = over.cloud.connection.region
    return estimate_of(characters, with_parallel_data=with_parallel_data, targets=targets, region=region)
