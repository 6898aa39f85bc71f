"""Letting go of what is described: "the one about coffee", "everything from March". Shown first; several never without
a yes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.keep import let_go
from bot.conversation.pages import LABEL, Heads, headed, help_rows, listed, turning
from bot.conversation.recall import ask_again, counted, data_of, nothing, nothing_yet, picked, reply
from bot.conversation.say import Rows, answer, below, clipped, pressed_message, send, without_buttons
from bot.conversation.situation import Answer, Recalled, Say, Situation
from bot.conversation.view import MOST_LET_GO, PAGE, View, shown, view_of
from storage.records import Glimmer


def offered(s: Situation) -> Answer:
    """What fits, quoted, each with a button that lets it go; and all of it, after one question."""
    return offered_with(s, ())


def offered_with(s: Situation, lead: Sequence[str]) -> Answer:
    view, recalled = view_of(s.heard), s.found.recalled
    if view is None or recalled is None:
        return ask_again(s)
    if not recalled.kept:
        return Answer((reply(s, nothing_yet(s), help_rows(s)),))
    if not s.found.total:
        return Answer((reply(s, *nothing(s, view, recalled)),))
    many = shown(view, s.found.total)
    if many > MOST_LET_GO:
        words = s.words("forget.many", n=many, most=MOST_LET_GO)
        return Answer((reply(s, words, help_rows(s)),))
    if not s.found.glimmers:
        rows: Rows = [[(s.words("button.begin"), data_of(view).format(0))], *help_rows(s)]
        return Answer((reply(s, s.words("recall.end"), rows),))
    return Answer((asking(s, view, recalled, lead),))


def asking(s: Situation, view: View, recalled: Recalled, lead: Sequence[str]) -> Say:
    """The page, and the one question."""
    many, heads = shown(view, s.found.total), headed(s)
    told = [*lead, counted(s, view, recalled), *(picked(s, view) if view.recall.pick else [])]
    question = [s.voice.count("forget.ask", many)] if recalled.ids else []
    rows = [
        *(each(s, heads) if many > 1 or not recalled.ids else []),
        *turning(s, view.offset, many, PAGE, data_of(view)),
        *(all_or_none(s, recalled, many) if recalled.ids else [[(s.words("button.keepone"), "keepthese")]]),
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
    if many == 1:
        return [[(s.words("button.yesone"), f"letgo:{s.found.glimmers[0].message_id}")], keep_row(s, many)]
    return [[(s.words("button.yesall"), f"letall:{many}.{mark(recalled.ids)}")], keep_row(s, many)]


def keep_row(s: Situation, many: int) -> list[tuple[str, str]]:
    return [(s.voice.count("button.keepthese", many), "keepthese")]


def mark(ids: Sequence[str]) -> str:
    """Which ones were shown, in a few letters, so that a yes is to those and no others."""
    return f"{zlib.crc32(' '.join(sorted(ids)).encode()):08x}"


def one_let_go(s: Situation) -> Answer:
    """The one whose button was pressed. It is told as an answer to its own message, from where it can be put back."""
    if not s.found.glimmers:
        return Answer((send(s, s.words("forget.gone"), help_rows(s)),))
    glimmer = s.found.glimmers[0]
    gone = let_go(s, glimmer, glimmer.parts)
    left = [data for data in buttons_under(s) if data.startswith(("letgo:", "choose:"))]
    told = [] if len(left) > 1 else [without_buttons(s, s.words("undo.done"))]
    return replace(gone, says=(*told, *gone.says))


def buttons_under(s: Situation) -> Sequence[str]:
    message = pressed_message(s)
    return message.buttons if message else ()


def all_let_go(s: Situation) -> Answer:
    """Yes to several: to those that were shown. If others fit by now, it is asked once more."""
    recalled = s.found.recalled
    if recalled is None:
        return ask_again(s)
    if not recalled.ids:
        return Answer((answer(s, s.words("forget.gone"), help_rows(s)),))
    if s.heard.arg != f"{len(recalled.ids)}.{mark(recalled.ids)}":
        return offered_with(s, [s.words("forget.changed")])
    words = s.voice.count("forget.all", len(recalled.ids))
    return Answer((answer(s, words, help_rows(s)),), forgotten=recalled.ids)


def all_kept(s: Situation) -> Answer:
    return Answer((below(s, s.words("forget.kept"), help_rows(s)),))
