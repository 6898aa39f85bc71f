"""What the page shows of one person's chat and of the bot behind it."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import available_timezones

from bot.playground.api import BotApi
from bot.playground.bubbles import items, keyboard
from bot.playground.calls import Call, Json, Upload
from bot.playground.markup import Html, tag, together
from bot.playground.session import Session
from bot.playground.words import Device

MOST_CALLS = 60
LONGEST = 2000


def snapshot(session: Session, number: int, browser_zone: str) -> Json:
    """Everything at once: the page finds out what is new."""
    guest, api, outlook = session.guests[number], session.rehearsal.api, session.outlook
    language = guest.person.user.get("language_code", "")
    zone = guest.zone or (browser_zone if browser_zone in available_timezones() else "UTC")
    device = Device.of(zone, language, api.now())
    name = str(api.me["first_name"])
    soon = outlook.next_moment
    return {
        "run": outlook.run,
        "version": outlook.version,
        "busy": outlook.busy,
        "next": device.shown(int(soon.timestamp()), "EEE HH:mm") if soon else "",
        "now": api.now().isoformat(),
        "person": number,
        "zone": guest.zone,
        "device": zone,
        "language": language,
        "status": guest.person.room.status,
        "name": name,
        "description": described(api, "description", language) or "",
        "commands": described(api, "commands", language) or [],
        "items": list(items(guest.person.room, name, device)),
        "keyboard": keyboard(guest.person.room),
        "weather": weather(api),
        "calls": together(*(told(call) for call in reversed(of_note(api.calls)))),
    }


def described(api: BotApi, field: str, language: str) -> Any:
    """What the bot shows of itself: in the person's language, else in the one for everyone."""
    for whom in ({"language_code": language}, {}):
        if found := api.profile.get(json.dumps(whom), {}).get(field):
            return found
    return None


def weather(api: BotApi) -> str:
    """The faults that are to come, in words."""
    coming = api.faults.coming
    parts = [f"{len(coming)} to come: {', '.join(sorted(set(coming)))}"] if coming else []
    parts += [f"one call in {1 / share:.0f}: {kind}" for kind, share in api.faults.share.items()]
    return "; ".join(parts)


def of_note(calls: list[Call]) -> list[Call]:
    """The last calls, without the waiting for updates that went well."""
    return [call for call in calls if call.method != "getUpdates" or call.fault or call.problems][-MOST_CALLS:]


def told(call: Call) -> Html:
    """A line of the log, and behind it all of the call."""
    status = str(call.status or ("no answer" if call.fault else "…"))
    wrong = call.problems or call.fault or (call.status or 200) >= 400
    heading = tag("summary", tag("b", call.method), tag("span", status, class_="wrong" if wrong else None))
    lost = f"{call.fault}, and {'done' if call.took else 'not done'} all the same" if call.fault else ""
    lines = [tag("p", line, class_="wrong") for line in (lost, call.description, *call.problems) if line]
    params = tag("pre", clipped(call.params), tabindex="0", role="region", aria_label="Parameters")
    return tag("li", tag("details", heading, *lines, params, data_key=call.at.isoformat()))


def clipped(params: Json) -> str:
    text = json.dumps(params, ensure_ascii=False, indent=1, default=named)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def named(value: object) -> str:
    return f"{value.name}, {len(value.content)} bytes" if isinstance(value, Upload) else str(value)
