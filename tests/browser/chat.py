"""A person in front of the playground's page: the real server, the real bot, a real browser. Nothing here sleeps."""

from __future__ import annotations

import asyncio
import os
import re
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Locator, Page, expect

from bot.playground import web
from bot.playground.session import Session
from scheduler.clock import Clock

SCREENSHOTS = os.environ.get("SCREENSHOTS", "")  # a folder for pictures to be looked at
MONDAY = datetime(2026, 11, 23, 10, 28, tzinfo=UTC)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class Chat:
    """What a person can do in the page. Every act waits until the bot has nothing more to say."""

    page: Page
    session: Session
    troubles: list[str]

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message")

    @property
    def items(self) -> Locator:
        return self.page.get_by_role("article")

    @property
    def last(self) -> Locator:
        return self.items.last

    def settle(self) -> None:
        expect(self.page.locator("html")).to_have_attribute("data-settled", "true", timeout=15_000)

    def say(self, *texts: str) -> None:
        for text in texts:
            self.field.fill(text)
            self.field.press("Enter")
            self.settle()

    def begin(self) -> None:
        """Someone who said yes, lives in Lisbon and is asked at 8:30."""
        self.say("/start", "yes", "Lisbon", "8:30")

    def shoot(self, name: str) -> None:
        """A picture of the page, where pictures are asked for."""
        if SCREENSHOTS:
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")

    def own(self, words: str) -> Locator:
        """The person's newest message with these words."""
        return self.page.locator(".own", has_text=words).last

    def press(self, label: str) -> None:
        """The newest of the bot's buttons with this label."""
        self.page.locator(".keys").get_by_role("button", name=label, exact=True).last.click()
        self.settle()

    def do(self, item: Locator, what: str) -> None:
        """Something from the menu of a message."""
        item.get_by_role("button", name=re.compile("^Actions")).click()
        self.page.locator("#menu").get_by_role("button", name=what, exact=True).click()
        self.settle()

    def attach(self, kind: str, *files: tuple[str, bytes], caption: str = "") -> None:
        self.page.get_by_role("button", name="Attach").click()
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name=kind).click()
        payloads: list[FilePayload] = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files
        ]
        chooser.value.set_files(payloads)
        self.say(caption)

    def panel(self, button: str) -> None:
        """A button of the panel, which is opened for it where it is not."""
        panel = self.page.locator("#panel")
        if not panel.is_visible():
            self.page.get_by_role("button", name="Rehearsal panel").click()
        panel.get_by_role("button", name=button).click()
        self.settle()

    def close_panel(self) -> None:
        if self.page.locator("#panel").is_visible():
            self.page.keyboard.press("Escape")
        if self.page.locator("#panel").is_visible():
            self.page.get_by_role("button", name="Rehearsal panel").click()


@contextmanager
def page_of_bot(
    browser: Browser, folder: Path, at: datetime = MONDAY, path: str = "", **context: Any
) -> Iterator[Chat]:
    """The page of a fresh bot at a chosen moment. Whatever the browser complained about fails at the end."""
    with served(folder / "playground", at) as ours:
        room = browser.new_context(**{"timezone_id": "Europe/Lisbon", "locale": "en-GB"} | DESKTOP | context)
        room.set_default_timeout(15_000)
        troubles: list[str] = []
        page = room.new_page()
        page.on("console", lambda message: complaint(message, troubles))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(ours.url + path)
        chat = Chat(page, ours.session, troubles)
        chat.settle()
        yield chat
        room.close()
    assert troubles == []


def complaint(message: ConsoleMessage, troubles: list[str]) -> None:
    if message.type in ("error", "warning"):
        troubles.append(message.text)


@contextmanager
def served(folder: Path, at: datetime) -> Iterator[web.Page]:
    """The playground at work on a thread of its own, at any free port."""

    def clock() -> Clock:
        made = Clock()
        made.wind(at - made.now())
        return made

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = web.page(0, folder, clock)
    try:
        yield asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(30)
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


Colour = tuple[int, int, int]


def png(red: int, green: int, blue: int) -> bytes:
    """A small picture of one colour."""
    return picture((red, green, blue), (red, green, blue), 64, 48)


def picture(top: Colour, bottom: Colour, width: int = 640, height: int = 480) -> bytes:
    """A sky that goes from one colour to another."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    shades = ([a + (b - a) * y // height for a, b in zip(top, bottom, strict=True)] for y in range(height))
    rows = b"".join(b"\0" + bytes(shade) * width for shade in shades)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
