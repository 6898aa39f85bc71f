"""One glimmer to be given to somebody: a message that holds it alone, which the person forwards, or not."""

from __future__ import annotations

from bot.conversation import replay
from bot.conversation.pages import help_rows
from bot.conversation.say import LONGEST, Button, clipped, length, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.values import replace
from storage.records import Glimmer


def share(s: Situation) -> Answer:
    """Their words set as a quotation, with nothing else in it; what was sent beside them comes again, too."""
    if not s.found.glimmers:
        return Answer((send(s, s.words("share.none"), help_rows(s)),))
    glimmer = s.found.glimmers[0]
    cards = [card(s, glimmer.text)] if glimmer.text else []
    media = replay.show(s).says if glimmer.media else ()
    return Answer((*cards, *media, send(s, s.words("share.hint"), help_rows(s))))


def card(s: Situation, words: str) -> Say:
    """Nothing but the words: no name, no day, and not where it came from."""
    said = clipped(words, LONGEST)
    plain = send(s, said)
    quoted = [{"type": "blockquote", "offset": 0, "length": length(said)}]
    return replace(plain, params=plain.params | {"entities": quoted})


def share_button(s: Situation, one: Glimmer) -> Button:
    return s.words("button.share"), f"share:{one.message_id}"
