"""Finding what a question about the past wants. By days in SQL; by words in the opened texts, which takes longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

from bot.conversation.rules import needs
from bot.conversation.situation import Found, Need, Recalled, Situation
from bot.conversation.view import MOST_LET_GO, PAGE, View, asked_on, shown, view_of
from bot.understanding.about import ranked
from bot.understanding.meaning import Recall
from storage import glimmers
from storage.records import EVER, Glimmer, Person, Span
from storage.store import Tx

MOST_DRAWN = 10
AROUND = 3  # days

Reading = Callable[[Sequence[int]], list[Glimmer]]


def takes_long(s: Situation) -> bool:
    """Whether texts have to be opened one by one, which is no work for a transaction that others wait for."""
    view = view_of(s.heard) if s.person and Need.RECALL in needs(s) else None
    return view is not None and view.recall.about is not None


def look_up(tx: Tx, s: Situation) -> Found:
    """What is wanted to be seen of what the person kept."""
    view = view_of(s.heard)
    if view is None or s.person is None:
        return Found()
    span = span_of(tx, s, view.recall)
    find = by_words if view.recall.about else by_days
    found = find(tx, s, s.person, view, span)
    assert found.recalled
    return replace(found, recalled=replace(found.recalled, kept=glimmers.count(tx, s.person.id)))


def span_of(tx: Tx, s: Situation, recall: Recall, around: int = 0) -> Span:
    """The days meant; on this day in earlier years, with some days `around` it."""
    if recall.pick != "on_this_day":
        return Span(recall.start, recall.end)
    today, first = asked_on(s), glimmers.first_day(tx, s.chat_id)
    years = range(first.year, today.year) if first else ()
    there = [day for year in years if (day := same_day(today, year))]
    return Span(days=tuple(day + timedelta(days=n) for day in there for n in range(-around, around + 1)))


def same_day(today: date, year: int) -> date | None:
    """The same day of another year, if it has one."""
    try:
        return today.replace(year=year)
    except ValueError:
        return None


def by_days(tx: Tx, s: Situation, person: Person, view: View, span: Span) -> Found:
    """Counted and paged where they lie."""
    total = looked = glimmers.count(tx, person.id, span)
    partly = False
    if not total and view.recall.pick == "on_this_day":
        span = span_of(tx, s, view.recall, AROUND)
        total = glimmers.count(tx, person.id, span)
        partly = total > 0
    before, after = (None, None) if total else glimmers.days_beside(tx, person.id, span)
    recalled = Recalled(looked, partly=partly, before=before, after=after)
    return paged(s, view, total, recalled, partial(at, tx, person, view, span))


def at(tx: Tx, person: Person, view: View, span: Span, spots: Sequence[int]) -> list[Glimmer]:
    """Those at these places of the order wanted."""
    read = glimmers.oldest if view.recall.pick == "first" else glimmers.newest
    if isinstance(spots, range):
        return read(tx, person, spots.start, len(spots), span)
    return [one for spot in spots for one in read(tx, person, spot, 1, span)]


def by_words(tx: Tx, s: Situation, person: Person, view: View, span: Span) -> Found:
    """Best first; those that fit in part, where nothing fits whole, and how many fit at other times."""
    about, pick = view.recall.about or "", view.recall.pick
    ranking = ranked(about, glimmers.texts(tx, person, span), s.voice.language)
    fitting, elsewhere = ranking.whole or ranking.partly, 0
    if not ranking.whole and span != EVER:
        elsewhere = len(ranked(about, glimmers.texts(tx, person), s.voice.language).whole)
    if pick in ("first", "last"):
        chosen = set(fitting)
        fitting = [one for one in ranking.looked if one in chosen][:: -1 if pick == "first" else 1]
    partly = bool(fitting) and not ranking.whole
    recalled = Recalled(len(ranking.looked), meant=ranking.meant, partly=partly, elsewhere=elsewhere)
    read = partial(these, tx, person, fitting)
    return paged(s, view, len(fitting), recalled, read)


def these(tx: Tx, person: Person, ids: Sequence[str], spots: Sequence[int]) -> list[Glimmer]:
    return glimmers.these(tx, person, [ids[spot] for spot in spots])


def paged(s: Situation, view: View, total: int, recalled: Recalled, read: Reading) -> Found:
    """The page wanted of those that fit, read by their places in the order."""
    if view.forgets and not recalled.partly:
        at_once = read(range(min(shown(view, total), MOST_LET_GO + 1)))
        recalled = replace(recalled, ids=tuple(glimmer.id for glimmer in at_once))
    return Found(tuple(read(spots_of(s, view, total))), total, recalled=recalled)


def spots_of(s: Situation, view: View, total: int) -> Sequence[int]:
    """Which of those that fit stand on the page."""
    if view.recall.pick == "count":
        return ()
    if view.recall.pick == "random":
        many = min(view.recall.limit or 1, MOST_DRAWN, total)
        return Random(repr(s.seed)).sample(range(total), many)
    return range(view.offset, min(view.offset + PAGE, shown(view, total)))
