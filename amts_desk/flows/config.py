"""The configuration of an experiment or a pipeline: a TOML file read into plain data, every word of it checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.experiment import with_terminology, without_terminology
from amts_desk.core.languages import language, parse_direction
from amts_desk.core.options import Options

ARMS = ("none", "paragraph", "sentence")
"""What a run may be given: no parallel data, or pairs of paragraphs or sentences."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "source": ("path", "source", "target", "project"),
    "documents": tuple(field.name for field in fields(Options)),
    "languages": ("source", "targets", "directions"),
    "parallel_data": ("include", "hold_out", "units"),
    "arms": ("run", "terminology"),
    "connection": ("kind", "profile", "region", "bucket", "prefix", "role_arn"),
    "score": ("tokenize", "unit", "bootstrap"),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What to compare on what.

    The chapters lie in `folder`, or as the same names in the two `folders`, or are those of `project`. Those that
    match `include` make up the parallel data, except the articles in `hold_out`, which are translated and scored.
    """

    name: str
    source_language: str
    targets: tuple[str, ...]
    directions: tuple[str, ...]
    hold_out: tuple[str, ...]
    folder: Path | None = None
    folders: tuple[Path, Path] | None = None
    include: tuple[str, ...] = ("**",)
    arms: tuple[str, ...] = ARMS
    terminology: str = ""
    """The name of the terminology that the arms with “+terminology” use; it must be in the account."""
    connection: Connection = field(default_factory=Connection)
    tokenize: str = ""
    bootstrap: int = 1000
    options: Options | None = None
    """How documents are read and written; None leaves the project's own options."""
    project: Path | None = None
    """A project whose own chapters are meant, instead of those in a folder."""
    has_connection: bool = True
    """Whether `connection` is wanted, or that of the project."""


def read_config(path: Path) -> Config:
    """Return the configuration in the TOML file at `path`; paths in it are relative to its folder.

    Raises DeskError when it cannot be read, is not TOML, or holds a key or value that is not known.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DeskError(f"{path} could not be read: {error.strerror}.", "Check the name of the file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeskError(f"{path.name} is not a TOML file: {error}.", "Mend that place.") from error
    return _config(_Table(path.name, "", table), path)


def _config(table: _Table, path: Path) -> Config:
    table.require_known(_KEYS)
    source, languages, data = (table.table(name) for name in ("source", "languages", "parallel_data"))
    score = table.table("score")
    code = language(languages.text("source", "en")).code
    targets = tuple(language(target).code for target in languages.texts("targets"))
    unit = score.text("unit", "block")
    if unit != "block":
        raise score.wrong("unit", f"is “{unit}”", "Write “block”: only blocks are aligned by construction.")
    project = path.parent / source.text("project") if source.has("project") else None
    return Config(
        path.stem,
        code,
        targets,
        _directions(languages, code, targets),
        data.texts("hold_out"),
        *_places(source, path.parent, targets),
        data.texts("include", ("**",)),
        *_arms(table.table("arms"), data),
        _connection(table.table("connection")),
        score.text("tokenize", ""),
        score.number("bootstrap", 1000),
        _options(table.table("documents")) if table.has("documents") else None,
        project,
        table.has("connection") or project is None,
    )


def _places(source: _Table, folder: Path, targets: tuple[str, ...]) -> tuple[Path | None, tuple[Path, Path] | None]:
    """Return the one folder of pairs or the two folders with the same names, whichever is given; none for a project."""
    if source.has("project"):
        return None, None
    if source.has("path"):
        return folder / source.text("path"), None
    if len(targets) > 1:
        raise source.wrong("target", "is one folder for several target languages", "Write “path” instead.")
    return None, (folder / source.text("source"), folder / source.text("target"))


def _directions(languages: _Table, source: str, targets: tuple[str, ...]) -> tuple[str, ...]:
    possible = [f"{source}-{target}" for target in targets]
    known = [*possible, *(f"{target}-{source}" for target in targets)]
    found = tuple("-".join(parse_direction(text)) for text in languages.texts("directions", tuple(possible)))
    languages.require_words("directions", found, known)
    return found


def _arms(arms: _Table, data: _Table) -> tuple[tuple[str, ...], str]:
    """Return the arms, “none” first: it is what the others are compared with; and the name of the terminology."""
    units = data.texts("units", ARMS[1:])
    data.require_words("units", units, ARMS[1:])
    run = arms.texts("run", ("none", *units))
    known = ("none", *units)
    arms.require_words("run", run, (*known, *map(with_terminology, known)))
    terminology = arms.text("terminology", "")
    if bool(terminology) != any(arm != without_terminology(arm) for arm in run):
        if terminology:
            raise arms.wrong("terminology", "is used by no arm", "Add “none+terminology” or the like to “arms.run”.")
        raise arms.wrong("run", "names a terminology arm", "Add terminology = “NAME” to [arms].")
    return tuple(dict.fromkeys([*(arm for arm in run if arm == "none"), *run])), terminology


def _options(table: _Table) -> Options:
    semicolon, comments, latin_spaces = (table.switch(name) for name in ("semicolon", "comments", "latin_spaces"))
    return Options(semicolon, comments, table.number("columns", 0), latin_spaces).checked()


def _connection(table: _Table) -> Connection:
    kind = table.text("kind", "aws" if table.values else "offline")
    table.require_words("kind", (kind,), ("offline", "aws"))
    if kind == "offline":
        return Connection()
    region, bucket, role = (table.text(name) for name in ("region", "bucket", "role_arn"))
    return Connection(region, bucket, table.text("prefix", "amts"), role, table.text("profile", ""), is_offline=False)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file: `name` is its header, "" for the whole; what is wrong in it is told with both names."""

    file: str
    name: str
    values: Mapping[str, Any]

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self.values

    def table(self, key: str) -> _Table:
        """Return the table under `key`, an empty one when it is not there."""
        found = self.values.get(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, "is not a table", f"Write [{key}] on a line of its own.")
        table = _Table(self.file, key, found)
        table.require_known(_KEYS[key])
        return table

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text under `key`. Raises DeskError when it is missing without a `default`, or no text."""
        found = self._value(key, default)
        if not isinstance(found, str):
            raise self.wrong(key, "is not a text", f'Write {key} = "…".')
        return found

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return the list of texts under `key`, which must not be empty."""
        found = self._value(key, default)
        if not isinstance(found, (list, tuple)) or not found or not all(isinstance(text, str) for text in found):
            raise self.wrong(key, "is not a list of texts", f'Write {key} = ["…"].')
        return tuple(found)

    def number(self, key: str, default: int) -> int:
        """Return the whole number under `key`, which must not be negative."""
        found = self._value(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self.wrong(key, "is not a whole number", f"Write {key} = {default}.")
        return found

    def switch(self, key: str) -> bool:
        """Return whether the key is switched on; without it, it is off."""
        found = self._value(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, "is neither true nor false", f"Write {key} = true.")
        return found

    def require_known(self, known: Iterable[str]) -> None:
        """Raise DeskError, naming the nearest known key, when a key is not known."""
        for key in self.values:
            if key not in known:
                where = f"in [{self.name}] of {self.file}" if self.name else f"in {self.file}"
                raise DeskError(f"“{key}” is not a key {where}.", _nearest(key, known))

    def require_words(self, key: str, found: Iterable[str], known: Iterable[str]) -> None:
        """Raise DeskError, naming the nearest known word, when a word under `key` is not known."""
        for word in found:
            if word not in known:
                raise self.wrong(key, f"holds “{word}”", _nearest(word, known))

    def wrong(self, key: str, what: str, advice: str) -> DeskError:
        """Return the error that something is wrong with the value of a key."""
        return DeskError(f"“{f'{self.name}.{key}'.lstrip('.')}” in {self.file} {what}.", advice)

    def _value(self, key: str, default: Any) -> Any:
        if key not in self.values and default is None:
            raise self.wrong(key, "is missing", f"Add {key} to [{self.name}].")
        return self.values.get(key, default)


def _nearest(word: str, known: Iterable[str]) -> str:
    known = list(known)
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."
