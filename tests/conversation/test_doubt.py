"""A glimmer in doubt is kept, and whatever else it may be is one press away: by value, for everything it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.conversation.doubt import OFFERED, ON_HARD_DAYS
from bot.conversation.events import Message, Pressed, Said
from bot.conversation.respond import respond
from bot.conversation.situation import Answer, Found, Heard, Recalled, Situation
from bot.conversation.state import State, Step
from bot.house import furnished
from bot.settings import Settings
from bot.understanding.meaning import Change, Pause, Recall, Snooze, Stop, When
from bot.understanding.places import Place
from scheduler.rule import Rule
from storage.records import Glimmer, Part, Person, Reminder

NOW = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
ME = 7
HOUSE = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
PERSON = Person(ME, 1, NOW - timedelta(days=9), 1, "Europe/Lisbon", key=b"k")
MORNING = Reminder("1" * 32, ME, Rule((time(8, 30),)).as_json())
WORDS = Message(9, NOW, "soup and a candle")
KEPT = Glimmer("2" * 32, ME, 9, NOW.date(), NOW, (Part(9, WORDS.text),))
DOUBTS = {
    "set": Heard("set", when=When(times=(time(20),))),
    "once": Heard("once", when=When(in_minutes=45)),
    "change": Heard("change", change=Change(times=(time(9),))),
    "stop": Heard("stop", stop=Stop("morning")),
    "recall": Heard("recall", recall=Recall()),
    "place": Heard("place", places=(Place("Berlin", "DE", "Europe/Berlin"),)),
    "pause": Heard("pause", pause=Pause()),
    "later": Heard("later", snooze=Snooze(45)),
}
TOLD = {
    "set": ("a reminder at 20:00 every day?", "I'll ask at 20:00 every day. Next: today 20:00"),
    "once": ("a question once?", "I'll ask once: today 12:15."),
    "change": ("to change a time?", "Changed: 09:00 every day."),
    "stop": ("to stop a time?", "Removed: 08:30 every day."),
    "recall": ("to read what you kept?", "You kept 1 glimmer."),
    "place": ("where you live?", "Berlin, Germany. It's 12:30 there"),
    "pause": ("a pause?", "Done. I won't ask anything"),
    "later": ("to be asked later?", "I'll ask once: today 12:15."),
}


def situation(event: Said | Pressed, heard: Heard, state: State) -> Situation:
    found = Found((KEPT,), 1, recalled=Recalled(1, 1)) if isinstance(event, Pressed) else Found()
    return Situation(event, heard, NOW, ("seed",), ME, HOUSE, PERSON, state, (MORNING,), found=found)


def said(name: str, state: State) -> Answer:
    return respond(situation(Said(WORDS), Heard("glimmer", doubt=DOUBTS[name]), state))


def labels(answer: Answer) -> list[str]:
    keyboard = answer.says[-1].params.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in keyboard for button in row]


def test_every_doubt_is_tried() -> None:
    assert DOUBTS.keys() == TOLD.keys() == set(OFFERED)


@pytest.mark.parametrize("name", DOUBTS)
def test_it_is_kept_and_the_other_reading_offered(name: str) -> None:
    answer = said(name, State())
    assert [glimmer.text for glimmer in answer.kept] == [WORDS.text]
    assert [say.method for say in answer.says] == ["setMessageReaction", "sendMessage"]
    assert answer.says[1].params["text"] == f"Kept. Or did you mean {TOLD[name][0]}"
    yes, undo = labels(answer)
    assert yes.startswith("Yes, ") and undo == "Undo"


@pytest.mark.parametrize("name", DOUBTS)
def test_a_yes_does_it_in_place_and_keeps_the_glimmer(name: str) -> None:
    question = Message(10, NOW, "Kept. Or did you mean …?", reply_to=WORDS, from_bot=True)
    heard = replace(DOUBTS[name], name="press sure", arg="9", doubt=DOUBTS[name])
    answer = respond(situation(Pressed("sure:9", question), heard, State()))
    assert [say.method for say in answer.says] == ["editMessageText"]
    assert answer.says[0].params["text"].startswith(TOLD[name][1])
    assert not answer.forgotten and not answer.amended
    assert ("Not a glimmer, let it go" in labels(answer)) is (name != "recall")


@pytest.mark.parametrize("name", DOUBTS)
def test_on_a_hard_day_only_what_leaves_in_peace_is_offered(name: str) -> None:
    answer = said(name, State(quiet_until=NOW + timedelta(hours=5)))
    assert [glimmer.text for glimmer in answer.kept] == [WORDS.text]
    assert (len(answer.says) > 1) is (name in ON_HARD_DAYS)


def test_the_welcome_goes_on_below() -> None:
    s = situation(Said(WORDS), Heard("glimmer", doubt=DOUBTS["set"]), State(step=Step.FIRST))
    answer = respond(replace(s, reminders=()))
    words = answer.says[1].params["text"]
    assert words.startswith("Kept. Or did you mean a reminder at 20:00 every day?\n\nWhen may I ask")
    assert answer.state and answer.state.step is Step.TIMES


def test_words_that_are_gone_are_asked_for() -> None:
    heard = replace(DOUBTS["set"], name="press sure", arg="9", doubt=DOUBTS["set"])
    answer = respond(situation(Pressed("sure:9", None), heard, State()))
    assert answer.says[0].params["text"] == "I can't see those words any more. You could say it once more."
    assert answer.reminders is None
