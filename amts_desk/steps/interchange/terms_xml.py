"""The tree of a file of terms in XML; a hostile one is refused, as with reviews, before anything in it takes effect."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from amts_desk.steps.interchange.review_guard import parsed

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tree(data: bytes, kind: str) -> Element:
    """Return the root of a file that should be `kind` ("TMX"); tags stand without their namespace.

    Raises DeskError when it is not well-formed, or declares or uses entities.
    """
    root = parsed(data, f"The {kind} file")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def language_of(element: Element) -> str:
    """Return the language that an element says it is in; "" when it says none."""
    return element.get(_LANG) or element.get("lang") or ""
