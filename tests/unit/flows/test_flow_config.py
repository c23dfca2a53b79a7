"""Configurations: every word of them is checked, and what is wrong is named with the nearest right word."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options
from amts_desk.flows.config import Config, read_config
from amts_desk.flows.config_text import config_text

names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)

WHOLE = """
[source]
path = "book"
[languages]
source = "en"
targets = ["zh"]
directions = ["en-zh", "zh-en"]
[parallel_data]
include = ["chapter_*/**"]
hold_out = ["bert-dataset"]
units = ["paragraph", "sentence"]
[arms]
run = ["sentence", "none"]
[connection]
kind = "offline"
[score]
tokenize = "char"
unit = "block"
bootstrap = 50
"""
LEAST = """
[source]
path = "book"
[languages]
targets = ["zh", "es"]
[parallel_data]
hold_out = ["one"]
"""


def read(tmp_path: Path, text: str):
    path = tmp_path / "study.toml"
    path.write_text(text, "utf-8")
    return read_config(path)


def refused(tmp_path, old, new):
    assert old in WHOLE
    text = WHOLE.replace(old, new)
    with pytest.raises(DeskError) as error:
        read(tmp_path, text.replace('[arms]\nrun = ["sentence", "none"]', "") if "arms = 3" in new else text)
    assert error.value.advice
    return str(error.value)


def test_everything_is_read(tmp_path):
    config = read(tmp_path, WHOLE)
    assert config.name == "study"
    assert config.folder == tmp_path / "book"
    assert config.directions == ("en-zh", "zh-en")
    assert config.include == ("chapter_*/**",)
    assert config.hold_out == ("bert-dataset",)
    assert config.arms == ("none", "sentence"), "the baseline stands first"
    assert (config.tokenize, config.bootstrap) == ("char", 50)
    assert config.connection.is_offline


def test_what_is_left_out_has_a_default(tmp_path):
    config = read(tmp_path, LEAST)
    assert config.source_language == "en"
    assert config.directions == ("en-zh", "en-es")
    assert config.arms == ("none", "paragraph", "sentence")
    assert config.connection.is_offline
    assert config.bootstrap == 1000


def test_two_folders_with_the_same_names(tmp_path):
    config = read(tmp_path, WHOLE.replace('path = "book"', 'source = "en"\ntarget = "../zh"'))
    assert config.folder is None
    assert config.folders == (tmp_path / "en", tmp_path / "../zh")


def test_a_profile_is_aws(tmp_path):
    aws = 'profile = "team"\nregion = "us-west-2"\nbucket = "b"\nrole_arn = "arn:aws:iam::1:role/r"'
    connection = read(tmp_path, WHOLE.replace('kind = "offline"', aws)).connection
    assert not connection.is_offline
    assert (connection.profile, connection.region, connection.bucket) == ("team", "us-west-2", "b")


def test_aliases_of_languages_become_amazon_codes(tmp_path):
    assert read(tmp_path, LEAST.replace('"zh"', '"zh-CN"')).targets == ("zh", "es")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[arms]", "[arm]", "Did you mean “arms”?"),
        ("hold_out", "holdout", "“holdout” is not a key in [parallel_data] of study.toml. Did you mean “hold_out”?"),
        ('"sentence", "none"', '"sentense", "none"', "Did you mean “sentence”?"),
        ('"zh-en"', '"zh-es"', "“languages.directions” in study.toml holds “zh-es”"),
        ('"zh-en"', '"zhen"', "“zhen” is not a direction"),
        ('unit = "block"', 'unit = "line"', "only blocks"),
        ("bootstrap = 50", "bootstrap = -1", "is not a whole number"),
        ("bootstrap = 50", "bootstrap = true", "is not a whole number"),
        ('hold_out = ["bert-dataset"]', "", "“parallel_data.hold_out” in study.toml is missing"),
        ('["bert-dataset"]', '"bert-dataset"', "is not a list of texts"),
        ('path = "book"', "path = 3", "is not a text"),
        ('path = "book"', 'source = "en"', "“source.target” in study.toml is missing"),
        ('units = ["paragraph", "sentence"]', 'units = ["paragraph"]', "holds “sentence”"),
        ('kind = "offline"', 'kind = "ofline"', "Did you mean “offline”?"),
        ('kind = "offline"', 'profile = "team"', "“connection.region” in study.toml is missing"),
        ("\n[source]", "arms = 3\n[source]", "“arms” in study.toml is not a table"),
        ('targets = ["zh"]', 'targets = ["klingon"]', "“klingon” is not a language"),
        ("[source]", "[source", "is not a TOML file"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(tmp_path, old, new, told):
    assert told in refused(tmp_path, old, new)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DeskError, match=r"none\.toml could not be read"):
        read_config(tmp_path / "none.toml")


def test_documents_are_read_and_written_as_the_configuration_says(tmp_path):
    assert read(tmp_path, WHOLE).options is None
    text = f"{WHOLE}[documents]\nsemicolon = true\ncomments = true\ncolumns = 80\nlatin_spaces = true\n"
    assert read(tmp_path, text).options == Options(semicolon=True, comments=True, columns=80, latin_spaces=True)
    for line, message in (
        ("columns = 3", "Lines of 3 columns"),
        ("semicolon = 1", "“documents.semicolon” in study.toml is neither true nor false"),
        ("colums = 80", "Did you mean “columns”"),
    ):
        with pytest.raises(DeskError, match=message):
            read(tmp_path, f"{WHOLE}[documents]\n{line}\n")


def test_arms_with_a_terminology(tmp_path):
    text = WHOLE.replace(
        'run = ["sentence", "none"]', 'run = ["sentence+terminology", "none", "sentence"]\nterminology = "Terms"'
    )
    config = read(tmp_path, text)
    assert config.arms == ("none", "sentence+terminology", "sentence")
    assert config.terminology == "Terms"
    assert read(tmp_path, WHOLE).terminology == ""


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ('run = ["none+terminology"]', "names a terminology arm. Add terminology ="),
        ('run = ["none"]\nterminology = "Terms"', "is used by no arm. Add “none+terminology”"),
        ('run = ["none+terminologie"]', "holds “none+terminologie”. Did you mean “none+terminology”?"),
    ],
)
def test_a_terminology_needs_an_arm_and_an_arm_its_name(tmp_path, new, words):
    assert words in refused(tmp_path, 'run = ["sentence", "none"]', new)


def test_what_is_written_is_read_as_the_same(tmp_path):
    for text in (WHOLE, LEAST, WHOLE.replace('path = "book"', 'source = "a"\ntarget = "b"')):
        config = read(tmp_path, text)
        assert read(tmp_path, config_text(config, tmp_path)) == config


@given(name=names, hold_out=st.lists(names, min_size=1, max_size=3), columns=st.sampled_from((0, 80)))
def test_any_name_survives_being_written(tmp_path_factory, name, hold_out, columns):
    folder = tmp_path_factory.mktemp("config")
    config = Config(
        "study", "en", ("zh",), ("zh-en",), tuple(hold_out), folder=folder / "book", options=Options(columns=columns)
    )
    aws = Connection("eu-west-1", "bucket", name, "arn:aws:iam::123456789012:role/r", name, is_offline=False)
    for connection in (Connection(), aws):
        written = replace(config, connection=connection, include=(name,))
        assert read(folder, config_text(written, folder)) == written


def test_a_project_of_its_own_brings_its_connection(tmp_path):
    config = read(
        tmp_path, WHOLE.replace('path = "book"', 'project = "book.amts"').replace('[connection]\nkind = "offline"', "")
    )
    assert (config.project, config.folder, config.has_connection) == (tmp_path / "book.amts", None, False)
    assert read(tmp_path, WHOLE.replace('path = "book"', 'project = "book.amts"')).has_connection
