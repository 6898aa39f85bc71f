"""Stopping all questions, at once and without a question back; and going on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.plan import replanned
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.times import coming


def pause(s: Situation) -> Answer:
    person = replace(s.consented, paused=True)
    rows: Rows = [[(s.words("button.undo"), "resume")]]
    return Answer(
        (answer(s, s.words("pause.done"), rows),),
        state=replace(s.state.asking(Step.IDLE), last="pause"),
        person=person,
        reminders=replanned(s, person, s.reminders),
    )


def resume(s: Situation) -> Answer:
    person = replace(s.consented, paused=False)
    if s.reminders:
        words, rows = s.words("pause.over", next=coming(s, person, s.reminders)), []
    else:
        words, rows = s.words("pause.over.none"), [[(s.words("button.add"), "add")]]
    return Answer(
        (answer(s, words, rows),),
        state=replace(s.state, last="resume"),
        person=person,
        reminders=replanned(s, person, s.reminders),
    )
