"""Where a playground keeps its data while it lasts: a folder that is empty before and gone after."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path("data/playground")


class Occupied(Exception):
    """What a playground needs is in use; the text says what, and what to do."""


@contextmanager
def own_folder(folder: Path = FOLDER) -> Iterator[Path]:
    """The folder, for one playground at a time: Occupied while another one is at work in it."""
    for place in (folder.parent, folder):
        place.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        take(handle)
        try:
            clear(folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Occupied("another playground is at work in this folder: end it first") from None


def clear(folder: Path) -> None:
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def database(folder: Path) -> str:
    return f"sqlite:///{folder}/glimmers.db"
