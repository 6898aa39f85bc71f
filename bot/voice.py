"""Key + values + language → words. The words are gettext catalogues in `content/<language>/replies.po`."""

from __future__ import annotations

import gettext
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

CONTENT = Path(__file__).parent / "content"


class Voice:
    """Says things in one language. An unknown key is a KeyError: a missing word is a fault, never a guess."""

    def __init__(self, language: str, twelve: bool = False) -> None:
        self.language = language
        self._twelve = twelve
        self._catalogue = catalogue(language)

    def in_twelve_hours(self) -> Voice:
        """The same voice, which tells the time as "8:30 pm"."""
        return Voice(self.language, twelve=True)

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key` with `values` filled in."""
        return self._known(key, self._catalogue.gettext(key)).format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The words for `key` in the plural form that `n` takes."""
        return self._known(key, self._catalogue.ngettext(key, key, n)).format(n=n, **values)

    def list(self, items: Sequence[str]) -> str:
        """ "a", "a and b", "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return self("list.last", first=", ".join(items[:-1]), last=items[-1])

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """The wall time of a moment: "08:30"."""
        return self.time_of_day(moment.astimezone(zone).time())

    def time_of_day(self, at: time) -> str:
        """ "20:30", or "8:30 pm" for whoever counts in twelve hours."""
        if not self._twelve:
            return f"{at:%H:%M}"
        return self("clock.am" if at.hour < 12 else "clock.pm", time=f"{at.hour % 12 or 12}:{at:%M}")

    def hour(self, hour: int) -> str:
        """A whole hour, short: "08", or "8 am"."""
        if not self._twelve:
            return f"{hour:02}"
        return self("clock.am" if hour < 12 else "clock.pm", time=hour % 12 or 12)

    def day(self, day: date, today: date) -> str:
        """ "today", "tomorrow", "yesterday", or the date: "Wed 25 Nov", with the year where it is another one."""
        near = {0: "day.today", 1: "day.tomorrow", -1: "day.yesterday"}.get((day - today) // timedelta(days=1))
        if near:
            return self(near)
        from babel.dates import format_skeleton

        skeleton = "MMMEd" if day.year == today.year else "yMMMEd"
        return format_skeleton(skeleton, day, locale=locale(self.language)).replace(",", "")

    def month(self, day: date, today: date) -> str:
        """ "March", with the year where it is another one."""
        from babel.dates import format_skeleton, get_month_names

        if day.year == today.year:
            return str(get_month_names(context="stand-alone", locale=locale(self.language))[day.month])
        return str(format_skeleton("yMMMM", day, locale=locale(self.language)))

    def full_date(self, day: date) -> str:
        """ "14 May 2026"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMMd", day, locale=locale(self.language)))

    def weekday(self, day: int) -> str:
        """ "Mon" (0 is Monday)."""
        from babel.dates import get_day_names

        return str(get_day_names("abbreviated", locale=locale(self.language))[day])

    def days(self, days: frozenset[int]) -> str:
        """ "every day", "on weekdays", "on Mon and Thu" (0 is Monday)."""
        named = {
            frozenset(range(7)): "days.all",
            frozenset(range(5)): "days.week",
            frozenset({5, 6}): "days.weekend",
        }
        if days in named:
            return self(named[days])
        return self("days.some", days=self.list([self.weekday(day) for day in sorted(days)]))

    def country(self, code: str) -> str:
        from babel import Locale

        return str(Locale.parse(locale(self.language)).territories.get(code, code))

    def own_name(self) -> str:
        """The language's name in itself: "English"."""
        from babel import Locale

        return str(Locale.parse(self.language).display_name).capitalize()

    @staticmethod
    def _known(key: str, words: str) -> str:
        if words == key:
            raise KeyError(key)
        return words


def locale(language: str) -> str:
    """The locale for dates: where English is spoken by most of the world, the day stands before the month."""
    return {"en": "en_GB"}.get(language, language)


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CONTENT / language / "replies.po").open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
