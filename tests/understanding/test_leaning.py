"""The weights of words: what they may decide, and that they stand on words the grammar knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.care import LEANING, Level, care_level, load_grammar, load_leaning
from bot.understanding.leaning import Leaning, grams, leaning, units

DIARY = "had toast and missed the bus. {} anyway, tea now, and the dog snores."


def test_every_weight_is_of_words_the_grammar_knows() -> None:
    known = {*load_grammar().lexicon, "/", ",", "x", "_"}
    words = {word for line in LEANING.read_text("utf-8").splitlines() for word in line.split()[1:]}
    assert words - known == set()


@pytest.mark.parametrize(
    "phrase",
    [
        "there's no way back for me from here.",
        "i cant be someone's mum like this.",
    ],
)
def test_a_sentence_that_leans_is_found_in_a_diary_too(phrase: str) -> None:
    assert care_level(phrase) is Level.UNCLEAR
    assert care_level(DIARY.format(phrase)) is Level.UNCLEAR


def test_the_diary_alone_does_not_lean() -> None:
    assert care_level(DIARY.format("")) is None


def test_four_words_are_not_weighed() -> None:
    assert not Leaning({"d": 99.0}, bias=0.0).leans("\ndddd\n")
    assert Leaning({"d": 99.0}, bias=0.0).leans("\nddddd\n")


def test_a_weight_is_of_a_word_a_pair_or_a_pair_with_one_between() -> None:
    read = leaning(["-0.50", "1.25 want _ die", "2.00 /"], {"want": "w", "die": "d", "/": "\n"})
    assert read == Leaning({"w_d": 1.25, "\n": 2.0}, bias=-0.5)
    assert read.weigh(grams("wxd")) == pytest.approx(-0.5 + 1.25 / 6**0.5)


def test_neighbouring_sentences_are_weighed_together() -> None:
    assert list(units("\na\nb\nc\n")) == ["\na\n", "\nb\n", "\nc\n", "\na\nb\n", "\nb\nc\n"]


@given(st.text(max_size=300))
def test_any_text_can_be_weighed(text: str) -> None:
    assert load_leaning().leans(load_grammar().coded(text)) in (True, False)
