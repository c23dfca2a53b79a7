"""The tree of a small XML file of terms; a hostile one is refused before anything in it takes effect.

It stands on the standard library's expat, as the reader of TMX does: a document type with declarations of its own and
every entity but the five of XML are refused, and nothing that a file refers to is ever opened.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from amts_desk.core.errors import DeskError


def tree(data: bytes, kind: str) -> Element:
    """Return the root of a file that should be `kind` ("TMX"); tags have no prefix, attributes stand as written.

    Raises DeskError when it is not well-formed, or declares or uses entities.
    """
    builder = TreeBuilder()

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        builder.end(name.rpartition(":")[2])

    def doctype(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise DeskError(
                f"The {kind} file declares its own document type in line {parser.CurrentLineNumber}.",
                "Such declarations can make a small file grow without end; remove everything from <!DOCTYPE to ]>.",
            )

    def entity(name: str, _is_parameter: bool) -> NoReturn:
        raise DeskError(
            f"The {kind} file uses the unknown entity “&{name};” in line {parser.CurrentLineNumber}.",
            "Write the character itself in its place.",
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.SkippedEntityHandler = entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DeskError(f"The {kind} file is not well-formed: {error}.", "Export it again from its program.") from error
    return builder.close()
