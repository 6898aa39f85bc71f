"""A month after words about harm: what is said, and when. `pytest -s` prints it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playground.calls import Call
from tests.stage import is_prompt, stage

START = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)  # 11:30 in Lisbon, where they are asked at 8:30 and 20:00
HELLO = "hello"
MONTH = timedelta(days=31)
DIRECT, ABUSE, UNCLEAR, FRIEND = "i want to die", "he hits me", "so tired of everything", "my friend wants to die"


async def month(database_url: str, *said: str, pressed: str = "") -> list[tuple[str, str]]:
    """(when, in UTC; what) of all that is sent in the month after these words, and after this button."""
    async with stage(database_url, START) as here:
        for words in ("/start", "yes", "Lisbon", "8:30 and 20:00"):
            here.you.say(words)
            await here.settle()
        for words in said:
            here.you.say(words)
        await here.settle()
        if pressed:
            here.you.press(*here.button(pressed))
            await here.settle()
        first = len(here.rehearsal.api.calls)
        await here.rehearsal.live_through(MONTH)
        sent = [call for call in here.rehearsal.api.calls[first:] if call.method == "sendMessage"]
        return [(f"{call.at:%a %d %b %H:%M}", kind(call)) for call in sent]


def kind(call: Call) -> str:
    text = str(call.params["text"])
    if is_prompt(text):
        return "prompt"
    return HELLO if text.startswith("Hello again. I'm not asking for anything today.") else text


@pytest.mark.parametrize("words", [DIRECT, ABUSE])
def test_a_day_of_nothing_then_one_hello_then_as_before(words: str, tmp_path: Path) -> None:
    sent = asyncio.run(month(f"sqlite:///{tmp_path}/g.db", words))
    print(*(f"{when}  {what}" for when, what in sent), sep="\n")
    assert sent[0] == ("Fri 15 May 19:00", HELLO), "at the first named time after 24 hours"
    assert [what for _, what in sent[1:]] == ["prompt"] * (len(sent) - 1)
    thinner = ("Tue 19 May", "Thu 21 May", "Mon 25 May", "Fri 29 May", "Fri 05 Jun", "Fri 12 Jun")
    assert [when for when, _ in sent[1:]] == [
        *("Sat 16 May 07:30", "Sat 16 May 19:00", "Sun 17 May 07:30"),
        *(f"{day} 07:30" for day in thinner),
    ], "as before, and less often where nothing comes back"


def test_said_once_more_within_the_day_the_day_begins_anew(tmp_path: Path) -> None:
    sent = asyncio.run(month(f"sqlite:///{tmp_path}/g.db", DIRECT, "i'm suicidal"))
    assert sent[0] == ("Fri 15 May 19:00", HELLO)
    assert [what for _, what in sent].count(HELLO) == 1


@pytest.mark.parametrize("words", [UNCLEAR, FRIEND])
def test_after_softer_words_it_asks_as_before(words: str, tmp_path: Path) -> None:
    sent = asyncio.run(month(f"sqlite:///{tmp_path}/g.db", words))
    assert {what for _, what in sent} == {"prompt"}
    assert sent[0] == ("Thu 14 May 19:00", "prompt")


def test_cleared_by_a_tap_it_asks_as_before(tmp_path: Path) -> None:
    sent = asyncio.run(month(f"sqlite:///{tmp_path}/g.db", DIRECT, pressed="Not what I meant"))
    assert sent[0] == ("Thu 14 May 19:00", "prompt")
    assert HELLO not in [what for _, what in sent]
