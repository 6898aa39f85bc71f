"""Where the master keys come from: the environment, a file, or one made for a database nobody is in yet."""

from __future__ import annotations

import base64
import logging
import os
from pathlib import Path

from bot.settings import KEY_BYTES, Settings, SettingsError
from storage.look import look
from storage.migrate import Newer
from storage.store import KeyMismatch, Store, Unreachable, open_store
from storage.vault import Vault, fingerprint, new_key

ROOM = {
    True: "a file in a folder that this user may write, with room on the disk",
    False: "postgresql://USER:PASSWORD@HOST/NAME, and a server there that lets this user in",
}

log = logging.getLogger(__name__)


def open_installation(settings: Settings) -> Store:
    """The store of this installation. SettingsError when its key does not fit or it cannot be opened."""
    try:
        return open_store(settings.database_url, vault_for(settings))
    except (KeyMismatch, Newer, Unreachable) as error:
        raise unopened(settings.database_url, error) from None


def unopened(url: str, error: KeyMismatch | Newer | Unreachable) -> SettingsError:
    """Why a database cannot be opened, for the host."""
    if isinstance(error, KeyMismatch):
        return SettingsError(
            f"GLIMMERS_KEY does not fit: expected the key {error.fingerprint}, which this database was sealed with"
        )
    if isinstance(error, Newer):
        return SettingsError(
            f"DATABASE_URL was written by a newer Glimmers ({error}): expected that version or a later one"
        )
    return SettingsError(f"DATABASE_URL cannot be opened ({error}): expected {ROOM[url.startswith('sqlite')]}")


def vault_for(settings: Settings) -> Vault:
    """The vault of this installation. SettingsError when the database needs a key that is not there."""
    masters = given_keys(settings)
    if masters:
        return Vault(masters)
    seen = look(settings.database_url)
    if seen and seen.needed:
        raise missing(seen.needed)
    return Vault([make_key(settings.glimmers_key_file)])


def missing(needed: str) -> SettingsError:
    return SettingsError(f"GLIMMERS_KEY is missing: expected the key {needed}, which this database was sealed with")


def given_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys that this copy was given, newest first; none at the first start. SettingsError as `read_keys`."""
    return settings.glimmers_key or read_keys(settings.glimmers_key_file)


def origin(settings: Settings) -> str:
    """Where the keys are."""
    return "GLIMMERS_KEY" if settings.glimmers_key else str(settings.glimmers_key_file)


def read_keys(file: Path) -> tuple[bytes, ...]:
    """The keys in a file, one a line, newest first; none where there is no file. SettingsError for other content."""
    try:
        keys = tuple(base64.b64decode(line, validate=True) for line in file.read_text("ascii").split())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SettingsError(f"GLIMMERS_KEY_FILE cannot be read ({error.strerror}): expected {file}") from None
    except ValueError:
        keys = ()
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise SettingsError(f"GLIMMERS_KEY_FILE is {file}: expected keys of {KEY_BYTES} bytes in base64, one a line")
    return keys


def make_key(file: Path) -> bytes:
    """A new key in a new file that only its owner can read. SettingsError where it cannot be written."""
    key = new_key()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_key(file, key)
    except OSError as error:
        raise unwritable(file, error.strerror) from None
    log.warning(
        "A new key (%s) was made in %s. Back it up, apart from the data: without it nothing can be read",
        fingerprint(key),
        file,
    )
    return key


def write_key(file: Path, key: bytes) -> None:
    """To the disk before anything is sealed with it, and all of it or no file."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        try:
            new.write(as_text(key) + "\n")
            new.flush()
            os.fsync(new.fileno())
        except OSError:
            file.unlink()
            raise


def unwritable(file: Path, reason: str | None) -> SettingsError:
    return SettingsError(f"GLIMMERS_KEY_FILE is {file} ({reason}): expected a place where a new key can be written")


def as_text(key: bytes) -> str:
    return base64.b64encode(key).decode()
