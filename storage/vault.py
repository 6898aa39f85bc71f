"""Sealing and opening: AES-256-GCM data keys, wrapped by master keys that never lie beside the data."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12

AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class VaultError(Exception):
    """What was sealed cannot be opened: another key, another place, or changed bytes."""


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, *place: str | int) -> bytes:
    """Seal for one place only (table, column, person, row): nonce, then ciphertext with its tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, repr(place).encode())


def unseal(key: bytes, sealed: bytes, *place: str | int) -> bytes:
    """Open what `seal` made with the same key and place; VaultError otherwise."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], repr(place).encode())
    except (InvalidTag, ValueError):
        raise VaultError(f"cannot open {place[0]}.{place[1]}") from None


def seal_json(key: bytes, value: Any, *place: str | int) -> bytes:
    """Seal what JSON can hold; lone surrogates, which Telegram never sends but a rehearsal may, survive."""
    return seal(key, AS_JSON.encode(value).encode("utf-8", "surrogatepass"), *place)


def unseal_json(key: bytes, sealed: bytes, *place: str | int) -> Any:
    """Open what `seal_json` made; VaultError otherwise."""
    return json.loads(unseal(key, sealed, *place).decode("utf-8", "surrogatepass"))


def opener(key: bytes) -> Callable[..., Any]:
    """`unseal_json` with one key, for very many: `open(sealed, *place)`."""
    decrypt, read = AESGCM(key).decrypt, json.loads

    def opened(sealed: bytes, *place: str | int) -> Any:
        try:
            plain = decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], repr(place).encode())
        except (InvalidTag, ValueError):
            raise VaultError(f"cannot open {place[0]}.{place[1]}") from None
        return read(plain.decode("utf-8", "surrogatepass"))

    return opened


def fingerprint(master: bytes) -> str:
    """16 hex digits that name a master key without telling it."""
    return hashlib.blake2b(master, digest_size=8, person=b"glimmers key").hexdigest()


class Vault:
    """The master keys, newest first: the first wraps, any of them unwraps."""

    def __init__(self, masters: Sequence[bytes]) -> None:
        if not masters or any(len(master) != KEY_BYTES for master in masters):
            raise ValueError("a vault needs master keys of 32 bytes")
        self._masters = tuple(masters)

    def __repr__(self) -> str:
        return f"Vault({', '.join(self.fingerprints)})"

    @property
    def fingerprints(self) -> tuple[str, ...]:
        return tuple(fingerprint(master) for master in self._masters)

    def wrap(self, key: bytes, *place: str | int) -> bytes:
        return seal(self._masters[0], key, *place)

    def unwrap(self, wrapped: bytes, *place: str | int) -> bytes:
        """The data key; VaultError when none of the master keys fits."""
        for master in self._masters:
            try:
                return unseal(master, wrapped, *place)
            except VaultError:
                continue
        raise VaultError(f"no master key opens {place[0]}.{place[1]}")
