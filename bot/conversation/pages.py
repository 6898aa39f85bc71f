"""Listing glimmers: their days, the person's exact words, and a button for what is more than words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.conversation.events import KEPT_KINDS
from bot.conversation.say import LONGEST, Button, Rows, clipped, length
from bot.conversation.situation import Situation
from storage.records import Glimmer, Media

ROOM = 400  # UTF-16 units for what is said beside the words
LABEL = 60

Heads = Sequence[tuple[str, str]]


def listed(s: Situation, heads: Heads) -> str:
    """The page that was found, within one message."""
    return "\n\n".join(fitted(entries(s, heads), LONGEST - ROOM))


def headed(s: Situation) -> list[tuple[str, str]]:
    """For each glimmer its day and what it is beside words; with the time where two would read the same."""
    today = s.now.astimezone(s.zone).date()
    heads = [(s.voice.day(glimmer.day, today), beside_words(s, glimmer)) for glimmer in s.found.glimmers]
    return [
        (timed(s, day, glimmer) if what and heads.count((day, what)) > 1 else day, what)
        for (day, what), glimmer in zip(heads, s.found.glimmers, strict=True)
    ]


def timed(s: Situation, day: str, glimmer: Glimmer) -> str:
    return s.words("recall.time", day=day, clock=s.voice.clock(glimmer.kept_at, s.zone))


def beside_words(s: Situation, glimmer: Glimmer) -> str:
    """ "2 pictures and a voice note"; "" for words alone."""
    kinds = Counter(kind_of(media) for media in glimmer.media)
    return s.voice.list([s.voice.count(f"media.{kind}", n) for kind, n in kinds.items()])


def kind_of(media: Media) -> str:
    """The name it goes by: a picture is one however it was sent, and so is a place."""
    if media.kind == "document" and (media.mime or "").startswith("image/"):
        return "photo"
    if media.kind == "venue":
        return "location"
    return media.kind if media.kind in KEPT_KINDS else "other"


def entries(s: Situation, heads: Heads) -> list[str]:
    """The day, once for all that follow on it, what was sent beside words, and the words."""
    days = ["", *(day for day, _ in heads)]
    return [
        f"{'' if day == before else day}{f' ({what})' if what else ''}\n{glimmer.text}{named(s, glimmer)}".strip()
        for before, (day, what), glimmer in zip(days, heads, s.found.glimmers, strict=False)
    ]


def named(s: Situation, glimmer: Glimmer) -> str:
    """The name they gave it, on a line of its own."""
    return "\n" + s.words("mark.name", name=glimmer.marks["name"]) if "name" in glimmer.marks else ""


def quoted(s: Situation, glimmer: Glimmer) -> str:
    """One glimmer within a sentence: its words in quotation marks, or what was sent."""
    words = f"“{clipped(glimmer.text, LONGEST - ROOM)}”" if glimmer.text else ""
    return " ".join(filter(None, [words, f"({what})" if (what := beside_words(s, glimmer)) else ""]))


def fitted(texts: Sequence[str], units: int) -> list[str]:
    """All of them within `units` UTF-16 units: only the longest are cut, and no more than needed."""
    spare, cap = units - 2 * len(texts), units
    for count, size in zip(range(len(texts), 0, -1), sorted(map(length, texts)), strict=True):
        if size * count > spare:
            cap = spare // count
            break
        spare -= size
    return [clipped(text, cap) for text in texts]


def showing(s: Situation, heads: Heads) -> Rows:
    """A button for each glimmer that is more than words, in the order of the page."""
    return [
        [(clipped(s.words("button.show", day=day, what=what), LABEL), f"show:{glimmer.message_id}")]
        for (day, what), glimmer in zip(heads, s.found.glimmers, strict=True)
        if what
    ]


def turning(s: Situation, at: int, total: int, size: int, data: str, by_date: bool = True) -> Rows:
    """The pages before and after this one; `data` has {} where its offset goes. `by_date`: the newest come first."""
    before, after = ("button.newer", "button.older") if by_date else ("button.previous", "button.more")
    back = [(s.words(before), data.format(max(0, at - size)))] if at else []
    on = [(s.words(after), data.format(at + size))] if at + size < total else []
    return [back + on] if back or on else []


def help_rows(s: Situation) -> list[list[Button]]:
    """On a heavy day whoever asks for their own words gets them, and a person to talk to is one tap away."""
    return [[(s.words("button.person"), "person")]] if s.state.is_quiet(s.now) else []
