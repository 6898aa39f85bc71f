"""The command line. It joins the parts, and is the only file that knows them all."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import secrets
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import __version__

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.store import Store

log = logging.getLogger("glimmers")

WRONG_SETTING = 2
INTERRUPTED = 130
PAGE = 8642


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    try:
        options = parser().parse_args(arguments)
        if options.command in (check, understand):
            done: int = options.command()
            return done
        return obey(options)
    except KeyboardInterrupt:
        return INTERRUPTED


def obey(options: argparse.Namespace) -> int:
    """A wrong setting is one line and 2."""
    from bot import logs
    from bot.settings import SettingsError, read_settings

    try:
        settings = read_settings()
        logs.start(settings.log_level, settings.log_format, settings.bot_token)
        command: Callable[[Settings, argparse.Namespace], int] = options.command or (
            run if settings.bot_token else playground
        )
        return command(settings, options)
    except SettingsError as error:
        print(f"glimmers: {error}", file=sys.stderr)
        return WRONG_SETTING


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="glimmers",
        description="A quiet Telegram bot for small good moments.",
        epilog="Without a command: run where BOT_TOKEN is set, else the playground.",
    )
    top.add_argument("--version", action="version", version=f"Glimmers {__version__}")
    top.set_defaults(command=None, terminal=False, port=None)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for name, function, words in (
        ("run", run, "talk to people through Telegram"),
        ("playground", playground, "talk to the bot here, without Telegram"),
        ("understand", understand, "read messages as JSON lines, and print what each means"),
        ("check", check, "tell whether all is well, and change nothing"),
        ("invite", invite, "make links that let someone in (ACCESS=invite)"),
        ("new-key", new_key, "print a new master key"),
        ("rotate-key", rotate_key, "wrap all keys with the newest master key"),
    ):
        one = commands.add_parser(name, help=words, description=words)
        one.set_defaults(command=function)
        if name == "playground":
            one.add_argument("--terminal", action="store_true", help="talk in this terminal instead of the browser")
            one.add_argument("--port", type=int, help=f"where the page is (default {PAGE})")
        if name == "invite":
            one.add_argument("number", type=int, nargs="?", default=1, help="how many links (default 1)")
    return top


def understand() -> int:
    """Messages on standard input, meanings on standard output; nothing is stored."""
    from bot.reading import understood

    for line in understood(sys.stdin):
        print(line, flush=True)
    return 0


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Telegram, until stopped."""
    from bot.channels.telegram import Telegram
    from bot.channels.webhook import Webhook
    from bot.garbage import settle
    from bot.house import furnished
    from bot.keys import open_installation
    from bot.service import Service
    from scheduler.clock import Clock

    token = settings.needed_token()
    store = open_installation(settings)
    telegram = Telegram(token, settings.telegram_api_url)
    listen = None
    if settings.webhook_url and settings.webhook_secret:
        here = settings.webhook_listen
        listen = Webhook(telegram, settings.webhook_url, settings.webhook_secret, here.host, here.port).listen
    service = Service(
        store,
        furnished(settings),
        settings.access,
        telegram,
        Clock(),
        settings.messages_per_second,
        listen=listen,
        introduced=partial(log.info, "At work as @%s"),
    )
    greet(settings, store)
    settle()
    asyncio.run(until_signal(service.run()))
    store.close()
    log.info("Glimmers has stopped")
    return 0


def greet(settings: Settings, store: Store) -> None:
    """Say in the log what is being started."""
    from bot.conversation.lines import load_lines
    from bot.host import greeting
    from scheduler.clock import Clock
    from storage.look import see

    with store.read() as tx:
        seen = see(tx.connection)
    assert seen  # it was opened
    for level, line in greeting(settings, seen, load_lines(), Clock().now().date()):
        log.log(level, line)


def check() -> int:
    """Whether all is well with this copy, a line for each part of it."""
    from bot.check import check as checked

    return checked()


def playground(_settings: Settings, options: argparse.Namespace) -> int:
    """The real bot against a rehearsed Telegram on this machine."""
    from bot.playground.folder import Occupied
    from bot.settings import SettingsError

    try:
        return in_terminal(options.port) if options.terminal else in_browser(options.port)
    except Occupied as error:
        raise SettingsError(str(error)) from None


def in_terminal(port: int | None) -> int:
    from bot.playground.terminal import talk

    return talk(port or 0)


def in_browser(port: int | None) -> int:
    from bot.playground.web import show

    asyncio.run(until_signal(show(PAGE if port is None else port)))
    print("Goodbye. Nothing of this was kept.")
    return 0


def invite(settings: Settings, options: argparse.Namespace) -> int:
    """Print invitation links; each lets one person in."""
    from bot.keys import open_installation
    from scheduler.clock import Clock
    from storage import invites

    settings.needed_token()
    codes = [secrets.token_urlsafe(12) for _ in range(options.number)]
    store = open_installation(settings)
    with store.begin() as tx:
        invites.add(tx, codes, Clock().now())
    store.close()
    name = asyncio.run(username(settings))
    print("\n".join(f"https://t.me/{name}?start={code}" if name else f"/start {code}" for code in codes))
    return 0


async def username(settings: Settings) -> str | None:
    """The bot's name, for a link; None where Telegram cannot be asked."""
    from bot.channels.telegram import Telegram

    telegram = Telegram(settings.bot_token or "", settings.telegram_api_url)
    await telegram.start()
    try:
        return await telegram.me()
    except (PermissionError, ConnectionError):
        return None
    finally:
        await telegram.close()


def new_key(_settings: Settings, _options: argparse.Namespace) -> int:
    from bot.keys import as_text
    from storage.vault import new_key as made

    print(as_text(made()))
    return 0


def rotate_key(settings: Settings, _options: argparse.Namespace) -> int:
    """GLIMMERS_KEY holds the new key first and the old one behind it."""
    from bot.keys import open_installation
    from storage.store import rotate

    store = open_installation(settings)
    moved = rotate(store)
    store.close()
    print(f"The newest key now opens everything (people: {moved}). The older ones can be taken away.")
    return 0


async def until_signal(work: Coroutine[Any, Any, None]) -> None:
    """Work until SIGTERM or Ctrl-C, then let it finish what is in hand."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


if __name__ == "__main__":
    sys.exit(main())
