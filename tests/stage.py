"""One person's side of a rehearsal, and what the bot did about each thing they did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.prompts import load_library
from bot.playground.calls import Call, Json
from bot.playground.people import Person
from bot.playground.rehearsal import Rehearsal, rehearsal
from bot.settings import Access
from scheduler.clock import Clock
from storage import glimmers, people
from storage.records import Glimmer

PROMPTS = frozenset(prompt.text for prompt in load_library("en"))
ANSWERS = ("send", "editMessage", "setMessageReaction")


@dataclass
class Stage:
    """A rehearsal with one person in front; `calls` are those made since the last act, to this person's chat."""

    rehearsal: Rehearsal
    you: Person
    seen: int = 0

    async def settle(self) -> list[Call]:
        """Until the bot is done; returns what it did since the last time."""
        await self.rehearsal.settle()
        calls, self.seen = self.rehearsal.api.calls[self.seen :], len(self.rehearsal.api.calls)
        return [call for call in calls if call.method != "getUpdates"]

    def button(self, label: str) -> tuple[int, str]:
        """Message and data of the newest button with this label."""
        for message in reversed(self.you.chat):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return message["message_id"], button.get("callback_data", "")
        raise AssertionError(f"no button {label!r}")

    def last(self, from_bot: bool) -> Json:
        return next(message for message in reversed(self.you.chat) if message["from"]["is_bot"] is from_bot)

    async def begin(self) -> None:
        """Someone who said yes, lives in Lisbon and is asked at 8:30."""
        for text in ("/start", "yes", "Lisbon", "8:30"):
            self.you.say(text)
            await self.settle()

    async def next_nudge(self) -> list[Call]:
        await self.rehearsal.wind_to_next()
        return await self.settle()

    def kept(self) -> list[Glimmer]:
        """All glimmers of the person, oldest first."""
        with self.rehearsal.store.read() as tx:
            person = people.load(tx, [self.you.user["id"]]).get(self.you.user["id"])
            return list(glimmers.every(tx, person)) if person else []


@asynccontextmanager
async def stage(database_url: str, at: datetime, access: Access | None = None) -> AsyncIterator[Stage]:
    """The bot at work at a chosen moment, with an empty database."""
    clock = Clock()
    clock.wind(at - clock.now())
    async with rehearsal(database_url, clock, access) as play:
        yield Stage(play, play.api.person(user_id=7, first_name="Ada"))


def answers(calls: list[Call]) -> list[Call]:
    """What a person can see of it."""
    return [call for call in calls if call.method.startswith(ANSWERS)]


def words(calls: list[Call]) -> list[str]:
    return [call.params.get("text") or call.params.get("caption") or "" for call in answers(calls)]


def nudges(calls: list[Call]) -> list[str]:
    """The prompts among what was said."""
    return [text for text in words([call for call in calls if call.method == "sendMessage"]) if is_prompt(text)]


def is_prompt(text: str) -> bool:
    """A question of the library, maybe with a line of what is asked after it."""
    return text.partition("\n\n")[0] in PROMPTS


def spell(words: str) -> timedelta:
    """ "30s", "20m", "3h", "2d"."""
    return timedelta(**{{"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[words[-1]]: int(words[:-1])})
