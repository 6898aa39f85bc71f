"""What every test may ask for, and what none of them may touch."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.garbage import YOUNG
from bot.settings import Settings
from tests.postgres import Cluster, find_programs, running_cluster

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

# No test waits for a clock, so a slow machine fails none; what CI finds can be found again.
hypothesis.settings.register_profile("glimmers", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("glimmers")

gc.set_threshold(YOUNG)  # as `python -m bot run` does


@pytest.fixture(scope="session", autouse=True)
def _stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests run as somebody with an empty home folder and no settings, not as the person at the keyboard."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        yield


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with running_cluster(programs) as cluster:
        yield cluster


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: every test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/glimmers.db"
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    with cluster.fresh_database() as url:
        yield url
