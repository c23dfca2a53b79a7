"""Which files are the two sides of one chapter."""

from pathlib import Path

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.steps.read.pairing import find_pairs

TEXTS = {
    "en": "This is the first sentence of the chapter, and it is in English.",
    "zh": "这是本章的第一句话，它是用中文写的。",
    "es": "Esta es la primera frase del capítulo, y está escrita en español para la gente que lo lee.",
}


@pytest.fixture
def write(tmp_path):
    def write_all(**files):
        """Write files (path with / as two underscores and no suffix, language) and return their folder."""
        for name, code in files.items():
            path = tmp_path / (name.replace("__", "/") + ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(TEXTS.get(code, code), encoding="utf-8")
        return tmp_path

    return write_all


def described(found):
    """Return (name, source, target, direction) of every pair."""
    return [(p.name, p.source.stem, p.target.stem, f"{p.source_language}-{p.target_language}") for p in found.pairs]


def test_origin_files_stand_beside_their_translation(write):
    folder = write(a_origin="en", a="zh", b_origin="en", b="zh", c="zh", README="en", TERMINOLOGY="en")
    found = find_pairs([folder])
    assert described(found) == [("a", "a_origin", "a", "en-zh"), ("b", "b_origin", "b", "en-zh")]
    assert [problem.message for problem in found.left_over] == ["c.md has no partner and was left out."]


def test_chapters_called_index_are_named_by_their_folder(write):
    folder = write(one__index_origin="en", one__index="zh", two__a_origin="en", two__a="zh", three__a_origin="en")
    assert [name for name, *_ in described(find_pairs([folder]))] == ["one/index", "a"]


def test_chapters_of_the_same_name_are_told_apart_by_as_many_folders_as_it_takes(write):
    names = ("x__one__a", "y__one__a", "y__two__a", "y__two__b")
    folder = write(**dict.fromkeys(names, "zh"), **{f"{name}_origin": "en" for name in names})
    found = find_pairs([folder])
    assert [name for name, *_ in described(found)] == ["x/one/a", "y/one/a", "two/a", "b"]


def test_language_folders_hold_the_same_names(write):
    folder = write(en__one__a="en", en__b="en", zh__one__a="zh", zh__b="zh", es__b="es", en__c="en")
    found = find_pairs([folder])
    assert sorted(described(found)) == [("a", "a", "a", "en-zh"), ("b", "b", "b", "en-es"), ("b", "b", "b", "en-zh")]
    assert [problem.message for problem in found.left_over] == ["c.md has no partner and was left out."]


def test_a_chosen_target_leaves_the_other_folders_alone(write):
    folder = write(en__b="en", zh__b="zh", es__b="es")
    assert described(find_pairs([folder], "en", "es")) == [("b", "b", "b", "en-es")]
    assert described(find_pairs([folder], "es", "en")) == [("b", "b", "b", "es-en")]


@pytest.mark.parametrize(("code", "direction"), [("", "en-zh"), ("en", "en-zh"), ("zh", "zh-en")])
def test_two_files_are_put_in_order_by_their_text(write, code, direction):
    folder = write(first="zh", second="en")
    found = find_pairs([folder / "first.md", folder / "second.md"], code)
    assert [d for *_, d in described(found)] == [direction]


def test_two_files_without_english_are_told_by_their_text(write):
    folder = write(first="zh", second="es")
    (pair,) = find_pairs([folder]).pairs
    assert {pair.source_language, pair.target_language} == {"zh", "es"}


def test_two_files_in_one_language_are_left_over(write):
    folder = write(first="en", second="en")
    found = find_pairs([folder])
    assert found.pairs == ()
    assert "are in the same language (en)" in found.left_over[0].message


def test_a_copy_in_place_of_the_translation_is_left_over_and_the_rest_is_found(write):
    folder = write(a_origin="en", a="en", b_origin="en", b="zh")
    found = find_pairs([folder])
    assert [name for name, *_ in described(found)] == ["b"]
    assert "same language (en)" in found.left_over[0].message


def test_too_little_text_takes_the_language_of_its_company_or_of_the_person(write):
    folder = write(a_origin="en", a="zh", b_origin="1", b="2")
    assert [d for *_, d in described(find_pairs([folder]))] == ["en-zh", "en-zh"]
    alone = write(c__b_origin="1", c__b="2") / "c"
    assert "could not be told" in find_pairs([alone]).left_over[0].message
    assert [d for *_, d in described(find_pairs([alone], "en", "es"))] == ["en-es"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(write):
    folder = write(a_origin="en", a="zh")
    (folder / "b_origin.md").symlink_to("/proc/self/mem")
    write(b="zh")
    found = find_pairs([folder])
    assert "a" in [name for name, *_ in described(found)]


def test_one_file_alone_has_no_partner(write):
    folder = write(a="en")
    found = find_pairs([folder / "a.md"])
    assert (found.pairs, len(found.left_over)) == ((), 1)


def test_nothing_to_read_is_said_with_what_chapters_are_called(tmp_path):
    with pytest.raises(
        DeskError, match=r"No chapters were found in .*Chapters end in \.md, \.markdown, \.mdx, \.txt, \.ipynb"
    ):
        find_pairs([tmp_path])
    with pytest.raises(DeskError, match="does not exist"):
        find_pairs([Path("/nowhere/at/all")])


def test_the_book_has_139_chapters_under_their_own_names(shared_data):
    found = find_pairs([shared_data / "d2l"])
    assert len(found.pairs) == 139
    assert len({pair.name for pair in found.pairs}) == 139
    assert {(pair.source_language, pair.target_language) for pair in found.pairs} == {("en", "zh")}
    assert found.left_over == ()
