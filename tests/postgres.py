"""A throw-away PostgreSQL: a cluster in a temporary folder, on loopback, gone when the tests are."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def find_programs() -> Path | None:
    """The folder that holds `initdb` and `pg_ctl`; Debian keeps it out of the PATH."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


@dataclass
class Cluster:
    """A running server that trusts whoever comes from this machine. `port` is on 127.0.0.1."""

    port: int
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The URL of a new, empty database that is dropped at the end, whoever is still connected."""
        name = f"glimmers_{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
            try:
                yield self._url(name)
            finally:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_cluster(programs: Path) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="glimmers-postgres-") as name:
        folder = Path(name)
        owner = _give_away(folder)
        data, port = folder / "data", _free_port()

        def run(program: str, *arguments: str) -> None:
            command = [*owner, str(programs / program), f"--pgdata={data}", *arguments]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=120)

        run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        run(
            "pg_ctl",
            "start",
            "--wait",
            "--silent",
            f"--log={folder}/log",
            f"--options={_options(folder, port)}",
        )
        try:
            yield Cluster(port)
        finally:
            run("pg_ctl", "stop", "--mode=immediate", "--silent")


def _give_away(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: root hands the folder to the user `postgres` and runs it as them."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _options(folder: Path, port: int) -> str:
    chosen = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(folder)}
    return " ".join(f"-c {name}={value}" for name, value in (chosen | UNSAFE_BUT_QUICK).items())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
