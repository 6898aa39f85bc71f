"""The safety floor's reading: what is found, what is let be, and what typing cannot hide."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.care import Level, care_level
from tools.measure_words import FILES, OURS, Record, records

TESTS = Path(__file__).parent.parent
PLAIN = (Level.DIRECT, Level.ABUSE)
SHARED = TESTS.parent.parent / "shared" / "corpus"
PHRASES: dict[str, dict[str, list[str]]] = tomllib.loads((TESTS / "corpus" / "care.toml").read_text("utf-8"))


def phrases(level: str) -> list[str]:
    return [phrase for group in PHRASES[level].values() for phrase in group]


def read_as(level: str) -> dict[str, Level | None]:
    return {phrase: care_level(phrase) for phrase in phrases(level)}


def shared_lines(*files: str) -> list[tuple[str, str]]:
    """(kind, text) of every line of the shared development corpora."""
    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not beside this project")
    lines = [line for file in files for line in (SHARED / file).read_text("utf-8").splitlines()]
    return [(record["kind"], record["text"]) for record in map(json.loads, lines)]


def test_every_direct_phrase_is_read_as_direct() -> None:
    assert [phrase for phrase, level in read_as("direct").items() if level not in PLAIN] == []


def test_harm_done_by_somebody_is_met_as_that() -> None:
    assert [phrase for phrase in PHRASES["direct"]["abuse"] if care_level(phrase) not in PLAIN] == []
    assert care_level("he hits me") is care_level("i'm scared to go home to him") is Level.ABUSE
    assert care_level("he hits me and i want to die") is Level.DIRECT


def test_every_unclear_phrase_is_at_least_asked_about() -> None:
    missed = [p for p, level in read_as("unclear").items() if level in (None, Level.FRIEND)]
    assert missed == []


def test_worry_about_somebody_else_is_read_as_a_friends() -> None:
    assert [phrase for phrase, level in read_as("friend").items() if level is not Level.FRIEND] == []


def test_idioms_and_ordinary_moments_raise_no_alarm() -> None:
    assert [(phrase, level) for phrase, level in read_as("none").items() if level is not None] == []


def test_every_crisis_line_of_the_shared_corpora_is_found() -> None:
    crisis = [text for kind, text in shared_lines("own.jsonl", "ext_crisis.jsonl") if kind == "crisis"]
    assert [text for text in crisis if care_level(text) in (None, Level.FRIEND)] == []


def test_at_most_one_ordinary_message_in_a_hundred_raises_an_alarm() -> None:
    lines = shared_lines("own.jsonl", "ext_glimmers.jsonl", "ext_intents.jsonl")
    ordinary = [text for kind, text in lines if kind != "crisis"]
    assert len([text for text in ordinary if care_level(text)]) * 100 <= len(ordinary)


def ordinary(name: str, blind: bool | None = None) -> list[str]:
    """Messages that are no cry for help, nor may be one."""
    kinds = ("crisis", "help")
    rows = [
        row
        for row in records(name, blind)
        if not {row["kind"], *(a["kind"] for a in row.get("accept") or [])} & {*kinds}
    ]
    return [row["text"] for row in rows]


def test_of_five_thousand_ordinary_messages_at_most_one_in_a_hundred_raises_an_alarm() -> None:
    texts = [text for name in FILES for text in ordinary(name)] + phrases("none")
    assert len(texts) > 5000
    assert len([text for text in texts if care_level(text)]) * 100 <= len(texts)


def test_nor_of_those_nobody_has_looked_at() -> None:
    twins = "care2"  # made to look alike
    texts = [text for name in OURS if name != twins for text in ordinary(name, blind=True)]
    assert len([text for text in texts if care_level(text)]) * 100 <= len(texts)


def graded(cry: Record) -> str:
    """How plain it is; where nobody said so, it may be veiled."""
    level: str = (cry["expected"] or {}).get("level", "unclear")
    return level


def test_blind_cries_are_found_as_often_as_they_have_to_be() -> None:
    cries = [row for name in OURS for row in records(name, blind=True) if row["kind"] == "crisis"]
    found = {level: [row for row in cries if graded(row) == level] for level in ("direct", "unclear")}
    share = {
        level: sum(care_level(row["text"]) is not None for row in rows) / len(rows) for level, rows in found.items()
    }
    assert share["direct"] >= 0.96
    assert share["unclear"] >= 0.85


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my sister is suicidal and so am i", Level.DIRECT),
        ("my friend wants to die and i want to hurt myself", Level.DIRECT),
        ("my friend wants to die and i can't do this anymore", Level.UNCLEAR),
        ("dying to see you. i want to die", Level.DIRECT),
        ("that cake was to die for", None),
        ("i want to die for real", Level.DIRECT),
        ("i don't want to die, i want to hurt myself", Level.DIRECT),
        ("I ran 5 kms", None),
        ("shhh, what a quiet morning", None),
        ("he hit me with a snowball", None),
        ("the alarm didn't go off and nobody minded", None),  # which is no "mind", "ded"
        ("icantdothisanymore", Level.UNCLEAR),
        ("he hit me with a belt", Level.ABUSE),
        ("", None),
        ("🙂", None),
    ],
)
def test_what_stands_beside_it_decides(text: str, level: Level | None) -> None:
    assert care_level(text) is level


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO DIE",
        "i want to 𝗱𝗶𝗲",
        "і wаnt tо dіе",  # Cyrillic letters
        "i want to d\u200bi\u200be",
        "i wänt tö dïe",
        "i w4nt to d1e",
        "k*ll myself",
        "$uicide",
        "su!cide",
        "i want\nto\ndie",
        "nothing good today\npurging again\nthat's all",
        "i want... to... die",
        "i.want.to.die",
        "i  w a n t  t o  d i e",
        "i w a n t t o d i e",
        "i wnat to dei",
        "i dont want 2 live",
        "i don’t want to live",
    ],
)
def test_spelling_does_not_hide_a_direct_phrase(text: str) -> None:
    assert care_level(text) in PLAIN


LETTERED = [phrase for phrase in phrases("direct") if phrase.isascii() and max(map(len, phrase.split())) > 1]
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


@given(st.sampled_from(LETTERED), st.data())
def test_invisible_characters_do_not_hide_a_direct_phrase(phrase: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(phrase)))
    mark = data.draw(st.text(INVISIBLE, min_size=1, max_size=4))
    assert care_level(phrase[:at] + mark + phrase[at:]) in PLAIN


@given(st.sampled_from(LETTERED), st.data())
def test_case_does_not_hide_a_direct_phrase(phrase: str, data: st.DataObject) -> None:
    upper = data.draw(st.lists(st.booleans(), min_size=len(phrase), max_size=len(phrase)))
    mixed = "".join(letter.upper() if up else letter for letter, up in zip(phrase, upper, strict=True))
    assert care_level(mixed) in PLAIN


@given(st.sampled_from(LETTERED), st.data())
def test_repeated_letters_do_not_hide_a_direct_phrase(phrase: str, data: st.DataObject) -> None:
    places = [i for i, letter in enumerate(phrase) if letter.isalpha()]
    at = data.draw(st.sampled_from(places))
    assert care_level(phrase[:at] + phrase[at] * data.draw(st.integers(2, 9)) + phrase[at + 1 :]) in PLAIN


@given(st.sampled_from(LETTERED), st.text(st.characters(categories=["Lo", "So"]), max_size=20))
def test_what_stands_around_does_not_hide_a_direct_phrase(phrase: str, noise: str) -> None:
    assert care_level(f"hello. {noise}. {phrase}\n{noise}") in PLAIN


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert care_level(text) in (*Level, None)


@pytest.mark.parametrize(
    "piece", ["i want to ", "he is a ", "my best friend who ", "!a", "*", ".\n", "ﷺ", "d1e ", "a "]
)
def test_the_longest_message_is_read_to_its_end(piece: str) -> None:
    assert care_level((piece * 4096)[:4096]) is None
