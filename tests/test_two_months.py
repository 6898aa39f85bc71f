"""Two months of one person with the real bot, to be read as that person would: `pytest -s tests/test_two_months.py`.

Ada lives in Lisbon and is asked at 8:30. What she does is in `dialogs/two_months.txt`, a day a paragraph: `> words` she
writes, `[button]` she presses, `(3h)` passes; days without a paragraph she leaves unanswered.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playground.calls import Call
from tests.stage import Stage, is_prompt, spell, stage

LIFE = Path(__file__).parent / "dialogs" / "two_months.txt"
BEGINS = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)
DAYS = 60
DAY = re.compile(r"^day (\d+)\n((?:[>\[(].+\n?)+)", re.MULTILINE)
PRESSING = ("streak", "missed", "days ago you", "should", "must", "!")


def life() -> dict[int, list[str]]:
    """What she does on each day, in order."""
    return {int(day): acts.splitlines() for day, acts in DAY.findall(LIFE.read_text("utf-8"))}


async def lived(here: Stage) -> list[tuple[datetime, str]]:
    """All that is said in two months, by her and by the bot."""
    diary: list[tuple[datetime, str]] = []
    for day in range(DAYS):
        morning = BEGINS + timedelta(days=day, hours=2)
        await here.rehearsal.live_through(max(timedelta(0), morning - here.rehearsal.clock.now()))
        diary += said(await here.settle())
        for act in life().get(day, []):
            diary.append((here.rehearsal.clock.now(), act))
            try:
                await do(here, act)
            except AssertionError as missing:
                raise AssertionError(f"day {day}: {missing}\n" + "\n".join(line for _, line in diary[-12:])) from None
            diary += said(await here.settle())
    return diary


async def do(here: Stage, act: str) -> None:
    match act[0]:
        case ">":
            here.you.say(act[1:].strip())
        case "[":
            here.you.press(*here.button(act[1:-1]))
        case "(":
            await here.rehearsal.live_through(spell(act[1:-1]))
        case _:
            raise AssertionError(act)


def said(calls: list[Call]) -> Iterator[tuple[datetime, str]]:
    for call in calls:
        if call.method == "setMessageReaction":
            yield call.at, "    (a heart)"
        elif call.params.get("text"):
            rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
            labels = " ".join(f"[{button['text']}]" for row in rows for button in row)
            text = call.params["text"].replace("\n", "\n    ")
            mark = "" if call.method == "sendMessage" else "(changed) "
            yield call.at, f"    {mark}{text}" + (f"\n      {labels}" if labels else "")


@pytest.mark.slow
def test_two_months(tmp_path: Path) -> None:
    async def play() -> list[tuple[datetime, str]]:
        async with stage(f"sqlite:///{tmp_path}/g.db", BEGINS) as here:
            return await lived(here)

    diary = asyncio.run(play())
    day = None
    for at, line in diary:
        if at.date() != day:
            day = at.date()
            print(f"\n--- {at:%a %d %b}")
        print(f"{at:%H:%M} {line}")
    from_bot = [line for _, line in diary if line.startswith("    ")]
    prompts = [line.strip().partition("\n")[0] for line in from_bot if is_prompt(line.strip().partition("\n")[0])]
    asked = [one for one, before in zip(prompts, ["", *prompts], strict=False) if one != before]  # but for "later"
    assert len(asked) == len(set(asked)) > 20
    assert not [line for line in from_bot for word in PRESSING if word in line.lower()]
