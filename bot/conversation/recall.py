"""Handing glimmers back: pages, newest first, in the person's exact words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.events import KEPT_KINDS
from bot.conversation.say import LONGEST, Rows, answer, clipped, length
from bot.conversation.situation import Answer, Situation
from storage.records import Glimmer

PAGE = 5
ROOM = 200


def page(s: Situation) -> Answer:
    """/glimmers, and the buttons that turn its pages in place."""
    if not s.found.total:
        return Answer((answer(s, s.words("recall.none.quiet" if s.state.is_quiet(s.now) else "recall.none")),))
    if not s.found.glimmers:
        return Answer((answer(s, s.words("recall.end"), [[(s.words("button.newest"), "page:0")]]),))
    head = s.voice.count("recall.total", s.found.total)
    words = "\n\n".join([head, *fitted(entries(s), LONGEST - ROOM)])
    return Answer((answer(s, words, turning(s)),))


def offset(arg: str) -> int:
    """Where the page asked for begins."""
    return int(arg or 0)


def entries(s: Situation) -> list[str]:
    today = s.now.astimezone(s.zone).date()
    return [entry(s, glimmer, s.voice.day(glimmer.day, today)) for glimmer in s.found.glimmers]


def entry(s: Situation, glimmer: Glimmer, day: str) -> str:
    """The day, what was sent beside words, and the words."""
    kinds = [media.kind if media.kind in KEPT_KINDS else "other" for media in glimmer.media]
    named = [s.words(f"media.{kind}") for kind in dict.fromkeys(kinds)]
    marks = f" ({s.voice.list(named)})" if named else ""
    return f"{day}{marks}\n{glimmer.text}".rstrip()


def fitted(texts: Sequence[str], units: int) -> list[str]:
    """All of them within `units` UTF-16 units: only the longest are cut, and no more than needed."""
    spare, cap = units - 2 * len(texts), units
    for count, size in zip(range(len(texts), 0, -1), sorted(map(length, texts)), strict=True):
        if size * count > spare:
            cap = spare // count
            break
        spare -= size
    return [clipped(text, cap) for text in texts]


def turning(s: Situation) -> Rows:
    at = offset(s.heard.arg)
    newer = [(s.words("button.newer"), f"page:{max(0, at - PAGE)}")] if at else []
    older = [(s.words("button.older"), f"page:{at + PAGE}")] if at + PAGE < s.found.total else []
    return [newer + older] if newer or older else []
