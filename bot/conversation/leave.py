"""Taking everything along, or having it erased."""

from __future__ import annotations

from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import Step


def export(s: Situation) -> Answer:
    """The file is made when its turn to leave comes."""
    params = {"chat_id": s.chat_id, "caption": s.words("export.done")}
    return Answer((Say("sendDocument", params, make="export", instead=s.words("export.failed")),))


def ask_erase(s: Situation) -> Answer:
    """The one thing that is asked twice."""
    rows: Rows = [
        [(s.words("button.eraseyes"), "eraseyes")],
        [(s.words("button.keepall"), "keepall"), (s.words("button.export"), "export")],
    ]
    return Answer((answer(s, s.words("erase.ask"), rows),), state=s.state.asking(Step.ERASE))


def erased(s: Situation) -> Answer:
    return Answer((answer(s, s.words("erase.done")),), erased=True)


def kept_all(s: Situation) -> Answer:
    return Answer((answer(s, s.words("erase.no")),), state=s.state.asking(Step.IDLE))
