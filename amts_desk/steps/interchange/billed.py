"""What Amazon would bill of a page: "Amazon Translate translates all of the text that resides in the html element".

Source: InputDataConfig.ContentType of the Amazon Translate API reference. White space between elements is text, too.
"""

from __future__ import annotations

from html.parser import HTMLParser


def billed_characters(html: str) -> int:
    """Return how many characters of text stand in the html element of a page; tags and comments are none."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.characters


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.characters = 0
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside |= tag == "html"

    def handle_endtag(self, tag: str) -> None:
        self._is_inside &= tag != "html"

    def handle_data(self, data: str) -> None:
        self.characters += len(data) if self._is_inside else 0
