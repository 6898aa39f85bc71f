"""A message's words as HTML: its entities, and the links and commands that Telegram's apps find by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_timedelta

from bot.playground.calls import Json
from bot.playground.markup import Html, tag, together

TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
BLOCKS = ("pre", "blockquote")
PATTERNS = {"w": "EEEE", "d": "dd.MM.yy", "D": "d MMMM y", "t": "HH:mm", "T": "HH:mm:ss"}
FOUND = re.compile(r"""(https?://[^\s<>"”]*[^\s<>"”.,;:!?)'\]])|(?<![\w/])/[a-z]\w{0,31}(?![\w/])""", re.ASCII | re.I)
SAFE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Device:
    """Where and how moments are shown."""

    zone: tzinfo
    locale: Locale
    now: datetime

    @classmethod
    def of(cls, zone: str, language: str, now: datetime) -> Device:
        try:
            locale = Locale.parse(language or "en", sep="-")
        except (UnknownLocaleError, ValueError):
            locale = Locale("en")
        return cls(ZoneInfo(zone) if zone else UTC, locale, now)

    def clock(self, unix: int) -> str:
        return self.shown(unix, "HH:mm")

    def day(self, unix: int) -> str:
        return self.shown(unix, "EEEE, d MMMM")

    def shown(self, unix: int, pattern: str) -> str:
        return str(format_datetime(at(unix), pattern, self.zone, self.locale))

    def moment(self, unix: int, form: str) -> str:
        """Telegram's formats: r is relative; else w for the weekday, d or D for the date, t or T for the time."""
        if form == "r":
            away = timedelta(seconds=unix - self.now.timestamp())
            return str(format_timedelta(away, add_direction=True, locale=self.locale))
        return ", ".join(self.shown(unix, PATTERNS[part]) for part in form if part in PATTERNS)


def at(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, UTC)


def rich(text: str, entities: list[Json], device: Device) -> Html:
    """Offsets count UTF-16 units; entities lie within each other or apart."""
    units = text.encode("utf-16-le", "surrogatepass")
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return _dressed(units, ordered, 0, len(units) // 2, device)


def _dressed(units: bytes, entities: list[Json], start: int, end: int, device: Device) -> Html:
    parts: list[Html] = []
    done = start
    for n, entity in enumerate(entities):
        first, last = entity["offset"], min(entity["offset"] + entity["length"], end)
        if first < done or last <= first:
            continue
        inside = [other for other in entities[n + 1 :] if other["offset"] < last]
        words = _piece(units, first, last)
        inner = _dressed(units, inside, first, last, device) if inside or entity["type"] in TAGS else tag("span", words)
        block = TAGS.get(entity["type"]) in BLOCKS  # it stands on lines of its own, so the breaks around it go
        before = _piece(units, done, first)
        parts += [plain(before.removesuffix("\n") if block else before), dress(entity, words, inner, device)]
        done = last + 1 if block and _piece(units, last, last + 1) == "\n" else last
    return together(*parts, plain(_piece(units, done, end)))


def _piece(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")


def plain(text: str) -> Html:
    return together(*_found(text))


def _found(text: str) -> Iterator[str]:
    done = 0
    for found in FOUND.finditer(text):
        yield text[done : found.start()]
        yield link(found[0], found[0]) if found[1] else command(found[0])
        done = found.end()
    yield text[done:]


def link(url: str, *content: str) -> Html:
    """To a place on the web, to write or to call; any other address stays plain words."""
    whole = url if SCHEME.match(url) else f"https://{url}"
    if not SAFE.match(whole):
        return tag("span", *content)
    return tag("a", *content, href=whole, target="_blank", rel="noopener noreferrer")


def command(text: str) -> Html:
    return tag("button", text, class_="link", data_say=text)


def dress(entity: Json, words: str, inner: Html, device: Device) -> Html:
    """One entity around its words."""
    kind = entity["type"]
    if kind in TAGS:
        return tag(TAGS[kind], inner)
    return DRESS[kind](entity, words, inner, device) if kind in DRESS else inner


def _date_time(entity: Json, words: str, _inner: Html, device: Device) -> Html:
    unix = entity["unix_time"]
    whole = f"{device.day(unix)}, {device.clock(unix)}"
    shown = device.moment(unix, entity.get("date_time_format") or "")
    return tag("time", shown or words, datetime=at(unix).isoformat(), title=whole)


def _spoiler(_entity: Json, _words: str, inner: Html, _device: Device) -> Html:
    hidden = tag("span", inner, aria_hidden="true")
    return tag("button", hidden, class_="spoiler", aria_expanded="false", aria_label="Hidden words: show them")


DRESS: dict[str, Callable[[Json, str, Html, Device], Html]] = {
    "text_link": lambda entity, _words, inner, _device: link(entity["url"], inner),
    "url": lambda _entity, words, _inner, _device: link(words, words),
    "email": lambda _entity, words, _inner, _device: link(f"mailto:{words}", words),
    "phone_number": lambda _entity, words, _inner, _device: link("tel:" + re.sub(r"[^+\d]", "", words), words),
    "bot_command": lambda _entity, words, _inner, _device: command(words),
    "date_time": _date_time,
    "spoiler": _spoiler,
}
