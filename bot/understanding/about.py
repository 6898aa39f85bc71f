"""What a text is about: the words looked for, in any form and order, through slips of the finger on either side.

Nothing is guessed: no word stands for another. Letters are compared without case and accents.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

from bot.understanding.dictionary import dictionary

CONTENT = Path(__file__).parent.parent / "content"
SHORTEST = 4  # letters; one slip in a shorter word makes another word
LONG = 8  # letters; in a long word two slips are seen through
BEGINNING = 2  # letters that all regular forms of a word have in common, and all of its root but the last
SAME, FORM, SLIP = 1.0, 0.9, 0.7  # how well one word fits another

Key = TypeVar("Key")
Likes = dict[str, float]  # words that fit one looked for, and how well


@dataclass(frozen=True)
class Ranking(Generic[Key]):
    """`whole`: the texts with every word looked for, best first; `partly`: those with some of them, most first.

    Within the same fit they are in the order they came. `looked` are all of them in that order. `meant` are the words
    looked for, spelled as the texts spell them.
    """

    whole: list[Key]
    partly: list[Key]
    looked: list[Key]
    meant: str


def ranked(about: str, texts: Iterable[tuple[Key, str]], language: str = "en") -> Ranking[Key]:
    """The texts that fit."""
    looked_for = sought(about, language)
    if not looked_for:
        return with_sign(about.strip(), list(texts))
    read = [(key, frozenset(words(text))) for key, text in texts]
    lens = Lens([found for _, found in read], language)
    meant = [lens.meant(word) for word in looked_for]
    likes = [lens.likes(word) for word in meant]
    some = frozenset(chain.from_iterable(likes))
    fits = [(fit(likes, found), key) for key, found in read if not some.isdisjoint(found)]
    fits.sort(key=lambda one: one[0], reverse=True)
    whole = [key for (fitting, _), key in fits if fitting == len(likes)]
    spelled = respelled(about, dict(zip(looked_for, meant, strict=True)))
    return Ranking(whole, [key for _, key in fits[len(whole) :]], [key for key, _ in read], spelled)


def with_sign(sign: str, texts: Sequence[tuple[Key, str]]) -> Ranking[Key]:
    """Where no word was looked for, but a sign or a picture."""
    return Ranking([key for key, text in texts if sign and sign in text], [], [key for key, _ in texts], sign)


def sought(about: str, language: str = "en") -> list[str]:
    """The words that tell: without small ones, unless there are no others. Each once."""
    said = list(dict.fromkeys(words(about)))
    return [word for word in said if word not in load(language).small] or said


def fit(likes: Sequence[Likes], found: Collection[str]) -> tuple[int, float]:
    """How many of the words looked for are among those found, and how well they fit together."""
    grades = [max((like[word] for word in like.keys() & found), default=0.0) for like in likes]
    return sum(grade > 0 for grade in grades), sum(grades)


def respelled(about: str, meant: Mapping[str, str]) -> str:
    """As it was said, but for words that were corrected."""
    if all(word == other for word, other in meant.items()):
        return " ".join(about.split())
    return " ".join(meant.get(word, word) for word in words(about))


def words(text: str) -> list[str]:
    """Runs of letters, digits and their marks, without case and accents."""
    return text.translate(PLAIN).split()


class _Plain(dict[int, str]):
    """How each character is written in a word: folded, or as a gap; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
        is_word = letters.isalnum() or unicodedata.category(chr(code)).startswith("M")
        self[code] = plain = letters if is_word else " "
        return plain


PLAIN = _Plain()


@dataclass(frozen=True)
class Forms:
    """What is known of a language's words. `irregular`: forms with the word they belong to."""

    stem: Callable[[str], str]
    small: frozenset[str]
    irregular: Mapping[str, str]

    def root(self, word: str) -> str:
        return self.stem(self.irregular.get(word, word))


@cache
def load(language: str) -> Forms:
    """A language's forms, read when somebody first looks for something."""
    import snowballstemmer

    data = tomllib.loads((CONTENT / language / "forms.toml").read_text("utf-8"))
    irregular = {form: word for word, forms in data["irregular"].items() for form in forms}
    return Forms(snowballstemmer.stemmer(data["stemmer"]).stemWord, frozenset(data["small"]), irregular)


class Lens:
    """Looks at the words of many texts."""

    def __init__(self, texts: Sequence[frozenset[str]], language: str) -> None:
        self._texts = texts
        self._vocabulary = sorted(frozenset().union(*texts))
        self._forms = load(language)
        self._dictionary = dictionary(language)

    def meant(self, word: str) -> str:
        """The word itself, if it is one; else the word of the texts that it is a slip of."""
        if self.is_known(word) or self.forms_of(word):
            return word
        near = self.slips_of(word)
        return min(near, key=lambda other: (near[other], -self.count(other)), default=word)

    def likes(self, word: str) -> Likes:
        """Words of the texts that fit: itself, its other forms, and what is no word but a slip of it.

        What is written like that again and again may be a name, unless the word is long and no name itself.
        """
        forms = self.forms_of(word)
        is_no_name = not forms or (len(word) >= LONG and self.is_known(word))
        slips = [other for other in self.slips_of(word) if not self.is_known(other)]
        return {other: SLIP for other in slips if is_no_name or self.count(other) == 1} | forms

    def forms_of(self, word: str) -> dict[str, float]:
        if not has_case(word):  # scripts that join words, or write no gaps between them
            return {other: SAME if other == word else FORM for other in self._vocabulary if word in other}
        root = self._forms.root(word)
        begins, irregular = root[: max(BEGINNING, len(root) - 1)], self._forms.irregular
        alike = [other for other in self._vocabulary if other.startswith(begins) or other in irregular]
        return {other: SAME if other == word else FORM for other in alike if self._forms.root(other) == root}

    def slips_of(self, word: str) -> dict[str, int]:
        """Words a slip or two away, with how many; never in the first letter, but for the first two swapped."""
        if len(word) < SHORTEST or not word.isalpha():
            return {}
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        begins = (word[0], word[1::-1])
        others = [other for other in self._vocabulary if len(other) >= SHORTEST and other.startswith(begins)]
        near = process.extract_iter(word, others, scorer=OSA.distance, score_cutoff=2)
        return {other: slips for other, slips, _ in near if 0 < slips <= most_slips(word, other)}

    def is_known(self, word: str) -> bool:
        return word in self._dictionary

    def count(self, word: str) -> int:
        """In how many texts it stands."""
        return sum(word in text for text in self._texts)


def most_slips(word: str, other: str) -> int:
    return 2 if min(len(word), len(other)) >= LONG else 1


def has_case(word: str) -> bool:
    return word.upper() != word.lower() or word.isdigit()
