"""What has to hold for everyone after every event, whatever they do. A promise that is broken is told by its name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import chain

from bot.conversation.events import Edited, Event, Pressed, Said, words_of
from bot.conversation.hear import CRIES
from bot.conversation.helping import BARRIERS
from bot.conversation.keep import part_of
from bot.conversation.nudge import LINES_OF, may_ask
from bot.conversation.prompts import load_library, load_pools
from bot.conversation.situation import Situation
from bot.conversation.state import State, Step
from bot.conversation.view import MOST_LET_GO
from bot.playground.calls import Call
from bot.understanding.care import care_level
from bot.voice import Voice
from storage.records import Person
from tests.conversation.acts import Actor
from tests.conversation.calls import GONE, carried, document, is_heart, is_success, told
from tests.conversation.plans import has_to_come, planned_right
from tests.conversation.promises import Kept, hold
from tests.stage import is_prompt

PROMPTS = {prompt.text: prompt.category for prompt in load_library("en")}
ANSWERS = ("send", "edit", "setMessageReaction")
CARE = timedelta(hours=24)
A_DAY = timedelta(hours=24)
CARE_KEYS = ("direct", "abuse", "unclear", "friend", "help", "some")
CARE_WORDS = tuple(Voice("en")(f"care.{key}", lines="\0").partition("\0")[0] for key in CARE_KEYS)
HELP_KEYS = [*("help", "privacy", "safety", "care.calling", "care.writing", "care.writing.none", "care.trust")]
HELP_KEYS += ["care.where", "care.where.country", "care.here.none"]
HELP_KEYS += [f"care.barrier.{each}" for each in chain.from_iterable(BARRIERS)]
HELP_WORDS = tuple(
    Voice("en")(key, date="\0", line="\0", lines="\0", draft="\0", url="\0").partition("\0")[0] for key in HELP_KEYS
)
LETTER = re.compile(r"Your week: \d+ glimmers? kept\.")
OF_ITSELF = {Voice("en")(key) for key in ("care.checkin", "rhythm.farewell", "helped.ask", "nudge.anchor")}
CHECK_IN = Voice("en")("care.checkin")
LINES = {one.text for pool in LINES_OF for one in load_pools("en")[pool] if "?" not in one.text}
UNDOING = ("undo", "press undo", "press letgo")
OFFERING = Counter(["delete", "press choose", "press letall"])
ERASING = ("yes", "press eraseyes")
KEEPING = ("press keep", "press note", "press join", "press notplace", "press yes")
PUT_OFF = {"later", "press later"}
CLEARING = {"press notmeant", "not_meant"}
# What the buttons of a question begin with, by what it asks.
ASKED_BY: Mapping[Step, frozenset[str]] = {
    Step.FIRST: frozenset({"skip:first"}),
    Step.ZONE: frozenset({"skip:zone", "zone:"}),
    Step.TIMES: frozenset({"skip:times", "at:", "right", "hour:new"}),
    Step.RETIME: frozenset({"skip:retime", "time:", "hour:"}),
    Step.QUIET: frozenset({"quiet:"}),
    Step.COUNTRY: frozenset({"lines:"}),
    Step.ERASE: frozenset({"eraseyes"}),
    Step.FORGET: frozenset({"letall:"}),
    Step.PROMPT: frozenset({"nottoday"}),
}
ASKING = frozenset().union(*ASKED_BY.values())


@dataclass(frozen=True)
class News:
    """An update that reached the bot for the first time, and what it was heard as; nothing if it asks for no answer.

    `is_known`: it came after their yes.
    """

    event: Event | None = None
    heard: str = ""
    is_known: bool = False


@dataclass
class Watch:
    """One person's watch. `on` is called with what happened and what lasts now, after every round."""

    actor: Actor
    kept: Kept = field(default_factory=lambda: Kept(None))
    seen: set[int] = field(default_factory=set)
    versions: dict[int, set[str]] = field(default_factory=dict)
    wanted: set[int] = field(default_factory=set)
    questions: dict[int, tuple[int, frozenset[str]]] = field(default_factory=dict)
    writes: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    put_off: set[str] = field(default_factory=set)
    quiet_until: datetime | None = None
    unseen: Step | None = None

    def news(self, ids: Iterable[int], thought: Mapping[int, Situation]) -> list[News]:
        """What was never delivered before."""
        new = [number for number in dict.fromkeys(ids) if number not in self.seen]
        self.seen.update(new)
        heard = [thought.get(number) for number in new]
        return [News(s.event, s.heard.name, s.person is not None) if s else News() for s in heard]

    def unasked(self, calls: Sequence[Call], moment: datetime, deaths: int) -> None:
        """The clock was wound to `moment`: nothing but prompts may come of it, at their time, and in no quiet one."""
        self._tell(calls)
        refusals(calls, self.actor)
        person, state = self.kept.person, self.actor.state
        beats = [call for call in calls if call.method.startswith("edit")]  # of an exercise they began
        hold(not beats or (state and state.guided_until), "nothing is changed of itself but an exercise", beats)
        calls = [call for call in calls if call not in beats]
        for call in calls:
            text = call.params.get("text")
            own = {one.words for one in self.kept.reminders if one.words}
            is_known = is_prompt(str(text)) or text in {*OF_ITSELF, *LINES, *own} or LETTER.fullmatch(str(text))
            hold(is_known, "a lock screen shows nothing but prompts", call.params)
            is_line = text in {*LINES, *own} and state and state.takes_line(call.at)
            welcome = person and state and (may_ask(person, state, call.at) or is_line or self.actor.is_blocked)
            hold(welcome, "nothing is asked when nothing shall be asked", (person, state, call.at))
            if state and nudge_in(call) not in self.put_off:  # what was put off is as it was asked first
                is_silent = call.params.get("disable_notification", False)
                hold(is_silent is state.preferences.silent, "a nudge is as loud as was wished", call.params)
                hold(
                    PROMPTS.get(str(text).partition("\n\n")[0], "") not in state.preferences.off,
                    "what is off is not asked about",
                    call.params,
                )
            if text == CHECK_IN:
                cared = state and state.care_until and state.care_until <= call.at
                hold(cared, "hello is said after a day of care", (state, call.at))
        self._nudges(calls)
        if not person or not state or deaths:
            return
        first = min(
            (one for one in self.kept.reminders if one.next_at), key=lambda one: (one.next_at, one.id), default=None
        )
        if first and first.next_at and first.next_at <= moment and may_ask(person, state, first.next_at):
            same = [one for one in self.kept.reminders if one.next_at == first.next_at]
            if len(same) == 1 and has_to_come(self.kept, person, state, first):
                hold(first.next_at in [call.at for call in calls], "what is due is asked at its minute", first)

    def on(self, calls: Sequence[Call], news: Sequence[News], now: Kept, moment: datetime, deaths: int) -> None:
        self._tell(calls, forged(news))
        self._note(news)
        hold(news or not calls, "an update is heard once", [call.method for call in calls])
        refusals(calls, self.actor)
        self._nudges(calls, news)
        self._is_answered(calls, news)
        self._is_helped(calls, news)
        self._nothing_too_early(news, now)
        self._nothing_lost(calls, news, now)
        self._quiet(news, now, moment)
        self.kept = now
        self.actor.state = readable(now.person)
        planned_right(now, moment)
        self._one_question(calls, news, deaths)

    def leaves_groups(self) -> None:
        groups = [(group.about["id"], group.status) for group in self.actor.groups]
        hold(all(status == "left" for _, status in groups), "a group is left", groups)

    def _tell(self, calls: Sequence[Call], spoilt: Collection[int] = ()) -> None:
        """Write down what was said, and which buttons there are now; forged presses spoil only what they see."""
        for call in calls:
            took = call.status == 200 or "not modified" in call.description
            self.actor.told.append("bot  > " + told(call))
            if not took or "text" not in call.params:
                continue
            number = call.params.get("message_id") or call.answer["result"]["message_id"]
            data = carried(call)
            self.actor.fresh = [(number, one) for one in data] or self.actor.fresh
            self.actor.buttons += [(number, one) for one in data]
            verbs = frozenset(begins for begins in ASKING for one in data if one.startswith(begins))
            once_more = nudge_in(call) in self.put_off  # asked again, but open since it was put off
            if (verbs or number not in spoilt) and not once_more:
                self._ask(number, verbs)

    def _ask(self, number: int, verbs: frozenset[str]) -> None:
        self.writes += 1
        self.questions.pop(number, None)
        if verbs:
            self.questions[number] = self.writes, verbs

    def _note(self, news: Sequence[News]) -> None:
        for one in news:
            match one.event:
                case Said(message) | Edited(message):
                    self.versions.setdefault(message.id, set()).add(part_of(message).text)
                case Pressed(data=data, message=message) if one.heard in KEEPING:
                    number = data.partition(":")[2]
                    answered = message.reply_to if message else None
                    self.wanted |= {int(number) if number.isascii() and number.isdigit() else 0}
                    if answered:  # as Telegram has it by now: the news of an edit may still be on its way
                        self.wanted.add(answered.id)
                        self.versions.setdefault(answered.id, set()).add(part_of(answered).text)

    def _nudges(self, calls: Sequence[Call], news: Sequence[News] = ()) -> None:
        if {one.heard for one in news} & CLEARING:
            self.quiet_until = None
        for call in calls:
            if call.method != "sendMessage" or not any(one.startswith("nottoday") for one in carried(call)):
                continue
            hold(is_prompt(call.params["text"]), "a nudge is a prompt", call.params["text"])
            is_quiet = self.quiet_until and call.at < self.quiet_until
            hold(not is_quiet, "no nudge within a day of words about harm", call.at)
            if nudge_id := nudge_in(call):
                self.asked[nudge_id] += 1
                hold(self.asked[nudge_id] <= 1, "a nudge is asked once, and once more after Later", nudge_id)

    def _is_answered(self, calls: Sequence[Call], news: Sequence[News]) -> None:
        waiting = list(self._waiting(news))
        names = Counter(one.heard for one in news)
        if not waiting or names["blocked"] or self.actor.is_blocked:
            return
        least = 1 if self._is_leaving(names) else len(waiting)
        answers = [call for call in calls if call.method.startswith(ANSWERS) and is_success(call)]
        hold(len(answers) >= least, "never silence", f"{[one.heard for one in waiting]} had {len(answers)} answers")

    def _is_leaving(self, names: Counter[str]) -> bool:
        """Whether they may be erased meanwhile, perhaps soon after they came: what was still to be said goes, too."""
        here = self.kept.person is not None or names["press yes"] > 0
        by_button = names["press eraseyes"] > 0 and (here or names["yes"] > 0)
        return by_button or names["yes"] > (0 if here else 1)

    def _waiting(self, news: Sequence[News]) -> Iterator[News]:
        """What wants an answer."""
        return (one for one in news if isinstance(one.event, Said | Edited | Pressed))

    def _is_helped(self, calls: Sequence[Call], news: Sequence[News]) -> None:
        """The help message comes first, and answers the very words."""
        cries = [one.event for one in news if one.heard in CRIES]
        if not cries or self.actor.is_blocked or any(one.heard == "blocked" for one in news):
            return
        texts = [str(call.params.get("text", "")) for call in calls if call.method.startswith(ANSWERS)]
        texts = [text for text in texts if text.startswith(CARE_WORDS) or not is_help(text)]
        hold(texts and texts[0].startswith(CARE_WORDS), "help comes first", texts)
        helped = {
            call.params.get("reply_parameters", {}).get("message_id")
            for call in calls
            if str(call.params.get("text", "")).startswith(CARE_WORDS)
        }
        for event in cries:
            message = words_of(event)
            hold(message and message.id in helped, "every cry is met", event)

    def _nothing_too_early(self, news: Sequence[News], now: Kept) -> None:
        names = {one.heard for one in news}
        if self.kept.person is None and now.person:
            hold(names & {"yes", "press yes"}, "nothing is kept before a yes", names)
        if self.kept.person and now.person is None:
            hold(names & set(ERASING), "nobody is erased who did not say so", names)

    def _nothing_lost(self, calls: Sequence[Call], news: Sequence[News], now: Kept) -> None:
        names = Counter(one.heard for one in news)
        parts = [part.message_id for glimmer in now.glimmers for part in glimmer.parts]
        hold(len(parts) == len(set(parts)), "each message is kept once", sorted(parts))
        hearts = {call.params["message_id"] for call in calls if is_heart(call)}
        letting_go = sum(names[name] for name in UNDOING) + sum(map(let_go_at_once, news))
        if names["yes"] and (names & OFFERING or (self.actor.state and self.actor.state.step is Step.FORGET)):
            letting_go += MOST_LET_GO
        is_leaving = self._is_leaving(names)
        lost = hearts - now.texts.keys()
        hold(is_leaving or letting_go or not lost, "a heart means kept", lost)
        gone = {glimmer.id for glimmer in self.kept.glimmers} - {glimmer.id for glimmer in now.glimmers}
        hold(is_leaving or len(gone) <= letting_go, "nothing is lost", gone)
        claimed = {
            int(data[5:].partition(".")[0]) for call in calls for data in carried(call) if data.startswith("undo:")
        }
        hold(is_leaving or len(claimed - now.texts.keys()) <= letting_go, "what can be undone was kept", claimed)
        if not names["blocked"] and not any(call.status == 403 for call in calls):
            self._nothing_unasked(hearts, now)
        for call in calls:
            if names["export"] + names["press export"] == len(news) == 1 and call.method == "sendDocument":
                exported = {glimmer["message_id"]: glimmer["text"] for glimmer in document(call)["glimmers"]}
                kept = {glimmer.message_id: glimmer.text for glimmer in now.glimmers}
                hold(exported == kept, "the export holds all that is kept", exported)

    def _nothing_unasked(self, hearts: set[int], now: Kept) -> None:
        """What is new among the kept was answered with a heart, or asked to be kept; in the person's exact words."""
        albums = {part.message_id for glimmer in now.glimmers if len(glimmer.parts) > 1 for part in glimmer.parts}
        for number, text in now.texts.items():
            if self.kept.texts.get(number) != text:
                asked_for = number in hearts | albums | self.wanted
                hold(asked_for, "nothing is kept that was not answered with a heart", (number, text))
                hold(text in self.versions.get(number, ()), "what is kept are their own words", (number, text))
            hold(not is_cry(text) or number in self.wanted, "a cry is not kept unless asked", (number, text))

    def _quiet(self, news: Sequence[News], now: Kept, moment: datetime) -> None:
        for one in news:
            if one.heard in ("direct", "abuse", "press some") and one.is_known:
                self.quiet_until = moment + CARE
            if one.heard in CLEARING or now.person is None:
                self.quiet_until = None
            if one.heard in PUT_OFF:
                self.put_off |= self.asked.keys() - {""}
                self.asked.clear()

    def _one_question(self, calls: Sequence[Call], news: Sequence[News], deaths: int) -> None:
        """What is open was asked last; unless they blocked the bot, put it off, or a nudge died on its way."""
        state = self.actor.state
        step = state.step if state else Step.IDLE
        names = {one.heard for one in news}
        shut_out = "blocked" in names or any(call.status == 403 for call in calls)  # the news of a block may come late
        unheard = shut_out or (step is Step.PROMPT and (deaths or names & PUT_OFF))
        self.unseen = step if unheard or self.unseen is step else None
        if step not in ASKED_BY or self.unseen is step:
            return
        _, verbs = max(self.questions.values(), default=(0, frozenset[str]()))
        hold(verbs & ASKED_BY[step], "what is open was asked last", f"{step} is open, asked was {set(verbs)}")


def is_help(text: str) -> bool:
    """What was asked for before, and may have waited: help of any kind is among it."""
    return text.startswith(HELP_WORDS) or "They may be busy; trying again is fine." in text


def nudge_in(call: Call) -> str:
    """The nudge that a call asks, "" if none."""
    return next((data.removeprefix("later:") for data in carried(call) if data.startswith("later:")), "")


def let_go_at_once(one: News) -> int:
    """How many glimmers a yes to several may let go."""
    if one.heard != "press letall" or not isinstance(one.event, Pressed):
        return 0
    return int(one.event.data.removeprefix("letall:").partition(".")[0])


@cache
def is_cry(text: str) -> bool:
    return care_level(text) is not None


def forged(news: Sequence[News]) -> set[int]:
    """Messages under which something was pressed that no button there carries."""
    pressed = [one.event for one in news if isinstance(one.event, Pressed)]
    return {event.message.id for event in pressed if event.message and event.data not in event.message.buttons}


def refusals(calls: Sequence[Call], actor: Actor) -> None:
    """Nothing is asked of Telegram that it refuses, but what nobody can know before."""
    for n, call in enumerate(calls):
        hold(not call.problems, "Telegram knows every parameter", call.problems)
        blocked = call.status == 403 and actor.is_blocked
        instead = calls[n + 1 : n + 2] and calls[n + 1].method == "sendMessage" and calls[n + 1].status == 200
        gone = any(reason in call.description for reason in GONE) and instead
        hold(is_success(call) or blocked or gone, "Telegram refuses nothing", told(call))


def readable(person: Person | None) -> State | None:
    if person is None:
        return None
    state = State.from_json(person.state)
    again = State.from_json(json.loads(json.dumps(state.as_json())))
    hold(again == state, "a state can be read again", state)
    return state
