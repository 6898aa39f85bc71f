"""Finding texts by words: forms, accents, slips of the finger on either side; and nothing that was not said."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.understanding.about import CONTENT, load, ranked, sought, words
from bot.understanding.dictionary import dictionary

KEPT = (
    "Walked the dog on the beach",
    "Coffee with Ana",
    "rainy day inside",
    "two dogs asleep, children laughing",
    "swam in the sea with Leo's sister",
    "Café crème, définately a good day",
    "我的狗很可爱",
    "كوب شاي دافئ",
    "🐶 so soft",
    "cold coffe in the sun",
)
LETTERS = st.characters(categories=("Ll", "Lu", "Lo", "Nd"))
WORDS = st.text(LETTERS, min_size=1, max_size=12)
TEXTS = st.lists(st.text(max_size=60), max_size=8)
SPELLED = sorted(word for word in dictionary("en") if len(word) > 4)


def found(about: str, texts: Sequence[str] = KEPT) -> list[str]:
    return ranked(about, [(text, text) for text in texts]).whole


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("dog", [KEPT[0], KEPT[3]]),
        ("Dogs", [KEPT[3], KEPT[0]]),
        ("walking", [KEPT[0]]),
        ("my walk with the dog", [KEPT[0]]),
        ("child", [KEPT[3]]),
        ("swimming", [KEPT[4]]),
        ("leo", [KEPT[4]]),
        ("leos sister", [KEPT[4]]),
        ("CAFE CREME", [KEPT[5]]),
        ("café", [KEPT[5]]),
        ("definitely", [KEPT[5]]),
        ("coffee", [KEPT[1], KEPT[9]]),
        ("beech", []),  # a word of its own, no slip of "beach"
        ("bech", [KEPT[0]]),
        ("beahc", [KEPT[0]]),
        ("ebach", [KEPT[0]]),
        ("dg", []),
        ("rain", []),  # "rainy" is another word
        ("snow", []),
        ("狗", [KEPT[6]]),
        ("شاي", [KEPT[7]]),
        ("🐶", [KEPT[8]]),
        ("", []),
        ("?!", []),
    ],
)
def test_what_fits(about: str, expected: list[str]) -> None:
    assert found(about) == expected


def test_the_same_word_comes_before_its_forms_and_these_before_slips() -> None:
    texts = ["raining", "rian", "rain"]
    assert found("rain", texts) == ["rain", "raining", "rian"]


def test_within_the_same_fit_the_order_stays() -> None:
    assert found("tea", ["tea b", "tea a", "tea c"]) == ["tea b", "tea a", "tea c"]


def test_some_of_several_words_come_near() -> None:
    ranking = ranked("green tea garden", [(text, text) for text in ("garden", "a green garden", "tea and rain", "sun")])
    assert (ranking.whole, ranking.partly) == ([], ["a green garden", "garden", "tea and rain"])


def test_a_slip_in_the_question_is_spelled_as_the_texts_spell_it() -> None:
    assert ranked("the  coffeee", [(1, "my coffee"), (2, "coffee")]).meant == "the coffee"
    assert ranked("Coffee", [(1, "my coffee")]).meant == "Coffee"


def test_a_name_that_is_often_written_is_no_slip_of_another() -> None:
    texts = ["lunch with Marie", "Marie called", "Maria called"]
    assert found("Maria", texts) == ["Maria called"]


def test_small_words_count_where_there_are_no_others() -> None:
    assert sought("the dog") == ["dog"]
    assert sought("with me") == ["with", "me"]


@given(TEXTS, st.data())
def test_a_text_fits_its_own_words(texts: list[str], data: st.DataObject) -> None:
    for text in texts:
        own = words(text)
        if own:
            some = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=4))
            assert text in found(" ".join(some), texts)


@given(st.lists(WORDS, min_size=1, max_size=6), TEXTS)
def test_case_and_accents_say_nothing(said: list[str], texts: list[str]) -> None:
    text = " ".join(said)
    other = unicodedata.normalize("NFD", text).swapcase()
    assume(words(other) == words(text) and sought(text))  # a few letters are folded to several when they change case
    assert found(other, [text, *texts])[0] == found(text, [text, *texts])[0]


@given(st.text("aeioun\u0301\u0308\u0327czs", min_size=1, max_size=12))
def test_accents_say_nothing_however_they_are_written(word: str) -> None:
    assume(words(word))
    assert words(unicodedata.normalize("NFC", word)) == words(unicodedata.normalize("NFD", word))


@given(st.sampled_from(SPELLED), st.sampled_from(["", "s"]))
def test_one_and_several_are_one_word(word: str, ending: str) -> None:
    assume(not word.endswith(("s", "x", "z", "h", "y")))
    assume(word + ending not in load("en").irregular)  # "calves" are not of "calve" alone
    assert found(word, [f"we saw {word}{ending}"])
    assert found(word + ending, [f"we saw {word}"])


@given(st.sampled_from(SPELLED), st.data())
def test_a_letter_lost_is_seen_through_unless_it_makes_another_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    slip = word[:at] + word[at + 1 :]
    fits = slip not in dictionary("en") or load("en").root(slip) == load("en").root(word)
    assert bool(found(word, [f"we saw a {slip}"])) is fits


@given(st.sampled_from(SPELLED), st.sampled_from(SPELLED))
def test_no_word_of_the_language_is_taken_for_another(one: str, other: str) -> None:
    same = load("en").root(one) == load("en").root(other)
    assert bool(found(one, [f"we saw {other}"])) is same


@given(st.text(max_size=30), TEXTS)
def test_every_text_is_looked_at_and_found_once_at_most(about: str, texts: list[str]) -> None:
    ranking = ranked(about, list(enumerate(texts)))
    assert ranking.looked == list(range(len(texts)))
    assert len({*ranking.whole, *ranking.partly}) == len(ranking.whole) + len(ranking.partly) <= len(texts)


def test_all_forms_of_a_word_begin_as_its_root_does() -> None:
    """What saves most of the work of a search."""
    forms = load("en")
    regular = {word: forms.root(word) for word in sorted(dictionary("en"))[::40] if word not in forms.irregular}
    assert [word for word, root in regular.items() if not word.startswith(root[: max(2, len(root) - 1)])] == []


def test_every_language_has_what_a_search_needs() -> None:
    for folder in CONTENT.iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert load(folder.name).stem("walls") and dictionary(folder.name)
