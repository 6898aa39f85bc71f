"""Days to come and lengths of time, in signs: "TOMORROW", "NEXT D4", "20O OF M5", "XMAS", "LAST DAY OF M5"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

from bot.understanding.almanac import Stretch, holidays, plus_days, unit_of

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60  # minutes
UNITS = {"MINUTE": 1, "m": 1, "HALFHOUR": 30, "HOUR": HOUR, "h": HOUR, "DAY": DAY, "WEEK": WEEK}
UNITS |= {"FORTNIGHT": 2 * WEEK, "MONTH": 30 * DAY, "YEAR": 365 * DAY}
WORDS = {"HALF": 0.5, "QUARTER": 0.25, "COUPLE": 2, "FEW": 3}
AMOUNT = re.compile(
    rf"""(?<![\w:.])(?<!AT\ )
    (?:(?:(?P<n>\d{{1,3}}(?:\.\d+)?)W?(?:\ -)?|(?P<quarters>\d)W?\ QUARTER|(?P<word>{"|".join(WORDS)}))(?:\ OF)?\ )?
    (?P<half_before>AND\ HALF\ )?
    (?P<unit>(?!(?<=NEXT\ )(?:WEEK|MONTH)\b)(?:HALFHOUR|MINUTE|HOUR|DAY|WEEK|FORTNIGHT|MONTH|YEAR|(?<=\d\ )[hm]))
    (?P<half_after>\ AND\ HALF)?(?P<quarter_after>\ AND\ QUARTER)?
    (?:\ (?:AND\ )?(?P<more>\d+)W?\ MINUTE)?
    (?!\w)(?!\ PAST\ |\ TO\ (?:\d|NOON|MIDNIGHT)|\ BEFORE\ (?:\d|NOON|MIDNIGHT))""",
    re.VERBOSE,
)
AHEAD = re.compile(
    r"""(?<![\w:.])(?:(?:ON\ |FOR\ |IN\ )*(?:
      (?P<word>TODAY|TONIGHT|DAYAFTERTOMORROW|TOMORROW)
    | (?P<d_next>D\d)\ (?:OF\ |IN\ )?NEXT\ WEEK
    | NEXT\ (?:WEEK\ (?:ON\ )?)?(?P<next_d>D\d)(?!\d)
    | THIS\ (?P<this_d>D\d)(?!\d)
    | NEXT\ (?P<unit>WEEK|MONTH)
    | (?P<iso>20\d\d-\d\d-\d\d)
    | (?P<dotted>\d{1,2}\.\d{1,2})\ \.(?!\d)
    | (?:D\d\ ,?\ ?)?(?:
        (?P<day>\d{1,2})O(?:\ DAY)?(?:\ OF)?(?:\ M(?P<month>\d+))?
      | (?P<day2>\d{1,2})\ (?:OF\ )?M(?P<month2>\d+)
      | M(?P<month3>\d+)\ (?P<day3>\d{1,2})[OW]?(?![\w:.])
      )(?:\ ,?\ ?(?P<year>20\d\d)(?!\ ?h))?
    ))(?![\w:.])""",
    re.VERBOSE,
)
IN_MONTH = re.compile(
    r"""(?<![\w:.])(?:(?:ON|FOR|IN|AT)\ )*
    (?:(?:(?P<nth>[1-5])O|LAST)\ (?:DAY|(?P<weekday>D\d)(?!\d))|END|(?P<begin>BEGINNING))
    \ (?:OF|IN)\ (?:(?P<which>THIS|NEXT)\ )?(?:MONTH|M(?P<month>\d+))(?![\w:.])""",
    re.VERBOSE,
)
NAMED = {"TODAY": 0, "TONIGHT": 0, "TOMORROW": 1, "DAYAFTERTOMORROW": 2}


def minutes_of(said: re.Match[str]) -> int:
    """The length that `AMOUNT` matched, in minutes."""
    many = float(said["n"]) if said["n"] else WORDS.get(said["word"] or "", 1)
    if said["quarters"]:
        many = int(said["quarters"]) / 4
    if said["half_before"] or said["half_after"]:
        many += 0.5
    if said["quarter_after"]:
        many += 0.25
    return round(many * UNITS[said["unit"]]) + int(said["more"] or 0)


def day_ahead(said: re.Match[str], today: date) -> date | None:
    """The day that `AHEAD` matched, today or later; None where there is none such."""
    monday = today - timedelta(days=today.weekday())
    if said["word"]:
        return today + timedelta(days=NAMED[said["word"]])
    if said["unit"]:
        return monday + timedelta(days=7) if said["unit"] == "WEEK" else date_ahead(1, None, today + timedelta(days=1))
    if next_week := said["d_next"] or said["next_d"]:
        return monday + timedelta(days=7 + int(next_week[1]))
    if said["this_d"]:
        return weekday_ahead(int(said["this_d"][1]), today)
    if said["iso"]:
        return not_past(date.fromisoformat(said["iso"]), today)
    if said["dotted"]:
        in_month, of = said["dotted"].split(".")
        return date_ahead(int(in_month), int(of), today)
    day = int(said["day"] or said["day2"] or said["day3"])
    month = said["month"] or said["month2"] or said["month3"]
    if said["year"] and month:
        return not_past(date(int(said["year"]), int(month), day), today)
    return date_ahead(day, int(month) if month else None, today)


@cache
def with_name(language: str = "en") -> re.Pattern[str]:
    """A day that has a name of its own."""
    return re.compile(rf"(?<![\w:.])(?:(?:ON|FOR|AT|THIS|NEXT) )*(?P<name>{'|'.join(holidays(language))})(?![\w:.])")


def days_of_name(said: re.Match[str], today: date) -> Stretch | None:
    """The next days that `with_name` matched, or those that last."""
    newest_first = takewhile(lambda each: each.last >= today, holidays()[said["name"]](plus_days(today, 366)))
    return next(reversed([*newest_first]), None)


def day_of_name(said: re.Match[str], today: date) -> date | None:
    """The next one of the day that `with_name` matched; None for what lasts longer than a day."""
    days = days_of_name(said, today)
    return days.first if days and days.first == days.last else None


def day_in_month(said: re.Match[str], today: date) -> date | None:
    """The day that `IN_MONTH` matched, today or later; None where there is none such."""
    month = unit_of("MONTH", today)
    for _ in range(24):
        is_it = said["month"] is None or month.first.month == int(said["month"])
        if said["which"] == "NEXT" and month.first <= today:
            is_it = False
        day = _nth_day(said, month) if is_it else None
        if day and day >= today:
            return day
        month = unit_of("MONTH", plus_days(month.last, 1))
    return None


def _nth_day(said: re.Match[str], month: Stretch) -> date | None:
    days = [plus_days(month.first, n) for n in range(month.last.day)]
    fitting = [day for day in days if not said["weekday"] or day.weekday() == int(said["weekday"][1])]
    n = 0 if said["begin"] else int(said["nth"] or 0) - 1
    return fitting[n] if n < len(fitting) else None


def not_past(day: date, today: date) -> date | None:
    return day if day >= today else None


def weekday_ahead(weekday: int, today: date) -> date:
    """Today or the next day of this name (0 is Monday)."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def date_ahead(day: int, month: int | None, today: date) -> date | None:
    """The next day of this number in the month, in any month if None; None where no month within years has it."""
    first = today.replace(day=1)
    for n in range(12 * 8):
        year, index = divmod(first.year * 12 + first.month - 1 + n, 12)
        if month in (None, index + 1):
            try:
                found = date(year, index + 1, day)
            except ValueError:
                continue
            if found >= today:
                return found
    return None
