"""The prompt library, and which prompt comes next."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
APART = 2


@dataclass(frozen=True)
class Prompt:
    id: str
    category: str
    text: str


Library = tuple[Prompt, ...]


@cache
def load_library(language: str) -> Library:
    """All prompts of a language; the first is the one to begin with."""
    rows = tomllib.loads((CONTENT / language / "prompts.toml").read_text("utf-8"))["prompts"]
    return tuple(Prompt(row["id"], row["category"], row["text"]) for row in rows)


def next_prompt(library: Library, seen: Sequence[str], seed: tuple[str | int, ...]) -> Prompt:
    """Never one of `seen` while another is left, and not of the categories asked last; the same for the same seed."""
    if not seen:
        return library[0]
    known = frozenset(seen)
    unseen = [prompt for prompt in library if prompt.id not in known] or list(library)
    recent = {prompt.category for prompt in library if prompt.id in seen[-APART:]}
    apart = [prompt for prompt in unseen if prompt.category not in recent] or unseen
    drawn = int.from_bytes(hashlib.blake2b(repr(seed).encode(), digest_size=8).digest())
    return apart[drawn % len(apart)]


def remembered(library: Library, seen: Sequence[str], shown: str) -> tuple[str, ...]:
    """What has been asked, with `shown` now newest; the older half is forgotten once all of `library` was asked."""
    seen = (*seen, shown)
    if len(seen) < len(library):
        return seen
    if not {prompt.id for prompt in library} <= set(seen):
        return seen
    return seen[-(len(library) // 2) :]
