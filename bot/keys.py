"""Where the master keys come from: the environment, a file, or one made for a database nobody is in yet."""

from __future__ import annotations

import base64
import logging
import os
from pathlib import Path

from bot.settings import Settings, SettingsError
from storage.store import KeyMismatch, Store, Unreachable, needed_fingerprint, open_store
from storage.vault import Vault, fingerprint, new_key

log = logging.getLogger(__name__)


def open_installation(settings: Settings) -> Store:
    """The store of this installation. SettingsError when its key does not fit or it cannot be reached."""
    try:
        return open_store(settings.database_url, vault_for(settings))
    except KeyMismatch as error:
        raise SettingsError(
            f"GLIMMERS_KEY does not fit: expected the key {error.fingerprint}, which this database was sealed with"
        ) from None
    except Unreachable as error:
        raise SettingsError(f"DATABASE_URL cannot be opened: {error}") from None


def vault_for(settings: Settings) -> Vault:
    """The vault of this installation. SettingsError when the database needs a key that is not there."""
    masters = settings.glimmers_key or read_keys(settings.glimmers_key_file)
    if masters:
        return Vault(masters)
    needed = needed_fingerprint(settings.database_url)
    if needed:
        raise SettingsError(f"GLIMMERS_KEY is missing: expected the key {needed}, which this database was sealed with")
    return Vault([make_key(settings.glimmers_key_file)])


def read_keys(file: Path) -> tuple[bytes, ...]:
    """The keys in a file, one a line, newest first; none where there is no file. SettingsError for other content."""
    if not file.exists():
        return ()
    try:
        return tuple(base64.b64decode(line, validate=True) for line in file.read_text("ascii").split())
    except (OSError, ValueError):
        raise SettingsError("GLIMMERS_KEY_FILE cannot be read: expected keys in base64, one a line") from None


def make_key(file: Path) -> bytes:
    """A new key in a new file that only its owner can read. SettingsError where it cannot be written."""
    key = new_key()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(as_text(key) + "\n")
    except OSError:
        raise SettingsError(f"GLIMMERS_KEY_FILE is {file}: expected a place where a new key can be written") from None
    log.warning(
        "A new key (%s) was made in %s. Back it up, apart from the data: without it nothing can be read",
        fingerprint(key),
        file,
    )
    return key


def as_text(key: bytes) -> str:
    return base64.b64encode(key).decode()
