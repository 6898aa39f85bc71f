"""Letting go of what is described: "the one about coffee", "everything from March". Shown first; several never without
a yes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from bot.conversation.keep import let_go
from bot.conversation.pages import LABEL, Heads, headed, help_rows, listed, turning
from bot.conversation.recall import ask_again, begin, by_date, counted, data_of, nothing, nothing_yet, picked, reply
from bot.conversation.say import Button, Rows, answer, below, clipped, send, without_buttons
from bot.conversation.situation import Answer, Recalled, Say, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from bot.conversation.view import MOST_LET_GO, PAGE, View, shown, view_of
from storage.records import Glimmer

BETWEEN = ","


def ask_what(s: Situation) -> Answer:
    """Something is to go, but it is not said what."""
    return Answer((send(s, s.words("forget.what")),))


def offered(s: Situation) -> Answer:
    """What fits, quoted, each with a button that lets it go; and all of it, after one question."""
    return offered_with(s, ())


def offered_with(s: Situation, lead: Sequence[str]) -> Answer:
    """A typed yes is to what is shown now, or to nothing."""
    view, recalled = view_of(s.heard), s.found.recalled
    if view is None or recalled is None:
        return replace(ask_again(s), state=s.state.past(Step.FORGET))
    many = shown(view, s.found.total)
    if not s.found.glimmers or many > MOST_LET_GO:
        return Answer((not_offered(s, view, recalled, many),), state=s.state.past(Step.FORGET))
    asked = s.state.asking(Step.FORGET, BETWEEN.join(recalled.ids)) if recalled.ids else s.state.past(Step.FORGET)
    return Answer((asking(s, view, recalled, lead),), state=asked)


def not_offered(s: Situation, view: View, recalled: Recalled, many: int) -> Say:
    """Nothing is kept, nothing fits, too much does, or the pages end before this one."""
    if not recalled.kept:
        return reply(s, nothing_yet(s), help_rows(s))
    if not many:
        return reply(s, *nothing(s, view, recalled))
    if many > MOST_LET_GO:
        return reply(s, s.words("forget.many", n=many, most=MOST_LET_GO), help_rows(s))
    return reply(s, s.words("recall.end"), begin(s, view))


def asking(s: Situation, view: View, recalled: Recalled, lead: Sequence[str]) -> Say:
    """The page, and the one question."""
    many, heads = shown(view, s.found.total), headed(s)
    told = [*lead, counted(s, view, recalled), *(picked(s, view) if view.recall.pick else [])]
    question = [s.voice.count("forget.ask", many)] if recalled.ids else []
    rows = [
        *(each(s, heads) if many > 1 or not recalled.ids else []),
        *turning(s, view.offset, many, PAGE, data_of(view), by_date(view)),
        *(all_or_none(s, recalled, many) if recalled.ids else [keep_row(s, many)]),
        *help_rows(s),
    ]
    return reply(s, "\n\n".join([" ".join(told), listed(s, heads), *question]), rows)


def each(s: Situation, heads: Heads) -> Rows:
    """A button for each of the page, in its order."""
    return [
        [(clipped(s.words("button.letgo", what=named(glimmer, head)), LABEL), f"letgo:{glimmer.message_id}")]
        for glimmer, head in zip(s.found.glimmers, heads, strict=True)
    ]


def named(glimmer: Glimmer, head: tuple[str, str]) -> str:
    """Its words in one line, or what it is beside words."""
    day, what = head
    return " ".join(glimmer.text.split()) or f"{day}: {what}"


def all_or_none(s: Situation, recalled: Recalled, many: int) -> Rows:
    yes = s.voice.count("button.yesthese", many)
    return [[(yes, f"letall:{many}.{mark(recalled.ids)}")], keep_row(s, many)]


def keep_row(s: Situation, many: int) -> list[Button]:
    return [(s.voice.count("button.keepthese", many), "keepthese")]


def mark(ids: Sequence[str]) -> str:
    """Which ones were shown, in a few letters, so that a yes is to those and no others."""
    return f"{zlib.crc32(' '.join(sorted(ids)).encode()):08x}"


def one_let_go(s: Situation) -> Answer:
    """The one whose button was pressed, among several."""
    if not s.found.glimmers:
        return Answer((send(s, s.words("forget.gone"), help_rows(s)),))
    return quoted(s, s.found.glimmers[0])


def quoted(s: Situation, glimmer: Glimmer) -> Answer:
    """It is told as an answer to its own message, from where it can be put back."""
    return replace(let_go(s, glimmer, glimmer.parts), state=s.state.past(Step.FORGET))


def all_let_go(s: Situation) -> Answer:
    """Yes: to those that were shown. If others fit by now, it is asked once more; but another newest one is not
    what was meant."""
    view, recalled = view_of(s.heard), s.found.recalled
    if view is None or recalled is None:
        return ask_again(s)
    if s.heard.arg != f"{len(recalled.ids)}.{mark(recalled.ids)}":
        if recalled.ids and not view.recall.pick:
            return offered_with(s, [s.words("forget.changed")])
        return Answer((answer(s, s.words("forget.gone"), help_rows(s)),))
    if len(recalled.ids) > 1:
        return gone(s, recalled.ids)
    if not s.found.glimmers:
        return Answer((answer(s, s.words("forget.gone"), help_rows(s)),))
    gone_one = quoted(s, s.found.glimmers[0])
    return replace(gone_one, says=(without_buttons(s, s.words("undo.done")), *gone_one.says))


def yes(s: Situation) -> Answer:
    """A typed yes, right after the question: to those it was about."""
    return gone(s, tuple(filter(None, (s.state.about or "").split(BETWEEN))))


def gone(s: Situation, ids: tuple[str, ...]) -> Answer:
    words = s.voice.count("forget.all", len(ids))
    return Answer((answer(s, words, help_rows(s)),), state=s.state.past(Step.FORGET), forgotten=ids)


def all_kept(s: Situation) -> Answer:
    return Answer((below(s, s.words("forget.kept"), help_rows(s)),), state=s.state.past(Step.FORGET))
