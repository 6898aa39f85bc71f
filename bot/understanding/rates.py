"""How often: every other day, three a day, every 90 minutes; and once only, in an hour."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

from bot.understanding.ahead import AMOUNT, DAY, minutes_of
from bot.understanding.draft import WEEKDAYS, Draft, NotRead

NAMED = {"FORTNIGHTLY": {"interval_days": 14}, "MONTHLY": {"interval_days": 30}, "HOURLY": {"every_minutes": 60}}
UNITS = ("DAY", "WEEK")  # which say no more than the interval does
COUNTS = {"ONCE": 1, "TWICE": 2, "THRICE": 3, "FEW": 3, "COUPLE": 2}
MANY = r"(?P<many>[1-9]\d?)W?"
NOT_A_CLOCK = "(?<!PAST )(?<!TO )(?<!AT )"  # "ten past eight each day"
WHAT = "(?: TIMES| RANDOM| NUDGE| MESSAGE| MOST| LEAST| OFF)"
COUNT = rf"{NOT_A_CLOCK}(?P<count>{'|'.join(COUNTS)}|{MANY})(?P<what>{WHAT}*)"
NUDGES = rf"(?P<count>{MANY})(?P<what>(?: TIMES| RANDOM| NUDGE| MESSAGE)+)(?P<per>)"
MOST = 100
WITHIN_HOURS = re.compile(r"BETWEEN|FROM|\d-\d| - ")
BARE_MINUTES = re.compile(r"\bIN (\d{1,2})W?$")

# "daily 20h" is a time, "in 20h" a length.
IN_HOURS = re.compile(r"(?<!\S)IN (\d):([0-5]\d)(?! ?[AP]M)(?!\S)")  # in 1h30
HOUR_OF_24 = re.compile(r"(?<![\w:.])(?<!IN )(?<!FOR )(?<!EVERY )(?<!PAST )(?<!NEXT )(1[3-9]|2[0-3]) h\b(?! [LFB])")


def intervals(draft: Draft, parts: str) -> None:
    """Every other day, every third week, hourly; `parts` are the signs for parts of the day."""

    def other(said: re.Match[str]) -> str | None:
        if said["what"] == "HOUR":
            draft.set(every_minutes=120)
            return None
        weekly = said["what"] == "WEEK" or re.match(r"D\d", said["what"])
        draft.set(interval_days=14 if weekly else 2)
        return None if said["what"] in UNITS else said["what"]

    def nth(said: re.Match[str]) -> str | None:
        draft.set(interval_days=int(said["nth"]) * (1 if said["of"] == "DAY" else 7))
        return None if said["of"] in UNITS else said["of"]

    def named(said: re.Match[str]) -> None:
        draft.set(**NAMED[said[0]])

    def monthly(_: re.Match[str]) -> None:
        draft.set(interval_days=30)

    def day_of_month(said: re.Match[str]) -> str:
        draft.set(interval_days=28)
        return said["day"] or said["of_month"]

    draft.take(
        r"(?:ON )?\d{1,2}O(?: DAY)? (?:OF )?MONTHLY|MONTHLY ON \d{1,2}O|EVERY \d{1,2}O(?: DAY)? OF MONTH", monthly
    )
    draft.take(
        r"(?:ON )?(?:EVERY )?(?:[1-4]O|OTHER|LAST) (?P<day>D\d) (?:OF |IN )*MONTHLY"
        r"|EVERY (?:1O|LAST) (?P<of_month>D\d)(?: OF MONTH)?",
        day_of_month,
    )
    draft.take(r"EVERY (?P<nth>[2-9])O (?P<of>DAY|WEEK|D\d)", nth)
    draft.take(rf"(?:EVERY|ON)? ?OTHER (?P<what>DAY|WEEK|HOUR|{WEEKDAYS}|{parts})", other)
    draft.take("|".join(NAMED), named)


def counts(draft: Draft) -> None:
    """Three a day, twice a week; twice between 10 and 6."""
    count, once_more = partial(counted, draft), partial(bare_count, draft)
    draft.take(rf"{COUNT}(?: ,)? (?:EVERY |IN |PER )*(?P<per>D0123456|(?<=NUDGE )NIGHT)", count)
    draft.take(rf"(?!\d+W? (?:EVERY|WEEK|DAY)){COUNT} (?:EVERY |IN |PER )*(?P<per>DAY|WEEK|WEEKLY)", count)
    draft.take(rf"D0123456[ ,]+(?!\d+W?(?! TIMES)){COUNT}(?P<per>)", count)
    draft.take(r"TWICE|THRICE|FEW TIMES", once_more)
    if WITHIN_HOURS.search(draft.left):
        draft.take(NUDGES, count)


def counted(draft: Draft, said: re.Match[str]) -> str | None:
    many = COUNTS.get(said["count"]) or int(said["many"])
    if not 1 <= many <= MOST:
        raise NotRead
    if not said["per"].startswith("WEEK"):
        draft.set(per_day=many)
    elif many > 1:
        draft.set(per_week=many)
    else:
        return "WEEKLY"
    return None


def bare_count(draft: Draft, said: re.Match[str]) -> None:
    if draft.when.per_day is None:
        draft.set(per_day=COUNTS[said[0].split()[0]])


def lengths(draft: Draft) -> None:
    """Every 90 minutes; in an hour. Amounts that are neither stay, for a window: from 9 for two hours."""
    draft.left = HOUR_OF_24.sub(r"\1:00", draft.left)
    draft.left = IN_HOURS.sub(lambda said: f"IN {draft.keep_amount(int(said[1]) * 60 + int(said[2]))}", draft.left)
    draft.take(AMOUNT, lambda said: draft.keep_amount(minutes_of(said)))
    draft.left = BARE_MINUTES.sub(lambda said: f"IN {draft.keep_amount(int(said[1]))}", draft.left)
    draft.take(r"EVERY A(?P<n>\d+)", lambda said: every(draft, draft.amount(said["n"])))
    draft.take(r"A(?P<n>\d+) apart", lambda said: every(draft, draft.amount(said["n"])))
    within = r"(?:IN|PAST) A(?P<a>\d+)|(?:FOR |IN )?A(?P<b>\d+) (?:HENCE|FROM (?:NOW|TODAY))"
    draft.take(within, lambda said: once(draft, draft.amount(said["a"] or said["b"])))


def every(draft: Draft, minutes: int) -> str | None:
    if minutes < DAY:
        draft.set(every_minutes=minutes)
    elif minutes == 7 * DAY:
        return "WEEKLY"
    elif minutes > DAY:
        draft.set(interval_days=minutes // DAY)
    return None


def once(draft: Draft, minutes: int) -> None:
    if minutes < DAY:
        draft.set(in_minutes=minutes)
    else:
        draft.set(date=draft.now.date() + timedelta(days=minutes // DAY))
