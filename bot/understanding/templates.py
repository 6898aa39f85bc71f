"""Sentence templates over signs, as regular expressions.

Words with single spaces; […] may be missing; (a|b) is either, with * any number of times; <name> is a macro; {name} is
a slot; ~ is anything, _ any one sign.

What a repeated bracket took it does not take otherwise, and it takes the longest first: without that, the time to find
that a sentence does not fit would double with every sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understanding.shortlist import Needs

PIECE = re.compile(r"\{\w+\}|<\w+>|[\[\]()|*~]|[^\s\[\]()|*~{}<>]+")
ANYTHING = frozenset({"*"})
FREE = "(?:.+? )"
KNOWN = r"(?:(?:[^a-z\s]\S*|h|m|is|number) )+?"  # signs of the grammar only
AMOUNTS = r"(?:(?<=\d )|(?<=[2-9]W ))(?:MINUTE|HOUR|DAY|WEEK) "
# "MORNING NUDGE", "8 AM 1W", not "20" of minutes, nor "8" of "8 AM"
NAMED = rf"(?:{KNOWN}(?:(?:1W|ONES|NUDGE|MESSAGE) )*+(?!{AMOUNTS}|[AP]M |OCLOCK ))"
LENGTH = r"(?:(?:\d[\d.W]*|HALF|QUARTER|COUPLE|FEW|HALFHOUR|MINUTE|HOUR|DAY|WEEK|FORTNIGHT|MONTH|AND|OF|h|m) )+?"
DAYS = r"(?:(?:D\d+|,|AND|OR|-|TO|THROUGH|UNTIL|ON|EVERY) )+?"
SHAPES = {  # of what a slot may hold, so that two slots side by side part where they should
    **dict.fromkeys(("by", "amount"), LENGTH),
    **dict.fromkeys(("which", "which_one", "which_named", "named_nudge", "which_time"), NAMED),
    **dict.fromkeys(("exclude", "exclude_any", "add", "which_day"), DAYS),
    **dict.fromkeys(("about", "about_short", "city", "zone", "zone_of_people", "excuse", "clock_to_come"), FREE),
    **dict.fromkeys(("which_nudge", "when_somewhere", "when_task"), FREE),
}


@dataclass(frozen=True)
class Template:
    """`first`: the signs a sentence of this kind may begin with; `empty`: it may have none; `needs`: it has one of each
    of these sets, beside the first."""

    words: str
    pattern: re.Pattern[str]
    first: frozenset[str]
    empty: bool
    needs: Needs

    def may_begin(self, sign: str) -> bool:
        """Whether a sentence of this kind may begin with the sign; "" is an empty sentence."""
        return self.empty if not sign else self.first is ANYTHING or sign in self.first


@dataclass(frozen=True)
class Part:
    """A piece of a template: its expression, what it may begin with, whether it may be missing, and of which sets of
    signs it has one each."""

    pattern: str
    first: frozenset[str]
    empty: bool
    needs: Needs = ()


def template(words: str, macros: dict[str, str]) -> Template:
    part = _Reading(PIECE.findall(words), macros, Counter()).either("")
    needs = tuple(need for need in part.needs if need != part.first)
    return Template(words, re.compile(part.pattern), part.first, part.empty, needs)


@dataclass
class _Reading:
    """Reads pieces from left to right. `slots` counts how often a slot was named: a group's name may stand once."""

    pieces: list[str]
    macros: dict[str, str]
    slots: Counter[str]

    def either(self, end: str) -> Part:
        """All until `end`: sequences parted by "|"."""
        branches = [self.sequence(end)]
        while self.pieces and self.pieces[0] == "|":
            self.pieces.pop(0)
            branches.append(self.sequence(end))
        if end:
            assert self.pieces.pop(0) == end, "a bracket is not closed"
        longest_first = sorted((branch.pattern for branch in branches), key=lambda pattern: -pattern.count(" "))
        return Part(
            f"(?:{'|'.join(longest_first)})",
            begins(branch.first for branch in branches),
            any(branch.empty for branch in branches),
            needed(branches),
        )

    def sequence(self, end: str) -> Part:
        parts = []
        while self.pieces and self.pieces[0] not in ("|", end):
            parts.append(self.part())
        leading = [part for n, part in enumerate(parts) if all(before.empty for before in parts[:n])]
        pattern = "".join(part.pattern for part in parts)
        needs = tuple(need for part in parts for need in part.needs)
        return Part(pattern, begins(part.first for part in leading), all(part.empty for part in parts), needs)

    def part(self) -> Part:
        piece = self.pieces.pop(0)
        if piece == "[":
            inner = self.either("]")
            return Part(f"{inner.pattern}?", inner.first, empty=True)
        if piece == "(":
            inner = self.either(")")
            if self.pieces[:1] == ["*"]:
                self.pieces.pop(0)
                return Part(f"(?>{inner.pattern})*", inner.first, empty=True)
            return inner
        if piece[0] == "<":
            return _Reading(PIECE.findall(self.macros[piece[1:-1]]), self.macros, self.slots).either("")
        if piece[0] == "{":
            name = piece[1:-1] + "_" * self.slots[piece]
            self.slots[piece] += 1
            return Part(f"(?P<{name}>{SHAPES.get(piece[1:-1], KNOWN)})", ANYTHING, empty=False)
        if piece in ("~", "_"):
            return Part("(?:.+ )" if piece == "~" else r"(?:\S+ )", ANYTHING, empty=False)
        return Part(f"(?:{re.escape(piece)} )", frozenset({piece}), empty=False, needs=(frozenset({piece}),))


def needed(branches: list[Part]) -> Needs:
    """What any of the branches needs: all that a single one does, of several one sign of the rarest set of each."""
    if len(branches) == 1:
        return branches[0].needs
    rarest = [min(branch.needs, key=len, default=frozenset[str]()) for branch in branches]
    return (frozenset().union(*rarest),) if all(rarest) else ()


def begins(firsts: Iterator[frozenset[str]]) -> frozenset[str]:
    found = list(firsts)
    return ANYTHING if any(first is ANYTHING for first in found) else frozenset().union(*found)
