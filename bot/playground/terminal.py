"""Talking to the real bot in a terminal, through the rehearsed Bot API, with the clock in hand."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bot.playground.calls import Json
from bot.playground.folder import database, own_folder
from bot.playground.people import Person
from bot.playground.rehearsal import Rehearsal, rehearsal
from scheduler.clock import Clock

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
WIND = re.compile(r"wind (?:to )?(?:the )?(?:(\d+) ?([smhd])\w*|next(?: nudge)?)", re.IGNORECASE)
HELP = """\
This is a rehearsal on your machine: the real bot, no Telegram, and nothing stays when you leave.
Type what you would write to it; /start begins. Besides:
  press 1 (or press Undo)   press a button of the last message that has some
  edit NEW WORDS            edit what you said last
  photo WORDS               send a picture
  wind 3h · wind to the next nudge   move the clock
  block · unblock · quit
For the real thing: ask @BotFather in Telegram for a token, put it in .env as BOT_TOKEN=…, run this again.
"""


def talk(port: int) -> int:
    """Until the input ends or says quit."""
    with suppress(KeyboardInterrupt), own_folder() as folder:
        asyncio.run(converse(folder, port))
    return 0


async def converse(folder: Path, port: int) -> None:
    print(HELP)
    async with rehearsal(database(folder), Clock(), port=port) as stage:
        screen = Screen(stage.api.person(user_id=7, first_name="You"))
        while (line := await asyncio.to_thread(typed)) is not None and line != "quit":
            await act(line, screen, stage)
            await stage.settle()
            screen.show()
    print("Goodbye. Nothing of this was kept.")


def typed() -> str | None:
    """The next line, None at the end of the input; shown where nobody sees it being typed."""
    try:
        line = input("you  > ")
    except EOFError:
        return None
    if not sys.stdin.isatty():
        print(line)
    return line.strip()


async def act(line: str, screen: Screen, stage: Rehearsal) -> None:
    """One thing a person does, or a turn of the clock's key."""
    you = screen.you
    verb, _, words = line.partition(" ")
    if found := WIND.fullmatch(line):
        await wind(found, stage)
    elif verb == "press" and (data := screen.button(words)):
        you.press(*data)
    elif verb == "edit" and screen.last_said:
        you.edit(screen.last_said, words)
    elif verb == "photo":
        screen.last_said = you.send("photo", caption=words)["message_id"]
    elif line == "block":
        you.block()
    elif line == "unblock":
        you.unblock()
    elif line:
        screen.last_said = you.say(line)["message_id"]


async def wind(found: re.Match[str], stage: Rehearsal) -> None:
    if found[1]:
        await stage.wind(timedelta(**{UNITS[found[2].lower()]: int(found[1])}))
    else:
        await stage.wind_to_next()
    print(f"       (it is {stage.clock.now():%a %d %b %H:%M} UTC)")


class Screen:
    """What of the chat was shown already, and which button is which."""

    def __init__(self, you: Person) -> None:
        self.you = you
        self.last_said: int | None = None
        self._shown: dict[int, str] = {}
        self._buttons: list[tuple[int, Json]] = []

    def show(self) -> None:
        """Print what is new or has changed."""
        for message in self.you.chat:
            number, lines = message["message_id"], self._lines(message)
            if lines and not self._shown.get(number, "").startswith(lines):  # losing its buttons is no news
                print(lines)
            self._shown[number] = lines

    def button(self, wanted: str) -> tuple[int, str] | None:
        """The message and data of a button, by its number or label."""
        for n, (number, button) in enumerate(self._buttons, 1):
            if wanted.casefold() in (str(n), button["text"].casefold()):
                return number, button.get("callback_data", "")
        print("       (there is no such button)")
        return None

    def _lines(self, message: Json) -> str:
        if not message["from"]["is_bot"]:
            reactions = "".join(reaction.get("emoji", "") for reaction in message["reactions"])
            return (
                f"bot  > {reactions} on “{message.get('text') or message.get('caption') or '…'}”" if reactions else ""
            )
        words = message.get("text") or document(message)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if rows:
            self._buttons = [(message["message_id"], button) for row in rows for button in row]
        numbered = iter(range(1, 100))
        shown = ["       " + " ".join(f"[{next(numbered)} {button['text']}]" for button in row) for row in rows]
        return "\n".join(["bot  > " + words.replace("\n", "\n       "), *shown])


def document(message: Json) -> str:
    """A file, as text where it is text."""
    name = message.get("document", {}).get("file_name", "")
    content: bytes = message.get("content", b"")
    body = content.decode() if name.endswith(".json") else f"{len(content)} bytes"
    return f"📎 {name} {message.get('caption', '')}\n{body}"
