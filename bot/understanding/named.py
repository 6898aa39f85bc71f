"""Days with a name or a number: M5, D1, SUMMER, XMAS, 20O OF M2, 2019-08-01, 90S."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.understanding.almanac import (
    SEASONS,
    Stretch,
    Times,
    date_times,
    every_unit,
    holidays,
    latest,
    month_times,
    monthly,
    months_from,
    newest_of,
    one_day,
    only,
    season_times,
    unit_of,
    weekdays,
    yearly,
)
from bot.understanding.periods import (
    CLOCK,
    MUST_BE_A_DAY,
    MUST_BE_IN,
    MUST_BE_SAID,
    PART,
    Phrase,
    Reader,
    length,
    lone_rule,
    on_weekday,
    rule,
)

OFTEN_NO_MONTH = ("M3", "M5")
NO_DAY = r"(?! (?:AM|PM|OCLOCK|RANDOM|ONES|1W|TIMES|DAY|WEEK|MONTH|YEAR|HOUR|MINUTE)\b)"
AFTER_ORDINAL = (
    r"(?= [?!.,-]| [A-Z]{2}| D[0-6]\b|$)(?! (?:ONES|TIME|TIMES|GLIMMER|RANDOM|KEPT|NUDGE|MESSAGE|HALF|DAY)\b)"
)
BY = r"(?: [-/.,])?"
OF = rf"(?:O{BY} (?:DAY )?(?:OF )?|{BY} )"
ROUND_THE_CLOCK = "24/7"
ROUND_MINUTES = r"(?:[13-6][05]|20)\b"  # "in 20" is in twenty minutes


def recurring(sign: str) -> tuple[Times, str] | None:
    """What comes again, by its sign: its times, and the kind of phrase."""
    if re.fullmatch(r"D(?:[0-6]|56)", sign):
        return weekdays(frozenset(map(int, sign[1:]))), "weekday" if len(sign) == 2 else ""
    if re.fullmatch(r"M(?:[1-9]|1[0-2])", sign):
        return month_times(int(sign[1:])), ""
    if sign in SEASONS:
        return season_times(sign), ""
    return (holidays()[sign], "") if sign in holidays() else None


def times_of(sign: str) -> Times | None:
    found = recurring(sign)
    return (
        found[0] if found else every_unit(sign) if re.fullmatch(r"DAY|WEEK|MONTH|QUARTER|YEAR|DECADE", sign) else None
    )


# Numbers of days, months and years


@lone_rule("#", rf"(\d\d?){OF}M(\d+){BY} (\d{{4}}|\d\d){NO_DAY}")
def day_month_year(said: re.Match[str]) -> Phrase | None:
    return on_day(said, said[3], said[2], said[1])


@lone_rule("MONTHNAME", rf"M(\d+){BY} (\d\d?)(?:O|W)?(?: , | [-/.] |[-/.])(\d{{4}})")
def month_day_year(said: re.Match[str]) -> Phrase | None:
    return on_day(said, said[3], said[1], said[2])


@lone_rule("#", rf"(\d{{4}}){BY} M(\d+){BY} (\d\d?)O?{NO_DAY}")
@lone_rule("#", r"(\d{4})([-/.])(\d\d?)\2(\d\d?)")
@lone_rule("#", r"(20\d\d)([01]\d)([0-3]\d)")
def year_month_day(said: re.Match[str]) -> Phrase | None:
    return on_day(said, said[1], *said.groups()[-2:])


@rule("#", r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)")
def three_numbers(reader: Reader, said: re.Match[str]) -> Phrase | None:
    one, two, year = said[1], said[3], said[4]
    orders = [on_day(said, year, two, one), on_day(said, year, one, two)]
    return in_order(reader, orders)


@rule("#", r"(\d\d?)([-/.])(\d\d?)")
def two_numbers(reader: Reader, said: re.Match[str]) -> Phrase | None:
    orders = [each_year(said, said[3], said[1]), each_year(said, said[1], said[3])]
    found = in_order(reader, orders) if said[0] != ROUND_THE_CLOCK else None
    return replace(found, needs=None if said[2] == "/" else MUST_BE_A_DAY) if found else None


def in_order(reader: Reader, orders: list[Phrase | None]) -> Phrase | None:
    """Day and month in the order of the person's country, or the only one possible."""
    found = [order for order in (reversed(orders) if reader.month_first else orders) if order]
    return replace(found[0], other=found[-1].times if len(found) > 1 else None) if found else None


def on_day(said: re.Match[str], year: str, month: str, day: str) -> Phrase | None:
    stretch = one_day(full_year(year), int(month), int(day))
    return Phrase(said.end(), only(stretch), True, kind="date", unit="DAY") if stretch else None


def each_year(said: re.Match[str], month: str, day: str) -> Phrase | None:
    exists = one_day(2000, int(month), int(day))
    return Phrase(said.end(), date_times(int(month), int(day)), kind="date") if exists else None


def full_year(said: str) -> int:
    return int(said) + (0 if len(said) > 2 else 2000 if int(said) < 50 else 1900)


@lone_rule("#", rf"(\d\d?){OF}M(\d+)")
@lone_rule("#", r"([2-9]|[1-3]\d)W M(\d+)")
def day_month(said: re.Match[str]) -> Phrase | None:
    return each_year(said, said[2], said[1])


@lone_rule("#", r"(\d\d?)W? OF M(\d+)")
def so_many_of_month(said: re.Match[str]) -> Phrase | None:
    """On 3 of April; but the best 3 of April are no day."""
    day = day_month(said)
    return replace(day, needs=MUST_BE_A_DAY) if day else None


@lone_rule("OTHER", r"OTHER (?:DAY )?OF M(\d+)")
@lone_rule("MONTHNAME", r"M(\d+) OTHER")
def second_of_month(said: re.Match[str]) -> Phrase | None:
    return each_year(said, said[1], "2")


@lone_rule("MONTHNAME", rf"M(\d+){BY} (\d\d?)[OW]?{NO_DAY}")
def month_day(said: re.Match[str]) -> Phrase | None:
    return each_year(said, said[1], said[2])


@lone_rule("MONTHNAME", r"M(\d+) [-/.] ((?:19|20)\d\d)")
@lone_rule("#", r"(\d\d?)[-/.]((?:19|20)\d\d)")
def month_year(said: re.Match[str]) -> Phrase | None:
    return month_of(said, said[2], said[1])


@lone_rule("#", r"((?:19|20)\d\d)[-/.](\d\d?)")
def year_month(said: re.Match[str]) -> Phrase | None:
    return month_of(said, said[1], said[2])


def month_of(said: re.Match[str], year: str, month: str) -> Phrase | None:
    first = one_day(int(year), int(month), 1)
    return Phrase(said.end(), only(months_from(first.first, 1)), True, whole=True) if first else None


@lone_rule("#", rf"(\d\d?)O(?: DAY)?{AFTER_ORDINAL}|(\d\d?)O DAY(?= (?:OF|IN))")
def day_of_month(said: re.Match[str]) -> Phrase | None:
    """The 18th; the first three may say which one is wanted."""
    day = int(said[1] or said[2])
    is_all = day > 1 and said.string.strip(" ?!.,") == said[0]
    needs = MUST_BE_A_DAY if day < 4 and not is_all else None
    return Phrase(said.end(), monthly(day), kind="ordinal", needs=needs) if 0 < day < 32 else None


@lone_rule("OTHER", r"OTHER(?= [?!.,]|$)")
def second(said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), monthly(2), kind="ordinal", needs=MUST_BE_A_DAY)


@lone_rule("WEEKDAY", rf"D([0-6])(?: ,)? (\d\d?)O?{NO_DAY}(?! [/M-])")
def weekday_number(said: re.Match[str]) -> Phrase | None:
    """Friday 31: the latest that was a Friday."""
    both = on_weekday(monthly(int(said[2])), weekdays(frozenset({int(said[1])})))
    return Phrase(said.end(), both, kind="date") if 0 < int(said[2]) < 32 else None


@lone_rule("#", r"((?:19|20)\d\d)(?: s)?")
@lone_rule("#", r"()(19W|20W) (\d\d?)W|()(2W 1000W)(?: AND)?(?: (\d\d?)W)?")
def year(said: re.Match[str]) -> Phrase:
    spoken = [group for group in said.groups() if group]
    century = {"19W": 1900, "20W": 2000, "2W 1000W": 2000}.get(spoken[0])
    number = int(spoken[0]) if century is None else century + int(spoken[1] if len(spoken) > 1 else 0)
    return Phrase(said.end(), only(unit_of("YEAR", date(number, 1, 1))), True)


@lone_rule("#", rf"(?!{ROUND_MINUTES})(\d\d)(?= [?!.,]|$)")
def short_year(said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), only(unit_of("YEAR", date(full_year(said[1]), 1, 1))), True, needs=MUST_BE_IN)


@lone_rule("#", r"(\d\d|(?:19|20)\d0)S")
def decade(said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), only(unit_of("DECADE", date(full_year(said[1]), 1, 1))), True)


@lone_rule("SEASON HOLIDAY", rf"(\S+) (\d\d){NO_DAY}(?! (?:M\d|OF))|(WINTER) (\d{{4}}|\d\d)[-/]\d\d(?:\d\d)?")
def in_short_year(said: re.Match[str]) -> Phrase | None:
    found = recurring(said[1] or said[3])
    year = only(unit_of("YEAR", date(full_year(said[2] or said[4]), 1, 1)))
    return Phrase(said.end(), newest_of(found[0], year), True) if found else None


JOINED = r"(?:TO|-|THROUGH|UNTIL|AND)"


@rule("#", rf"(\d\d?)[OW]? {JOINED} (\d\d?)[OW]?(?: OF)? M(\d+)")
@rule("#", r"(\d\d?)-(\d\d?)(?: OF)? M(\d+)")
def days_of_month(reader: Reader, said: re.Match[str]) -> Phrase | None:
    return from_day_to_day(reader, said, int(said[3]), int(said[1]), int(said[2]))


@rule("MONTHNAME", rf"M(\d+) (\d\d?)[OW]? {JOINED} (\d\d?)[OW]?{NO_DAY}(?! (?:OF|M\d))")
@rule("MONTHNAME", r"M(\d+) (\d\d?)-(\d\d?)")
def month_and_days(reader: Reader, said: re.Match[str]) -> Phrase | None:
    return from_day_to_day(reader, said, int(said[1]), int(said[2]), int(said[3]))


def from_day_to_day(reader: Reader, said: re.Match[str], month: int, first: int, last: int) -> Phrase | None:
    """The first of both is in the month; the last may be in the one after."""
    between = reader.text.endswith("BETWEEN ", 0, said.start())
    if " AND " in said[0] and last != first + 1 and not between:
        return None

    def stretch(year: int) -> Stretch | None:
        start, end = one_day(year, month, first), one_day(year, month, last)
        if end and start and end < start:
            end = one_day(year + month // 12, month % 12 + 1, last)
        return Stretch(start.first, end.first) if start and end else None

    return Phrase(said.end(), yearly(stretch)) if stretch(2000) else None


@lone_rule("#", r"((?:19|20)\d\d)-((?:19|20)\d\d)")
def years(said: re.Match[str]) -> Phrase | None:
    first, last = sorted(map(int, said.groups()))
    return Phrase(said.end(), only(Stretch(date(first, 1, 1), date(last, 12, 31))), True)


# Names


@lone_rule("WEEKDAY WEEKEND MONTHNAME SEASON HOLIDAY", r"\S+")
def name(said: re.Match[str]) -> Phrase | None:
    found = recurring(said[0])
    needs = MUST_BE_SAID if said[0] in OFTEN_NO_MONTH else None
    return Phrase(said.end(), found[0], kind=found[1], needs=needs) if found else None


@rule("# AT", rf"{CLOCK}(?: (?:ON|IN))? (?=[A-Z0-9])")
@rule("UNIT BEDTIME NOON MIDNIGHT", rf"{PART} OF (?=[A-Z0-9])|(?<=IN ){PART} (?:ON )?(?=[YTDL])")
def time_of(reader: Reader, said: re.Match[str]) -> Phrase | None:
    """At a time of a day."""
    day = reader.phrase(said.end())
    when = day and latest(day.times, reader.today)
    return day if day and when and length(when) == 1 else None
