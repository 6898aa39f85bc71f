"""Yes, a glimmer in doubt was meant as a request: done as if it had been said so; the glimmer stays until its Undo."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import change, later, once, pause, place, recall, schedule, stop
from bot.conversation.doubt import OFFERED
from bot.conversation.events import Said
from bot.conversation.keep import words_meant
from bot.conversation.say import Rows, in_place, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.values import replace

DOING: dict[str, Callable[[Situation], Answer]] = {
    "set": schedule.wished,
    "once": once.wished,
    "change": change.wished,
    "stop": stop.wished,
    "recall": recall.recalled,
    "place": place.named,
    "pause": pause.pause,
    "later": later.later,
}
assert DOING.keys() == set(OFFERED)


def sure(s: Situation) -> Answer:
    """The words are found in the message that the question answered, and understood once more."""
    meant, said = s.heard.doubt, words_meant(s)
    if meant is None or said is None or meant.name not in DOING:
        return Answer((send(s, s.words("again")),))
    done = DOING[meant.name](replace(s, event=Said(said), heard=meant))
    first, *more = done.says
    is_kept = meant.recall is None and s.found.glimmers
    forget: Rows = [[(s.words("button.notglimmer"), f"undo:{said.id}")]] if is_kept else []
    return replace(done, says=(in_place(s, first, forget), *more))
