"""Teach an unmodified moto 5.2 our Amazon Translate: two lines of glue, to be called before moto serves anything."""

from __future__ import annotations

import os
import re
from pathlib import Path

from amts_desk.endpoint.presign import Presigner
from amts_desk.endpoint.surroundings import Surroundings

_FOLDER = str(Path(__file__).parent / "moto_translate")
_PATTERN = re.compile(r"https?://translate\.(.+)\.amazonaws\.com")


def register(surroundings: Surroundings, presigner: Presigner) -> None:
    """Make moto offer Amazon Translate, in its server as well as under `mock_aws`."""
    # Read by moto when it is imported; without it every web page could talk to the endpoint.
    os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "1"
    import moto
    from moto import backend_index

    if _FOLDER not in moto.__path__:
        moto.__path__.append(_FOLDER)
    if not any(name == "translate" for name, _ in backend_index.backend_url_patterns):
        backend_index.backend_url_patterns.append(("translate", _PATTERN))
    from moto.translate.models import TranslateBackend

    TranslateBackend.surroundings = surroundings
    TranslateBackend.presigner = presigner
