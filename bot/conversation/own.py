"""A reminder in the person's own words: what it shall say, then when."""

from __future__ import annotations

from bot.conversation.questions import question, skip_row
from bot.conversation.say import answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from bot.understanding.own_words import LONGEST


def ask_words(s: Situation) -> Answer:
    """What shall it say?"""
    words, rows = question(s, Step.WORDS)
    return Answer((answer(s, words, rows),), state=s.state.asking(Step.WORDS))


def words_told(s: Situation) -> Answer:
    """And when? Said back as it was written."""
    words = s.heard.arg
    if len(words) > LONGEST:
        return Answer((send(s, s.words("words.long"), [skip_row(s, Step.WORDS)]),))
    _, rows = question(s, Step.TIMES)
    return Answer(
        (send(s, s.words("words.when", words=words), rows),), state=replace(s.state.asking(Step.TIMES), own=words)
    )
