"""The week in a letter: how much was kept, to be read by a tap."""

from __future__ import annotations

from datetime import date, timedelta

from bot.conversation.events import Due
from bot.conversation.say import Rows
from bot.conversation.situation import Situation
from storage.records import Kind, Span

WEEK = timedelta(days=7)


def week_due(s: Situation) -> Span | None:
    """The days that a letter whose moment has come is about."""
    due = s.event
    if not isinstance(due, Due) or not any(
        one.id == due.reminder_id and one.kind is Kind.LETTER for one in s.reminders
    ):
        return None
    return week_before(due.day)


def week_before(day: date) -> Span:
    return Span(day - WEEK + timedelta(days=1), day)


def in_letter(s: Situation) -> tuple[str, Rows]:
    return s.voice.count("letter", s.found.total), [[(s.words("button.readletter"), "page:0")]]
