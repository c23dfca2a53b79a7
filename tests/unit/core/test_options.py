"""What a project decides about its documents."""

import pytest

from amts_desk.core.errors import DeskError
from amts_desk.core.options import Options, Rules


def test_options_are_stored_and_come_back():
    options = Options(semicolon=True, comments=True, columns=80, latin_spaces=True)
    assert Options.from_json(options.as_json()) == options
    assert Options.from_json({}) == Options()
    assert Options.from_json({"columns": 40, "of a newer program": 1}) == Options(columns=40)


@pytest.mark.parametrize("columns", [-1, 1, 19, 401])
def test_lines_of_a_width_that_cannot_be_are_refused(columns):
    with pytest.raises(DeskError, match=f"Lines of {columns} columns cannot be written"):
        Options(columns=columns).checked()


def test_a_wide_semicolon_matters_only_where_it_is_written():
    rules = Options(semicolon=True, comments=True).rules
    assert [rules.of(code) for code in ("zh", "zh-TW", "ja")] == [Rules(semicolon=True, comments=True)] * 3
    assert [rules.of(code) for code in ("en", "ko")] == [Rules(comments=True)] * 2
