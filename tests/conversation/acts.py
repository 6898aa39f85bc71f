"""What people do in a storm: each act is drawn, done through the rehearsed Telegram, and told in a few words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.conversation.hear import ALIASES, COMMANDS, LINKS
from bot.conversation.rules import GUESTS, NOT_ADMITTED, PEOPLE
from bot.conversation.state import State, Step
from bot.playground.calls import Json
from bot.playground.people import Chat, Person
from bot.understanding.phrases import phrases

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus/care.toml").read_text("utf-8"))
CRIES, HEAVY, WORRIES, IDIOMS = (
    [text for group in CORPUS[level].values() for text in group] for level in ("direct", "unclear", "friend", "none")
)
PHRASES = sorted(phrases("en"))
WAYS = ["yes", "no", "skip", "undo", "later", "not today", "hard day", "pause", "resume", "/erase", "i'm okay"]
GLIMMERS = ["steam on the window", "my cat purred", "rain on the roof", "Lovely day in Berlin", "tea at 8", "🌈", "❤️"]
TIMES = [
    *["8:30", "8am and 21:30", "at 8", "at 8", "in the evening", "mornings", "weekdays at 7", "25:99", "noon", "8"],
    *["half past eight", "remind me at 9", "remind me at 21:15", "8:30, not sundays", "evening", "every hour", "14:20"],
    "6:01 6:02 6:03 6:04 6:05 6:06 6:07 6:08 6:09 6:10 6:11 6:12 6:13",
]
WISHES = [
    *["pause till monday", "pause from friday till monday", "pause for 3 days", "pause for 30 minutes", "resume"],
    *["pause until 23:59", "pause from tomorrow", "pause till yesterday", "pause till 2029-01-01", "snooze 30 minutes"],
    *["snooze until 15:00", "snooze 2 minutes", "snooze 5 hours", "ask me in 45 minutes", "ask me in 2 days"],
    *["ask me tomorrow at 9", "ask me today at 21:15", "ask me tomorrow", "ask me next sunday at 12:00"],
    *["/pause for 2 hours", "ask me tomorrow evening", "you can start asking again", "stop today's reminder"],
    *["stop the weekly letter", "send my letter on fridays at 7pm"],
]
REQUESTS = [
    *["remind me on weekdays at 7:30 and noon", "weekdays at 7 and weekends at 9", "remind me mornings and evenings"],
    *["remind me", "every sunday", "remind me at 25:00", "nudge me twice between 10 and 6", "every other day at 9am"],
    *["every 2 hours between 8 and 20", "twice a week in the evening", "remind me on sundays before bed", "at 9"],
    *["move my evening one to 21:15", "move the morning one to 9", "change it to 9pm", "half an hour later please"],
    *["change them to 8am and 8pm", "make it twice a day", "move the morning one to the evening", "also on sundays"],
    *[
        "not on weekends",
        "no reminders on mondays",
        "nothing before 9",
        "nothing after 21:00",
        "make it every other day",
    ],
    *["stop the morning one", "stop the evening one", "cancel the 8:30 reminder", "please stop all my reminders"],
    *["stop tomorrow's reminder", "stop the morning one and move the evening one to 21:00", "move today's to 9pm"],
    *["remind me at 9am and stop the evening one", "stop the evening one and move the morning one to 9:15"],
    *["I'm in Berlin now", "which time zone do you use?", "in Lisbon", "delete a glimmer", "oops, delete that"],
    *["what's the capital of France?", "add a meeting on friday at 3", "my gran is dying and i can't stop crying"],
    *["at 20:00, soup and a candle", "at 9 in the morning, tea", "nothing to report today", "thx so much!"],
]
PLACES = [
    *["Lisbon", "Paris", "Springfield", "London", "nice", "reading", "USA", "Germany", "Brazil", "it's 14:20 here"],
    *["10:30", "2:20", "EST", "Europe/Berlin", "Atlantis", "Kathmandu", "Apia", "Lord Howe Island", "UTC"],
]
ODD = [
    *["", " ", "\u200b", "\u3164", "\u200b\u200d", "x" * 4096, "😀" * 2048, "صباح الخير، كوب شاي دافئ", "\u202eabc"],
    *["a\x00b", "<b>bold", "&amp;", "{name}", "%s", "/", "//", "/ glimmer", "/glimmer", "٨:٣٠", "e\u0301" * 300],
    *["\n\n\n", "🏳️‍🌈", "_*[]()~`>#+-=|{}.!", "\ud83d", "/glimmer\nsteam", "yes\u200b", "ＹＥＳ", "Z̸̢͝a̵l̴g̷o̶"],
]
QUESTIONS = [
    *["anything about cats?", "anything about steam?", "the first one", "the last three", "a random one", "yesterday?"],
    *["two random ones", "how many?", "how many about rain?", "on this day", "what did i keep in may?", "in 2025?"],
    *["anything about tea last year?", "delete the one about rain", "delete the last one", "delete the last two"],
    *["delete everything from this year", "anything about lovely berlin?", "from 2026-05-01 to 2026-05-31"],
]
ABUSE = CORPUS["direct"]["abuse"]
POOLS = [GLIMMERS, PHRASES, TIMES, WISHES, PLACES, ODD, CRIES, ABUSE, HEAVY, IDIOMS, QUESTIONS, REQUESTS]
COMMAND_WORDS = [*sorted(COMMANDS), *ALIASES, "nonsense", "glimmers@glimmers_bot", "glimmer steam", "start CODE-1"]
COMMAND_WORDS += [f"start {link}" for link in sorted(LINKS)]
FILES = ("photo", "voice", "video", "video_note", "sticker", "document", "audio", "animation")
NO_WORDS = ("sticker", "video_note")
EDITABLE = {"text", *FILES} - {*NO_WORDS}
SPOTS = [(38.72, -9.14), (0.0, -30.0), (90.0, 180.0), (-13.83, -171.76), (52.52, 13.4)]
POLL = {"id": "1", "question": "Tea?", "options": [], "total_voter_count": 0, "is_closed": False, "type": "regular"}
POLL |= {"is_anonymous": True, "allows_multiple_answers": False, "allows_revoting": False, "members_only": False}
OTHER: list[Json] = [
    {"poll": POLL},
    {"contact": {"phone_number": "1", "first_name": "Ben"}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "Café", "address": "Here"}},
    {"game": {"title": "G", "description": "d", "photo": []}},
    {"story": {"chat": {"id": 5, "type": "private"}, "id": 3}},
    {"something_new": {"of": "tomorrow"}},
]
VERBS = sorted({rule.heard[6:] for rule in (*PEOPLE, *GUESTS, *NOT_ADMITTED) if rule.heard.startswith("press ")})
ARGS = ["", "0", "7", "99999999999", "abc", "08302100.127", "9999.127", "0830.0", "Mars/X:", "Europe/Berlin:DE", "😀"]
ARGS += ["0730.31-0900.96", "all", "go", "move", "739750.0900", "999999.0900", "all.", ".all", "1780000000-.all"]
FITTING: dict[Step, list[str]] = {
    Step.FIRST: [*GLIMMERS, *PLACES[:5], "skip", "8:30", "yes", "no"],
    Step.QUIET: ["22 to 8", "from 9pm till 6:30", "none", "no", "skip", "steam"],
    Step.COUNTRY: ["Germany", "Lisbon", "Atlantis", "skip", "steam on the window"],
    Step.ZONE: [*PLACES, "skip", "yes", "no", "8:30", "it's half past two"],
    Step.TIMES: [*TIMES, "skip", "yes", "no", "Paris"],
    Step.RETIME: [*TIMES, "skip", "no", "half an hour later please", "change it to 9pm"],
    Step.ERASE: ["yes", "yes", "no", "skip", "steam on the window"],
    Step.FORGET: ["yes", "yes", "no", "skip", "delete the last one", "steam on the window"],
    Step.PROMPT: [
        *GLIMMERS,
        "yes",
        "no",
        "later",
        "not today",
        "skip",
        "hard day",
        "undo",
        *WISHES[9:13],
        *REQUESTS[:3],
    ],
}


@dataclass
class Actor:
    """Someone in the storm: their chat, what they may press, and what is known of them."""

    person: Person
    state: State | None = None
    buttons: list[tuple[int, str]] = field(default_factory=list)
    fresh: list[tuple[int, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    groups: list[Chat] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.person.user["id"])

    def messages(self, mine: bool) -> list[Json]:
        return [m for m in self.person.room.messages.values() if m["from"]["is_bot"] is not mine]

    @property
    def is_blocked(self) -> bool:
        return self.person.room.status == "kicked"


@dataclass(frozen=True)
class Act:
    """One thing done, by name; `seed` settles its details. `fate` is what becomes of its updates on their way."""

    name: str
    seed: int
    words: str = ""
    fate: str = ""


Doing = Callable[[Actor, Random, str], str]


def do(actor: Actor, act: Act) -> None:
    """Who has blocked the bot can only speak again, or let it speak again."""
    name = act.name if not actor.is_blocked or act.name in ("says", "unblocks") else "unblocks"
    told = ACTS[name](actor, Random(act.seed), act.words)
    actor.told.append(f"you  > {told}" + (f"  [{act.fate}]" if act.fate else ""))


def says(actor: Actor, draw: Random, words: str) -> str:
    text = words or draw.choice(draw.choice(POOLS))
    actor.person.say(text)
    return f"say {text[:100]!r}"


def says_one_of(pool: Sequence[str]) -> Doing:
    return lambda actor, draw, words: says(actor, draw, words or draw.choice(pool))


def fits(actor: Actor, draw: Random, _: str) -> str:
    """What is being asked for just now, more or less."""
    if actor.fresh and draw.random() < 0.5:
        return press(actor, *draw.choice(actor.fresh))
    step = actor.state.step if actor.state else None
    return says(actor, draw, draw.choice(FITTING.get(step, WAYS) if step else ["yes", "yes", "no", "/start"]))


def press(actor: Actor, message_id: int, data: str, times: int = 1) -> str:
    for _ in range(times):
        actor.person.press(message_id, data)
    gone = "" if message_id in actor.person.room.messages else ", deleted"
    return f"press {data!r} under {message_id}{gone}" + (f" {times} times" if times > 1 else "")


def presses(actor: Actor, draw: Random, verb: str) -> str:
    """A button that any message ever carried; the newest of a verb, where one is named."""
    known = [
        (number, data) for number, data in actor.buttons if data.partition(":")[0] == (verb or data.partition(":")[0])
    ]
    if not known:
        return says(actor, draw, "")
    return press(actor, *(known[-1] if verb else draw.choice(known)), times=2 if draw.random() < 0.1 else 1)


def presses_fresh(actor: Actor, draw: Random, _: str) -> str:
    return press(actor, *draw.choice(actor.fresh)) if actor.fresh else presses(actor, draw, "")


def double_taps(actor: Actor, draw: Random, _: str) -> str:
    return press(actor, *draw.choice(actor.fresh), times=2) if actor.fresh else presses(actor, draw, "")


def presses_odd(actor: Actor, draw: Random, _: str) -> str:
    """Data that no button carries, or carries no more, or that another button carries."""
    written = [m["message_id"] for m in actor.messages(mine=False) if "text" in m]
    number = draw.choice([m["message_id"] for m in actor.messages(mine=True)] or [1])
    known = [data.partition(":")[2] for _, data in actor.buttons] or ["1"]
    carried = draw.choice([draw.choice(ARGS), draw.choice(known), str(number)])
    data = draw.choice([*VERBS, "new", ""]) + draw.choice(["", f":{carried}"])
    return press(actor, draw.choice(written), data) if written else says(actor, draw, "")


def presses_gone(actor: Actor, draw: Random, _: str) -> str:
    """A button under a message that is deleted by then."""
    if not actor.fresh:
        return says(actor, draw, "")
    number, data = draw.choice(actor.fresh)
    if number in actor.person.room.messages:
        actor.person.delete(number)
    return press(actor, number, data)


def presses_faded(actor: Actor, draw: Random, _: str) -> str:
    """A button under a message that is too old for the bot to see."""
    if not actor.fresh:
        return says(actor, draw, "")
    number, data = draw.choice(actor.fresh)
    actor.person.fade(number)
    return f"{press(actor, number, data)}, faded"


def sends(actor: Actor, draw: Random, _: str) -> str:
    kind = draw.choice(FILES)
    caption = "" if kind in NO_WORDS or draw.random() < 0.5 else draw.choice(draw.choice(POOLS))[:1024]
    actor.person.send(kind, caption=caption)
    return f"send {kind} {caption[:100]!r}"


def sends_album(actor: Actor, draw: Random, _: str) -> str:
    name, parts = f"album-{draw.randrange(10**9)}", draw.randint(2, 4)
    captions = [draw.choice(["", "", "the whole afternoon", draw.choice(CRIES)]) for _ in range(parts)]
    for caption in captions:
        actor.person.send(draw.choice(("photo", "video")), caption=caption, album=name)
    return f"send album {captions}"


def sends_other(actor: Actor, draw: Random, _: str) -> str:
    content = draw.choice(OTHER)
    actor.person._tell(content)
    return f"send {next(iter(content))}"


def shares_place(actor: Actor, draw: Random, _: str) -> str:
    spot = draw.choice(SPOTS)
    actor.person.locate(*spot)
    return f"share the place {spot}"


def edits(actor: Actor, draw: Random, words: str) -> str:
    own = [m for m in actor.messages(mine=True) if m.keys() & EDITABLE]
    if not own:
        return says(actor, draw, "")
    number = draw.choice(own[-3:])["message_id"] if draw.random() < 0.7 else draw.choice(own)["message_id"]
    text = words or draw.choice(draw.choice([GLIMMERS, POOLS[draw.randrange(len(POOLS))]]))[:1024] or "edited"
    actor.person.edit(number, text)
    return f"edit {number} to {text[:100]!r}"


def edits_to_a_cry(actor: Actor, draw: Random, _: str) -> str:
    return edits(actor, draw, draw.choice(CRIES))


def replies(actor: Actor, draw: Random, words: str) -> str:
    number = draw.choice(list(actor.person.room.messages) or [0])
    text = words or draw.choice(draw.choice([GLIMMERS, WAYS, draw.choice(POOLS)]))
    actor.person.say(text, reply_to=number)
    return f"reply to {number}: {text[:100]!r}"


def forwards(actor: Actor, draw: Random, _: str) -> str:
    origin = {"type": "hidden_user", "sender_user_name": "Ben", "date": actor.person.api.time()}
    text = draw.choice(draw.choice(POOLS))
    actor.person.say(text, forward_origin=origin)
    return f"forward {text[:100]!r}"


def deletes(actor: Actor, draw: Random, _: str) -> str:
    """One of their messages, or of the bot's; bots are not told."""
    if not actor.person.room.messages:
        return says(actor, draw, "")
    number = draw.choice(list(actor.person.room.messages))
    actor.person.delete(number)
    return f"delete {number}"


def reacts(actor: Actor, draw: Random, _: str) -> str:
    number = draw.choice(list(actor.person.room.messages) or [1])
    actor.person.react(number, draw.choice(["👍", "❤", None]))
    return f"react to {number}"


def blocks(actor: Actor, _draw: Random, _: str) -> str:
    actor.person.block()
    return "block"


def unblocks(actor: Actor, _draw: Random, _: str) -> str:
    actor.person.unblock()
    return "unblock"


def groups(actor: Actor, draw: Random, _: str) -> str:
    """Add the bot to a group and say something there."""
    member = actor.person.api.group(-draw.randrange(1, 10**12), "Family", by=actor.person)
    member.say(draw.choice(draw.choice(POOLS)))
    actor.groups.append(member.room)
    return "add it to a group"


def commands(actor: Actor, draw: Random, _: str) -> str:
    return says(actor, draw, f"/{draw.choice(COMMAND_WORDS)}")


ACTS: dict[str, Doing] = {
    "says": says,
    "fits": fits,
    "glimmer": says_one_of(GLIMMERS),
    "phrase": says_one_of(PHRASES),
    "way": says_one_of(WAYS),
    "times": says_one_of(TIMES),
    "wish": says_one_of(WISHES),
    "place": says_one_of(PLACES),
    "question": says_one_of(QUESTIONS),
    "request": says_one_of(REQUESTS),
    "odd": says_one_of(ODD),
    "cries": says_one_of(CRIES),
    "heavy": says_one_of(HEAVY),
    "worries": says_one_of(WORRIES),
    "idiom": says_one_of(IDIOMS),
    "commands": commands,
    "presses": presses,
    "presses fresh": presses_fresh,
    "double taps": double_taps,
    "presses odd": presses_odd,
    "presses gone": presses_gone,
    "presses faded": presses_faded,
    "sends": sends,
    "sends album": sends_album,
    "sends other": sends_other,
    "shares place": shares_place,
    "edits": edits,
    "edits to a cry": edits_to_a_cry,
    "replies": replies,
    "forwards": forwards,
    "deletes": deletes,
    "reacts": reacts,
    "blocks": blocks,
    "unblocks": unblocks,
    "groups": groups,
}
