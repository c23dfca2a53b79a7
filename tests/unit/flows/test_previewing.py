"""A preview: the first sentences, one call each, with what must not be touched untouched."""

import pytest

from amts_desk.core.errors import DeskError, ServiceError
from amts_desk.flows.previewing import first_sentences, preview
from tests.unit.flows.amazon import refusal


def test_each_sentence_is_a_call_without_parallel_data(book, amazon):
    chapter = book.chapters.all()[0]
    found = preview(book, amazon, chapter, ("en", "zh"), 2)
    assert [(s.source, s.translation, s.problem) for s in found.sentences] == [
        ("Title", "TITLE", ""),
        ("Use `f` here.", "Use `f` here.", ""),
    ]
    assert amazon.calls == ["translate_text"] * 2
    assert first_sentences(book, chapter, "en", 2) == ["Title", "Use `f` here."]


def test_a_lost_mark_is_told(book, amazon, monkeypatch):
    monkeypatch.setattr(amazon, "_translate_text", lambda **_: {"TranslatedText": "nothing left"})
    found = preview(book, amazon, book.chapters.all()[0], ("en", "zh"), 2)
    assert found.sentences[1].problem == "the code “`f`” is missing"


def test_another_language_and_a_refusal_are_told(book, amazon):
    with pytest.raises(DeskError, match="no text in the language fr"):
        preview(book, amazon, book.chapters.all()[0], ("fr", "zh"))
    amazon.faults = {"translate_text": [refusal("UnsupportedLanguagePairException")]}
    with pytest.raises(ServiceError):
        preview(book, amazon, book.chapters.all()[0], ("en", "zh"))
