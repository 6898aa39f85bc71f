"""Words for a note that may be about harm are met as such first; kept after that, they are what was asked for."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import keep, own_letter, rails, sentences
from bot.conversation.events import Said, words_of
from bot.conversation.situation import Answer, Situation
from bot.conversation.values import replace

TOLD: dict[str, Callable[[Situation], Answer]] = {
    "letter": own_letter.told,
    "sentence": sentences.told,
    **dict.fromkeys(rails.KINDS, rails.told),
}


def kept_after_care(s: Situation) -> Answer:
    """A letter, a sentence or a rail while that is asked for, else a glimmer; what was said about harm stays."""
    about, words = (s.state.about or "").partition(".")[0], words_of(s.event)
    is_fresh = s.state.until is not None and s.now < s.state.until
    if about not in TOLD or words is None or not words.text.strip() or words.media or not is_fresh:
        return keep.keep_after_all(s)
    return TOLD[about](replace(s, event=Said(words), heard=replace(s.heard, arg=words.text.strip())))
