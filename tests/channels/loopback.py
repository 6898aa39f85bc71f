"""A Bot API on loopback that answers as it is told to, one answer after the other."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.channels.telegram import Telegram

TOKEN = "4242424242:" + "A" * 35

Answer = Callable[["Loopback", web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Loopback:
    """`answers` are given in order, per method, the last again and again. `calls`: (method, parameters)."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append((method, await _parameters(request)))
        script = self.answers[method]
        return await (script.pop(0) if len(script) > 1 else script[0])(self, request)

    def asked(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == method]


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {
        key: (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for key, value in (await request.post()).items()
    }


def ok(result: Any = True) -> Answer:
    return raw(200, json.dumps({"ok": True, "result": result}))


def error(code: int, description: str = "", **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return raw(code, json.dumps(body | ({"parameters": parameters} if parameters else {})))


def raw(code: int, text: str) -> Answer:
    async def answer(_: Loopback, __: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=text)

    return answer


async def reset(_: Loopback, request: web.Request) -> web.StreamResponse:
    """The request is read, then the connection breaks."""
    assert request.transport
    request.transport.abort()
    return web.Response()


async def cut(_: Loopback, request: web.Request) -> web.StreamResponse:
    """Half of an answer, then the connection breaks."""
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"ok":')
    assert request.transport
    request.transport.abort()
    return response


async def hold(server: Loopback, _: web.Request) -> web.StreamResponse:
    """No answer before the server ends."""
    server.held.set()
    await server.over.wait()
    return web.Response()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def serving(server: Loopback, port: int) -> AsyncIterator[str]:
    """Serve on that port; gives the root of the API."""
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", server.handle)
    app.router.add_get(f"/file/bot{TOKEN}/{{method}}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.over.set()
        await runner.cleanup()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Telegram]:
    telegram = Telegram(TOKEN, url)
    await telegram.start()
    try:
        yield telegram
    finally:
        await telegram.close()


@asynccontextmanager
async def talking(**answers: list[Answer]) -> AsyncIterator[tuple[Telegram, Loopback]]:
    """A bot and the server it talks to."""
    server = Loopback(answers)
    async with serving(server, free_port()) as url, connected(url) as telegram:
        yield telegram, server
