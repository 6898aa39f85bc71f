"""What this copy tells the one who runs it: sentences that the start's log and `check` share."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from bot import __version__
from bot.conversation.lines import Lines, outdated
from bot.keys import origin
from bot.settings import Settings
from storage.look import Seen, place

A_MONTH = timedelta(days=30)
NAMELESS = "/privacy does not say who runs this copy: OPERATOR_NAME and OPERATOR_CONTACT are not set"
ADMITTED = {"open": "open to everyone", "invite": "by invitation"}


def greeting(settings: Settings, seen: Seen, lines: Lines, today: date) -> Iterator[tuple[int, str]]:
    """The first lines of a start, each with its level."""
    counted = f"people: {seen.people}, reminders: {seen.reminders}"
    yield logging.INFO, f"Glimmers {__version__} with {place(settings.database_url)}; {counted}"
    yield logging.INFO, f"The key is {seen.fingerprint}, from {origin(settings)}"
    yield logging.INFO, f"Access: {admitted(settings)}; updates: {way_in(settings)}"
    if outdated(lines, today):
        yield logging.WARNING, f"{aged(lines, today)}; bring Glimmers up to date"
    if is_nameless(settings):
        yield logging.INFO, NAMELESS


def admitted(settings: Settings) -> str:
    """Who may use this copy."""
    return ADMITTED.get(settings.access.kind) or f"Telegram ids: {len(settings.access.ids)}"


def way_in(settings: Settings) -> str:
    if not settings.webhook_url:
        return "long polling"
    here = settings.webhook_listen
    return f"webhook at {host_of(settings.webhook_url)}, listening at {here.host}:{here.port}"


def host_of(url: str) -> str:
    """The host alone: what stands around it may be a secret."""
    return urlsplit(url).hostname or "?"


def is_nameless(settings: Settings) -> bool:
    """Whether strangers may come in without being told whose guests they are."""
    return settings.access.kind == "open" and not (settings.operator_name and settings.operator_contact)


def aged(lines: Lines, today: date) -> str | None:
    """That the crisis lines are, or will be within a month, older than a year; None while they are young."""
    if outdated(lines, today):
        return f"The crisis lines were last checked on {lines.compiled}, more than twelve months ago"
    if outdated(lines, today + A_MONTH):
        return f"The crisis lines were last checked on {lines.compiled}, nearly twelve months ago"
    return None
