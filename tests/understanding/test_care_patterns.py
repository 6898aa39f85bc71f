"""Templates over words: what the marks mean, and that trying only what may begin loses nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.care_patterns import END, LONG, MASK, Compiler, plain

WORDS = {"end": ["stop", "go away", "[be] over"], "speaker": ["i", "me"]}
TEMPLATES = ["{end} it", "^ i {end}", "(no|not) [one] ~ cares", "want … {end}", "[the] last / bye", "bye $"]

SAID = "stop go away be over it i no not one cares want the last bye good me".split()


def compiler() -> Compiler:
    return Compiler(words=WORDS, spellings={"bye": ["good bye"]})


def coded(made: Compiler, text: str) -> str:
    words = (END if word == "." else made.lexicon.get(plain(word), "x") for word in text.split())
    return END + "".join(words) + END


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("{end} it", "stop it", True),
        ("{end} it", "be over it", True),
        ("{end} it", "go it", False),
        ("^ i {end}", "then . i stop", True),
        ("^ i {end}", "then i stop", False),
        ("(no|not) [one] ~ cares", "no one at all cares", True),
        ("(no|not) [one] ~ cares", "no i cares", False),
        ("(no|not) [one] ~ cares", "no one a b c d cares", False),
        ("want … {end}", "want me and all that to stop", True),
        ("want … {end}", "want . stop", False),
        ("[the] last / bye", "last one . good bye", True),
        ("bye $", "bye . now", True),
        ("bye $", "bye now", False),
    ],
)
def test_the_marks_mean_what_the_content_says(template: str, text: str, found: bool) -> None:
    made = compiler()
    pattern = made.pattern([template])
    assert bool(pattern.search(coded(made, text))) is found


@given(st.data())
def test_every_match_of_the_plain_expression_is_found(data: st.DataObject) -> None:
    made = compiler()
    regex = re.compile("|".join(made.part(template).regex for template in TEMPLATES))
    pattern = made.pattern(TEMPLATES)
    text = data.draw(st.text([*made.lexicon.values(), "x", END, MASK], max_size=30))
    assert bool(pattern.search(text)) is bool(regex.search(text))


@given(st.data())
def test_what_is_not_replaced_stays(data: st.DataObject) -> None:
    made = compiler()
    pattern = made.pattern(TEMPLATES)
    text = data.draw(st.text([*made.lexicon.values(), "x", END], max_size=30))
    masked, times = pattern.subn(MASK, text)
    assert masked.count(MASK) == times == len(list(pattern.finditer(text)))
    assert len(masked) - times == len(text) - sum(len(found[0]) for found in pattern.finditer(text))


@given(st.lists(st.sampled_from([*SAID, ".", "thing"]), max_size=30))
def test_what_a_long_text_cannot_match_is_not_tried_and_nothing_is_lost(said: list[str]) -> None:
    made = compiler()
    pattern = made.pattern(TEMPLATES)
    text = coded(made, " ".join(said))
    long = text + "x" * LONG
    assert len(text) < LONG
    assert [found.span() for found in pattern.finditer(long)] == [found.span() for found in pattern.finditer(text)]
