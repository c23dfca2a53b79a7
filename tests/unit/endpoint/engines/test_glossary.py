import gzip

import pytest

from amts_desk.endpoint.engines import glossary


def test_english_words_are_found_in_their_base_forms():
    look = glossary.glossary("en", "zh")
    assert look(("Networks",)) == look(("network",)) != ()
    assert "停" in look(("stopped",))[0]
    assert look(("neural", "network"))[0] == "神经网络"
    assert look(("the",)) == ("",)


def test_chinese_words_have_english_glosses():
    look = glossary.glossary("zh", "en")
    assert look(("数据",)) == ("data",)
    assert look(("的",)) == ("",)


def test_other_pairs_have_no_dictionary_unless_the_system_has_one(tmp_path, monkeypatch):
    monkeypatch.setattr(glossary, "_DICTD", tmp_path)
    glossary._freedict.cache_clear()
    assert glossary.glossary("en", "es")(("house",)) == ()


@pytest.fixture
def freedict(tmp_path, monkeypatch):
    """A dictionary of two entries in the format of dictd."""
    entries = {"house": "house /haʊs/ <N>\n1. casa, hogar (lugar)\n", "cat": "cat <N>\ngato\n"}
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body, rows = b"", []
    for word, entry in entries.items():
        data = entry.encode()
        start = digits[len(body) // 64] + digits[len(body) % 64]
        rows.append(f"{word}\t{start}\t{digits[len(data) // 64] + digits[len(data) % 64]}")
        body += data
    (tmp_path / "freedict-eng-spa.dict.dz").write_bytes(gzip.compress(body))
    (tmp_path / "freedict-eng-spa.index").write_text("\n".join(rows))
    monkeypatch.setattr(glossary, "_DICTD", tmp_path)
    glossary._freedict.cache_clear()
    yield
    glossary._freedict.cache_clear()


@pytest.mark.usefixtures("freedict")
def test_a_dictionary_of_the_system_is_read():
    look = glossary.glossary("en", "es")
    assert look(("house",)) == ("casa", "hogar")
    assert look(("Cats",)) == ("gato",)
    assert look(("dog",)) == ()
