"""Telegram through python-telegram-bot's Bot alone; `docs/why.md` says why there is no Application."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Bot, InputFile, InputMedia
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.sending import End, Ending, Introduction, Request, Standing
from bot.channels.transport import READ, NotTelegram, Transport, never_made

TELEGRAM = "https://api.telegram.org"
TOKEN_REFUSED = "Telegram does not accept BOT_TOKEN; get it again from @BotFather"
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "message_reaction",
    "my_chat_member",
]
LONG_POLL_MARGIN = 10.0
LARGEST_FILE = 20_000_000

_TOKEN_ERRORS = (InvalidToken, EndPointNotFound)
_GONE = ("chat not found", "user is deactivated")

log = logging.getLogger(__name__)


class Telegram:
    """One bot's account. `api_url` is the root of a Bot API server; None is Telegram's own."""

    def __init__(self, token: str, api_url: str | None = None) -> None:
        root = api_url or TELEGRAM
        self.bot_id = int(token.partition(":")[0])
        self._transport = Transport()
        self._bot = Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )

    async def start(self) -> None:
        """Asks Telegram nothing: there may be no network yet."""
        await self._transport.initialize()

    async def close(self) -> None:
        await self._transport.shutdown()

    async def me(self) -> str:
        """The bot's username. Raises PermissionError if the token is refused, else ConnectionError."""
        with _builtin_errors():
            return (await self._bot.get_me()).username or ""

    async def standing(self) -> Standing:
        """How the bot stands at Telegram; asks only. Raises as `me` does."""
        with _builtin_errors():
            me, hook = await self._call("getMe"), await self._call("getWebhookInfo")
        return Standing(
            name=me.get("username", ""),
            reads_groups=me.get("can_read_all_group_messages", False),
            webhook=hook.get("url", ""),
            waiting=hook.get("pending_update_count", 0),
            failure=hook.get("last_error_message", ""),
        )

    async def updates(self, offset: int | None, wait: float) -> list[dict[str, Any]]:
        """Raw updates; Telegram holds the answer back for up to `wait` seconds. Raises TelegramError."""
        params = {"offset": offset, "timeout": int(wait), "allowed_updates": ALLOWED_UPDATES}
        answer: list[dict[str, Any]] = await self._call("getUpdates", params, wait + LONG_POLL_MARGIN)
        return answer

    async def delete_webhook(self) -> None:
        """What waits at Telegram stays. Raises TelegramError."""
        await self._call("deleteWebhook")

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates brought to `url`; what waits at Telegram comes too. Raises TelegramError."""
        await self._call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES})

    async def send(self, request: Request) -> Ending:
        """Make one call and tell how it ended; trouble of the network or of Telegram is never raised."""
        files = {field: InputFile(content, name) for field, (name, content) in request.files.items()}
        try:
            result = await self._call(request.method, {**request.params, **album(request.params), **files})
        except TelegramError as error:
            return ending(error)
        return Ending(End.TAKEN, message_id=result.get("message_id") if isinstance(result, dict) else None)

    async def answer_press(self, query_id: str) -> None:
        """Stop the button's spinner. It is a courtesy: whatever goes wrong is logged, never raised."""
        try:
            await self._call("answerCallbackQuery", {"callback_query_id": query_id})
        except TelegramError as error:
            if "query is too old" not in error.message.lower():
                log.warning("A press could not be answered (%s)", kind(error))

    async def download(self, file_id: str) -> bytes | None:
        """A file's bytes; None if Telegram no longer gives it or it is over 20 MB. Raises ConnectionError."""
        with _builtin_errors():
            try:
                file = await self._bot.get_file(file_id)
                if not file.file_path or (file.file_size or 0) > LARGEST_FILE:
                    return None
                return bytes(await file.download_as_bytearray())
            except (BadRequest, Forbidden, *_TOKEN_ERRORS):
                return None

    async def introduce(self, introduction: Introduction) -> None:
        """Set the menu and the descriptions where Telegram's differ. Raises as `me` does."""
        commands = [{"command": name, "description": text} for name, text in introduction.commands]
        description, short = introduction.description, introduction.short_description
        with _builtin_errors():
            if await self._call("getMyCommands") != commands:
                await self._call("setMyCommands", {"commands": commands})
            if await self._call("getMyDescription") != {"description": description}:
                await self._call("setMyDescription", {"description": description})
            if await self._call("getMyShortDescription") != {"short_description": short}:
                await self._call("setMyShortDescription", {"short_description": short})

    async def _call(self, method: str, params: dict[str, Any] | None = None, read_timeout: float = READ) -> Any:
        # PTB warns at every call that it has a function of its own for this method; a name that ends with an
        # underscore, which it drops from the request, is not looked up.
        return await self._bot.do_api_request(f"{method}_", dict(params or {}), read_timeout=read_timeout)


def album(params: dict[str, Any]) -> dict[str, Any]:
    """The items of an album as PTB's own objects: in a list named "media" it takes nothing else."""
    return {"media": [InputMedia(item["type"], item["media"]) for item in params["media"]]} if "media" in params else {}


def ending(error: TelegramError) -> Ending:
    """Which of the four ends an error means. BadRequest is a NetworkError: it comes before the unknown."""
    if isinstance(error, RetryAfter):
        return Ending(End.NOT_SENT, retry_after=seconds(error), reason="too many requests")
    if isinstance(error, _TOKEN_ERRORS):
        return Ending(End.NOT_SENT, reason="token refused")
    if never_made(error):
        return Ending(End.NOT_SENT, reason=f"no connection: {kind(error)}")
    if isinstance(error.__cause__, NotTelegram):
        return Ending(End.UNKNOWN, reason="not an answer of Telegram")
    if isinstance(error, BadRequest | Forbidden | ChatMigrated):
        return _answered(error)
    return Ending(End.UNKNOWN, reason=kind(error))


def kind(error: BaseException) -> str:
    """What sort of trouble, for the log: no words of a person, no token."""
    return type(error.__cause__ or error).__name__


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _answered(error: BadRequest | Forbidden | ChatMigrated) -> Ending:
    text = error.message.lower().removeprefix("forbidden: ")
    if "message is not modified" in text:
        return Ending(End.TAKEN, reason="not modified")
    # A 403 is about the person or chat, except for Telegram's inner names, such as MESSAGE_AUTHOR_REQUIRED.
    away = "_" not in text if isinstance(error, Forbidden) else any(gone in text for gone in _GONE)
    return Ending(End.REFUSED, blocked=away, reason=_head(text))


def _head(description: str) -> str:
    """The beginning of Telegram's description: behind a colon or a quote it may repeat what was sent."""
    return re.split(r"[:\"“]|\s'", description)[0].strip()


@contextmanager
def _builtin_errors() -> Iterator[None]:
    """Errors that those who know no Telegram can catch."""
    try:
        yield
    except _TOKEN_ERRORS:
        raise PermissionError(TOKEN_REFUSED) from None
    except TelegramError as error:
        raise ConnectionError(f"Telegram cannot be reached ({kind(error)})") from None
