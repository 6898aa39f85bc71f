"""The playground's page, served on loopback to this machine's own browser and to nobody else."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.playground.acts import ACTS, media_type, send_files
from bot.playground.calls import Json
from bot.playground.folder import FOLDER, Occupied, own_folder
from bot.playground.session import Guest, Refused, Session, session
from bot.playground.snapshot import snapshot
from scheduler.clock import Clock

HERE = Path(__file__).parent
STATIC = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
    "/icons.svg": ("icons.svg", "image/svg+xml"),
}
LARGEST = 50 * 2**20
QUIET = 15.0  # seconds after which a stream shows that it is still there
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PLAY = web.AppKey("play", Session)
CLOSING = web.AppKey("closing", asyncio.Event)


@dataclass(frozen=True)
class Page:
    """A page that is served: where, and what it plays with."""

    url: str
    session: Session


async def show(port: int) -> None:
    """The page, until cancelled."""
    async with page(port) as ours:
        print(
            f"Glimmers plays at {ours.url} — a rehearsal on this machine, nothing is kept. Ctrl-C ends it.", flush=True
        )
        if has_display():
            await asyncio.to_thread(webbrowser.open, ours.url)
        await asyncio.Event().wait()


def has_display() -> bool:
    """Whether somebody sits in front of a screen; a bare server has none."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


@asynccontextmanager
async def page(port: int, folder: Path = FOLDER, make_clock: Callable[[], Clock] = Clock) -> AsyncIterator[Page]:
    """Served until the block is left; port 0 is any free one. The port comes first: a second start clears nothing."""
    app = web.Application(client_max_size=LARGEST, middlewares=[guard])
    app[CLOSING] = asyncio.Event()
    app.on_response_prepare.append(with_headers)
    app.on_shutdown.append(close_streams)
    app.add_routes([web.get(path, static) for path in STATIC])
    app.add_routes([web.get("/stream", stream), web.get("/state", state), web.get("/files/{id}", file)])
    app.add_routes([web.post("/act", act), web.post("/send", send)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    with listen(port) as listening, own_folder(folder):
        async with session(folder, make_clock) as ours:
            app[PLAY] = ours
            await runner.setup()
            try:
                await web.SockSite(runner, listening).start()
                yield Page(f"http://127.0.0.1:{listening.getsockname()[1]}", ours)
            finally:
                await runner.cleanup()


def listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else "is not free to use"
        raise Occupied(f"port {port} {why}: end what listens there, or choose another one with --port") from None


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only this page may ask: by its own name, against other sites that point a name of theirs here; and for acts
    from its own origin. What cannot be is told in words."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else 0
    own = request.host in (f"127.0.0.1:{port}", f"localhost:{port}")
    if not own or (request.method == "POST" and request.headers.get("Origin") != f"http://{request.host}"):
        raise web.HTTPForbidden
    try:
        return await handler(request)
    except Refused as error:
        return web.json_response({"error": str(error)}, status=409)
    except (ValueError, KeyError, TypeError):
        return web.json_response({"error": "That was not understood."}, status=400)


async def with_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


async def close_streams(app: web.Application) -> None:
    app[CLOSING].set()


async def static(request: web.Request) -> web.Response:
    name, kind = STATIC[request.path]
    return web.Response(text=(HERE / name).read_text("utf-8"), content_type=kind)


def guest_of(request: web.Request, number: object) -> Guest:
    return request.app[PLAY].guests[int(str(number))]


def looked(request: web.Request) -> Json:
    """The snapshot asked for with `person` and the browser's own `zone`."""
    return snapshot(request.app[PLAY], int(request.query["person"]), request.query.get("zone", ""))


async def state(request: web.Request) -> web.Response:
    """What the page would show of a person, once."""
    return web.json_response(looked(request))


async def stream(request: web.Request) -> web.StreamResponse:
    """What the page shows of a person, again after every news, until the page or the playground ends."""
    play, closing = request.app[PLAY], request.app[CLOSING]
    looked(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    with play.watching() as news, suppress(ConnectionError):
        while not closing.is_set():
            news.clear()
            await response.write(b"data: " + json.dumps(looked(request)).encode() + b"\n\n")
            while not await came(news, closing):
                await response.write(b": still here\n\n")
    return response


async def came(news: asyncio.Event, closing: asyncio.Event) -> bool:
    """Whether there were news, or the end, before a while had passed."""
    waits = [asyncio.ensure_future(event.wait()) for event in (news, closing)]
    done, _ = await asyncio.wait(waits, timeout=QUIET, return_when=asyncio.FIRST_COMPLETED)
    for one in waits:
        one.cancel()
    return bool(done)


async def act(request: web.Request) -> web.Response:
    """{"act": …, "person": …} and what that act takes."""
    given: Json = json.loads(await request.read())
    play = request.app[PLAY]
    await ACTS[given["act"]](play, guest_of(request, given["person"]), given)
    return web.json_response({"version": play.changed()})


async def send(request: web.Request) -> web.Response:
    """Files, with the words and the message they answer."""
    form = await request.post()
    files = [(one.filename, one.file.read()) for one in form.getall("file") if isinstance(one, web.FileField)]
    reply = form.get("reply_to")
    guest = guest_of(request, form["person"])
    send_files(
        guest, files, str(form.get("caption", "")).strip(), str(form.get("as", "")), int(str(reply)) if reply else None
    )
    return web.json_response({"version": request.app[PLAY].changed()})


async def file(request: web.Request) -> web.Response:
    """A file of the chat: shown if it is a picture, a sound or a video; anything else is for saving."""
    content = request.app[PLAY].rehearsal.api.files.get(request.match_info["id"])
    if content is None:
        raise web.HTTPNotFound
    kind = media_type(content)
    headers = {"Accept-Ranges": "bytes"} if kind else {"Content-Disposition": "attachment"}
    status, part = 200, content
    if "Range" in request.headers:
        start, end, _ = request.http_range.indices(len(content))
        status, part = 206, content[start:end]
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return web.Response(body=part, status=status, headers=headers, content_type=kind or "application/octet-stream")
