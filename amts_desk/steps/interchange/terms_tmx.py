"""Terms as TMX 1.4b: what is sent to Amazon Translate, since no term is special in it, and what other tools exchange.

A unit has one variant for each language; notes stay at home. Sources: the TMX 1.4b specification (LISA, 2005), and the
Amazon Translate developer guide, "Creating a custom terminology". The pairs themselves are read as those of parallel
data are.
"""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from amts_desk.core.errors import DeskError
from amts_desk.core.terms import Term, TermFile, TermTable
from amts_desk.steps.interchange.characters import NOT_IN_XML, require_carried
from amts_desk.steps.interchange.terms_languages import code_of, codes_of, left_out
from amts_desk.steps.interchange.terms_xml import language_of, tree
from amts_desk.steps.interchange.tmx import read_tmx


def write_tmx_terms(table: TermTable) -> bytes:
    """Return the terms as TMX, equal terms as equal bytes. Raises DeskError for what XML cannot carry."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="AMTS Desk" '
        'creationtoolversion="1" segtype="phrase" o-tmf="AMTS Desk" adminlang="en" '
        f'srclang="{table.source_language}" datatype="plaintext"/>\n<body>\n'
    )
    units = []
    for number, row in enumerate(table.rows, 1):
        texts = ((table.source_language, row.source), *row.targets)
        for _, text in texts:
            require_carried(text, NOT_IN_XML, f"Term {number}")
        variants = (f'<tuv xml:lang="{code}"><seg>{escape(text)}</seg></tuv>' for code, text in texts)
        units.append(f"<tu>{''.join(variants)}</tu>\n")
    return f"{head}{''.join(units)}</body>\n</tmx>\n".encode()


def read_tmx_terms(data: bytes, languages: tuple[str, str] | None = None) -> TermFile:
    """Return the terms of a TMX file from its source language into all others, or of two `languages` only.

    Raises DeskError for a file that is no TMX, declares entities, or has no second language.
    """
    root = tree(data, "TMX")
    header = root.find("header")
    tags = list(dict.fromkeys(language_of(tuv) for tuv in root.iter("tuv")))
    codes = list(dict.fromkeys(filter(None, codes_of(tags))))
    source = code_of(header.get("srclang", "")) if header is not None else ""
    source, *targets = languages or [source or next(iter(codes), ""), *codes]
    targets = [code for code in targets if code != source]
    if root.tag == "tmx" and not targets:
        raise DeskError("The TMX file has no terms in two languages.", "Choose a file with terms and translations.")
    pairs = [
        Term(source, target, pair.source, pair.target).tidied()
        for target in targets or [""]
        for pair in read_tmx(io.BytesIO(data), source, target)
    ]
    strange = [tag for tag in tags if not code_of(tag)] if languages is None else []
    return TermFile(tuple(pairs), tuple(map(left_out, strange)))
