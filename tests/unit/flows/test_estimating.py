"""The estimate of a job equals a calculation by hand; wherever it is shown it tells the date of its prices."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import DeskError
from amts_desk.core.prices import Prices, Rates
from amts_desk.flows.estimating import NOTHING, Estimate, billed, estimate, estimate_of, in_words
from amts_desk.steps.interchange.billed import billed_characters
from amts_desk.steps.interchange.job_html import to_html
from amts_desk.steps.read.files import read_document
from amts_desk.store.places import resource
from amts_desk.store.prices import prices_file, save_prices

AWS = Connection("us-west-2", "books", account="123456789012", is_offline=False)
COUNTED = {
    "01-why-translate.md": 3487,
    "02-sentence-pairs.md": 3897,
    "03-parallel-data.md": 3704,
    "04-measuring.md": 3586,
    "05-post-editing.md": 3186,
}
"""Characters of the sample book's English pages, counted from their text as `by_hand` does it."""


@pytest.fixture(scope="module")
def book():
    return [read_document(p.name, p.read_bytes(), "en") for p in sorted(resource("sample/en").glob("*.md"))]


def by_hand(document):
    """Count what stands between <html> and </html> once the tags are crossed out and each entity is one character."""
    page = to_html({block.block: block.text for block in document.blocks}, "en")
    inside = page[page.index("<html") : page.index("</html>")]
    return len(html.unescape(re.sub(r"<[^>]*>", "", inside)))


def test_the_characters_of_the_sample_book_are_those_counted_by_hand(book):
    assert dict(zip(COUNTED, map(by_hand, book), strict=True)) == COUNTED
    assert [billed(document) for document in book] == list(COUNTED.values())


def test_the_estimate_of_the_sample_book_equals_the_calculation_by_hand(book):
    # 3,487 + 3,897 + 3,704 + 3,586 + 3,186 = 17,860 characters a language
    # one target, no parallel data:  17,860 × 1 × 15 / 1,000,000 = 0.2679 dollars
    # one target, parallel data:     17,860 × 1 × 60 / 1,000,000 = 1.0716 dollars
    # three targets, parallel data:  17,860 × 3 × 60 / 1,000,000 = 3.2148 dollars
    plain = estimate(book, with_parallel_data=False)
    custom = estimate(book, with_parallel_data=True)
    assert plain == Estimate(1, 17_860, Decimal("0.2679"))
    assert custom == Estimate(1, 17_860, Decimal("1.0716"))
    assert estimate(book, with_parallel_data=True, targets=3) == Estimate(1, 53_580, Decimal("3.2148"))
    # the published design: without, with paragraph pairs, with sentence pairs = 0.2679 + 1.0716 + 1.0716
    assert NOTHING + plain + custom + custom == Estimate(3, 53_580, Decimal("2.4111"))
    assert (plain.dollars, in_words(plain.cost)) == (0.2679, "about $0.27")


def test_decimals_stay_exact():
    # 1 × 15 / 1,000,000 a thousand times is 0.015; as binary fractions it would not be.
    total = NOTHING
    for _ in range(1000):
        total += estimate_of(1, with_parallel_data=False)
    assert total.cost == Decimal("0.015")


def test_tags_comments_and_what_stands_outside_are_not_billed():
    page = '<!DOCTYPE html>\nout<html lang="en"><!-- no -->\n<p title="no">a &amp; <b>b</b></p></html>out\n'
    assert billed_characters(page) == len("\na & b")
    assert billed_characters("") == billed_characters("no page at all") == 0


def test_the_persons_own_prices_count_and_those_of_the_region_before_all():
    assert estimate_of(1_000_000, with_parallel_data=True).cost == 60
    own = Rates(Decimal(16), Decimal(61), Decimal("0.03"))
    dear = Rates(Decimal(20), Decimal(80), Decimal("0.03"))
    save_prices(Prices(own, date(2027, 1, 31), is_verified=True, regions={"eu-west-1": dear}))
    assert estimate_of(1_000_000, with_parallel_data=False).cost == 16
    assert estimate_of(1_000_000, with_parallel_data=True, region="eu-west-1").cost == 80
    words = estimate_of(500_000, with_parallel_data=True).words(AWS)
    assert words == (
        "AWS · 123456789012 · us-west-2, bucket books: 1 job, 500,000 characters, about $30.50 "
        "(prices of 2027-01-31, verified; check aws.amazon.com/translate/pricing)."
    )


def test_prices_that_nobody_has_verified_say_so():
    assert "unverified; check aws.amazon.com/translate/pricing" in NOTHING.words(AWS)


def test_prices_that_make_no_sense_stop_the_estimate():
    prices_file().write_text("as_of = 2027-01-31\n[dollars]\nbatch = -1\ncustom = 2\nstorage = 3")
    with pytest.raises(DeskError, match=r"prices\.toml makes no sense: batch is no amount"):
        estimate_of(1, with_parallel_data=False)


@pytest.mark.parametrize(
    ("cost", "words"),
    [("0", "$0.00"), ("0.004", "less than 1 cent"), ("0.01", "about $0.01"), ("1234.5", "about $1,234.50")],
)
def test_a_cost_is_said_as_people_do(cost, words):
    assert in_words(Decimal(cost)) == words
