"""Writes `bot/content/<language>/dictionary.txt.xz`: words that are right as they are, so that a search takes none of
them for a slip of another.

    python -m tools.make_dictionary en /usr/share/dict/american-english /usr/share/dict/british-english

The lists are SCOWL's (http://wordlist.aspell.net), as Debian's wamerican and wbritish bring them.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

from bot.understanding.about import CONTENT, SHORTEST, words

LONGEST = 16


def dictionary(lists: list[Path]) -> list[str]:
    """Each word once. Names are left out: they are spelled as their owners like."""
    lines = (line for path in lists for line in path.read_text("utf-8").split() if line.islower())
    return sorted({word for line in lines for word in words(line) if SHORTEST <= len(word) <= LONGEST})


if __name__ == "__main__":
    found = dictionary([Path(name) for name in sys.argv[2:]])
    packed = lzma.compress("\n".join(found).encode(), preset=9)
    (CONTENT / sys.argv[1] / "dictionary.txt.xz").write_bytes(packed)
    print(f"{len(found)} words, {len(packed)} bytes")
