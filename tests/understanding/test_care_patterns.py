"""Templates over words: what the marks mean, and that trying only what may begin loses nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.care_patterns import END, MASK, Compiler, plain

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
    patterns, said = made.patterns({"it": [template]}), coded(made, text)
    assert bool(patterns.of(said)["it"].search(said)) is found


@given(st.data())
def test_every_match_of_the_plain_expression_is_found(data: st.DataObject) -> None:
    made = compiler()
    regex = re.compile("|".join(made.part(template).regex for template in TEMPLATES))
    patterns = made.patterns({"it": TEMPLATES})
    text = data.draw(st.text([*made.lexicon.values(), "x", END, MASK], max_size=30))
    pattern = patterns.of(text)["it"]
    assert bool(pattern.search(text)) is bool(regex.search(text))


@given(st.data())
def test_what_is_not_replaced_stays(data: st.DataObject) -> None:
    made = compiler()
    patterns = made.patterns({"it": TEMPLATES})
    text = data.draw(st.text([*made.lexicon.values(), "x", END], max_size=30))
    pattern = patterns.of(text)["it"]
    masked, times = pattern.subn(MASK, text)
    assert masked.count(MASK) == times == len(list(pattern.finditer(text)))
    assert len(masked) - times == len(text) - sum(len(found[0]) for found in pattern.finditer(text))


@given(st.lists(st.sampled_from([*SAID, ".", "thing"]), max_size=30))
def test_what_is_left_of_a_text_matches_what_the_text_may(said: list[str]) -> None:
    made = compiler()
    patterns = made.patterns({"it": TEMPLATES, "end": ["{end}"]})
    text = coded(made, " ".join(said))
    left, _ = patterns.of(text)["end"].subn(MASK, text)
    assert [found.span() for found in patterns.of(text)["it"].finditer(left)] == [
        found.span() for found in patterns.of(left)["it"].finditer(left)
    ]
