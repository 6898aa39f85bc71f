"""The words people read: short, plain, quiet, and never pressing. Rules in `tests/tone.py`."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest

from bot.conversation.prompts import load_library, load_pools
from tests import tone
from tests.tone import Messages

CONTENT = Path(__file__).parent.parent / "bot" / "content" / "en"
PROMPTS = tone.read_prompts(CONTENT / "prompts.toml")
REPLIES = tone.read_replies(CONTENT / "replies.po") if (CONTENT / "replies.po").is_file() else {}
POOLS = tone.read_prompts(CONTENT / "pools.toml")
FILES = [pytest.param(PROMPTS, id="prompts"), pytest.param(POOLS, id="pools"), pytest.param(REPLIES, id="replies")]
SPOKEN = {**PROMPTS, **POOLS}
MOST_ALIKE = 0.4  # the largest share of words two prompts may have in common

# (key, word): why it may stay. "Just" and "only" are banned where they shrink the person.
ALLOWED = {
    ("access.closed", "only"): "says who this copy is for",
    ("consent.what", "only"): "bounds what the bot keeps",
    ("elsewhere", "only"): "bounds where the bot works",
    ("privacy", "only"): "bounds what the bot keeps",
    ("button.barrier.chat", "just"): "the person's own words",
}
# key: why it may be longer than 45 words.
LONG = {"start": "the consent question, which has to say what this is and is not"}


@pytest.mark.parametrize("messages", FILES)
def test_no_banned_word_is_used(messages: Messages) -> None:
    found = {(key, word) for key, text in messages.items() for word in tone.banned(text)}
    assert found - set(ALLOWED) == set()


def test_every_exception_is_still_needed() -> None:
    everything = {**SPOKEN, **REPLIES}
    assert [key for key, word in ALLOWED if word not in tone.banned(everything.get(key, ""))] == []
    assert [key for key in LONG if len(tone.words(everything.get(key, ""))) <= tone.LONGEST_MESSAGE] == []


@pytest.mark.parametrize("messages", FILES)
def test_no_sentence_is_long(messages: Messages) -> None:
    long = [
        (key, len(sentence))
        for key, text in messages.items()
        for sentence in tone.sentences(text)
        if len(sentence) > tone.LONGEST_SENTENCE
    ]
    assert long == []


@pytest.mark.parametrize("messages", FILES)
def test_no_message_is_long(messages: Messages) -> None:
    counted = {key: len(tone.words(text)) for key, text in messages.items() if tone.area(key) not in tone.MAY_BE_LONG}
    assert {key: n for key, n in counted.items() if n > tone.LONGEST_MESSAGE and key not in LONG} == {}


@pytest.mark.parametrize("messages", FILES)
def test_nothing_is_shouted(messages: Messages) -> None:
    loud = {key: text.count("!") for key, text in messages.items()}
    assert [key for key, n in loud.items() if n > (tone.area(key) not in tone.NEVER_LOUD)] == []


@pytest.mark.parametrize("messages", FILES)
def test_a_child_of_eleven_could_read_it(messages: Messages) -> None:
    if not messages:
        pytest.skip("not written yet")
    assert tone.grade(list(messages.values())) <= tone.FILE_GRADE
    grades = {
        key: round(tone.grade([text]), 1)
        for key, text in messages.items()
        if len(tone.words(text)) >= tone.LONG_ENOUGH_TO_GRADE
    }
    assert {key: found for key, found in grades.items() if found > tone.MESSAGE_GRADE} == {}


def test_every_prompt_has_an_id_of_its_own() -> None:
    library, pools = load_library("en"), load_pools("en")
    ids = [prompt.id for prompt in (*library, *chain.from_iterable(pools.values()))]
    assert len(ids) == len(set(ids))


def test_the_first_prompt_asks_for_a_glimmer() -> None:
    assert load_library("en")[0].id == "core-01"


def test_prompts_are_unlike_each_other() -> None:
    pairs = {(a, b): tone.likeness(SPOKEN[a], SPOKEN[b]) for a, b in combinations(SPOKEN, 2)}
    assert {pair: found for pair, found in pairs.items() if found > MOST_ALIKE} == {}


def test_no_two_prompts_begin_with_the_same_four_words() -> None:
    openings = [tuple(word.lower() for word in tone.words(text)[:4]) for text in SPOKEN.values()]
    assert sorted({opening for opening in openings if openings.count(opening) > 1}) == []


def test_about_one_prompt_in_six_asks_nothing_and_one_is_something_to_try() -> None:
    library = load_library("en")
    for kind in ("line", "try"):
        assert 1 / 8 <= sum(prompt.kind == kind for prompt in library) / len(library) <= 1 / 5
    assert not [prompt.id for prompt in library if prompt.kind == "line" and "?" in prompt.text]


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("like", 1), ("table", 2), ("little", 2), ("moment", 2), ("noticed", 2), ("wanted", 2), ("places", 2),
     ("quiet", 2), ("are", 1), ("somewhere", 2), ("beautiful", 3), ("someone", 2), ("glimmer", 2), ("more", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_sound(word: str, count: int) -> None:
    assert tone.syllables(word) == count
