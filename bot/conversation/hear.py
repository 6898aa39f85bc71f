"""From an event to what it means. The order of reading: care words, commands, an answer, plain words, a glimmer."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain

from bot.conversation import view
from bot.conversation.answers import Reader, fitting
from bot.conversation.aside import CHOICES
from bot.conversation.carried import AT, DAYS, RULES, SOME
from bot.conversation.events import KEPT_KINDS, Edited, Event, Message, Pressed, Said, words_of
from bot.conversation.helping import BARRIERS, REGIONS
from bot.conversation.look import YEARS_AGO
from bot.conversation.questions import ASKED
from bot.conversation.requests import meant_by
from bot.conversation.senses import SENSES
from bot.conversation.situation import Heard
from bot.conversation.state import State, Step
from bot.conversation.values import replace
from bot.understanding.care import Level, care_level
from bot.understanding.doors import door, rail
from bot.understanding.meaning import Snooze
from bot.understanding.phrases import phrase

COMMAND = re.compile(r"/([a-z0-9_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
ALIASES = {"glimmer": "ask", "delete_me": "erase", "forget_me": "erase", "stop": "pause", "letter": "own_letter"}
DOORS = frozenset(
    "about why examples toolkit anchor pause20 senses space trail look share stuck path fear step breathe rails ground "
    "slip ahead own_letter footing hope sentences feelings enough".split()
)
COMMANDS = DOORS | frozenset(
    "start ask glimmers hard_day reminders pause resume export settings help help_now safety privacy erase undo".split()
)
CRIES = tuple(level.value for level in Level)  # the names of words about harm
LONGEST_ANSWER = 120
LONGER = {"letter": 4096, "session": 500, "line": 1000, "sentence": 300}  # letters of what may be written at length
NUMBER = re.compile(r"\d{1,15}", re.ASCII)
ID = "[0-9a-f]{32}"
LINE = rf"lines-\d\d|{ID}"
SENSE = re.compile("|".join(SENSES))
ASIDE = re.compile(rf"\d{{1,15}}\.(?:{'|'.join(CHOICES)})\.[a-z]{{1,10}}", re.ASCII)
HOUR = r"(?:[01]\d|2[0-3])"
STOOD = r"(?:all|\d{10}-(?:\d{10})?)?"  # paused, in a recess, or neither
CARRIED = {
    "page": re.compile(r"\d{1,8}", re.ASCII),
    "recall": view.CARRIED,
    "choose": view.CARRIED,
    "letgo": NUMBER,
    "letall": re.compile(r"\d{1,2}\.[0-9a-f]{8}", re.ASCII),
    "at": RULES,
    "hours": re.compile(rf"new|{ID}"),
    "hour": re.compile(rf"(?:new|{ID})\.{HOUR}", re.ASCII),
    "time": re.compile(rf"{ID}\.{SOME}", re.ASCII),
    "day": re.compile(rf"{ID}\.(?:0|{DAYS})", re.ASCII),
    "which": re.compile(rf"all|{ID}"),
    "pick": re.compile(rf"(?:all|{ID})\.\d"),
    "bound": re.compile(r"go|move"),
    "quiet": re.compile(rf"(?:{AT}\.{AT}|none)?", re.ASCII),
    "lines": re.compile(r"(?:[A-Z]{2}|none)?"),
    "barrier": re.compile("|".join(chain.from_iterable(BARRIERS))),
    "where": re.compile(rf"({'|'.join(REGIONS)})?"),
    "linesof": re.compile(r"[A-Z]{2}"),
    "in": re.compile(r"(?:[A-Z]{2})?"),
    "notplace": NUMBER,
    "once": re.compile(rf"[1-9]\d{{5}}\.(?:{AT}){{1,12}}", re.ASCII),
    "thisonce": re.compile(ID),
    "begin": re.compile("breath|outside|pause"),
    "ground": re.compile("(?:senses|look)\\.[0-5]"),
    "ahead": re.compile("today|week"),
    "askafter": re.compile(ID),
    "footing": re.compile("steady|wobbly|still"),
    "unown": re.compile("own-[0-9a-f]{8}"),
    "seasons": re.compile("(?:place|north|south|none)?"),
    "unnote": re.compile(ID),
    "tiny": re.compile("water|window|reply|any|own"),
    "checkin": re.compile("hour|tonight|no"),
    "notice": re.compile("[0-7]|none", re.ASCII),
    "feeling": re.compile("scared|sad|tired|angry|numb|own"),
    "saying": re.compile(rf"fear|slip|{LINE}", re.ASCII),
    "fits": re.compile(LINE, re.ASCII),
    "reword": re.compile(LINE, re.ASCII),
    "untrue": re.compile(LINE, re.ASCII),
    "railadd": re.compile("rail|routine|grip|session"),
    "friend": re.compile("[1-4]|own", re.ASCII),
    "why": re.compile(r"[1-3]", re.ASCII),
    "aside": ASIDE,
    "share": NUMBER,
    "look": re.compile(r"(?:20\d\d(?:0[1-9]|1[0-2]))?", re.ASCII),
    "sense": SENSE,
    "comfort": SENSE,
    "space": re.compile("stretch|air|hello|own|someone"),
    "after": re.compile("coffee|work|bed"),
    "shut": NUMBER,
    "unshut": NUMBER,
    "unpause": re.compile(rf"{STOOD}\.{STOOD}", re.ASCII),
    "notlater": re.compile(ID),
    "undo": re.compile(r"\d{1,15}(?:\.\d{1,15})?", re.ASCII),
    "sure": NUMBER,
    "keep": NUMBER,
    "note": NUMBER,
    "join": NUMBER,
    "show": NUMBER,
    "yes": re.compile(r"(\d{1,15})?", re.ASCII),
    "notmeant": re.compile(r"(\d{1,10}(\.\d{0,10})?)?", re.ASCII),
}
# Buttons that mean the words they stand under.
MEANT_ONCE_MORE = ("recall", "choose", "letall", "which", "pick", "bound", "sure")
# Buttons that keep words nobody has looked at since: an edit may be on its way. A note was met before it is kept.
KEEPING = ("keep", "join", "notplace")
QUESTIONS = (*ASKED, Step.ERASE, Step.FORGET)  # what a "no" or "later" is a way past
LINKS = frozenset("ask glimmers hard_day help help_now pause privacy reminders safety settings".split())
DECLINES = ("skip", "later", "not_today")
ANSWERS = (*DECLINES, "yes", "no")  # phrases that are no command while something is asked


def hear(event: Event, state: State, now: datetime) -> Heard:
    """What an event is, by name: a press's verb, a command, an intent, or the kind of event itself. `now` is in the
    person's zone."""
    match event:
        case Said(message):
            return said(message, state, now)
        case Edited(message):
            return in_care(message, state, now) or Heard("edited")
        case Pressed(data=data):
            return pressed(data, event, state, now)
        case _:
            return Heard(type(event).__name__.lower())


def pressed(data: str, event: Event, state: State, now: datetime) -> Heard:
    """A button's verb and what it carries; "press" alone where that is not what our buttons carry.

    Under an answer to plain words some mean those words: they are understood once more, as of when they were said.
    Words about harm are met before they are kept.
    """
    verb, _, arg = data.partition(":")
    if verb == "go":
        return Heard(arg if arg in DOORS else "press")
    if verb in CARRIED and not CARRIED[verb].fullmatch(arg):
        return Heard("press")
    if verb == "yearago":
        return Heard("press yearago", recall=YEARS_AGO)
    words = words_of(event) if verb in (*KEEPING, *MEANT_ONCE_MORE) else None
    cry = in_care(words, state, now) if words else None
    if cry and verb in KEEPING:
        return cry
    if words is None or cry or verb in KEEPING:
        return Heard(f"press {verb}", arg)
    meant = meant_by(words, state, now)
    if verb == "sure":
        meant = replace(meant.doubt or meant, doubt=meant.doubt or meant)
    return replace(meant, name=f"press {verb}", arg=arg, also=())


def said(message: Message, state: State, now: datetime) -> Heard:
    for read in READERS:
        heard = read(message, state, now)
        if heard is not None:
            return heard
    return Heard("glimmer")


def in_care(message: Message, _state: State, _now: datetime) -> Heard | None:
    names = (media.name for media in message.media if media.name)  # of a file, of a place
    level = care_level("\n".join([message.text, *names]))
    return Heard(level.value) if level else None


def command(message: Message, state: State, now: datetime) -> Heard | None:
    found = COMMAND.fullmatch(message.text.strip())
    if found is None:
        return None
    name, words = found[1].lower(), (found[2] or "").strip()
    if name == "glimmer" and words:
        return Heard("glimmer")
    if name == "start" and words in LINKS:
        return Heard(f"link {words}")
    name = ALIASES.get(name, name)
    if name == "pause" and words:
        meant = meant_by(replace(message, text=f"pause {words}"), state, now)
        return meant if meant.pause else Heard(name)
    return Heard(name if name in COMMANDS else "unknown command", words)


def asked(message: Message, state: State, now: datetime) -> Heard | None:
    """An answer to what was asked last, if the words fit it."""
    if message.forwarded or len(message.text) > longest(state) or any(media.lat is None for media in message.media):
        return None
    if declines(phrase(message.text), state):
        return Heard("skip")
    if phrase(message.text) not in (None, *ANSWERS):
        return None
    return next(filter(None, (read(message, state, now) for read in fitting(state))), None)


def longest(state: State) -> int:
    """How long an answer may be; more than a line to oneself."""
    about = (state.about or "").partition(".")[0] if state.step is Step.NOTE else ""
    return LONGER.get(about, LONGEST_ANSWER)


def declines(said: str | None, state: State) -> bool:
    """Whether this is a way past the open question; a no to "right?" is about the place."""
    if state.step is Step.QUIET and said in ("no", "not_today"):
        return False
    return state.step in QUESTIONS and (said in DECLINES or (said == "no" and state.about != "place"))


def in_words(message: Message, state: State, now: datetime) -> Heard | None:
    """A known phrase, or what the words ask for; in doubt it is a glimmer, with what else it may mean."""
    if message.forwarded or message.media:
        return None
    if intent := phrase(message.text):
        if intent == "later" and state.nudge is None and is_meant("did", state, now):
            return Heard("press steplater")
        return Heard(intent) if is_meant(intent, state, now) else None
    if name := door(message.text, state.preferences.language):
        return Heard(name)
    if words := rail(message.text, state.preferences.language):
        return Heard("rail told", words)
    meant = meant_by(message, state, now)
    if meant.name == "hello" and may_tell(message, state):
        return None
    leaves = meant.name in DECLINES and meant.snooze in (None, Snooze()) and declines(meant.name, state)
    return Heard("skip") if leaves else meant


def is_meant(intent: str, state: State, now: datetime) -> bool:
    """Some phrases mean something at their time alone: "i'm okay" on a hard day, "did it" after a tiny step."""
    if intent == "did":
        return state.step_until is not None and now < state.step_until
    return intent != "okay" or state.is_quiet(now)


def may_tell(message: Message, state: State) -> bool:
    """Whether "it was good" may be a glimmer: one was asked for, or it answers their own words."""
    answers_own = message.reply_to is not None and not message.reply_to.from_bot
    return answers_own or state.step in (Step.FIRST, Step.PROMPT)


def not_for_keeping(message: Message, _state: State, _now: datetime) -> Heard | None:
    """Kinds of messages that hold no moment of one's own: polls, contacts, dice, games."""
    unknown = message.media and not any(media.kind in KEPT_KINDS for media in message.media)
    return Heard("other kind") if unknown and not message.text else None


READERS: tuple[Reader, ...] = (in_care, command, asked, in_words, not_for_keeping)
