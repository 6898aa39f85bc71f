"""Writes `bot/content/<language>/ordinary.txt`: ordinary words that a slip of the finger would turn into a word of the
grammar ("mourning" is no "morning"). Run it again after new words in `words.toml`.

    python -m tools.make_ordinary en /usr/share/dict/american-english /usr/share/dict/british-english

The lists are SCOWL's (http://wordlist.aspell.net), as Debian's wamerican and wbritish bring them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.understanding.signs import CONTENT, load
from bot.understanding.spelling import Spelling


def ordinary(language: str, lists: list[Path]) -> list[str]:
    """The words of the lists that are one slip away from a word of the grammar, and none themselves."""
    known = load(language).words
    slips = Spelling(known, ())
    words = {word.replace("'", "") for path in lists for word in path.read_text("utf-8").split() if word.islower()}
    return sorted(word for word in words - known if word.isalpha() and slips.may_mean(word))


if __name__ == "__main__":
    found = ordinary(sys.argv[1], [Path(name) for name in sys.argv[2:]])
    (CONTENT / sys.argv[1] / "ordinary.txt").write_text("\n".join(found) + "\n", "utf-8")
    print(f"{len(found)} ordinary words")
