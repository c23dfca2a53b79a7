"""The table of prices: the person's own file, or the one that the program came with."""

from __future__ import annotations

from pathlib import Path

from amts_desk.core.errors import DeskError
from amts_desk.core.prices import Prices, parse
from amts_desk.store.files import write_atomically
from amts_desk.store.places import config_folder, resource

_NAME = "prices.toml"


def prices_file() -> Path:
    """Return where the person's own table is, or would be."""
    return config_folder() / _NAME


def read_prices() -> Prices:
    """Return the table that counts. Raises DeskError when the person's own cannot be read."""
    own = prices_file()
    path = own if own.exists() else resource(_NAME)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(
            f"The table of prices {path} could not be read: {error}.",
            "Correct it, or delete it to use the program's own.",
        ) from error
    return parse(text, str(path))


def save_prices(prices: Prices) -> None:
    """Keep a table as the person's own. Raises DeskError when it cannot be written."""
    write_atomically(prices_file(), prices.as_toml().encode())


def use_own_prices_no_more() -> None:
    """Go back to the table that the program came with."""
    prices_file().unlink(missing_ok=True)
