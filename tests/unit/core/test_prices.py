"""The table of prices: read, edited, written, refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_desk.core.errors import DeskError
from amts_desk.core.prices import Prices, Rates, money, parse
from amts_desk.store.places import resource

AMOUNTS = st.decimals(0, 1000, allow_nan=False, places=4)
RATES = st.builds(Rates, AMOUNTS, AMOUNTS, AMOUNTS)
GOOD = "as_of = 2026-01-31\n[dollars]\nbatch = 15.00\ncustom = 60\nstorage = 0.023\n"


def test_the_programs_own_table_is_dated_unverified_and_complete():
    prices = parse(resource("prices.toml").read_text("utf-8"), "prices.toml")
    assert prices.rates == Rates(Decimal(15), Decimal(60), Decimal("0.023"))
    assert not prices.is_verified
    assert prices.note == f"prices of {prices.as_of}, unverified; check aws.amazon.com/translate/pricing"
    assert prices.rates_in("eu-west-1") == prices.rates


@given(RATES, st.dates(), st.booleans(), st.text(max_size=20), st.dictionaries(st.text(max_size=10), RATES, max_size=3))
def test_a_table_that_was_written_is_read_as_it_was(rates, as_of, is_verified, source, regions):
    printable = {"".join(filter(str.isprintable, name)): rates for name, rates in regions.items()}
    prices = Prices(rates, as_of, is_verified, "".join(filter(str.isprintable, source)), printable)
    assert parse(prices.as_toml(), "prices.toml") == prices


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("15.00", "nan"), "batch is no amount"),
        (("15.00", "inf"), "batch is no amount"),
        (("15.00", "1e400"), "batch is no amount"),
        (("15.00", "-1"), "batch is no amount"),
        (("15.00", '"15"'), "batch is no number"),
        (("15.00", "true"), "batch is no number"),
        (("batch = 15.00", ""), "'batch' is missing"),
        (("2026-01-31", "2026-01-31T00:00:00"), "as_of is no date"),
        (("2026-01-31", "2026-13-31"), ""),
        (("as_of = 2026-01-31", ""), "'as_of' is missing"),
        (("[dollars]", "[[dollars]]"), ""),
        (("[dollars]", "regions = 1\n[dollars]"), ""),
        (("[dollars]", "dollars"), ""),
    ],
)
def test_a_table_that_makes_no_sense_is_refused_with_its_name(change, said):
    with pytest.raises(DeskError, match=rf"own\.toml makes no sense: .*{said}") as caught:
        parse(GOOD.replace(*change), "own.toml")
    assert "delete it" in caught.value.advice


def test_edited_rates_keep_those_of_the_regions():
    before = parse(GOOD + "[regions.eu-west-1]\nbatch = 1\ncustom = 2\nstorage = 3\n", "own.toml")
    after = before.edited(Rates(Decimal(1), Decimal(2), Decimal(3)), date(2027, 1, 1), is_verified=True)
    assert (after.rates.batch, after.as_of, after.is_verified, after.regions) == (
        1,
        date(2027, 1, 1),
        True,
        before.regions,
    )


@pytest.mark.parametrize(("text", "amount"), [("15", "15"), (" $15.50 ", "15.50"), ("0,023", "0.023"), ("0", "0")])
def test_amounts_that_people_type(text, amount):
    assert money(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "abc", "-1", "nan", "Infinity", "1e9", "1,000.00"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(DeskError, match=r"is no amount of US dollars"):
        money(text)
