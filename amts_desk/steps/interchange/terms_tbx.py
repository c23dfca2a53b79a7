"""Terms as TBX-Basic, the exchange format of term bases: written as version 3, read as version 2 or 3.

Sources: ISO 30042:2019 and the TBX-Basic dialect (tbxinfo.net). A concept holds a section for each language with one
or more terms. Where a language has several, the preferred one is taken, else the first; deprecated and superseded
ones are not, and all others go into the note.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Term, TermFile, TermTable, tidy
from amts_desk.steps.interchange.characters import NOT_IN_XML, require_carried
from amts_desk.steps.interchange.terms_languages import code_of, codes_of, left_out
from amts_desk.steps.interchange.terms_xml import language_of, tree

_CONCEPTS = ("conceptEntry", "termEntry")
_SECTIONS = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="{0}" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Terms of a project of AMTS Desk</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
"""


def write_tbx(table: TermTable) -> bytes:
    """Return the terms as TBX-Basic, a concept for each row. Raises DeskError for what XML cannot carry."""
    concepts = []
    for number, row in enumerate(table.rows, 1):
        texts = ((table.source_language, row.source), *row.targets)
        for text in (row.note, *(text for _, text in texts)):
            require_carried(text, NOT_IN_XML, f"Term {number}")
        note = f"<note>{escape(row.note)}</note>" if row.note else ""
        sections = (
            f'<langSec xml:lang="{code}"><termSec><term>{escape(text)}</term></termSec></langSec>'
            for code, text in texts
        )
        concepts.append(f'<conceptEntry id="c{number}">{note}{"".join(sections)}</conceptEntry>\n')
    return f"{_HEAD.format(table.source_language)}{''.join(concepts)}</body></text>\n</tbx>\n".encode()


def read_tbx(data: bytes, languages: tuple[str, str] | None = None) -> TermFile:
    """Return the terms of a TBX file from one language into all others, or of two `languages` only.

    The source is the language of the file itself or, where it has no terms in that, the first of its languages.
    Raises DeskError for a file that is no TBX, declares entities, or has no second language.
    """
    root = tree(data, "TBX")
    if root.tag not in ("tbx", "martif"):
        raise DeskError(f"The file is no TBX: it begins with <{root.tag}>.", "Choose a file exported as TBX.")
    concepts = [concept for body in root.iterfind("text/body") for concept in _children(body, _CONCEPTS)]
    tags = list(
        dict.fromkeys(language_of(section) for concept in concepts for section in _children(concept, _SECTIONS))
    )
    codes = list(dict.fromkeys(filter(None, codes_of(tags))))
    own = code_of(language_of(root))
    source, *targets = languages or [own if own in codes else next(iter(codes), ""), *codes]
    wanted = [code for code in targets if code != source]
    if not wanted:
        raise DeskError("The TBX file has no terms in two languages.", "Choose a file with terms and translations.")
    terms = [term for concept in concepts for term in _terms(concept, source, wanted)]
    strange = [tag for tag in tags if not code_of(tag)] if languages is None else []
    return TermFile(tuple(terms), tuple(map(left_out, strange)))


def _terms(concept: Element, source: str, targets: list[str]) -> Iterator[Term]:
    texts: dict[str, list[str]] = {}
    for section in _children(concept, _SECTIONS):
        texts.setdefault(code_of(language_of(section)), []).extend(_preferred_first(section))
    notes = [tidy("".join(note.itertext())) for note in concept.iter("note")]
    for text in texts.get(source, ()):
        for target in targets:
            first, *others = texts.get(target) or [""]
            if first:
                yield Term(source, target, text, first, "; ".join(filter(None, [*notes, *others]))).tidied()


def _preferred_first(section: Element) -> list[str]:
    found: list[tuple[bool, str]] = []
    for entry in _children(section, _TERMS):
        term = entry.find(".//term")
        status = _status(entry)
        if term is not None and not status.startswith(("deprecated", "superseded")):
            found.append((not status.startswith("preferred"), tidy("".join(term.itertext()))))
    return [text for _, text in sorted(found, key=lambda entry: entry[0]) if text]


def _status(entry: Element) -> str:
    """Return the administrative status of a term, as either style of TBX writes it; "" when it has none."""
    for child in entry.iter():
        if child.tag == "administrativeStatus" or child.get("type") == "administrativeStatus":
            return (child.text or "").strip()
    return ""


def _children(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    return (child for child in element if child.tag in names)
