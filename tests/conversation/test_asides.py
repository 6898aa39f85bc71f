"""What comes beside a kept glimmer is rare and never in the way: whatever people do, and in whatever order."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import aside
from bot.conversation.events import Event, Message, Pressed, Said
from bot.conversation.hear import hear
from bot.conversation.respond import respond
from bot.conversation.situation import Answer, Found, Heard, House, Say, Situation
from bot.conversation.state import OpenNudge, State, Step
from bot.house import furnished
from bot.settings import Settings
from bot.understanding.meaning import When
from scheduler.recurrence import Recess
from storage.records import Glimmer, Part, Person

START = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
HOUSE: House = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
ME = 7
PERSON = Person(ME, 1, START, 1, "Europe/Lisbon", key=b"k")
SLOW = tuple(HOUSE.voice(f"slow.{n}") for n in aside.SLOW)
ASKS = {HOUSE.voice(f"aside.{kind}"): kind for kind in aside.CHOICES}
OPEN = (Step.FIRST, Step.ZONE, Step.TIMES, Step.NOTE, Step.QUIET, Step.COUNTRY, Step.WORDS, Step.GROUND)
GAPS = (timedelta(seconds=5), timedelta(minutes=9), timedelta(minutes=11), timedelta(hours=7), timedelta(days=3))


@dataclass(frozen=True)
class Kept:
    """A glimmer that was kept: when, what stood in the way, and what came beside it."""

    at: datetime
    hindered: bool
    beside: tuple[str, ...]
    answered: str = ""


ACTS = st.tuples(
    st.sampled_from(GAPS),
    st.sampled_from(("", "", "", "", "hard", "care", "recess", "paused", "doubt", *OPEN)),
    st.sampled_from(("answer", "answer", "skip", "ignore")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ACTS, min_size=5, max_size=60))
def test_what_comes_beside_a_glimmer_is_rare_and_never_in_the_way(acts: list[tuple[timedelta, str, str]]) -> None:
    kept = lived(acts)
    came = [n for n, one in enumerate(kept) if one.beside]
    assert all(len(one.beside) <= 1 for one in kept)
    assert all(b - a >= 3 for a, b in pairwise(came))
    assert not [one for one in kept if one.beside and one.hindered]
    assert not [b for a, b in pairwise(kept) if b.beside and b.at - a.at < timedelta(minutes=10)]
    questions = [n for n in came if kept[n].beside[0] in ASKS]
    assert not questions or questions[0] >= 5
    for words in SLOW:
        assert sum(one.beside == (words,) for one in kept) <= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(("answer", "skip", "ignore")), min_size=60, max_size=90))
def test_a_kind_rests_after_two_in_a_row_were_passed_by(answers: list[str]) -> None:
    kept = lived([(timedelta(hours=1), "", answer) for answer in answers])
    asked = [(ASKS[one.beside[0]], one.answered) for one in kept if one.beside and one.beside[0] in ASKS]
    for kind in aside.CHOICES:
        history = [answer == "answer" for here, answer in asked if here == kind]
        assert not [pair for pair in pairwise(history[:-1]) if pair == (False, False)]


def test_all_kinds_come_and_settings_bring_them_back() -> None:
    kept = lived([(timedelta(hours=1), "", "answer")] * 120)
    assert {one.beside[0] for one in kept if one.beside} >= set(ASKS)
    none = aside.all_off(State())
    assert aside.kinds_on(none) == []
    assert aside.kinds_on(aside.all_on(none)) == list(aside.CHOICES)


def test_the_body_is_not_asked_about_where_it_is_left_out() -> None:
    preferences = replace(State().preferences, off=frozenset({"body"}))
    kept = lived([(timedelta(hours=1), "", "answer")] * 120, State(kept=9, preferences=preferences))
    assert HOUSE.voice("aside.body") not in {words for one in kept for words in one.beside}


def lived(acts: list[tuple[timedelta, str, str]], state: State | None = None) -> list[Kept]:
    """A glimmer after each gap, with what stands in the way; what is asked is answered, skipped or left."""
    state, now, kept = state or State(kept=9), START, []
    for n, (gap, hindrance, reaction) in enumerate(acts, 1):
        now += gap
        here, person = hindered(state, hindrance, now)
        s = situation(Said(Message(n, now, f"the {n}. window")), here, person, now)
        if hindrance == "doubt":
            s = replace(s, heard=replace(s.heard, doubt=Heard("set", when=When())))
        answer = respond(s)
        assert s.heard.name == "glimmer" and answer.kept, (s.heard, hindrance)
        beside = spoken(answer) if hindrance not in ("doubt", *OPEN) else asides_in(answer)
        state = read_again(replace(released(answer.state or here), nudge=None))
        if reaction != "ignore" and any(words in ASKS for words in beside):
            state = reacted(state, answer, reaction, n, now)
        is_quiet = bool(hindrance) or here.is_quiet(now)
        kept.append(Kept(now, is_quiet, beside, reaction))
    return kept


def hindered(state: State, hindrance: str, now: datetime) -> tuple[State, Person]:
    """Something that speaks against it now."""
    soon, person = now + timedelta(seconds=1), PERSON
    match hindrance:
        case "hard":
            state = replace(state, quiet_until=soon)
        case "care":
            state = replace(state, care_until=soon)
        case "recess":
            state = replace(state, recess=Recess(now - timedelta(seconds=1), soon))
        case "paused":
            person = replace(PERSON, paused=True)
        case Step():
            about = "own" if hindrance is Step.NOTE else None
            state = replace(state, step=hindrance, about=about, nudge=OpenNudge("0" * 32, now.date()))
    return state, person


def released(state: State) -> State:
    return replace(state, step=Step.IDLE, about=None, recess=None, quiet_until=None, care_until=None)


def read_again(state: State) -> State:
    """As it comes back from where it is stored."""
    return State.from_json(json.loads(json.dumps(state.as_json())))


def situation(event: Event, state: State, person: Person, now: datetime) -> Situation:
    heard = hear(event, state, now)
    if isinstance(event, Said):
        heard = Heard("glimmer")
    return Situation(event, heard, now, (ME, str(now)), ME, HOUSE, person, state)


def reacted(state: State, answer: Answer, reaction: str, n: int, now: datetime) -> State:
    """The first button, or the last one, which is the way past."""
    say = answer.says[-1]
    rows = say.params["reply_markup"]["inline_keyboard"]
    data = (rows[0] if reaction == "answer" else rows[-1])[0]["callback_data"]
    event = Pressed(data, Message(n, now, say.params["text"], from_bot=True))
    glimmer = Glimmer("0" * 31 + "3", ME, n, now.date(), now, (Part(n, "window"),))
    s = replace(situation(event, state, PERSON, now), found=Found((glimmer,)))
    assert s.heard.name == "press aside"
    return read_again(released(respond(s).state or state))


def spoken(answer: Answer) -> tuple[str, ...]:
    return tuple(say.params["text"] for say in answer.says if is_message(say))


def asides_in(answer: Answer) -> tuple[str, ...]:
    return tuple(words for words in spoken(answer) if words in ASKS or words in SLOW)


def is_message(say: Say) -> bool:
    return say.method == "sendMessage"
