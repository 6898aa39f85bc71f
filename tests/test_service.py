"""The whole bot over HTTP: odd visitors, odd updates, files, the disk, trouble with the database."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot import logs
from bot.conversation.prompts import RESTS, Taste, load_library, next_prompt, remembered
from bot.playground.rehearsal import TOKEN
from bot.settings import Access
from storage import invites, tables
from tests.stage import PROMPTS, Stage, answers, stage, words

AT = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)


def test_an_invitation_lets_one_person_in_by_button_or_by_word(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT, Access("invite")) as here:
            with here.rehearsal.store.begin() as tx:
                invites.add(tx, ["code-a", "code-b"], AT)
            for person, code, yes in ((here.you, "code-a", "say"), (here.rehearsal.api.person(8), "code-b", "press")):
                person.say(f"/start {code}")
                assert "Nothing is kept" in words(await here.settle())[0]
                if yes == "say":
                    person.say("yes")
                else:
                    person.press(person.chat[-1]["message_id"], "yes")
                assert "small good moment" in "".join(words(await here.settle()))
            late = here.rehearsal.api.person(9)
            late.say("/start code-a")
            assert "invited people only" in words(await here.settle())[0]

    asyncio.run(play())


def test_in_a_group_it_says_why_and_leaves(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            here.you.say("/start")
            await here.settle()
            here.rehearsal.api.group(-100, "Friends", by=here.you)
            calls = await here.settle()
            assert "private chats" in words(calls)[0]
            assert any(call.method == "leaveChat" and call.params["chat_id"] == -100 for call in calls)
            with here.rehearsal.store.read() as tx:
                assert not tx.connection.execute(tables.people.select()).all()

    asyncio.run(play())


ODD: list[dict[str, Any]] = [
    {"a_kind_of_tomorrow": {"id": 1}},
    {"inline_query": {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "A"}, "query": "x", "offset": ""}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel", "title": "c"}, "text": "hi"}},
    {"message": {"message_id": 2, "date": 1, "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": True}}},
    {"poll": {"id": "1"}},
    {"callback_query": "not an object"},
    {"edited_message": None},
    {},
]


def test_odd_updates_stop_nobody(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            for odd in ODD:
                here.rehearsal.api.push(dict(odd))
            here.you.say("warm bread")
            await here.settle()
            assert [glimmer.text for glimmer in here.kept()] == ["warm bread"]

    asyncio.run(play())


def test_what_cannot_be_read_is_set_aside_and_its_sender_is_told(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            secret = {"message_id": 5, "date": "nonsense", "chat": {"id": 7, "type": "private"}, "text": "secret"}
            here.rehearsal.api.push({"message": secret | {"from": {"id": 7, "is_bot": False, "first_name": "A"}}})
            assert "send it again later" in words(await here.settle())[0]
            here.you.say("warm bread")
            await here.settle()
            assert [glimmer.text for glimmer in here.kept()] == ["warm bread"]

    asyncio.run(play())


def test_other_kinds_of_messages_are_met_kindly(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            contact = {"contact": {"phone_number": "1", "first_name": "B"}}
            message = {"message_id": 900, "date": int(AT.timestamp()), "chat": here.you.room.about}
            here.rehearsal.api.push({"message": message | {"from": here.you.user} | contact})
            assert "can't keep this kind" in words(await here.settle())[0]
            for kind in ("video", "video_note", "sticker", "document", "audio", "animation"):
                here.you.send(kind)
                assert any(call.method == "setMessageReaction" for call in await here.settle()), kind
            assert len(here.kept()) == 6

    asyncio.run(play())


def test_the_longest_message_is_kept_whole_and_its_page_fits(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            longest = "🌧" * 2048
            for _ in range(5):
                here.you.say(longest)
                await here.settle()
            here.you.say("short")
            await here.settle()
            here.you.say("/glimmers")
            page = words(await here.settle())[0]
            assert "short" in page and page.count("…") == 4
            assert [glimmer.text for glimmer in here.kept()] == [longest] * 5 + ["short"]

    asyncio.run(play())


def test_the_export_holds_every_word_and_the_files(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            here.you.say("warm bread")
            await here.settle()
            assert (await exported(here))["glimmers"][0]["text"] == "warm bread"
            here.you.send("photo", caption="the sea", content=b"a picture")
            here.you.locate(48.2, 16.37)
            await here.settle()
            here.you.say("/export")
            await here.settle()
            document = here.last(from_bot=True)
            with zipfile.ZipFile(io.BytesIO(document["content"])) as archive:
                content = json.loads(archive.read("glimmers.json"))
                picture = content["glimmers"][1]["media"][0]
                assert archive.read(picture["name"]) == b"a picture"
            assert [one["text"] for one in content["glimmers"]] == ["warm bread", "the sea", ""]
            assert content["glimmers"][2]["media"] == [{"kind": "location", "name": None, "lat": 48.2, "lon": 16.37}]
            here.rehearsal.api.files.clear()
            here.you.say("/export")
            await here.settle()
            with zipfile.ZipFile(io.BytesIO(here.last(from_bot=True)["content"])) as archive:
                assert archive.namelist() == ["glimmers.json"]

    asyncio.run(play())


def test_the_export_of_an_album_holds_what_was_added_and_each_file_under_its_own_name(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            first = here.you.send("photo", caption="the sea", album="a", content=b"one")["message_id"]
            here.you.send("video", album="a", content=b"two")
            here.you.say("it was cold", reply_to=first)
            here.you.send("document", content=b"three", name="../a poem./of mine", reply_to=first)
            here.you.send("document", content=b"four", name="poem.PDF", reply_to=first)
            here.you.say("a word alone")
            await here.settle()
            here.you.say("/export")
            await here.settle()
            document = here.last(from_bot=True)
            assert document["document"]["file_name"] == "glimmers.zip"
            with zipfile.ZipFile(io.BytesIO(document["content"])) as archive:
                content = json.loads(archive.read("glimmers.json"))
                album, alone = content["glimmers"]
                files = {media["name"]: archive.read(media["name"]) for media in album["media"]}
                assert set(archive.namelist()) == {"glimmers.json", *files}
            assert (album["text"], alone["text"]) == ("the sea\nit was cold", "a word alone")
            assert album["message_id"] == first and alone["media"] == []
            assert [media["kind"] for media in album["media"]] == ["photo", "video", "document", "document"]
            assert list(files.values()) == [b"one", b"two", b"three", b"four"]
            assert [name.rpartition("-")[2] for name in files] == ["1.jpg", "2.mp4", "3", "4.PDF"]
            assert all(name.count("/") == 1 for name in files)

    asyncio.run(play())


async def exported(here: Stage) -> dict[str, Any]:
    here.you.say("/export")
    await here.settle()
    document = here.last(from_bot=True)
    assert document["document"]["file_name"] == "glimmers.json"
    content: dict[str, Any] = json.loads(document["content"])
    assert (content["format"], content["version"]) == ("glimmers", 1)
    assert content["reminders"][0]["times"] == ["08:30"]
    assert content["reminders"][0]["zone"] == "Europe/Lisbon"
    assert content["reminders"][0]["next_at"].startswith("2026-05-15T07:30")
    return content


def test_no_word_is_on_disk_or_in_the_log_at_any_moment(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers.copy(), root.level
    logs.start("DEBUG", "text", TOKEN)
    secrets = (b"heron", b"kill myself", b"Portugal")

    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/data/g.db", AT) as here:
            await here.begin()
            here.rehearsal.api.faults.next("setMessageReaction", "429")
            for text in ("the heron stood in the fog", "i want to kill myself", "a heron again"):
                here.you.say(text)
                await asyncio.sleep(0.05)
                assert not found(tmp_path, secrets)
            await here.settle()
            assert not found(tmp_path, secrets)
            here.you.say("/erase")
            await here.settle()
            here.you.press(*here.button("Yes, erase everything"))
            await here.settle()
            with here.rehearsal.store.read() as tx:
                for table in (tables.people, tables.glimmers, tables.reminders, tables.nudges, tables.outbox):
                    assert not tx.connection.execute(table.select()).all(), table.name
                assert not tx.connection.execute(tables.inbox.select().where(tables.inbox.c.sealed.is_not(None))).all()

    asyncio.run(play())
    root.handlers = before
    root.setLevel(level)
    log = capfd.readouterr().err
    assert "DEBUG" in log and not [secret for secret in (*secrets, b"Lisbon") if secret.decode() in log]


def found(folder: Path, secrets: tuple[bytes, ...]) -> list[bytes]:
    disk = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return [secret for secret in secrets if secret in disk]


@pytest.mark.postgres
def test_a_database_that_comes_and_goes_loses_nothing(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite is always there")

    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            cut_all_connections(database_url)
            here.you.say("warm bread")
            await asyncio.sleep(0.2)
            cut_all_connections(database_url)
            here.you.say("cold hands, warm cup")
            while [glimmer.text for glimmer in patient_kept(here)] != ["warm bread", "cold hands, warm cup"]:
                await asyncio.sleep(0.1)
            assert answers(await here.settle())

    asyncio.run(asyncio.wait_for(play(), 60))


def cut_all_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def patient_kept(here: Stage) -> list[Any]:
    try:
        return here.kept()
    except Exception:
        return []


def test_two_reminders_at_one_moment_are_one_question(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, datetime(2026, 3, 28, 12, tzinfo=UTC)) as here:
            for text in ("/start", "yes", "Berlin", "2:00 and 3:00"):
                here.you.say(text)
                await here.settle()
            await here.rehearsal.wind_to_next()
            first = await here.settle()
            await here.rehearsal.wind(timedelta(hours=3))
            assert len(answers(first)) == 1 and not answers(await here.settle())

    asyncio.run(play())


def test_no_prompt_comes_again_before_many_others_were_asked() -> None:
    library = load_library("en")
    seen: tuple[str, ...] = ()
    asked: list[str] = []
    for day in range(3 * len(library)):
        prompt = next_prompt(library, Taste(seen), ("r", day))
        seen = remembered(seen, prompt.id)
        asked.append(prompt.id)
    last: dict[str, int] = {}
    apart: list[int] = []
    for n, one in enumerate(asked):
        apart += [n - last[one]] if one in last else []
        last[one] = n
    assert min(apart) >= min(RESTS, len(library))


def test_one_person_whose_record_is_damaged_holds_nobody_up(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            other = here.rehearsal.api.person(8)
            other.say("/start")
            other.say("yes")
            await here.settle()
            with here.rehearsal.store.begin() as tx:
                tx.connection.execute(tables.people.update().where(tables.people.c.id == 8).values(sealed=b"damaged"))
            other.say("cold hands, warm cup")
            here.you.say("warm bread")
            calls = await here.settle()
            assert [glimmer.text for glimmer in here.kept()] == ["warm bread"]
            assert "send it again later" in words([call for call in calls if call.params.get("chat_id") == 8])[0]
            await here.next_nudge()
            assert here.last(from_bot=True)["text"] in PROMPTS

    asyncio.run(play())


FORGED = (
    "",
    "page:abc",
    "page:-5",
    "page:99999999999",
    "at:9999.999",
    "at:0830.0",
    "at:",
    "zone:Nowhere/None:XX",
    "zone:",
    "zone:../../etc/passwd:",
    "rem:",
    "undo:",
    "undo:x",
    "undo:99999999999999999999",
    "keep:",
    "note:x",
    "retime:x",
    "drop:x",
    "back:x",
    "later:x",
    "later:",
    "nottoday:x",
    "nonsense",
    ":::",
    "eraseyes:no",
)


def test_forged_and_ancient_buttons_are_met_kindly(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", AT) as here:
            await here.begin()
            question = here.last(from_bot=True)["message_id"]
            guest = here.rehearsal.api.person(8)
            guest.say("/start")
            await here.settle()
            for data in FORGED:
                for person in (here.you, guest):
                    if data and not (data.startswith("eraseyes") and person is here.you):
                        person.press(question if person is here.you else person.chat[-1]["message_id"], data)
                        assert answers(await here.settle()), data
            assert here.rehearsal.store and not here.kept()

    asyncio.run(play())
    assert "a turn failed" not in caplog.text and "set aside" not in caplog.text
