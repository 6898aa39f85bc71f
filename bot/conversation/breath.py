"""Several requests in one breath: changes of reminders are made together, with one Undo; of others, the first."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import change, once, schedule, stop
from bot.conversation.edit import Edit, echo
from bot.conversation.say import send
from bot.conversation.situation import Answer, Situation
from bot.conversation.values import replace

Editing = Callable[[Situation], Edit | Answer]
EDITS: dict[str, Editing] = {"set": schedule.edit, "once": once.edit, "change": change.edit, "stop": stop.edit}


def answered(s: Situation, first: Callable[[Situation], Answer]) -> Answer:
    """All of it, or the first of it and a word about the rest."""
    if not s.heard.also or s.person is None:
        return first(s)
    edit = together(s)
    if edit:
        return echo(s, edit)
    alone = first(s)
    return replace(alone, says=(*alone.says, send(s, s.words("breath.one"))))


def together(s: Situation) -> Edit | None:
    """One after another, each upon what the one before left; None where one of them cannot be made unasked."""
    here, sets = s, False
    told: list[str] = []
    for n, heard in enumerate((s.heard, *s.heard.also)):
        edit = EDITS.get(heard.name, unmade)(replace(here, heard=heard, seed=(*s.seed, n)))
        if isinstance(edit, Answer):
            return None
        here = replace(here, reminders=tuple(edit.reminders))
        told += edit.told
        sets = sets or edit.sets
    return Edit(here.reminders, tuple(told), sets=sets)


def unmade(_s: Situation) -> Answer:
    return Answer()
