"""Words for a note that may be about harm are met as such first; kept after that, they are what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.conversation import keep, noting, own_letter, rails, sentences
from bot.conversation.events import Message, Said, words_of
from bot.conversation.situation import Answer, Situation
from bot.conversation.values import replace

A_MOMENT = timedelta(seconds=2)  # Telegram tells whole seconds
TOLD: dict[str, Callable[[Situation], Answer]] = {
    "letter": own_letter.told,
    "sentence": sentences.told,
    **dict.fromkeys(rails.KINDS, rails.told),
}


def kept_after_care(s: Situation) -> Answer:
    """A letter, a sentence or a rail while that is asked for, else a glimmer; what was said about harm stays."""
    about, words = (s.state.about or "").partition(".")[0], words_of(s.event)
    if about not in TOLD or words is None or not words.text.strip() or words.media or not answers(s, words):
        return keep.keep_after_all(s)
    return TOLD[about](replace(s, event=Said(words), heard=replace(s.heard, arg=words.text.strip())))


def answers(s: Situation, words: Message) -> bool:
    """Whether they came while this was asked for, and it still is."""
    until = s.state.until
    return until is not None and s.now < until and words.at >= until - noting.OPEN - A_MOMENT
