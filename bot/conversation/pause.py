"""Stopping all questions, at once and without a question back; and going on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.plan import replanned
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.welcome import coming


def pause(s: Situation) -> Answer:
    person = replace(s.consented, paused=True)
    rows: Rows = [[(s.words("button.undo"), "resume")]]
    return Answer((answer(s, s.words("pause.done"), rows),), person=person, reminders=replanned(s, person, s.reminders))


def resume(s: Situation) -> Answer:
    person = replace(s.consented, paused=False)
    after = coming(s, person, list(s.reminders)) if s.reminders else s.words("remind.never")
    return Answer(
        (answer(s, s.words("pause.over", next=after)),),
        person=person,
        reminders=replanned(s, person, s.reminders),
    )
