"""Amounts of time in signs: "2W WEEK AND 3 DAY", "YEAR AND HALF"."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.understanding.almanac import plus_days, plus_months

NUMBER = r"(?:\d{1,6}(?:\.\d)?W?(?: 100W)?|COUPLE|FEW)"
NUMBERED = "# COUPLE FEW"
UNITS: dict[str, tuple[float, float]] = {
    "WEEK": (0, 7),
    "FORTNIGHT": (0, 14),
    "MONTH": (1, 0),
    "QUARTER": (3, 0),
    "YEAR": (12, 0),
    "DECADE": (120, 0),
}
LONG = tuple(UNITS)
PARTS = ("MORNING", "AFTERNOON", "EVENING", "NIGHT")
UNITS |= dict.fromkeys(("DAY", "D0123456", *PARTS), (0, 1)) | {
    "HOUR": (0, 1 / 24),
    "MINUTE": (0, 0),
    "HALFHOUR": (0, 0),
}
UNIT = rf"(?:{'|'.join(unit for unit in UNITS if unit != 'HALFHOUR')})"
AMOUNT = (
    rf"(?:(?:{NUMBER} )?(?:AND )?(?:HALF )?{UNIT}(?: AND HALF)?(?:(?: ,)?(?: AND)? {NUMBER} {UNIT}){{0,2}}|HALFHOUR)"
)
LENT = rf"(?:DAY|{'|'.join(LONG)})"


class Amount(NamedTuple):
    """`unit`: the largest named, or "DAY" for all up to a day. Parts of a month are of 30 days."""

    months: float
    days: float
    unit: str

    def before(self, day: date) -> date:
        months = int(self.months)
        return plus_days(plus_months(day, -months), -round(self.days + (self.months - months) * 30))

    def after(self, day: date) -> date:
        return Amount(-self.months, -self.days, self.unit).before(day)


def count(said: str) -> float:
    """A number in figures or in words."""
    value = 1.0
    for sign in said.split():
        value *= {"COUPLE": 2, "FEW": 3, "OTHER": 2}.get(sign) or float(sign.rstrip("WO"))
    return value


def amount(said: str) -> Amount:
    """2 WEEK AND 3 DAY; YEAR AND HALF."""
    months = days = 0.0
    number, half, units = None, 0.0, []
    for sign in (sign for sign in said.split() if sign not in ("AND", ",")):
        if sign == "HALF":
            half = 0.5
        elif sign not in UNITS:
            number = count(sign) * (number or 1)
        else:
            many = (1 if number is None and not half else number or 0) + half
            months, days = months + many * UNITS[sign][0], days + many * UNITS[sign][1]
            units.append(sign)
            number, half = None, 0.0
    last = UNITS[units[-1]]
    return Amount(months + half * last[0], days + half * last[1], "DAY" if units[0] not in LONG else units[0])
