"""Readers of a frame's slots: which reminder, how long, until when, which days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.understanding import places
from bot.understanding.ahead import AHEAD, AMOUNT, DAY, date_ahead, day_ahead, minutes_of, weekday_ahead
from bot.understanding.clocks import CLOCK, Clock, clock_of
from bot.understanding.meaning import Pause, Snooze, When, Whereabouts, day_list
from bot.understanding.signs import Signs
from bot.understanding.when import PART_SIGNS, WEEKDAYS, is_glue, read_when, weekdays, when_of

NAMES = re.compile(r"\b(?:NUDGE|MESSAGE|1W|ONES|IT|TIME|OF|FOR|SET|AT|ON|IN|EVERY|D0123456|daily|ASK|REMIND|I|NOW|IS|,)\b|,")
WHICH = {"ALL": "all", "EVERYTHING": "all", "1O": "first", "LAST": "last", "NEWEST": "last", "OLDEST": "first", "OTHER": "2", "2O": "2"}
WEEKEND, WEEK = frozenset({5, 6}), frozenset(range(5))
OPEN_ENDED = re.compile(r"UNTIL (?:I .*|further .*|IM .*|YOU hear .*)")
FEW_ZONES = 3  # of a country most of whose people live in the first
MOST_WORDS = 7  # of an excuse
NOT_A_PLACE = re.compile(r"\b(?:TIMEZONE|TIME|CITY|NUDGE|IT|ALL|WRONG|[,.!?])(?: |$)")
NEW_ONE = re.compile(r"(?:SET|ADD|GIVE|WANT|NEW|\d+W? (?:NUDGE|MESSAGE))\b")
ANOTHER = re.compile(r"(?<!\d )(?<!\dW )\b(?:NUDGE|MESSAGE)\b")
TIMED = re.compile(rf"\d|\b(?:{'|'.join(PART_SIGNS)}|REMIND|NUDGE|STOP|DELETE|CHANGE)\b")
EXCUSE = re.compile(r"\b(?:IM|I|in|IN|AT|ON|still|at|HAVE|DID|SORRY|driving|meeting|work|busy|SNOOZE|NOT|DONT|cant|class|call)\b")


@dataclass(frozen=True)
class Which:
    """Which reminder: as in `Change`; `clock` where a time names it."""

    name: str
    other: str = ""
    clock: Clock | None = None


@dataclass(frozen=True)
class Reader:
    """Reads slots at `now`, the local wall time; `each_week` are days and parts of the day said in the plural."""

    now: datetime
    each_week: frozenset[str]
    utc: datetime

    def __call__(self, name: str, said: Signs) -> Any:
        read: Callable[[str, Signs], Any] = getattr(self, f"_{name}")
        try:
            return read(said.text, said)
        except (ValueError, OverflowError):
            return None

    # --- which

    def _which(self, signs: str, _said: Signs) -> Which | None:
        left = " ".join(NAMES.sub(" ", signs).split()) if signs not in ("1W", "1W NUDGE") else ""
        if not left:
            return Which("")
        if left in WHICH:
            return Which(WHICH[left])
        if number := re.fullmatch(r"(?:number )?(\d{1,2})[OW]?", left):
            named_by_number = "NUDGE" in signs.split() or left.endswith("O") or left.startswith("number")
            return Which(number[1]) if named_by_number and not re.search(r"\bAT\b", signs) else self._at_clock(left)
        if left in PART_SIGNS:
            return Which(PART_SIGNS[left])
        if left == "D0123456":
            return Which("")
        if re.fullmatch(WEEKDAYS, left):
            return Which(days_name(weekdays(left)))
        if left in ("TODAY", "TOMORROW", "TONIGHT"):
            return Which(left.lower())
        return self._at_clock(left)

    def _at_clock(self, signs: str) -> Which | None:
        found = CLOCK.fullmatch(signs)
        if found is None:
            return self._mixed(signs)
        clock = clock_of(found)
        return Which(f"{clock.at():%H:%M}", f"{clock.other():%H:%M}" if clock.open else "", clock)

    def _mixed(self, signs: str) -> Which | None:
        """A time, with what else is said of the reminder: "8 AM NUDGE ON D01234"."""
        when, left = read_when(signs, self.now)
        if when is None or not is_glue(left):
            return None
        if when.times:
            clock = next((clock_of(found) for found in CLOCK.finditer(signs)), None)
            other = f"{when.other[0]:%H:%M}" if when.other else ""
            return Which(f"{when.times[0]:%H:%M}", other, clock)
        if when.parts:
            return Which(when.parts[0])
        return Which(days_name(when.days)) if when.days_said else Which("all")

    def _which_nudge(self, signs: str, said: Signs) -> Which | None:
        """A reminder by its name, with whatever else is said of it; all of them if nothing tells which."""
        if not re.search(r"\b(?:NUDGE|MESSAGE)\b", signs) or len(signs.split()) > MOST_WORDS:
            return None
        named = re.sub(r"\b(?:THIS|[a-z]+)\b", "", signs)
        return self._which(named, said) or (Which("all") if not re.search(r"\d|,", named) else None)

    def _named_nudge(self, signs: str, said: Signs) -> Which | None:
        return self._which_named(signs, said) if "NUDGE" in signs.split() else None

    def _which_named(self, signs: str, said: Signs) -> Which | None:
        """A reminder by its own name: neither all of them nor a new one."""
        which = self._which(signs, said) if not NEW_ONE.match(signs) else None
        return which if which and which.name not in ("", "all") else None

    def _which_one(self, signs: str, said: Signs) -> Which | None:
        return self._which_named(signs, said) if {"1W", "ONES", "NUDGE"} & set(signs.split()) else None

    def _exclude_any(self, signs: str, said: Signs) -> frozenset[int] | None:
        return self._add(signs, said)

    def _when_in(self, signs: str, _said: Signs) -> When | None:
        when = when_of(signs, self.now)
        return when if when and (when.is_once or when.times) else None

    def _when_timed(self, signs: str, _said: Signs) -> When | None:
        when = when_of(signs, self.now)
        return when if when and when.times else None

    def _new_rate(self, signs: str, said: Signs) -> When | None:
        new = self._new(signs, said)
        return new if new and not new.times and not new.parts and (new.per_day or new.interval_days > 1) else None

    def _any_number(self, signs: str, _said: Signs) -> str | None:
        return signs if re.fullmatch(r"\d+W?|ONCE|TWICE", signs) else None

    def _new_count(self, signs: str, said: Signs) -> When | None:
        new = self._new(signs, said)
        return new if new and new.per_day and not new.times and not new.parts else None

    def _which_number(self, signs: str, _said: Signs) -> Which | None:
        return Which(signs.strip("OW")) if re.fullmatch(r"\d{1,2}[OW]?", signs) else None

    def _which_time(self, signs: str, said: Signs) -> Which | None:
        if "," in signs or len(signs.split()) > MOST_WORDS:
            return None
        which = self._which(signs, said)
        if which is None:
            return None
        told = which.clock and (which.clock.half or which.clock.minute or not which.clock.open or "1W" in signs.split())
        return which if told or which.name in PART_SIGNS.values() else None

    def _which_day(self, signs: str, _said: Signs) -> Which | None:
        return Which(days_name(weekdays(signs))) if re.fullmatch(WEEKDAYS, signs) else None

    # --- times and days

    def _when(self, signs: str, _said: Signs) -> When | None:
        return when_of(signs, self.now)

    def _new(self, signs: str, _said: Signs) -> When | None:
        """The times a reminder shall have; "a nudge" among them would be another one."""
        when = when_of(signs, self.now) if not ANOTHER.search(signs) else None
        return when if when and when.in_minutes is None and when.date is None else None

    _new_only = _new

    def _new_days(self, signs: str, said: Signs) -> When | None:
        new = self._new(signs, said)
        return new if new and new.days_said and not new.times and not new.parts else None

    def _new_sure(self, signs: str, said: Signs) -> When | None:
        new = self._new(signs, said)
        return new if new and says_surely(new, signs) else None

    def _when_sure(self, signs: str, _said: Signs) -> When | None:
        when = when_of(signs, self.now)
        return when if when and says_surely(when, signs) else None

    def _when_weak(self, signs: str, _said: Signs) -> When | None:
        """A time, where the words beside it say that one is meant."""
        when = when_of(signs, self.now)
        return when if when and when.in_minutes is None else None

    def _when_once(self, signs: str, _said: Signs) -> When | None:
        when = when_of(signs, self.now)
        return when if when and when.date else None

    def _when_somewhere(self, signs: str, _said: Signs) -> When | None:
        """A time among other words."""
        when, _ = read_when(signs, self.now)
        return when if when and (when.times or when.parts or when.per_day or when.every_minutes) else None

    def _each_part(self, signs: str, said: Signs) -> When | None:
        """ "mornings": parts of the day said in the plural."""
        when = when_of(signs, self.now) if self.each_week & set(" ".join(said.meant).split()) else None
        return when if when and when.parts and when.date is None else None

    def _when_task(self, signs: str, _said: Signs) -> When | None:
        when, left = read_when(signs, self.now)
        task = re.fullmatch(r"[\s~,TA\d]*(?:TO|ABOUT|IF|FOR|that|WHAT|HOW|PAST|WHEN|BEFORE|so|because|cos|WITH|BUT|as|since|SINCE|while)\b.*", left)
        return when if when and (is_glue(left) or task) else None

    def _exclude(self, signs: str, said: Signs) -> frozenset[int] | None:
        """Days that are meant every week: "sundays", "every sunday", not "sunday"."""
        return self._add(signs, said) if self.each_week & set(" ".join(said.meant).split()) else None

    def _exclude_in(self, signs: str, said: Signs) -> frozenset[int] | None:
        """The days named somewhere in it, if they are meant every week."""
        found = re.search(WEEKDAYS, signs)
        return weekdays(found[0]) if found and self.each_week & set(" ".join(said.meant).split()) else None

    def _add(self, signs: str, _said: Signs) -> frozenset[int] | None:
        return weekdays(signs) if re.fullmatch(WEEKDAYS, signs) and "D0123456" not in signs else None

    def _not_before(self, signs: str, _said: Signs) -> time | None:
        found = CLOCK.fullmatch(signs)
        return clock_of(found).near("AM").at() if found else None

    def _not_after(self, signs: str, _said: Signs) -> time | None:
        found = CLOCK.fullmatch(signs)
        return clock_of(found).near("PM").at() if found else None

    def _by(self, signs: str, _said: Signs) -> int | None:
        found = AMOUNT.fullmatch(signs)
        minutes = minutes_of(found) if found else None
        return minutes if minutes and minutes < DAY else None

    # --- where

    def _city(self, signs: str, said: Signs) -> Whereabouts | None:
        """A place or a zone by its name, but no word that is an everyday one, too."""
        if signs.upper() == signs or places.is_everyday(said.typed) or NOT_A_PLACE.search(signs) or len(said.words) > MOST_WORDS:
            return None
        if zone := places.zone_named(said.typed):
            return Whereabouts(zone)
        if found := places.find_places(said.typed):
            return Whereabouts(found[0].zone)
        country = places.find_country(said.typed)
        return Whereabouts(country.zones[0] if len(country.zones) <= FEW_ZONES else None) if country else None

    def _zone(self, _signs: str, said: Signs) -> Whereabouts | None:
        """A zone by its name or its distance from UTC: "gmt+2", "pacific"."""
        typed = re.sub(r" ?([+−-]) ?", r"\1", said.typed)
        zone = None if NOT_A_PLACE.search(_signs) else places.zone_named(typed) or places.zone_named(said.typed)
        return Whereabouts(zone) if zone else None

    def _clock_here(self, signs: str, _said: Signs) -> Whereabouts | None:
        """How far ahead of UTC a clock is that shows this time now, to the quarter of an hour; the likeliest half of
        the day, where that is open, is the one nearer to the person's own clock."""
        found = CLOCK.fullmatch(signs)
        if found is None:
            return None
        ahead = [self._ahead(at) for at in clock_of(found).readings()]
        mine = round((self.now - self.utc).total_seconds() / 60)
        minutes = min(ahead, key=lambda by: abs(by - mine))
        return Whereabouts(f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}")

    def _ahead(self, at: time) -> int:
        said = at.hour * 60 + at.minute - self.utc.hour * 60 - self.utc.minute
        rounded = 15 * round(said / 15)
        return (rounded + 720) % 1440 - 720 if not -720 <= rounded <= 840 else rounded

    # --- later, and not at all

    def _amount(self, signs: str, said: Signs) -> Snooze | None:
        minutes = self._by(signs, said)
        return Snooze(minutes) if minutes else None

    def _few_minutes(self, signs: str, _said: Signs) -> Snooze | None:
        return Snooze(int(signs.strip("W"))) if re.fullmatch(r"[1-9]\d?W?", signs) else None

    def _put_off(self, signs: str, said: Signs) -> Snooze | None:
        left = re.sub(r"^(?:(?:AT|UNTIL|IN|FOR|ON|PAST|ABOUT|WHEN|IT|is|,) )+", "", re.sub(r" ?\b(?:AGAIN|LATER|TODAY)\b", "", signs)).strip()
        if amount := self._amount(left, said):
            return amount
        if found := CLOCK.fullmatch(left):
            return Snooze(until=self._coming(clock_of(found)))
        return Snooze() if left in PART_SIGNS or left.removeprefix("THIS ") in PART_SIGNS else None

    def _coming(self, clock: Clock) -> time:
        """The next of the times it may mean, today if there is one."""
        readings = clock.readings()
        return min((at for at in readings if at > self.now.time()), default=readings[0])

    def _excuse(self, signs: str, _said: Signs) -> str | None:
        told = EXCUSE.search(signs) and not TIMED.search(signs)
        return signs if told and len(signs.split()) <= MOST_WORDS else None

    def _days_off(self, signs: str, said: Signs) -> Pause | None:
        """Days that are named once: "tomorrow", "this weekend", not "sundays"."""
        pause = self._stretch(signs, said)
        return pause if pause and pause.until else None

    def _stretch(self, signs: str, said: Signs) -> Pause | None:
        if self.each_week & set(" ".join(said.meant).split()):
            return None
        if OPEN_ENDED.fullmatch(signs):
            return Pause()
        if found := re.fullmatch(r"(?:FROM|BETWEEN|STARTING) (.+?) (?:UNTIL|TO|THROUGH|AND|-) (.+)", signs):
            first, last = self._first_day(found[1]), self._day(found[2])
            if first and last:
                last = last if last > first else last + timedelta(days=7 if last.weekday() != first.weekday() else 0)
                return Pause(start=first, until=last + timedelta(days=0 if "UNTIL" in signs else 1))
            return None
        if (found := re.fullmatch(r"FROM (\S+(?: \S+)?)", signs)) and (first := self._first_day(found[1])):
            return Pause(start=first)
        if found := re.fullmatch(r"(?:FROM|STARTING) (.+?) FOR (.+)", signs):
            first, amount = self._first_day(found[1]), AMOUNT.fullmatch(found[2])
            return Pause(start=first, until=first + timedelta(minutes=minutes_of(amount))) if first and amount else None
        if found := re.fullmatch(r"(?:UNTIL|THROUGH|TO) (.+)", signs):
            return self._until(found[1])
        return self._for(re.sub(r"^(?:(?:FOR|ON|OVER|IN|AT|DURING) )+", "", signs))

    def _until(self, signs: str) -> Pause | None:
        """The first day with questions again, or a time of today."""
        if found := CLOCK.fullmatch(signs):
            return Pause(until_time=self._coming(clock_of(found)))
        signs = re.sub(rf"(?:^| )(?:{'|'.join(PART_SIGNS)}|AT|IN|{CLOCK.pattern})(?= |$)" if False else rf"(?<=\w) (?:(?:IN|AT) )*(?:{'|'.join(PART_SIGNS)})$", "", signs)
        if re.fullmatch(r"end OF (?:THIS )?WEEK|PAST D56|WEEK is OFF", signs):
            return Pause(until=weekday_ahead(0, self.now.date() + timedelta(days=1)))
        if signs in PART_SIGNS:
            return Pause(until=self.now.date() + timedelta(days=1)) if signs == "MORNING" else Pause(until_time=time(18))
        day = self._day(signs) or date_in(signs, self.now.date())
        return Pause(until=day) if day else None

    def _day(self, signs: str) -> date | None:
        """A day to come, by its name or date: the next one, never today by a weekday's name."""
        today = self.now.date()
        signs = re.sub(r"^(?:ON|NEXT|THIS) (?=D\d)", "", signs)
        if re.fullmatch(r"D\d", signs):
            return weekday_ahead(int(signs[1]), today + timedelta(days=1))
        if signs in ("D56", "THIS D56"):
            return weekday_ahead(5, today)
        if found := AHEAD.fullmatch(signs):
            return day_ahead(found, today)
        if (found := AMOUNT.fullmatch(signs.removeprefix("IN "))) and minutes_of(found) >= DAY:
            return today + timedelta(minutes=minutes_of(found))
        return date_in(signs, today) if "O" in signs or signs.startswith("D") else None

    def _first_day(self, signs: str) -> date | None:
        return self.now.date() if signs == "NOW" else self._day(signs)

    def _until_or_for(self, signs: str, said: Signs) -> Pause | None:
        return self._stretch(signs, said) if signs.startswith(("UNTIL ", "FOR ")) else None

    def _new_window(self, signs: str, said: Signs) -> When | None:
        new = self._new(signs, said)
        return new if new and new.window and re.search(r"BETWEEN|FROM|-|UNTIL|THROUGH|OLDEST|BEFORE", signs) else None

    def _for(self, signs: str) -> Pause | None:
        """A length of time, or days by their name."""
        today = self.now.date()
        monday = today - timedelta(days=today.weekday())
        signs = re.sub(r"^(?:REST|ALL)(?: OF)?(?: THIS)? ", "REST ", signs)
        if found := AMOUNT.fullmatch(re.sub(r"^(?:NEXT|REST|ABOUT) (?=\d|FEW|COUPLE)", "", signs)):
            minutes = minutes_of(found)
            if minutes >= DAY and (found["n"] or found["word"] or signs == "FORTNIGHT" or signs in ("WEEK", "MONTH", "DAY")):
                return Pause(until=today + timedelta(minutes=minutes))
            return Pause(minutes=minutes) if minutes < DAY else None
        match signs:
            case "REST TODAY" | "TODAY" | "REST DAY":
                return Pause(until=today + timedelta(days=1))
            case "THIS EVENING" | "TONIGHT" | "THIS AFTERNOON" | "THIS MORNING":
                return Pause(until=today + timedelta(days=1))
            case "THIS WEEK" | "REST WEEK":
                return Pause(until=monday + timedelta(days=7))
            case "NEXT WEEK" | "REST NEXT WEEK":
                return Pause(start=monday + timedelta(days=7), until=monday + timedelta(days=14))
            case "THIS D56" | "D56" | "REST D56":
                saturday = weekday_ahead(5, today) if today.weekday() != 6 else today - timedelta(days=1)
                return Pause(start=max(saturday, today), until=saturday + timedelta(days=2))
            case "NEXT D56":
                return Pause(start=monday + timedelta(days=12), until=monday + timedelta(days=14))
            case "THIS MONTH" | "REST MONTH":
                return Pause(until=(today.replace(day=1) + timedelta(days=32)).replace(day=1))
        day = self._day(re.sub(r"^REST ", "", signs))
        if day is None and (span := re.fullmatch(r"(.+) (?:TO|UNTIL|THROUGH|-|AND) (.+)", signs)):
            first, last = self._day(span[1]), self._day(span[2])
            return Pause(start=first, until=last + timedelta(days=1)) if first and last and first < last else None
        return Pause(start=day, until=day + timedelta(days=1)) if day else None


def date_in(signs: str, today: date) -> date | None:
    found = re.fullmatch(r"(?:D\d )?(\d{1,2})O?", signs)
    return date_ahead(int(found[1]), None, today) if found else None


def days_name(days: frozenset[int]) -> str:
    if days == WEEKEND:
        return "weekend"
    return "weekdays" if days == WEEK else ",".join(day_list(days))


def says_surely(when: When, signs: str) -> bool:
    """Whether this names a time so plainly that it cannot be meant otherwise, without a verb."""
    words = signs.split()
    if when.in_minutes is not None:
        return False
    if when.date:
        return bool(when.times)
    if when.every_minutes or when.per_day or when.per_week or when.interval_days > 1 or (when.window and "FROM" not in words):
        return True
    if when.times:
        plain = re.search(r"\d[:.]\d|\b\d{4}\b|[AP]M\b|NOON|MIDNIGHT|OCLOCK|PAST|HALF|QUARTER|\bh\b|ISH", signs)
        return bool(plain or words[0] in ("AT", "EVERY", "ABOUT") or "D0123456" in words or when.days_said or set(words) & set(PART_SIGNS))
    if when.parts:
        return "EVERY" in words or len(when.parts) > 1 or (when.days_said and len(when.days) > 1)
    return when.days_said and (words[0] in ("EVERY", "D01234", "D0123456", "D56") or len(when.days) > 1)
