"""A configuration written as TOML, for `read_config` to read as exactly the same one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from amts_desk.flows.config import Config

Value = str | int | bool | tuple[str, ...]


def config_text(config: Config, folder: Path) -> str:
    """Return the TOML of a configuration that will lie in `folder`; paths are written as seen from there."""
    tables: dict[str, Mapping[str, Value]] = {
        "source": dict(_source(config, folder)),
        "documents": {} if config.options is None else config.options.as_json(),
        "languages": {
            "source": config.source_language,
            "targets": config.targets,
            "directions": config.directions,
        },
        "parallel_data": {"include": config.include, "hold_out": config.hold_out},
        "arms": {"run": config.arms} | ({"terminology": config.terminology} if config.terminology else {}),
        "connection": _connection(config),
        "score": {"tokenize": config.tokenize, "bootstrap": config.bootstrap},
    }
    return "\n".join(_table(name, values) for name, values in tables.items() if values)


def _source(config: Config, folder: Path) -> Iterable[tuple[str, str]]:
    if config.project is not None:
        yield "project", _path(config.project, folder)
    elif config.folders is not None:
        for key, path in zip(("source", "target"), config.folders, strict=True):
            yield key, _path(path, folder)
    elif config.folder is not None:
        yield "path", _path(config.folder, folder)


def _connection(config: Config) -> Mapping[str, Value]:
    connection = config.connection
    if not config.has_connection:
        return {}
    if connection.is_offline:
        return {"kind": "offline"}
    names = ("region", "bucket", "prefix", "role_arn", "profile")
    return {"kind": "aws"} | {name: getattr(connection, name) for name in names}


def _path(path: Path, folder: Path) -> str:
    """Return a path as seen from a folder; as it is where there is no way from there (another drive)."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _table(name: str, values: Mapping[str, Value]) -> str:
    return "".join([f"[{name}]\n", *(f"{key} = {_value(value)}\n" for key, value in values.items())])


def _value(value: Value) -> str:
    """Return a value as TOML 1.0 writes it: strings as in JSON, but without the one control character JSON allows."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
