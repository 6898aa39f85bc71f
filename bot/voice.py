"""Key + values + language → words. The words are gettext catalogues in `content/<language>/replies.po`."""

from __future__ import annotations

import gettext
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

CONTENT = Path(__file__).parent / "content"


class Voice:
    """Says things in one language. An unknown key is a KeyError: a missing word is a fault, never a guess."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = catalogue(language)

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
        return moment.astimezone(zone).strftime("%H:%M")

    def day(self, day: date, today: date) -> str:
        """ "today", "tomorrow", "yesterday", or the date: "Wed 25 Nov", with the year where it is another one."""
        near = {0: "day.today", 1: "day.tomorrow", -1: "day.yesterday"}.get((day - today) // timedelta(days=1))
        if near:
            return self(near)
        from babel.dates import format_skeleton

        skeleton = "MMMEd" if day.year == today.year else "yMMMEd"
        return format_skeleton(skeleton, day, locale=locale(self.language)).replace(",", "")

    def days(self, days: frozenset[int]) -> str:
        """ "every day", "on weekdays", "on Mon and Thu" (0 is Monday)."""
        named = {
            frozenset(range(7)): "days.all",
            frozenset(range(5)): "days.week",
            frozenset({5, 6}): "days.weekend",
        }
        if days in named:
            return self(named[days])
        from babel.dates import get_day_names

        names = get_day_names("abbreviated", locale=locale(self.language))
        return self("days.some", days=self.list([names[day] for day in sorted(days)]))

    def country(self, code: str) -> str:
        from babel import Locale

        return str(Locale.parse(locale(self.language)).territories.get(code, code))

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
