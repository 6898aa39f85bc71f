"""Albums in whatever way they arrive, and what exactly is sent when a glimmer is shown again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground.calls import Call, Json
from tests.stage import Stage, answers, stage, words

AT = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)


def acted(database_url: str, act: Callable[[Stage], Awaitable[None]]) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            await act(here)

    asyncio.run(play())


def picture(here: Stage, caption: str, album: str = "a") -> Json:
    """A picture of an album, written but not yet on its way to the bot."""
    api = here.rehearsal.api
    part = api.keep("photo", "p.jpg", b"...")
    return api.write(here.you.room, here.you.user, part | {"caption": caption, "media_group_id": album})


def sent(calls: list[Call]) -> list[dict[str, Any]]:
    return [call.params for call in calls if call.method.startswith("send") and call.method != "sendMessage"]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_an_album_is_one_glimmer_however_its_pictures_arrive(
    database_url: str, order: tuple[int, ...], apart: bool
) -> None:
    async def act(here: Stage) -> None:
        pictures = [picture(here, f"p{n}") for n in range(3)]
        calls: list[Call] = []
        for n in order:
            here.rehearsal.api.push({"message": pictures[n]})
            if apart:
                calls += await here.settle()
        calls += await here.settle()
        assert [glimmer.text for glimmer in here.kept()] == ["p0\np1\np2"]
        assert sum(text.startswith("Kept.") for text in words(calls)) == 1
        assert sum(call.method == "setMessageReaction" for call in calls) == 3
        here.you.press(*here.button("Undo"))
        await here.settle()
        assert here.kept() == []

    acted(database_url, act)


def test_a_late_picture_joins_its_album_after_other_messages_and_alone_after_the_album_was_let_go(
    database_url: str,
) -> None:
    async def act(here: Stage) -> None:
        pictures = [picture(here, f"p{n}") for n in range(3)]
        here.rehearsal.api.push({"message": pictures[0]})
        await here.settle()
        for text in ("warm bread", "/glimmers", "a hard day"):
            here.you.say(text)
            await here.settle()
        here.rehearsal.api.push({"message": pictures[2]})
        assert [call.method for call in answers(await here.settle())] == ["setMessageReaction"]
        assert [glimmer.text for glimmer in here.kept()] == ["p0\np2", "warm bread"]
        here.you.say("forget that", reply_to=pictures[2]["message_id"])
        await here.settle()
        here.rehearsal.api.push({"message": pictures[1]})
        assert answers(await here.settle())
        assert [glimmer.text for glimmer in here.kept()] == ["p1", "warm bread"]

    acted(database_url, act)


def test_the_same_picture_told_twice_is_there_once(database_url: str) -> None:
    async def act(here: Stage) -> None:
        pictures = [picture(here, f"p{n}") for n in range(2)]
        for one in (*pictures, *pictures):
            here.rehearsal.api.push({"message": one})
            await here.settle()
        assert [len(glimmer.parts) for glimmer in here.kept()] == [2]

    acted(database_url, act)


def test_what_is_shown_again_are_the_same_files_as_replies_to_the_messages_they_came_with(database_url: str) -> None:
    async def act(here: Stage) -> None:
        first = here.you.send("photo", album="a")["message_id"]
        here.you.send("video", album="a", caption="boats")
        sound = here.you.send("voice", reply_to=first)["message_id"]
        await here.settle()
        here.you.say("/glimmers")
        await here.settle()
        here.you.press(*here.button("today: a picture, a video and a voice note"))
        album, voice = sent(await here.settle())
        assert album["media"] == [{"type": "photo", "media": "photo-1"}, {"type": "video", "media": "video-2"}]
        assert album["reply_parameters"] == {"message_id": first, "allow_sending_without_reply": True}
        assert (voice["voice"], voice["reply_parameters"]["message_id"]) == ("voice-3", sound)
        here.you.delete(first)
        here.you.press(*here.button("today: a picture, a video and a voice note"))
        assert len(sent(await here.settle())) == 2
        assert "reply_to_message" not in here.you.chat[-2]

    acted(database_url, act)


def test_what_a_bot_cannot_send_is_told_kindly(database_url: str) -> None:
    async def act(here: Stage) -> None:
        here.you._tell({"paid_media": {"star_count": 1, "paid_media": []}, "caption": "bought"})
        await here.settle()
        here.you.say("/glimmers")
        assert "(something else)\nbought" in words(await here.settle())[0]
        here.you.press(*here.button("today: something else"))
        assert "can't show this kind" in words(await here.settle())[0]

    acted(database_url, act)


def test_a_button_that_carries_something_else_is_met_kindly(database_url: str) -> None:
    async def act(here: Stage) -> None:
        here.you.say("/glimmers")
        await here.settle()
        page = here.last(from_bot=True)["message_id"]
        for data in ("show", "show:", "show:x", "show:99", "show:" + "9" * 15, "join:", "join:1"):
            here.you.press(page, data)
            assert answers(await here.settle()), data
        assert here.kept() == []

    acted(database_url, act)


def test_five_albums_make_a_page_that_can_be_read(database_url: str) -> None:
    async def act(here: Stage) -> None:
        for n in range(5):
            for caption in (f"walk {n}: " + "x" * 1000, "y" * 1024, ""):
                here.you.send("photo", caption, album=f"a{n}")
        await here.settle()
        here.you.say("/glimmers")
        page = words(await here.settle())[0]
        assert page.count("(3 pictures)\nwalk") == 5 and page.count("today 11:30") == 1
        rows = here.last(from_bot=True)["reply_markup"]["inline_keyboard"]
        assert len({button["callback_data"] for row in rows for button in row}) == 5

    acted(database_url, act)
