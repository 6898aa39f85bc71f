"""An open store on either database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.store import Store, open_store
from storage.vault import Vault, new_key


@pytest.fixture
def vault() -> Vault:
    return Vault([new_key()])


@pytest.fixture
def store(database_url: str, vault: Vault) -> Iterator[Store]:
    opened = open_store(database_url, vault)
    yield opened
    opened.close()
