"""The Bot API over HTTP, on loopback."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from bot.playground.api import BotApi
from bot.playground.calls import Json, Refusal, Upload

ABRUPTLY = struct.pack("ii", 1, 0)  # SO_LINGER of no time: the other side sees a reset


@asynccontextmanager
async def serve(api: BotApi, port: int = 0) -> AsyncIterator[str]:
    """Serve until the block is left; yields the root, such as "http://127.0.0.1:8081"."""
    app = web.Application(client_max_size=50 * 2**20)
    app.router.add_get("/file/bot{token}/files/{file_id}", partial(_download, api))
    app.router.add_route("*", "/{path:.*}", partial(_answer, api))
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    api.updates.attach(asyncio.get_running_loop())
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        api.updates.attach(None)
        await runner.cleanup()


async def _answer(api: BotApi, request: web.Request) -> web.Response:
    path = re.fullmatch(r"bot(\d+:[\w-]+)/(\w+)", request.match_info["path"])
    if path is None or path[1] != api.token:
        return _respond(Refusal(401 if path else 404).answer)
    call = await api.call(path[2], await _parameters(request))
    if call.fault == "502":
        return web.Response(status=502, text="<h1>502 Bad Gateway</h1>", content_type="text/html")
    if call.status is not None:
        return _respond(call.answer)
    if call.fault == "timeout":
        await api.faults.hold()
    if request.transport:
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPTLY)
        request.transport.abort()
    return web.Response()


def _respond(answer: Json) -> web.Response:
    return web.json_response(answer, status=answer.get("error_code", 200))


async def _parameters(request: web.Request) -> Json:
    """Every parameter as Telegram reads it: a string, or a file."""
    if request.content_type == "application/json":
        given = (await request.json()).items()
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given}
    form = {**request.query, **await request.post()}
    files = {n: Upload(v.filename, v.file.read()) for n, v in form.items() if isinstance(v, web.FileField)}
    return form | files


async def _download(api: BotApi, request: web.Request) -> web.Response:
    content = api.files.get(request.match_info["file_id"])
    if content is None or request.match_info["token"] != api.token:
        return _respond(Refusal(404).answer)
    return web.Response(body=content)
