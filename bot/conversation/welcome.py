"""From hello to yes. Until then nothing is kept, and the buttons carry what it needs."""

from __future__ import annotations

from bot.conversation.events import Edited, Message, Pressed, Said
from bot.conversation.keep import keep_after_all, kept
from bot.conversation.place import ask_place
from bot.conversation.questions import question, skip_row
from bot.conversation.recess import ahead, span
from bot.conversation.say import Rows, answer, send, without_buttons
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.times import ask_times
from bot.conversation.values import replace
from bot.understanding.care import care_level
from storage.records import Person

CONSENT_VERSION = 1


def start(s: Situation) -> Answer:
    """/start, and anything said before a yes that is not worth keeping."""
    if not s.admitted:
        return closed(s)
    return Answer(
        (send(s, s.words("start", age=s.house.minimum_age), consent_rows(s)),),
        invitation=s.heard.arg if s.heard.name == "start" else None,
    )


def start_again(s: Situation) -> Answer:
    """/start from someone who is here already: on with what is not settled yet."""
    if s.state.is_quiet(s.now):
        return Answer((send(s, s.words("quiet.hello"), [[(s.words("button.person"), "person")]]),))
    if s.reminders and s.consented.paused:
        words = s.words("start.again") + "\n\n" + s.words("remind.paused")
        return Answer((send(s, words, [[(s.words("button.resume"), "resume")]]),))
    recess = ahead(s)
    if s.reminders and recess:
        words = f"{s.words('start.again')}\n\n{s.words('pause.until', span=span(s, recess))}"
        return Answer((send(s, words, [[(s.words("button.resume"), "resume")]]),))
    if s.reminders:
        return Answer((send(s, s.words("start.again")),))
    if s.state.step is Step.FIRST:
        return ask_first(s, s.words("start.again"))
    ask = ask_times if s.consented.zone else ask_place
    return ask(s, s.words("start.again"))


def ask_first(s: Situation, lead: str) -> Answer:
    """A first glimmer, before any settings."""
    words, rows = question(s, Step.FIRST)
    return Answer((send(s, f"{lead}\n\n{words}", rows),), state=s.state.asking(Step.FIRST))


def closed(s: Situation) -> Answer:
    return Answer((send(s, s.words("access.closed")),))


def ask_consent(s: Situation) -> Answer:
    """Something to keep came before the yes: it is not stored; the question answers that very message."""
    assert isinstance(s.event, Said | Edited)
    words = s.words("consent.first", age=s.house.minimum_age)
    rows = consent_rows(s, s.event.message.id)
    return Answer((send(s, words, rows, reply_to=s.event.message.id),))


def consent_rows(s: Situation, message_id: int | None = None) -> Rows:
    """Yes first; it carries the number of the message it would keep."""
    return [
        [(s.words("button.yes"), f"yes:{message_id}" if message_id else "yes")],
        [(s.words("button.what"), "what"), (s.words("button.no"), "no")],
    ]


def what(s: Situation) -> Answer:
    """What exactly would be kept."""
    words = s.words("consent.what", age=s.house.minimum_age)
    return Answer((send(s, words, [[(s.words("button.yes"), "yes")], [(s.words("button.no"), "no")]]),))


def declined(s: Situation) -> Answer:
    return Answer((answer(s, s.words("consent.no")),))


def declined_note(s: Situation) -> Answer:
    """No to keeping one message, from someone whose yes to another still holds."""
    return Answer((answer(s, s.words("consent.no.still")),))


def consented(s: Situation) -> Answer:
    """Yes. What they had said before it is found in the message the question answered."""
    person = Person(s.chat_id, 1, s.now, CONSENT_VERSION)
    here, before = replace(s, person=person), message_before_yes(s)
    pressed = (without_buttons(s, s.words("consent.already")),) if isinstance(s.event, Pressed) else ()
    if before is None:
        asked = ask_first(here, s.words(thanks_for(s)))
        return replace(asked, says=(*pressed, *asked.says), person=person)
    first = kept(here, before)
    heart = (say for say in first.says if say.method == "setMessageReaction")
    words = "\n\n".join([s.words("consent.yes.kept"), s.words("zone.first")])
    ask = send(s, words, [skip_row(s, Step.ZONE)])
    return replace(first, says=(*pressed, *heart, ask), state=(first.state or s.state).asking(Step.ZONE))


def thanks_for(s: Situation) -> str:
    """Which thanks is true: what was said before a typed yes, or was deleted since, cannot be seen."""
    asked = s.event.message if isinstance(s.event, Pressed) else None
    is_gone = s.heard.arg and not (asked and asked.reply_to)
    return "consent.yes.again" if is_gone or isinstance(s.event, Said) else "consent.yes"


def consented_again(s: Situation) -> Answer:
    """Yes to a further message that came before the first yes, or to an old question."""
    if s.heard.arg and message_before_yes(s):
        return keep_after_all(s)
    if s.state.step is Step.FIRST:
        return Answer((without_buttons(s, s.words("consent.already")),))
    return Answer((answer(s, s.words("consent.already")),))


def message_before_yes(s: Situation) -> Message | None:
    """The words that were waiting for the yes, if Telegram still gives them and they are no cry for help by now."""
    message = s.event.message if isinstance(s.event, Said | Pressed) else None
    said = message.reply_to if message else None
    waits = said and not said.from_bot and (said.text or said.media) and care_level(said.text) is None
    return said if waits else None
