"""Every practice of the two articles works: one conversation for each of the 62 rows, in `practices/*.toml`.

Written like `dialogs/`, each with the number of its `row`; `shown` tells which of its steps docs/practices.md shows.
"""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.test_dialogs import play

FOLDER = Path(__file__).parent / "practices"
ROWS = 62
PRACTICES = [
    dialog for file in sorted(FOLDER.glob("*.toml")) for dialog in tomllib.loads(file.read_text("utf-8"))["dialog"]
]
CASES = [pytest.param(one, id=f"row {one['row']}: {one['name']}") for one in PRACTICES]


@pytest.mark.parametrize("practice", CASES)
def test_practice(practice: dict[str, Any], tmp_path: Path) -> None:
    asyncio.run(play(practice, f"sqlite:///{tmp_path}/glimmers.db"))


@pytest.mark.slow
def test_the_page_shows_them_as_they_are_sent() -> None:
    from tools.write_practices import PAGE, page

    assert PAGE.read_text("utf-8") == asyncio.run(page())


def test_every_row_has_its_conversation() -> None:
    assert sorted(one["row"] for one in PRACTICES) == list(range(1, ROWS + 1))
