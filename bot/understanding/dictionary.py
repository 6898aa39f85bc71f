"""Words that are right as they are, so that they are taken for no others."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"


@cache
def dictionary(language: str) -> frozenset[str]:
    """All words of a language, in small letters."""
    return frozenset(lzma.decompress((CONTENT / language / "dictionary.txt.xz").read_bytes()).decode().split())
