"""Whole conversations, told as data in `dialogs/*.toml`, through the real path over HTTP.

A step is one act (`said`, `pressed`, `pressed_twice`, `pressed_old` (under a message that has become too old for the
bot), `edited`, `photo`, `sent`, `album`, `voice`, `located`, `visited`, `replied`, `waited`, `blocked`, `unblocked`,
`lost`) and what is to follow: `hears` (each in order in what the bot says), `never` (in nothing it says), `heart` (a
reaction), `hearts` (how many), `messages` (how many are sent), `sends` (what else than words is sent, by method),
`nudges` (how many prompts), `prompt` (of which categories it may be), `silent` (whether it came without a sound),
`buttons`, `kept`, `days`.
`to` is the person's own message that an act answers or edits: the words of it, or the number of messages they sent
since. `sent` is a kind of file, with a `caption` and a `name`; `album` is its captions, with their `kinds`; `lost` is
a file that Telegram no longer gives. `pressed` with `rewritten`: their newest message was edited just before, and the
news of that comes after the press.
Beyond that every message, edit and press has to be answered, and every press exactly once; and every question has a way
out of it, a button.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.prompts import load_library
from bot.conversation.settings import TOPICS
from bot.playground.calls import Call
from bot.settings import Access
from bot.voice import Voice
from tests.stage import Stage, answers, nudges, spell, stage, words

FILES = sorted((Path(__file__).parent / "dialogs").glob("*.toml"))
DIALOGS = [
    pytest.param(dialog, id=f"{file.stem}: {dialog['name']}")
    for file in FILES
    for dialog in tomllib.loads(file.read_text("utf-8"))["dialog"]
]
WAITS_FOR_ANSWER = tuple(
    "said pressed pressed_twice pressed_old edited photo sent voice album located visited replied".split()
)
KNOWN = frozenset(
    "said pressed pressed_twice pressed_old rewritten edited photo sent caption name voice album kinds located visited "
    "lost replied waited blocked unblocked to hears never heart hearts messages sends nudges prompt silent buttons "
    "kept days shown".split()
)
VOICE = Voice("en")
CATEGORIES = {prompt.text: prompt.category for prompt in load_library("en")}
START = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("dialog", DIALOGS)
def test_dialog(dialog: dict[str, Any], database_url: str) -> None:
    asyncio.run(play(dialog, database_url))


def ignore(_step: dict[str, Any], _said: list[str]) -> None: ...


async def play(
    dialog: dict[str, Any], database_url: str, told: Callable[[dict[str, Any], list[str]], None] = ignore
) -> None:
    """All steps of a dialog, each checked; `told` hears of each what the bot said."""
    at = datetime.fromisoformat(dialog["at"]) if "at" in dialog else START
    async with stage(database_url, at, access_of(dialog)) as here:
        for n, step in enumerate(opening(dialog) + dialog["step"], 1):
            await act(here, step)
            calls = await here.settle()
            check(here, step, calls, f"step {n}: {step}\nheard: {words(calls)}")
            told(step, words(calls))


def opening(dialog: dict[str, Any]) -> list[dict[str, Any]]:
    """`begun = true`: someone who said yes, lives in Lisbon and is asked at 8:30; about these `topics` alone."""
    said = ["/start", "yes", "Lisbon", "8:30"] if dialog.get("begun") else []
    steps = [{"said": text} for text in said]
    if wanted := dialog.get("topics"):
        left_out = [VOICE(f"topic.{topic}") for topic in TOPICS if topic not in wanted]
        steps += [{"said": "topics"}, *({"pressed": f"✓ {label}"} for label in left_out)]
    return steps


def access_of(dialog: dict[str, Any]) -> Access:
    wanted = dialog.get("access", "open")
    return Access("ids", frozenset(wanted)) if isinstance(wanted, list) else Access(wanted)


async def act(  # noqa: C901 - a table of acts
    here: Stage, step: dict[str, Any]
) -> None:
    you = here.you
    match step:
        case {"said": text}:
            you.say(text, reply_to=own(here, step))
        case {"replied": text}:
            you.say(text, reply_to=here.last(from_bot=True)["message_id"])
        case {"edited": text}:
            you.edit(own(here, step) or here.last(from_bot=False)["message_id"], text)
        case {"pressed": label, "rewritten": text}:
            number = here.last(from_bot=False)["message_id"]
            before = you.room.messages[number]
            you.room.messages[number] = before | {"text": text}
            you.press(*here.button(label))
            you.edit(number, text)
        case {"pressed": label}:
            you.press(*here.button(label))
        case {"pressed_twice": label}:
            pressed = here.button(label)
            you.press(*pressed)
            you.press(*pressed)
        case {"pressed_old": label}:
            pressed = here.button(label)
            you.fade(pressed[0])
            you.press(*pressed)
        case {"photo": caption}:
            you.send("photo", caption=caption)
        case {"sent": kind}:
            you.send(kind, step.get("caption", ""), name=step.get("name", ""), reply_to=own(here, step))
        case {"voice": _}:
            you.send("voice")
        case {"album": captions}:
            to, name = own(here, step), f"album-{len(you.chat)}"
            for kind, caption in zip(step.get("kinds", ["photo"] * len(captions)), captions, strict=True):
                you.send(kind, caption, album=name, reply_to=to)
        case {"visited": [lat, lon, title, address]}:
            you.visit(lat, lon, title, address)
        case {"lost": file_id}:
            del here.rehearsal.api.files[file_id]
        case {"located": [lat, lon]}:
            you.locate(lat, lon)
        case {"waited": "next"}:
            await here.rehearsal.wind_to_next()
        case {"waited": time}:
            await here.rehearsal.wind(spell(time))
        case {"blocked": _}:
            you.block()
        case {"unblocked": _}:
            you.unblock()
        case _:
            raise AssertionError(f"no act in {step}")


def own(here: Stage, step: dict[str, Any]) -> int | None:
    """The person's message that a step is about, if it says so."""
    mine = [message for message in here.you.chat if not message["from"]["is_bot"]]
    match step.get("to"):
        case None:
            return None
        case int(back):
            found = mine[-1 - back]
        case words:
            found = next(one for one in reversed(mine) if words in (one.get("text"), one.get("caption")))
    number: int = found["message_id"]
    return number


def check(  # noqa: C901 - a table of expectations
    here: Stage, step: dict[str, Any], calls: list[Call], note: str
) -> None:
    said = words(calls)
    assert not [call for call in calls if asks(call) and not buttons_of(call)], f"no way out of a question: {note}"
    assert KNOWN.issuperset(step), note
    assert not [call for call in calls if call.problems], note
    if any(act in step for act in WAITS_FOR_ANSWER):
        assert answers(calls), f"silence: {note}"
    presses = 2 * int("pressed_twice" in step) + int("pressed" in step or "pressed_old" in step)
    assert sum(call.method == "answerCallbackQuery" for call in calls) == presses, note
    rest = "\n".join(said)
    for expected in step.get("hears", []):
        assert expected in rest, f"{expected!r} is missing: {note}"
        rest = rest.partition(expected)[2]
    for unwanted in step.get("never", []):
        assert unwanted not in "\n".join(said), f"{unwanted!r} was said: {note}"
    if "heart" in step:
        assert any(call.method == "setMessageReaction" for call in calls) is step["heart"], note
    if "messages" in step:
        assert sum(call.method.startswith("send") for call in calls) == step["messages"], note
    if "hearts" in step:
        assert sum(call.method == "setMessageReaction" for call in calls) == step["hearts"], note
    if "sends" in step:
        sent = [call.method for call in calls if call.method.startswith("send") and call.method != "sendMessage"]
        assert sent == step["sends"], note
    if "nudges" in step:
        assert len(nudges(calls)) == step["nudges"], note
    if "prompt" in step:
        assert [CATEGORIES[text.partition("\n\n")[0]] in step["prompt"] for text in nudges(calls)] == [True], note
    if "silent" in step:
        silent = [call.params.get("disable_notification", False) for call in calls if call.method == "sendMessage"]
        assert silent == [step["silent"]], note
    if "buttons" in step:
        assert labels(here) == step["buttons"], note
    if "kept" in step:
        assert [glimmer.text for glimmer in here.kept()] == step["kept"], note
    if "days" in step:
        assert [glimmer.day.isoformat() for glimmer in here.kept()] == step["days"], note


def asks(call: Call) -> bool:
    """Whether a message ends with a question."""
    text: str = call.params.get("text", "")
    return call.method in ("sendMessage", "editMessageText") and text.rpartition("\n\n")[2].endswith("?")


def buttons_of(call: Call) -> list[Any]:
    rows: list[Any] = call.params.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def labels(here: Stage) -> list[str]:
    rows = here.last(from_bot=True).get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
