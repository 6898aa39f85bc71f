"""What a message cannot match is not tried, and what it can is never left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.shortlist import Needs, Shortlist

WORDS = st.sampled_from("abcdef")
NEEDS = st.lists(st.frozensets(WORDS, min_size=1, max_size=3), max_size=3).map(tuple)


@given(st.lists(NEEDS, max_size=12), st.sets(WORDS))
def test_it_lists_all_that_find_what_they_need_in_order(needs: list[Needs], said: set[str]) -> None:
    listed = list(Shortlist((n, each) for n, each in enumerate(needs)).of(said))
    assert listed == [n for n, each in enumerate(needs) if all(said & need for need in each)]
