"""Row ids: time-ordered, made in Python, the same again for the same seed."""

from __future__ import annotations

import hashlib
from datetime import datetime


def new_id(at: datetime, *seed: str | int) -> str:
    """32 hex digits in the layout of a version-7 UUID (RFC 9562): milliseconds of `at`, then a hash of `seed`."""
    milliseconds = int(at.timestamp() * 1000)
    digest = hashlib.blake2b(repr(seed).encode(), digest_size=10).digest()
    tail = int.from_bytes(digest) & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62
    return f"{milliseconds:012x}{tail:020x}"
