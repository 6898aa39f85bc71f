"""The answer to a situation, and what becomes of the question that was open."""

from __future__ import annotations

from bot.conversation import breath
from bot.conversation.events import Blocked, Due, Edited, Message, Pressed, Said, Unblocked
from bot.conversation.plan import replanned
from bot.conversation.questions import ASKED, question, skip_data
from bot.conversation.rules import rule_for
from bot.conversation.say import asking_too, pressed_message
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.values import replace

AT_ONCE = (Step.ERASE, Step.PROMPT, Step.FORGET)  # questions that what comes next answers, or leaves
ASKING = (
    "erase",
    "press erase",
    "due",
    "ask",
    "press sense",
    "later",
    "press later",
    "press notlater",
    "reacted",
    "delete",
    "press choose",
    "press letall",
)


def respond(s: Situation) -> Answer:
    """The answer to a situation: pure, and the same when it is run again."""
    here = revived(s)
    answer = breath.answered(here, rule_for(here).answer)
    if here.person is not s.person:
        answer = replace(
            answer,
            person=answer.person or here.person,
            reminders=here.reminders if answer.reminders is None else answer.reminders,
        )
    state = alive(s, after(answer.state or s.state, answer))
    answer, state = bit_by_bit_stopped(s, answer, state)
    if state.step is s.state.step and state.step in AT_ONCE and s.heard.name not in ASKING:
        state = state.asking(Step.IDLE)
    message = pressed_message(here)
    if message and state.step in ASKED and changes(answer, message.id):
        answer = still_asked(here, state, answer, message)
        state = replace(state, asked_in=message.id)
    return answer if state is s.state or state is answer.state else replace(answer, state=state)


def bit_by_bit_stopped(s: Situation, answer: Answer, state: State) -> tuple[Answer, State]:
    """Whatever comes from the person stops what is said bit by bit, unless it begins with this very answer."""
    if s.state.guided_until is None or not isinstance(s.event, Said | Edited | Pressed):
        return answer, state
    if not any(say.not_before and say.nudge_id is None for say in answer.says):
        state = replace(state, guided_until=None)
    return replace(answer, stops=True), state


def changes(answer: Answer, message_id: int) -> bool:
    return any(say.method == "editMessageText" and say.params["message_id"] == message_id for say in answer.says)


def still_asked(s: Situation, state: State, answer: Answer, message: Message) -> Answer:
    """A question that stays open is not wiped away with the message it stands in."""
    stands_here = skip_data(state.step) in message.buttons or s.state.asked_in == message.id
    asked_anew = (state.step, state.about, state.asked_in) != (s.state.step, s.state.about, s.state.asked_in)
    if asked_anew or not stands_here:
        return answer
    words, rows = question(replace(s, state=state), state.step)
    return replace(answer, says=tuple(asking_too(say, message.id, words, rows) for say in answer.says))


def revived(s: Situation) -> Situation:
    """Whoever speaks again is no longer away."""
    if not s.person or not s.person.away or not isinstance(s.event, Said | Edited | Pressed):
        return s
    person = replace(s.person, away=False)
    return replace(s, person=person, reminders=replanned(s, person, s.reminders))


def alive(s: Situation, state: State) -> State:
    """Anything that comes from a person brings the questions back as often as they wished."""
    if s.person is None or isinstance(s.event, Due | Blocked | Unblocked):
        return state
    rhythm = state.rhythm.alive()
    return state if rhythm is state.rhythm else replace(state, rhythm=rhythm)


def after(state: State, answer: Answer) -> State:
    """Once the bot has said something else, its question is no longer the last thing it said."""
    spoke = [say for say in answer.says if say.method.startswith("send")]
    return replace(state, nudge=None) if spoke and spoke[-1].nudge_id is None else state
