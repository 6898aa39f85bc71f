"""Every state answers every kind of event: by value, for everyone, on good days and on hard ones.

What can be said or pressed is read from the code and the content, so that whatever is added is covered by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

import pytest

from bot.conversation.events import Blocked, Due, Edited, Elsewhere, Event, Message, Pressed, Reacted, Said, Unblocked
from bot.conversation.hear import ALIASES, COMMANDS, LINKS, hear
from bot.conversation.rules import GUESTS, NOT_ADMITTED, PEOPLE, respond
from bot.conversation.situation import Answer, Found, House, Situation
from bot.conversation.state import OpenNudge, State, Step
from bot.house import furnished
from bot.settings import Settings
from bot.understanding.phrases import phrases
from storage.records import Glimmer, Media, Nudge, Part, Person, Reminder
from tests.conversation.acts import CRIES, HEAVY, ODD, PLACES, TIMES, WORRIES
from tests.conversation.steps import is_allowed

NOW = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
ME, NUDGE_ID, REMINDER_ID = 7, "0" * 31 + "1", "0" * 31 + "2"
HOUSE: House = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
NUDGE = Nudge(NUDGE_ID, ME, REMINDER_ID, NOW.date(), "08:30", NOW - timedelta(hours=2), HOUSE.libraries["en"][0].id, 3)
REMINDER = Reminder(
    REMINDER_ID, ME, {"times": ["08:30"], "days": ["mon"]}, NOW + timedelta(days=4), NOW.date(), "08:30"
)
KEPT = Glimmer("0" * 31 + "3", ME, 1, NOW.date(), NOW, (Part(1, "warm bread"),))
ASKED = Message(3, NOW, "What's one glimmer?", from_bot=True, buttons=("skip:zone",))
ANSWERED = replace(ASKED, reply_to=Message(1, NOW, "warm bread"))
MEDIA = ("photo", "voice", "video", "video_note", "sticker", "document", "audio", "animation", "poll", "dice", "x")
WORDS = [
    *{intent: words for words, intent in phrases("en").items()}.values(),
    *(f"/{command}" for command in [*COMMANDS, *ALIASES, "nonsense", "glimmer steam"]),
    *(f"/start {link}" for link in [*LINKS, "CODE"]),
    *TIMES,
    *PLACES,
    *ODD,
    *CRIES[:5],
    *HEAVY[:5],
    *WORRIES[:5],
    *("22 to 8", "none", "steam on the window"),
]
VERBS = sorted({rule.heard[6:] for rule in (*PEOPLE, *GUESTS, *NOT_ADMITTED) if rule.heard.startswith("press ")})
ARGS = (
    *("", ":", ":1", ":1.2", ":7", ":first", ":zone", ":retime", ":new", ":new.08", ":0830.127", ":2200.0800", ":none"),
    *(":PT", ":pets", ":en", ":Europe/Berlin:DE", ":Mars/X:", f":{NUDGE_ID}", f":{REMINDER_ID}", f":{REMINDER_ID}.08"),
    *(
        f":{REMINDER_ID}.0830.127",
        f":{REMINDER_ID}.0",
        f":{REMINDER_ID}.31",
        f":{'f' * 32}",
        ":99999999999999999999",
        ":😀",
    ),
)
PARTS = 23
UNDER = (None, ASKED, ANSWERED, Message(3, NOW, readable=False))
DAYS = {
    "plain": State(),
    "hard": State(quiet_until=NOW + timedelta(hours=5)),
    "in care": State(care_until=NOW + timedelta(hours=5)),
    "asked": State(nudge=OpenNudge(NUDGE_ID, NOW.date()), last="place", unsure="8"),
}
PERSON = Person(ME, 1, NOW - timedelta(days=9), 1, "Europe/Lisbon", key=b"k")
PEOPLE_HERE = {
    "guest": None,
    "member": PERSON,
    "placeless": replace(PERSON, zone=None),
    "paused": replace(PERSON, paused=True),
    "away": replace(PERSON, away=True),
}


def events(part: int = 0, parts: int = 1) -> Iterator[Event]:
    """Of all the buttons there could be, one part: together the states see each of them many times."""
    replies = Message(9, NOW, "and its song", reply_to=Message(1, NOW, "warm bread", (Media("photo", "f"),)))
    for words in WORDS[part % 3 :: min(parts, 3)]:
        yield Said(Message(9, NOW, words))
    for kind in MEDIA:
        yield Said(Message(9, NOW, "", (Media(kind, f"{kind}-1"),)))
        yield Said(Message(9, NOW, "our walk", (Media(kind, f"{kind}-1"),), album="a"))
    yield Said(Message(9, NOW, "", (Media("location", lat=38.7, lon=-9.1),)))
    yield Said(Message(9, NOW, "", (Media("location", lat=0.0, lon=-30.0),)))
    yield from (Said(replies), Said(replace(replies, reply_to=ASKED)), Said(replace(replies, forwarded=True)))
    yield from (Edited(Message(1, NOW, words)) for words in ("warmer bread", "", CRIES[0]))
    yield from (Reacted(1, ("❤",)), Reacted(1, ()), Blocked(), Unblocked())
    yield from (Elsewhere(speakable) for speakable in (True, False))
    presses = [Pressed(f"{verb}{arg}", under) for verb in VERBS for arg in ARGS for under in UNDER]
    yield from presses[part::parts]


def situations(who: str, step: Step, day: str) -> Iterator[Situation]:
    person, state = PEOPLE_HERE[who], replace(DAYS[day], step=step, about=REMINDER_ID)
    found = Found((KEPT,), 1, NUDGE, {REMINDER_ID: {(date(2026, 5, 14), "08:30")}})
    due = [Due(NUDGE_ID, REMINDER_ID, NOW, NOW.date(), "08:30")] if person else []
    part = crc32(f"{who} {step} {day}".encode()) % PARTS
    for n, event in enumerate([*events(part, PARTS), *due]):
        heard = hear(event, state, NOW)
        yield Situation(
            event,
            heard,
            NOW,
            ("seed", n),
            ME,
            HOUSE,
            person,
            state if person else State(),
            (REMINDER,) if person and n % 2 else (),
            admitted=who != "guest" or n % 3 > 0,
            found=found if person and n % 5 else Found(),
        )


STATES = [("guest", Step.IDLE, "plain")]  # of a guest nothing is remembered
STATES += [(who, step, day) for who in PEOPLE_HERE if who != "guest" for step in Step for day in DAYS]


@pytest.mark.parametrize(("who", "step", "day"), STATES)
def test_every_state_answers_every_event(who: str, step: Step, day: str) -> None:
    for s in situations(who, step, day):
        check(s, respond(s))


def check(s: Situation, answer: Answer) -> None:
    note = f"{s.event} heard as {s.heard}"
    if isinstance(s.event, Said | Edited | Pressed):
        assert answer.says, f"silence: {note}"
    assert is_allowed(s, answer), f"strayed to {answer.state and answer.state.step}: {note}"
    if answer.state:
        assert State.from_json(json.loads(json.dumps(answer.state.as_json()))) == answer.state, note
    for say in answer.says:
        for row in say.params.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                assert 0 < len(button["callback_data"].encode()) <= 64, f"{button}: {note}"
                assert button["text"], note


def test_every_rule_can_be_heard() -> None:
    """No rule stands in the table for something that is never heard."""
    heard = {hear(event, State(step=step, about=about), NOW).name for event in events() for step, about in PLACES_ASKED}
    heard |= {"due", *(type(event).__name__.lower() for event in events())}
    assert {rule.heard for rule in (*PEOPLE, *GUESTS, *NOT_ADMITTED)} - heard == set()


PLACES_ASKED = [*((step, None) for step in Step), (Step.TIMES, "place")]
