"""A person to talk to: whose numbers are shown, and what makes it easier to reach them. Nothing here needs a yes, and
nothing but the country somebody chose is remembered. The numbers are printed as the data holds them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.lines import Help, Line, help_for
from bot.conversation.opening import is_open
from bot.conversation.say import COPY, Rows, answer, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.values import replace
from bot.understanding.places import zones_by_country
from storage.records import Priority

BARRIERS = (("chat", "use"), ("bother",), ("then", "much"))
REGIONS = {  # by how the zones of a country begin
    "europe": ("Europe", "Atlantic"),
    "americas": ("America",),
    "asia": ("Asia",),
    "africa": ("Africa", "Indian"),
    "oceania": ("Australia", "Pacific"),
}
IN_A_ROW = 2


def help_now(s: Situation) -> Answer:
    """A person, now: works from the first second, before any yes."""
    return Answer((send(s, s.words("care.help", lines=lines(s)), ways(s), priority=Priority.FIRST),))


def ways(s: Situation) -> Rows:
    """What is one tap away under the numbers; which country, where none is known."""
    where = [[(s.words("button.where"), "where")]] if s.state.country is None else []
    return [
        [(s.words("button.call"), "call")],
        [(s.words("button.write"), "write"), (s.words("button.trust"), "trust")],
        *where,
    ]


def calling(s: Situation) -> Answer:
    """What happens if I call?"""
    return told(s, s.words("care.calling", lines=two(s)))


def writing(s: Situation) -> Answer:
    """I'd rather write."""
    line = help_here(s).write
    if line is None:
        return told(s, s.words("care.writing.none", url=help_here(s).directory))
    return told(s, s.words("care.writing", line=shown(line)))


def trusted(s: Situation) -> Answer:
    """A text to somebody they trust, ready to be copied."""
    draft = s.words("care.trust.draft")
    return told(s, s.words("care.trust", draft=draft), [[(s.words("button.copy"), COPY + draft)]])


def barrier(s: Situation) -> Say:
    """What makes it hard to reach out? One question, with the numbers above it: they are never out of sight."""
    rows = [[(s.words(f"button.barrier.{each}"), f"barrier:{each}") for each in row] for row in BARRIERS]
    words = s.words("care.barrier", lines="\n".join(numbers(s)))
    return send(s, words, rows, priority=Priority.FIRST)


def eased(s: Situation) -> Answer:
    """One honest sentence to what makes it hard, and the same numbers."""
    return told(s, s.words("care.barrier.eased", sentence=s.words(f"care.barrier.{s.heard.arg}"), lines=two(s)))


def told(s: Situation, words: str, rows: Rows = ()) -> Answer:
    """A message of its own: the numbers above it stay."""
    return Answer((send(s, words, rows, priority=Priority.FIRST),))


def where(s: Situation) -> Answer:
    """Whose numbers? First the part of the world, then the country; nothing is guessed."""
    if not s.heard.arg:
        rows: Rows = [[(s.words(f"region.{region}"), f"where:{region}")] for region in REGIONS]
        return told(s, s.words("care.where"), rows)
    named = sorted((s.voice.country(code), code) for code in known(s) if region_of(code) == s.heard.arg)
    each = [(name, f"in:{code}") for name, code in named]
    rows = [each[n : n + IN_A_ROW] for n in range(0, len(each), IN_A_ROW)]
    elsewhere = [(s.words("button.abroad"), "in:")]
    return Answer((answer(s, s.words("care.where.country"), [*rows, elsewhere]),))


def known(s: Situation) -> set[str]:
    """Countries with a number to show."""
    return {*s.house.lines.by_country, *s.house.lines.emergency}


def region_of(country: str) -> str:
    begins = zones_by_country()[country][0].partition("/")[0]
    return next(region for region, beginnings in REGIONS.items() if begins in beginnings)


def here(s: Situation) -> Answer:
    """The numbers of the country that was chosen; remembered where there is a yes, and changed in the settings."""
    country = s.heard.arg if s.heard.arg in known(s) else None
    there = replace(s, state=replace(s.state, country=country))
    key = "care.here" if country else "care.here.none"
    name = s.voice.country(country) if country else ""
    say = answer(there, s.words(key, country=name, lines=lines(there)), ways(there))
    return Answer((replace(say, priority=Priority.FIRST),), state=there.state if s.person else None)


def help_here(s: Situation) -> Help:
    return help_for(s.state.country, s.house.lines, wall_time(s))


def wall_time(s: Situation) -> datetime | None:
    """What the clock shows where the lines are: the person's own, or the country's if it has one clock only."""
    zones = zones_by_country().get(s.state.country or "", ())
    if s.person and s.person.zone in zones:
        return s.now.astimezone(s.zone)
    times = {s.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in zones}
    return times.pop() if len(times) == 1 else None


def lines(s: Situation, emergency: str = "care.emergency") -> str:
    """The emergency number, one line to call, one to write, then the directory; what is shut now comes last."""
    directory = s.words("care.directory", url=help_here(s).directory)
    return "\n".join([*numbers(s, emergency), directory, *shut(s)])


def numbers(s: Situation, emergency: str = "care.emergency") -> list[str]:
    """The emergency number and what may answer now: three at most."""
    found = help_here(s)
    danger = s.words(emergency, number=found.emergency) if found.emergency else s.words(f"{emergency}.unknown")
    return [danger, *answering(s)]


def two(s: Situation) -> str:
    """One line to call and one to write; the directory where none may answer now."""
    return "\n".join(answering(s) or [s.words("care.directory", url=help_here(s).directory)])


def answering(s: Situation) -> list[str]:
    """What may answer now: to call, and to write."""
    told = {"care.call": help_here(s).call, "care.write": help_here(s).write}
    return [s.words(key, line=shown(line)) for key, line in told.items() if line and not is_shut(s, line)]


def shut(s: Situation) -> list[str]:
    """Lines there are at another hour."""
    known = (help_here(s).call, help_here(s).write)
    return [s.words("care.shut", line=shown(line)) for line in known if line and is_shut(s, line)]


def is_shut(s: Situation, line: Line) -> bool:
    at = wall_time(s)
    return at is not None and is_open(line.hours, at) is False


def shown(line: Line) -> str:
    """Name, number and hours, exactly as stored."""
    return f"{line.name}: {line.number}" + (f", {line.hours}" if line.hours else "")
