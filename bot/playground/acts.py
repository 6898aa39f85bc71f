"""What the page may ask for, by name. Each takes the session, the person and the JSON it was asked with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from zoneinfo import available_timezones

from bot.playground.calls import Json
from bot.playground.checks import TYPES, units
from bot.playground.session import Guest, Refused, Session

LONGEST = 4096
LONGEST_CAPTION = 1024
ALBUM = 10
FARTHEST = timedelta(days=60)
EMOJI = frozenset(TYPES["ReactionTypeEmoji"]["fields"]["emoji"]["enum"])
FAULTS: dict[str, tuple[str, bool | None]] = {
    "429": ("429", None),
    "500": ("500", None),
    "timeout": ("timeout", None),
    "reset": ("reset", False),
    "lost": ("lost", True),
}
ONE_IN_FIVE = 0.2
STORM = 10
STICKER = b"a rehearsed sticker"
# How the files begin that the page can show; ISO media names its kind at the fifth byte.
BEGINNINGS = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"OggS": "audio/ogg",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"\x1aE\xdf\xa3": "video/webm",
}
INSIDE = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"ftypM4A": "audio/mp4", b"ftyp": "video/mp4"}
KINDS = {"image/gif": "animation", "image": "photo", "audio/ogg": "voice", "audio": "audio", "video": "video"}
IN_ALBUMS = ("photo", "video")

albums = count(1)


def media_type(content: bytes) -> str:
    """What a file is by how it begins; "" for what the page does not show."""
    begins = (kind for start, kind in BEGINNINGS.items() if content.startswith(start))
    inside = (kind for word, kind in INSIDE.items() if content[4:16].find(word) >= 0)
    return next(begins, "") or next(inside, "")


def kind_of(content: bytes, wanted: str) -> str:
    """As what Telegram's apps would send it; "file" and "voice" may be wanted."""
    found = media_type(content)
    broad = found.partition("/")[0]
    if wanted == "file" or not found:
        return "document"
    return "voice" if wanted == "voice" and broad == "audio" else KINDS.get(found) or KINDS[broad]


def send_files(guest: Guest, files: list[tuple[str, bytes]], caption: str, wanted: str, reply_to: int | None) -> None:
    """Files as one act: several pictures or videos become albums; the first file carries the caption."""
    if units(caption) > LONGEST_CAPTION:
        raise Refused(f"Words beside a file have {LONGEST_CAPTION} characters at most.")
    if not files or not all(content for _, content in files):
        raise Refused("That file is empty.")
    kinds = [kind_of(content, wanted) for _, content in files]
    grouped = [n for n, kind in enumerate(kinds) if kind in IN_ALBUMS]
    names = {n: f"album-{next(albums)}" for n in grouped[::ALBUM]} if len(grouped) > 1 else {}
    album = {n: names[grouped[at - at % ALBUM]] for at, n in enumerate(grouped)} if names else {}
    for n, ((name, content), kind) in enumerate(zip(files, kinds, strict=True)):
        about = {"mime_type": media_type(content)} if kind not in ("photo", "document") else {}
        guest.person.send(
            kind, "" if n else caption, album.get(n, ""), content, name, about, reply_to=None if n else reply_to
        )


def text_of(given: Json) -> str:
    text = str(given["text"]).strip()
    if not text or units(text) > LONGEST:
        raise Refused(f"A message has 1 to {LONGEST} characters.")
    return text


def message_of(guest: Guest, given: Json, name: str = "message") -> int:
    number = int(given[name])
    if number not in guest.person.room.messages:
        raise Refused("That message is no longer there.")
    return number


def reply_of(guest: Guest, given: Json) -> int | None:
    return message_of(guest, given, "reply_to") if given.get("reply_to") else None


async def say(_session: Session, guest: Guest, given: Json) -> None:
    guest.person.say(text_of(given), reply_of(guest, given))


async def edit(_session: Session, guest: Guest, given: Json) -> None:
    number = message_of(guest, given)
    message = guest.person.room.messages[number]
    if message["from"]["is_bot"] or "location" in message or "sticker" in message:
        raise Refused("That message cannot be edited.")
    guest.person.edit(number, text_of(given))


async def press(_session: Session, guest: Guest, given: Json) -> None:
    guest.person.press(message_of(guest, given), str(given["data"]))


async def react(_session: Session, guest: Guest, given: Json) -> None:
    emoji = given.get("emoji") or None
    if emoji and emoji not in EMOJI:
        raise Refused("Telegram has no such reaction.")
    guest.person.react(message_of(guest, given), emoji)


async def locate(_session: Session, guest: Guest, given: Json) -> None:
    lat, lon = float(given["lat"]), float(given["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused("Latitudes go from -90 to 90, longitudes from -180 to 180.")
    guest.person.locate(lat, lon, reply_of(guest, given))


async def sticker(_session: Session, guest: Guest, given: Json) -> None:
    guest.person.send("sticker", content=STICKER, about={"emoji": str(given["emoji"])}, reply_to=reply_of(guest, given))


async def delete(_session: Session, guest: Guest, given: Json) -> None:
    guest.person.delete(message_of(guest, given))


async def fade(_session: Session, guest: Guest, given: Json) -> None:
    guest.person.fade(message_of(guest, given))


async def block(_session: Session, guest: Guest, _given: Json) -> None:
    guest.person.block()


async def unblock(_session: Session, guest: Guest, _given: Json) -> None:
    guest.person.unblock()


async def wind(session: Session, _guest: Guest, given: Json) -> None:
    by = timedelta(hours=float(given["hours"])) if given.get("hours") else None
    if by and not timedelta() < by <= FARTHEST:
        raise Refused(f"The clock goes forward, {FARTHEST.days} days at most.")
    await session.wind(by)


async def device(_session: Session, guest: Guest, given: Json) -> None:
    zone, language = str(given.get("zone", guest.zone)).strip(), given.get("language")
    if zone and zone not in available_timezones():
        raise Refused(f"There is no time zone {zone}. One looks like Europe/Lisbon.")
    guest.zone = zone
    if language is not None:
        guest.person.user["language_code"] = str(language)
    if language == "":
        del guest.person.user["language_code"]


async def weather(session: Session, _guest: Guest, given: Json) -> None:
    faults, how = session.rehearsal.api.faults, given["how"]
    kind, takes = FAULTS[given.get("kind", "429")]
    if how == "fair":
        faults.fair()
    elif how == "often":
        faults.share = {kind: ONE_IN_FIVE}
    else:
        for _ in range(STORM if how == "storm" else 1):
            faults.next("send*", kind, takes)


async def start_over(session: Session, _guest: Guest, _given: Json) -> None:
    await session.start_over()


ACTS: dict[str, Callable[[Session, Guest, Json], Awaitable[None]]] = {
    act.__name__: act
    for act in (
        say,
        edit,
        press,
        react,
        locate,
        sticker,
        delete,
        fade,
        block,
        unblock,
        wind,
        device,
        weather,
        start_over,
    )
}
