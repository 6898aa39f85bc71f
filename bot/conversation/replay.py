"""Seeing and hearing it again: Telegram keeps what was sent and sends it again by its file id, in few messages."""

from __future__ import annotations

from typing import Any

from bot.conversation.pages import help_rows
from bot.conversation.say import keyboard, replying, send
from bot.conversation.situation import Answer, Say, Situation
from storage.records import Glimmer, Media

METHODS = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "document": "sendDocument",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
}
# What may stand in one album: pictures and videos, files among themselves, sounds among themselves.
FAMILIES = {"photo": "seen", "video": "seen", "document": "files", "audio": "sounds"}
MOST = 10

Batch = list[tuple[int, Media]]


def show(s: Situation) -> Answer:
    """What is more than words in one glimmer; each message answers the one it came with."""
    batches = batched(s.found.glimmers[0]) if s.found.glimmers else []
    if not batches:
        return Answer((send(s, s.words("replay.gone"), help_rows(s)),))
    return Answer(tuple(again(s, batch) for batch in batches))


def batched(glimmer: Glimmer) -> list[Batch]:
    """What can go together goes together; each with the number of the message it came with."""
    batches: list[Batch] = []
    filling: dict[str, Batch] = {}
    for number, media in ((part.message_id, media) for part in glimmer.parts for media in part.media):
        family = FAMILIES.get(media.kind, "")
        batch = filling.get(family, [])
        if not batch or len(batch) == MOST:
            batch = []
            batches.append(batch)
        if family:
            filling[family] = batch
        batch.append((number, media))
    return batches


def again(s: Situation, batch: Batch) -> Say:
    """One message, or one album, which takes no buttons."""
    number, media = batch[0]
    params = {"chat_id": s.chat_id} | replying(number)
    if len(batch) > 1:
        album = [{"type": one.kind, "media": one.file_id} for _, one in batch]
        return Say("sendMediaGroup", params | {"media": album}, instead=s.words("replay.lost"))
    found = alone(media)
    if found is None:
        return send(s, s.words("replay.cannot"), help_rows(s), reply_to=number)
    method, content = found
    return Say(method, params | content | keyboard(help_rows(s)), instead=s.words("replay.lost"))


def alone(media: Media) -> tuple[str, dict[str, Any]] | None:
    """How to send this one again; None for what bots cannot send."""
    if media.file_id:
        return (METHODS[media.kind], {media.kind: media.file_id}) if media.kind in METHODS else None
    if media.lat is None or media.lon is None:
        return None
    spot = {"latitude": media.lat, "longitude": media.lon}
    if media.name and media.address:
        return "sendVenue", spot | {"title": media.name, "address": media.address}
    return "sendLocation", spot
