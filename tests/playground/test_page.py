"""The playground's page as its server sees it: who may ask, what it tells, and that nothing stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground import web
from bot.playground.folder import Occupied
from bot.playground.session import Session
from tests.channels.loopback import free_port

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
PAGE = ("page.html", "page.css", "page.js")
OTHERS = ["https://example.org", "null", "http://127.0.0.1:1", ""]


@dataclass(frozen=True)
class Caller:
    """Somebody with a browser's headers in their own hands."""

    url: str
    session: Session
    http: aiohttp.ClientSession

    async def act(self, act: str, person: int = 7, **given: object) -> int:
        return (await self.asked(act, person, **given))[0]

    async def asked(self, act: str, person: int = 7, **given: object) -> tuple[int, dict[str, Any]]:
        """Status and answer."""
        body = {"act": act, "person": person} | given
        async with self.http.post(f"{self.url}/act", json=body, headers={"Origin": self.url}) as answer:
            return answer.status, await answer.json()

    async def send(self, *files: bytes, **given: str) -> int:
        form = aiohttp.FormData({"person": "7"} | given)
        for n, content in enumerate(files):
            form.add_field("file", content, filename=f"{n}.bin")
        async with self.http.post(f"{self.url}/send", data=form, headers={"Origin": self.url}) as answer:
            return answer.status

    async def look(self, person: int = 7, **given: str) -> dict[str, Any]:
        """The snapshot once the bot is done."""
        await self.session.rehearsal.settle()
        async with self.http.get(f"{self.url}/state", params={"person": str(person)} | given) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def watch(self, version: int) -> dict[str, Any]:
        """What the stream tells once the bot is done with the act of that number."""
        async with self.http.get(f"{self.url}/stream", params={"person": "7"}) as stream:
            assert stream.content_type == "text/event-stream"
            async for line in stream.content:
                told: dict[str, Any] = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else {}
                if told and not told["busy"] and told["version"] >= version:
                    return told
        raise AssertionError("the stream has ended")

    async def chat(self) -> str:
        return "".join(item["html"] for item in (await self.look())["items"])

    def messages(self) -> list[dict[str, Any]]:
        return self.session.guests[7].person.chat


@pytest.fixture
async def caller(tmp_path: Path) -> AsyncIterator[Caller]:
    async with web.page(0, tmp_path / "playground") as page, aiohttp.ClientSession() as http:
        yield Caller(page.url, page.session, http)


async def test_the_page_carries_a_strict_policy_and_needs_nothing_from_elsewhere(caller: Caller) -> None:
    for path in ("/", "/page.css", "/page.js", "/icons.svg", "/state?person=7", "/none"):
        async with caller.http.get(caller.url + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self';") and "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            body = await answer.text()
        assert "<style" not in body and " style=" not in body and "src=http" not in body
    assert sum(len((ROOT / "bot/playground" / name).read_text("utf-8").splitlines()) for name in PAGE) <= 700


async def test_another_name_for_this_machine_is_refused(caller: Caller) -> None:
    port = caller.url.rpartition(":")[2]
    for host, status in (
        (f"localhost:{port}", 200),
        ("evil.example", 403),
        (f"evil.example:{port}", 403),
        ("127.0.0.1", 403),
    ):
        async with caller.http.get(caller.url, headers={"Host": host}) as answer:
            assert answer.status == status
            assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("origin", OTHERS)
async def test_only_the_page_itself_may_act(caller: Caller, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    for path in ("act", "send"):
        body = {"act": "say", "person": 7, "text": "hello"}
        async with caller.http.post(f"{caller.url}/{path}", json=body, headers=headers) as answer:
            assert answer.status == 403
    assert caller.messages() == []


async def test_what_is_said_comes_back_by_the_stream_with_the_answer(caller: Caller) -> None:
    _, answer = await caller.asked("say", text="/start")
    told = await caller.watch(answer["version"])
    assert len(told["items"]) == 2
    assert "keys" in told["items"][1]["html"] and told["status"] == "member"
    assert [one["command"] for one in told["commands"]][:2] == ["glimmer", "glimmers"]
    assert "sendMessage" in told["calls"]


async def test_a_person_can_do_all_that_people_do(caller: Caller) -> None:
    for text in ("/start", "yes", "a robin"):
        await caller.act("say", text=text)
        await caller.look()
    robin = next(message["message_id"] for message in caller.messages() if message.get("text") == "a robin")
    assert await caller.act("edit", message=robin, text="two robins") == 200
    assert await caller.act("react", message=robin, emoji="❤") == 200
    assert await caller.act("say", text="and a wren", reply_to=robin) == 200
    assert await caller.act("locate", lat="38.7", lon="-9.1") == 200
    assert await caller.act("sticker", emoji="🌿") == 200
    chat = await caller.chat()
    for words in ("two robins", "edited", "Your ❤️", f'data-find="{robin}"', "38.700, -9.100", "🌿", "❤️ from Glimmers"):
        assert words in chat
    await caller.act("delete", message=robin)
    assert "two robins" not in (chat := await caller.chat()) and "a deleted message" in chat
    assert await caller.act("block") == await caller.act("unblock") == 200


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("say", {"text": "  "}),
        ("say", {"text": "x" * 4097}),
        ("say", {"text": "x", "reply_to": 99}),
        ("edit", {"message": 2, "text": "not mine"}),
        ("press", {"message": 99, "data": "yes"}),
        ("react", {"message": 1, "emoji": "✨"}),
        ("locate", {"lat": 91, "lon": 0}),
        ("locate", {"lat": "nan", "lon": 0}),
        ("device", {"zone": "Atlantis/Centre"}),
        ("wind", {"hours": -1}),
        ("wind", {"hours": 24 * 61}),
        ("wind", {}),
    ],
)
async def test_what_cannot_be_is_told_in_words(caller: Caller, act: str, given: dict[str, Any]) -> None:
    await caller.act("say", text="/start")
    await caller.look()
    status, told = await caller.asked(act, **given)
    assert status == 409 and told["error"].endswith(".")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"act": "dance", "person": 7}', b'{"act": "say", "person": 9}'])
async def test_nonsense_is_refused_and_hurts_nothing(caller: Caller, body: bytes) -> None:
    async with caller.http.post(f"{caller.url}/act", data=body, headers={"Origin": caller.url}) as answer:
        assert answer.status == 400
    assert await caller.act("say", text="/start") == 200


async def test_pictures_become_albums_of_ten_with_the_caption_on_the_first(caller: Caller) -> None:
    assert await caller.send(*[b"\x89PNG\r\n\x1a\n%d" % n for n in range(12)], caption="our walk") == 200
    albums = [
        (message["media_group_id"], message.get("caption")) for message in caller.messages() if "photo" in message
    ]
    assert (
        len(albums) == 12 and len({album for album, _ in albums[:10]}) == len({album for album, _ in albums[10:]}) == 1
    )
    assert [caption for _, caption in albums] == ["our walk"] + [None] * 11


@pytest.mark.parametrize(
    ("content", "wanted", "kind", "shown"),
    [
        (b"\xff\xd8\xffjpeg", "", "photo", "image/jpeg"),
        (b"GIF89a", "", "animation", "image/gif"),
        (b"OggS....", "", "voice", "audio/ogg"),
        (b"ID3....", "", "audio", "audio/mpeg"),
        (b"ID3....", "voice", "voice", "audio/mpeg"),
        (b"\0\0\0\x20ftypisom", "", "video", "video/mp4"),
        (b"\x89PNG\r\n\x1a\n", "file", "document", "image/png"),
        (b"<svg onload=alert(1)>", "", "document", "application/octet-stream"),
        (b"<!doctype html>", "", "document", "application/octet-stream"),
    ],
)
async def test_a_file_goes_as_what_it_is_and_only_media_is_shown(
    caller: Caller, content: bytes, wanted: str, kind: str, shown: str
) -> None:
    assert await caller.send(content, **{"as": wanted}) == 200
    message = caller.messages()[0]
    assert kind in message
    thing = message[kind][-1] if kind == "photo" else message[kind]
    async with caller.http.get(f"{caller.url}/files/{thing['file_id']}", headers={"Range": "bytes=1-3"}) as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (206, shown, content[1:4])
        assert ("Content-Disposition" in answer.headers) == (shown == "application/octet-stream")


async def test_an_empty_file_is_refused(caller: Caller) -> None:
    assert await caller.send(b"") == 409
    assert await caller.send(b"x", caption="x" * 1025) == 409


async def test_a_message_can_become_too_old_for_the_bot(caller: Caller) -> None:
    await caller.act("say", text="/start")
    await caller.look()
    asked = caller.messages()[-1]["message_id"]
    assert await caller.act("fade", message=asked) == 200
    assert "too old for the bot" in await caller.chat()
    guest = caller.session.guests[7].person
    assert guest.room.view(asked)["date"] == 0
    assert await caller.act("press", message=asked, data="yes") == 200
    await caller.look()
    assert len(caller.messages()) > 2


async def test_the_clock_lives_through_a_week_and_asks_each_day_then_less_often(caller: Caller) -> None:
    for text in ("/start", "yes", "Lisbon", "8:30"):
        await caller.act("say", text=text)
        await caller.look()
    before = len(caller.messages())
    _, answer = await caller.asked("wind", hours=168)
    assert await caller.act("wind", hours=1) == 409
    await caller.watch(answer["version"])
    assert len(caller.messages()) == before + 5, "on three days, and on every other one after"


async def test_weather_is_made_and_unmade(caller: Caller) -> None:
    faults = caller.session.rehearsal.api.faults
    await caller.act("weather", how="storm")
    assert faults.coming == ["429"] * 10
    await caller.act("weather", how="fair")
    await caller.act("weather", how="often", kind="500")
    assert (faults.coming, faults.share) == ([], {"500": 0.2})
    assert (await caller.look())["weather"] == "one call in 5: 500"


async def test_times_are_shown_as_the_device_has_them(caller: Caller) -> None:
    await caller.act("say", text="/start")
    for zone, hours in (("Asia/Kathmandu", "+05:45"), ("UTC", "+00:00")):
        await caller.act("device", zone=zone, language="pt-br")
        told = await caller.look(zone="Europe/Berlin")
        assert (told["device"], told["language"]) == (zone, "pt-br"), hours
    await caller.act("device", zone="", language="")
    told = await caller.look(zone="Europe/Berlin")
    assert (told["device"], told["language"]) == ("Europe/Berlin", "")
    assert (await caller.look(zone="../../etc"))["device"] == "UTC"


async def test_a_second_start_at_a_port_in_use_leaves_the_first_alone(tmp_path: Path, caller: Caller) -> None:
    port = int(caller.url.rpartition(":")[2])
    with pytest.raises(Occupied, match=f"port {port} is in use"):
        async with web.page(port, tmp_path / "playground"):
            raise AssertionError
    assert await caller.act("say", text="/start") == 200


async def test_starting_over_begins_with_nothing(caller: Caller) -> None:
    _, before = await caller.asked("say", text="/start")
    run = (await caller.watch(before["version"]))["run"]
    assert await caller.act("start_over") == 200
    _, after = await caller.asked("say", text="/start")
    told = await caller.watch(after["version"])
    assert told["run"] == run + 1 and len(told["items"]) == 2


@contextmanager
def glimmers(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command at work in a folder that is its home too; no screen, so no browser is opened."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    command = [sys.executable, "-m", "bot", *arguments]
    env = kept | {"HOME": str(folder), "PYTHONPATH": str(ROOT), "BROWSER": "true"}
    with subprocess.Popen(command, cwd=folder, env=env, stdout=-1, stderr=-1, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


async def test_the_command_prints_its_address_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    port = free_port()
    with glimmers(tmp_path, "playground", "--port", str(port)) as process:
        assert process.stdout and process.stderr
        url = f"http://127.0.0.1:{port}"
        assert url in process.stdout.readline()
        async with aiohttp.ClientSession() as http, http.get(f"{url}/stream?person=7") as stream:
            assert await stream.content.readline()
            assert (tmp_path / "data/playground").stat().st_mode & 0o777 == 0o700
            with glimmers(tmp_path, "playground", "--port", str(port)) as second:
                assert second.wait(20) == 2
                assert second.stderr and second.stderr.read().startswith(f"glimmers: port {port} is in use: ")
            process.send_signal(signal.SIGINT)
            assert process.wait(3) == 0
        assert process.stderr.read() == ""
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["data"]


def test_without_a_command_and_a_token_the_page_opens(tmp_path: Path) -> None:
    with glimmers(tmp_path) as process:
        assert process.stdout and process.stderr
        told = process.stdout.readline() or process.stderr.read()
        assert "8642" in told and ("rehearsal" in told or "is in use" in told)
