"""Every state answers every kind of event: by value, for everyone, on good days and on hard ones.

What can be said or pressed is read from the code and the content, so that whatever is added is covered by itself. The
quick test draws some of it for each state, the slow one gives it all.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

import pytest

from bot.conversation.events import Blocked, Due, Edited, Elsewhere, Event, Message, Pressed, Reacted, Said, Unblocked
from bot.conversation.hear import ALIASES, COMMANDS, LINKS, hear
from bot.conversation.preferences import Preferences
from bot.conversation.respond import respond
from bot.conversation.rules import GUESTS, NOT_ADMITTED, PEOPLE
from bot.conversation.situation import Answer, Found, House, Recalled, Say, Situation
from bot.conversation.state import OpenNudge, State, Step
from bot.house import furnished
from bot.settings import Settings
from bot.understanding.phrases import phrases
from scheduler.recurrence import Recess
from scheduler.rhythm import Rhythm
from scheduler.rule import Rule
from storage.records import Glimmer, Media, Note, NoteKind, Nudge, Part, Person, Reminder
from tests.conversation.acts import ABUSE, CRIES, HEAVY, ODD, PLACES, QUESTIONS, REQUESTS, TIMES, WISHES, WORRIES
from tests.conversation.steps import is_allowed

NOW = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
ME, NUDGE_ID, REMINDER_ID, NOTE_ID = 7, "0" * 31 + "1", "0" * 31 + "2", "0" * 31 + "5"
HOUSE: House = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
NUDGE = Nudge(NUDGE_ID, ME, REMINDER_ID, NOW.date(), "08:30", NOW - timedelta(hours=2), HOUSE.libraries["en"][0].id, 3)
REMINDER = Reminder(
    REMINDER_ID, ME, {"times": ["08:30"], "days": ["mon"]}, NOW + timedelta(days=4), NOW.date(), "08:30"
)
ONCE = replace(REMINDER, id="0" * 31 + "4", rule=Rule.once(date(2026, 5, 16), time(9)).as_json())
REMINDERS: tuple[tuple[Reminder, ...], ...] = ((), (REMINDER,), (REMINDER, ONCE))
DUE = Due(NUDGE_ID, REMINDER_ID, NOW, NOW.date(), "08:30")
KEPT = Glimmer("0" * 31 + "3", ME, 1, NOW.date(), NOW, (Part(1, "warm bread"),))
RECESS = Recess(NOW - timedelta(hours=2), NOW + timedelta(days=3))
ASKED = Message(3, NOW, "What's one glimmer?", from_bot=True, buttons=("skip:zone",))
ANSWERED = replace(ASKED, reply_to=Message(1, NOW, "warm bread"))
MEDIA = ("photo", "voice", "video", "video_note", "sticker", "document", "audio", "animation", "poll", "dice", "x")
WORDS = [
    *{intent: words for words, intent in phrases("en").items()}.values(),
    *(f"/{command}" for command in [*COMMANDS, *ALIASES, "nonsense", "glimmer steam"]),
    *(f"/start {link}" for link in [*LINKS, "CODE"]),
    *TIMES,
    *WISHES,
    *PLACES,
    *ODD,
    *CRIES[:5],
    *ABUSE[:5],
    *HEAVY[:5],
    *WORRIES[:5],
    *("22 to 8", "none", "steam on the window", "ask me daily anyway", "ask less when it's quiet"),
    *QUESTIONS,
    *REQUESTS,
]
VERBS = sorted({rule.heard[6:] for rule in (*PEOPLE, *GUESTS, *NOT_ADMITTED) if rule.heard.startswith("press ")})
ARGS = (
    *("", ":", ":1", ":1.2", ":7", ":first", ":zone", ":retime", ":new", ":new.08", ":0830.127", ":2200.0800", ":none"),
    *(":PT", ":pets", ":en", ":Europe/Berlin:DE", ":Mars/X:", f":{NUDGE_ID}", f":{REMINDER_ID}", f":{REMINDER_ID}.08"),
    *(":739750.0900", ":999999.09002100", ":all.", ":.all", ":1780000000-.all"),
    *(
        f":{REMINDER_ID}.0830.127",
        f":{REMINDER_ID}.0",
        f":{REMINDER_ID}.31",
        f":{'f' * 32}",
        f":1.{zlib.crc32(KEPT.id.encode()):08x}",
        *(":0730.31-0900.96", ":all", ":go", ":move", ":all.0", f":{REMINDER_ID}.1"),
        *(":2.00000000", ":0.all", ":5.any", ":0.739000"),
        *(":chat", ":much", ":europe", ":GB", ":ZZ"),
        *(
            ":see",
            ":own",
            ":hello",
            ":coffee",
            ":202605",
            ":2",
            ":1.felt.lighter",
            ":1.felt.heavier",
            ":1.body.outside",
        ),
        *(":1.said.more", ":1.said.good", ":1.said.untrue", ":1.name.own", ":1.kind.undo", ":1.kind.skip"),
        *(":breath", ":outside", ":pause", ":senses.5", ":look.0", ":today", ":week", ":steady", ":south", ":5"),
        *(":water", ":any", ":hour", ":tonight", ":no", ":scared", ":fear", ":lines-01", ":rail", ":routine"),
        *(":own-01234567", f":{NOTE_ID}", ":lines-08"),
        ":99999999999999999999",
        ":😀",
    ),
)
UNDER = (
    None,
    ASKED,
    ANSWERED,
    Message(3, NOW, readable=False),
    *(replace(ASKED, buttons=("letgo:1",), reply_to=Message(8, NOW, words)) for words in (*QUESTIONS, *REQUESTS)),
)
REPLY = Message(9, NOW, "and its song", reply_to=Message(1, NOW, "warm bread", (Media("photo", "f"),)))
OWN = Preferences(twelve=True, silent=True, quiet=None, off=frozenset({"pets"}))
DAYS = {
    "plain": State(),
    "quiet for long": State(rhythm=Rhythm(13, NOW.date(), answers=((510, 1230),) * 12), wrote=NOW.date()),
    "hard": State(about="place", quiet_until=NOW + timedelta(hours=5)),
    "in a recess": State(recess=RECESS, pause_before="1780000000-1780500000.all", last="pause"),
    "before a recess": State(recess=Recess(NOW + timedelta(days=1)), nudge=OpenNudge(NUDGE_ID, NOW.date(), True)),
    "in care": State(about="no place", care_until=NOW + timedelta(hours=5)),
    "asked": State(
        about=REMINDER_ID,
        nudge=OpenNudge(NUDGE_ID, NOW.date()),
        last="place",
        unsure="0800.127|2000.127",
        preferences=OWN,
    ),
}
PERSON = Person(ME, 1, NOW - timedelta(days=9), 1, "Europe/Lisbon", key=b"k")
MEMBERS = {
    "member": PERSON,
    "placeless": replace(PERSON, zone=None),
    "paused": replace(PERSON, paused=True),
    "away": replace(PERSON, away=True),
}
USED = {REMINDER_ID: {(date(2026, 5, 14), "08:30")}}
SOUGHT = Recalled(looked=4, kept=4, meant="bread", ids=(KEPT.id,))
NOTES = tuple(
    Note(f"{NOTE_ID[:-1]}{5 + n}", ME, kind, NOW - timedelta(days=1), "a warm kitchen", about)
    for n, (kind, about) in enumerate(
        [(NoteKind.SENTENCE, "lines-07"), (NoteKind.RAIL, ""), (NoteKind.RAIL, "session"), (NoteKind.LETTER, ""),
         (NoteKind.HARD, "")]
    )
)  # fmt: skip
FOUND = Found((KEPT,), 1, NUDGE, USED, SOUGHT, notes=NOTES)
FINDS = (
    Found(),
    Found(recalled=Recalled()),
    Found(recalled=Recalled(looked=3, kept=4, meant="bread", elsewhere=1)),
    Found(recalled=Recalled(kept=4, before=date(2026, 1, 1), after=date(2026, 6, 1))),
    Found((KEPT,), 30, recalled=replace(SOUGHT, partly=True, elsewhere=2, ids=())),
    Found((KEPT,), 30, recalled=replace(SOUGHT, ids=(KEPT.id,) * 21)),
    Found((), 7, recalled=SOUGHT),
)
# Of those who did not say yes nothing is remembered.
STATES = [("guest", Step.IDLE, "plain"), ("not admitted", Step.IDLE, "plain")]
STATES += [(who, step, day) for who in MEMBERS for step in Step for day in DAYS]
SOME = 16
# What people may be asked to write down, as the rules know it; and what such a question may be about beside that.
WRITTEN = sorted({rule.heard.removesuffix(" told") for rule in PEOPLE if rule.heard.endswith(" told")})
BESIDE = {"comfort": "see"}
COMING = re.compile(r"(?:today|tomorrow|\w+ \d+ \w+) \d+:\d\d(?: [ap]m)?")
TRAVELS = ("place", "press zone")  # told in the zone they are in from now on
heard = cache(hear)


def said() -> Iterator[Event]:
    yield from (Said(Message(9, NOW, words)) for words in WORDS)
    for kind in MEDIA:
        yield Said(Message(9, NOW, "", (Media(kind, f"{kind}-1"),)))
        yield Said(Message(9, NOW, "our walk", (Media(kind, f"{kind}-1"),), album="a"))
    yield Said(Message(9, NOW, "", (Media("location", lat=38.7, lon=-9.1),)))
    yield Said(Message(9, NOW, "", (Media("location", lat=0.0, lon=-30.0),)))
    yield from (Said(REPLY), Said(replace(REPLY, reply_to=ASKED)), Said(replace(REPLY, forwarded=True)))


def done() -> Iterator[Event]:
    yield from (Edited(Message(1, NOW, words)) for words in ("warmer bread", "", CRIES[0]))
    yield from (Reacted(1, ("❤",)), Reacted(1, ()), Blocked(), Unblocked())
    yield from (Elsewhere(speakable) for speakable in (True, False))


def buttons() -> Iterator[str]:
    """Each verb with everything it may carry, and once with what it may not."""
    for verb in VERBS:
        yield f"{verb}:?!"
        every = (f"{verb}{arg}" for arg in ARGS)
        yield from (data for data in every if hear(Pressed(data, None), State(), NOW).name != "press")


def presses(state: int) -> list[Pressed]:
    """Each button under one message or another; which, differs from state to state."""
    return [*(Pressed(data, UNDER[(n + state) % len(UNDER)]) for n, data in enumerate(BUTTONS)), *MEANT]


# Buttons that mean the words they stand under.
MEANT = [
    Pressed(data, replace(ASKED, reply_to=Message(8, NOW, words)))
    for words in REQUESTS
    for which in (REMINDER_ID, "all")
    for data in (f"which:{which}", f"pick:{which}.0", f"pick:{which}.1", "bound:go", "bound:move", "sure:8")
]
SAID, DONE, BUTTONS = tuple(said()), tuple(done()), tuple(buttons())


def situations(events: Iterable[Event], who: str, step: Step, day: str) -> Iterator[Situation]:
    person = MEMBERS.get(who)
    due = [DUE] if person else []
    for n, event in enumerate([*events, *due]):
        state = asking(DAYS[day], step, n)
        yield Situation(
            event,
            heard(event, state, NOW),
            NOW,
            ("seed", n),
            ME,
            HOUSE,
            person,
            state,
            REMINDERS[n % 3] if person else (),
            admitted=who != "not admitted",
            found=FOUND if person and n % 5 else FINDS[n // 5 % len(FINDS)] if person else Found(),
        )


def asking(state: State, step: Step, n: int) -> State:
    """With this question open; what is to be written down, and how far an exercise is, differ."""
    if step is Step.NOTE:
        about = WRITTEN[n % len(WRITTEN)]
        return replace(state, step=step, about=f"{about}.{BESIDE.get(about, 1)}", until=NOW + timedelta(hours=n % 2))
    if step is Step.GROUND:
        return replace(state, step=step, about=f"senses.{n % 5 + 1}", until=NOW + timedelta(hours=n % 2))
    return replace(state, step=step)


@pytest.mark.parametrize("state", range(len(STATES)), ids=lambda state: ", ".join(STATES[state]))
def test_every_state_answers(state: int) -> None:
    draw = Random(state)
    some = (*draw.sample(SAID, SOME), *DONE, *draw.sample(presses(state), SOME))
    for s in situations(some, *STATES[state]):
        check(s, respond(s))


@pytest.mark.slow
@pytest.mark.parametrize("state", range(len(STATES)), ids=lambda state: ", ".join(STATES[state]))
def test_every_state_answers_every_event(state: int) -> None:
    for s in situations((*SAID, *DONE, *presses(state)), *STATES[state]):
        answer = respond(s)
        check(s, answer)
        assert answer == respond(s), f"another answer when it is run again: {s.event} heard as {s.heard}"


def check(s: Situation, answer: Answer) -> None:
    note = f"{s.event} heard as {s.heard}"
    if isinstance(s.event, Said | Edited | Pressed):
        assert answer.says, f"silence: {note}"
    assert is_allowed(s, answer), f"strayed to {answer.state and answer.state.step}: {note}"
    if answer.state:
        assert State.from_json(json.loads(json.dumps(answer.state.as_json()))) == answer.state, note
    for say in answer.says:
        told_by_device(s, say, note)
        for row in say.params.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                data = button.get("callback_data") or button["copy_text"]["text"][:64]
                assert 0 < len(data.encode("utf-8", "surrogatepass")) <= 64, f"{button}: {note}"
                assert button["text"], note


def told_by_device(s: Situation, say: Say, note: str) -> None:
    """Every moment that comes next is a date to the device, too, and the same one."""
    text, dated = (
        say.params.get("text", ""),
        [one for one in say.params.get("entities", []) if one["type"] == "date_time"],
    )
    units = text.encode("utf-16-le", "surrogatepass")
    words = [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le", "surrogatepass")
        for one in dated
    ]
    for one, told in zip(dated, words, strict=True):
        at = datetime.fromtimestamp(one["unix_time"], UTC)
        assert told.endswith(s.voice.clock(at, s.zone)) or s.heard.name in TRAVELS, f"{told} is not {at}: {note}"
    coming = text.partition("Next: ")[2].partition(".")[0]
    assert [told for told in COMING.findall(coming) if told not in words] == [], note


def test_every_rule_can_be_heard() -> None:
    """No rule stands in the table for something that is never heard."""
    states = [DAYS["hard"], State(about="place", step=Step.TIMES), *(asking(State(), step, 1) for step in Step)]
    states += [asking(State(), Step.NOTE, n) for n in range(1, 2 * len(WRITTEN) + 1)]
    states += [State(step_until=NOW + timedelta(hours=1))]
    heard_at_all = {heard(event, State(), NOW).name for event in presses(0)}
    names = heard_at_all | {heard(event, state, NOW).name for event in (*SAID, *DONE, DUE) for state in states}
    assert sorted({rule.heard for rule in (*PEOPLE, *GUESTS, *NOT_ADMITTED)} - names) == []
