"""Days counted from today: YESTERDAY, 2W WEEK AGO, LAST D1, THIS MONTH."""

from __future__ import annotations

import re

from bot.understanding.almanac import (
    Stretch,
    nth,
    only,
    over,
    plus_days,
    unit_of,
)
from bot.understanding.amounts import AMOUNT, LENT, LONG, NUMBER, NUMBERED, UNIT, Amount, amount, count
from bot.understanding.named import recurring
from bot.understanding.periods import (
    MUST_BE_AN_END,
    PART,
    Phrase,
    Reader,
    rule,
)

FEW = (5, 2)  # "a few days ago": so many to so many


def days_to(reader: Reader, said: str) -> Stretch:
    """So much time up to today; hours reach into the day they began in."""
    back = amount(said)
    inside = re.search(r"\b(?:HOUR|MINUTE|HALFHOUR)\b", said)
    return Stretch(min(plus_days(back.before(reader.today), 0 if inside else 1), reader.today), reader.today)


@rule("TODAY TONIGHT YESTERDAY NOW", r"TODAY|TONIGHT|YESTERDAY|NOW")
def near(reader: Reader, said: re.Match[str]) -> Phrase:
    day = plus_days(reader.today, -1 if said[0] == "YESTERDAY" else 0)
    return Phrase(
        said.end(), only(Stretch(day, day)), True, unit="DAY", needs=MUST_BE_AN_END if said[0] == "NOW" else None
    )


@rule("LAST THIS", rf"(?:(LAST)|THIS) (?:{PART})")
def part_of_a_day(reader: Reader, said: re.Match[str]) -> Phrase:
    day = plus_days(reader.today, -1 if said[1] else 0)
    return Phrase(said.end(), only(Stretch(day, day)), True, unit="DAY")


@rule(f"UNIT HALF HALFHOUR {NUMBERED}", rf"(?<!\d{{7}} )({AMOUNT}) AGO")
@rule("AGO", rf"AGO ({NUMBER} {UNIT})")
def ago(reader: Reader, said: re.Match[str]) -> Phrase:
    back = amount(said[1])
    day = back.before(reader.today)
    if said[1].startswith("FEW"):
        first, last = (amount(f"{many}{said[1][3:]}").before(reader.today) for many in FEW)
        return Phrase(said.end(), only(Stretch(first, last)), True)
    wide = unit_of(back.unit, day) if back.unit != "DAY" else None
    return Phrase(said.end(), only(Stretch(day, day)), True, wide=wide, ago=back)


@rule(NUMBERED, rf"({NUMBER}) (?:OR|TO|-|AND) ({NUMBER}) ({UNIT}) AGO")
@rule("#", rf"(\d\d?)-(\d\d?) ({UNIT}) AGO")
@rule("UNIT", rf"({UNIT}) OR ({NUMBER}) AGO")
def some_time_ago(reader: Reader, said: re.Match[str]) -> Phrase:
    few, many, unit = (1, said[2], said[1]) if len(said.groups()) == 2 else said.groups()
    days = sorted(amount(f"{number} {unit}").before(reader.today) for number in (few, many))
    return Phrase(said.end(), only(Stretch(*days)), True)


@rule(NUMBERED, rf"({NUMBER}) ([A-Z]\S*) AGO")
def times_ago(reader: Reader, said: re.Match[str]) -> Phrase | None:
    found = recurring(said[2])
    stretch = found and nth(over(found[0], reader.today), int(count(said[1])))
    return Phrase(said.end(), only(stretch), True) if stretch else None


# Last, this


@rule("LAST PAST THIS", rf"(?:THIS )?(?:LAST|PAST) ((?:{NUMBER}|HALF) .*?{UNIT}(?: AND HALF)?)")
def the_last_so_many(reader: Reader, said: re.Match[str]) -> Phrase | None:
    if not re.fullmatch(AMOUNT, said[1]):
        return None
    return Phrase(said.end(), only(days_to(reader, said[1])), True, kind="long")


@rule("LAST PAST", rf"(?:LAST|PAST) ({UNIT}) OR ({NUMBER})(?: {UNIT})?")
def the_last_or_two(reader: Reader, said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), only(days_to(reader, f"{said[2]} {said[1]}")), True, kind="long")


@rule("LAST PAST THIS", rf"(?:THIS )?(LAST|PAST) ({UNIT})")
def the_last_unit(reader: Reader, said: re.Match[str]) -> Phrase | None:
    past, unit = said.groups()
    rolls = past == "PAST" or reader.text.endswith(("IN ", "DURING "), 0, said.start())
    if rolls or unit in ("FORTNIGHT", "HOUR", "MINUTE"):
        return Phrase(said.end(), only(days_to(reader, f"3 {unit}" if unit == "DAY" else unit)), True, kind="long")
    if unit not in LONG:
        return None
    last = unit_of(unit, plus_days(unit_of(unit, reader.today).first, -1))
    return Phrase(said.end(), only(last), True, unit=unit, kind="long")


@rule("LAST PAST", rf"(?:LAST|PAST(?! \d+W? M\d)) ({NUMBER}) ([A-Z]\S*)")
def the_last_times(reader: Reader, said: re.Match[str]) -> Phrase | None:
    found = recurring(said[2])
    first = found and nth(over(found[0], reader.today), int(count(said[1])))
    last = found and nth(over(found[0], reader.today), 1)
    return Phrase(said.end(), only(Stretch(first.first, last.last)), True) if first and last else None


@rule("LAST THIS", r"(?:THIS )?LAST (?=[A-Z])")
def the_last_time(reader: Reader, said: re.Match[str]) -> Phrase | None:
    """The last one that is over."""
    last = reader.phrase(said.end())
    if not last or last.fixed or last.kind == "ordinal":
        return None
    return Phrase(last.end, lambda until: (day for day in last.times(until) if day.last < reader.today), kind=last.kind)


@rule(
    "ONTHISDAY THIS SAME",
    r"(?:ONTHISDAY|(?:THIS|SAME) (TIME|DAY|WEEK|MONTH|YEAR))(?: (?:OF|IN|FROM))?"
    rf" (?:LAST ({UNIT})|({AMOUNT}) AGO|(\d{{4}}))",
)
def this_time_then(reader: Reader, said: re.Match[str]) -> Phrase:
    """This day, week or month, counted from an earlier one."""
    years = reader.today.year - int(said[4] or reader.today.year)
    back = Amount(years * 12, 0, "YEAR") if said[4] else amount(said[2] or said[3])
    unit = said[1] if said[1] in LONG else "DAY"
    return Phrase(said.end(), only(unit_of(unit, back.before(reader.today))), True)


@rule("THIS CURRENT UNIT", rf"(?:(CURRENT)|THIS)(?: ALL)? ({LENT})|({LENT}) SOFAR")
def this_unit(reader: Reader, said: re.Match[str]) -> Phrase:
    unit = said[2] or said[3]
    return Phrase(said.end(), only(unit_of(unit, reader.today)), True, unit=unit, whole=bool(said[1]), kind="long")


@rule("YTD MTD", "YTD|MTD")
def up_to_date(reader: Reader, said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), only(unit_of("YEAR" if said[0] == "YTD" else "MONTH", reader.today)), True)


@rule("THIS CURRENT SOFAR EARLIER LATER", r"(?:THIS|CURRENT|SOFAR|EARLIER|LATER)(?: (?:IN|ON))? (?=[A-Z0-9])")
def this_one(reader: Reader, said: re.Match[str]) -> Phrase | None:
    this = reader.phrase(said.end())
    return Phrase(this.end, this.times, this.fixed, kind=this.kind) if this else None


@rule("WEEKLY MONTHLY", r"(WEEKLY|MONTHLY)(?= SUMMARY| GLIMMER| [a-z]+(?: \?)?$)")
def summary(reader: Reader, said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), only(days_to(reader, said[1].removesuffix("LY"))), True)


@rule("OTHER SOFAR", rf"(?<!EVERY )OTHER (?:{UNIT})|SOFAR")
def some_day(reader: Reader, said: re.Match[str]) -> Phrase:
    """The other day, so far: nobody says which."""
    return Phrase(said.end(), only(Stretch(reader.today, reader.today)), True, vague=True, kind="long")
