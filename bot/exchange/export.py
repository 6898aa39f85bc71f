"""Taking everything along: `glimmers.json`, in a zip with the files where there are any."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from storage.records import Glimmer, Kind, Media, Note, Reminder

VERSION = 1
LARGEST = 45_000_000
ENDINGS = {
    "photo": ".jpg",
    "voice": ".ogg",
    "video": ".mp4",
    "video_note": ".mp4",
    "animation": ".mp4",
    "sticker": ".webp",
}

NAMED = re.compile(r"\.[a-z0-9]{1,8}$", re.ASCII | re.IGNORECASE)

Download = Callable[[str], Awaitable[bytes | None]]


def as_json(
    glimmers: Iterable[Glimmer], reminders: Sequence[Reminder], notes: Sequence[Note], zone: str | None, now: datetime
) -> dict[str, Any]:
    """Everything kept, in the exported format. Days as YYYY-MM-DD, moments in ISO 8601 UTC."""
    return {
        "format": "glimmers",
        "version": VERSION,
        "exported_at": now.isoformat(),
        "glimmers": [glimmer_json(glimmer) for glimmer in glimmers],
        "reminders": [reminder_json(reminder, zone) for reminder in reminders],
        **({"notes": [note_json(note) for note in notes]} if notes else {}),
    }


def note_json(note: Note) -> dict[str, Any]:
    about = {"about": note.about} if note.about else {}
    return {"id": note.id, "kind": note.kind.value, "at": note.at.isoformat(), "text": note.words, **about}


def glimmer_json(glimmer: Glimmer) -> dict[str, Any]:
    return {
        "id": glimmer.id,
        "day": glimmer.day.isoformat(),
        "kept_at": glimmer.kept_at.isoformat(),
        "text": glimmer.text,
        "media": [media_json(media, file_name(glimmer, n)) for n, media in enumerate(glimmer.media)],
        "message_id": glimmer.message_id,
        **({"marks": dict(glimmer.marks)} if glimmer.marks else {}),
    }


def media_json(media: Media, name: str) -> dict[str, Any]:
    """`name` is the file in the zip; a place has its degrees instead."""
    if media.file_id is None:
        return {"kind": media.kind, "name": media.name, "lat": media.lat, "lon": media.lon}
    return {"kind": media.kind, "name": name}


def reminder_json(reminder: Reminder, zone: str | None) -> dict[str, Any]:
    next_at = reminder.next_at.isoformat() if reminder.next_at else None
    zone = reminder.rule.get("zone", zone or "UTC")
    kind = {} if reminder.kind is Kind.PROMPT else {"kind": reminder.kind.value}
    words = {"text": reminder.words} if reminder.words else {}
    return {"id": reminder.id, **reminder.rule, **kind, **words, "zone": zone, "next_at": next_at}


def file_name(glimmer: Glimmer, n: int) -> str:
    """ "media/2026-05-14-17-1.jpg": the day, the message, and which of its files."""
    media = glimmer.media[n]
    named = NAMED.search(media.name or "")
    ending = ENDINGS.get(media.kind) or (named[0] if named else "")
    return f"media/{glimmer.day.isoformat()}-{glimmer.message_id}-{n + 1}{ending}"


async def packed(content: dict[str, Any], glimmers: Sequence[Glimmer], download: Download) -> tuple[str, bytes]:
    """The document's name and bytes: JSON alone, or a zip with every file Telegram still gives that fits in."""
    plain = json.dumps(content, ensure_ascii=False, indent=2).encode()
    files = [
        (file_name(glimmer, n), media.file_id)
        for glimmer in glimmers
        for n, media in enumerate(glimmer.media)
        if media.file_id
    ]
    if not files:
        return "glimmers.json", plain
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("glimmers.json", plain)
        for name, file_id in files:
            got = await download(file_id)
            if got and buffer.tell() + len(got) < LARGEST:
                archive.writestr(name, got, zipfile.ZIP_STORED)  # pictures and sounds are packed already
    return "glimmers.zip", buffer.getvalue()
