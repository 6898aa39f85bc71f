"""What is sealed opens with the same key, in the same place, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import Vault, VaultError, fingerprint, new_key, seal, unseal

PLACES = st.tuples(st.text(max_size=9), st.text(max_size=9), st.integers(), st.text(max_size=9))


@given(st.binary(max_size=500), PLACES)
def test_what_is_sealed_opens_again(plain: bytes, place: tuple[str | int, ...]) -> None:
    key = new_key()
    assert unseal(key, seal(key, plain, *place), *place) == plain


@given(st.binary(min_size=1, max_size=99), PLACES, PLACES)
def test_moved_to_another_row_it_stays_shut(plain: bytes, place: tuple[str, ...], other: tuple[str, ...]) -> None:
    key = new_key()
    if place != other:
        with pytest.raises(VaultError):
            unseal(key, seal(key, plain, *place), *other)


@given(st.data())
def test_one_changed_bit_is_noticed(data: st.DataObject) -> None:
    key = new_key()
    sealed = bytearray(seal(key, b"rain on the tent roof", "t", "c"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(VaultError):
        unseal(key, bytes(sealed), "t", "c")


def test_the_same_words_never_look_the_same() -> None:
    key = new_key()
    assert len({seal(key, b"rain", "t", "c") for _ in range(100)}) == 100


def test_an_older_master_key_still_opens_and_the_newest_wraps() -> None:
    old, new, data = new_key(), new_key(), new_key()
    wrapped = Vault([old]).wrap(data, "people", "key", 7)
    both = Vault([new, old])
    assert both.unwrap(wrapped, "people", "key", 7) == data
    assert Vault([new]).unwrap(both.wrap(data, "people", "key", 7), "people", "key", 7) == data
    with pytest.raises(VaultError):
        Vault([new]).unwrap(wrapped, "people", "key", 7)


def test_a_fingerprint_names_a_key_without_telling_it() -> None:
    key = new_key()
    assert fingerprint(key) == fingerprint(key) != fingerprint(new_key())
    assert key.hex()[:8] not in fingerprint(key)
    assert key.hex() not in repr(Vault([key]))
