"""python-telegram-bot's HTTP requests, made with aiohttp."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT = 10.0
READ = 20.0
WRITE = 10.0
WRITE_FILES = 300.0
CONNECTIONS = 128
KEEP_ALIVE = 3.0  # shorter than any server's own, so that no request is written into a connection just closed

_NEVER_MADE = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class NotTelegram(TelegramError):
    """The answer is not one of the Bot API: a proxy's page, a body cut short."""


def never_made(error: TelegramError) -> bool:
    """Whether the connection was never made, so that nothing of the request can have left."""
    return isinstance(error.__cause__, _NEVER_MADE)


class Transport(BaseRequest):
    """One pool of connections for every request of a bot.

    Trouble is raised as python-telegram-bot's TimedOut or NetworkError with aiohttp's error as `__cause__`.
    """

    _session: aiohttp.ClientSession

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  (waiting for the pool is connecting)
    ) -> tuple[int, bytes]:
        large = method == "GET" or (request_data is not None and request_data.contains_files)
        timeout = _timeout(
            _seconds(connect_timeout, CONNECT),
            _seconds(read_timeout, READ),
            _seconds(write_timeout, WRITE_FILES if large else WRITE),
        )
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as response:
                status, payload = response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error
        _raise_what_has_no_name(status, payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Raises NotTelegram. The original writes what it cannot read into the log: people's words."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise NotTelegram("not JSON") from None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "error_code"}:
            raise NotTelegram("not an answer of the Bot API")
        return answer


def _seconds(given: object, default: float) -> float | None:
    """None, where given, means no limit."""
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else default


def _timeout(connect: float | None, read: float | None, write: float | None) -> aiohttp.ClientTimeout:
    """aiohttp has no limit for writing of its own, so all together bounds it."""
    total = None if connect is None or read is None or write is None else connect + read + write
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)


def _body(request: RequestData | None) -> dict[str, Any]:
    if request is None:
        return {}
    if not request.contains_files:
        return {"json": request.parameters}
    form = aiohttp.FormData(request.json_parameters)
    for field, (name, content, kind) in request.multipart_data.items():
        form.add_field(field, content, filename=name, content_type=kind)
    return {"data": form}


def _raise_what_has_no_name(status: int, payload: bytes) -> None:
    """Python-telegram-bot calls these NetworkError, like a 5xx; but they say that nothing was taken."""
    if status == 413:
        raise BadRequest("Request entity too large")
    if status == 429 and b"retry_after" not in payload:
        raise RetryAfter(1)
