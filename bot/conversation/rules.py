"""The rule table: what was heard, where the conversation stood, who answers, and what the answer wants read first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation import (
    about,
    ahead,
    anchor,
    aside,
    bounds,
    breathe,
    change,
    elsewhere,
    examples,
    fear,
    footing,
    forget,
    ground,
    hard_day,
    helped,
    helping,
    hope,
    keep,
    later,
    leave,
    look,
    noted,
    noting,
    nudge,
    once,
    other,
    own,
    own_letter,
    own_questions,
    path,
    pause,
    place,
    quiet,
    rails,
    recall,
    remind,
    replay,
    rhythm,
    safety,
    schedule,
    senses,
    sentences,
    settings,
    share,
    slip,
    space,
    step,
    stop,
    stuck,
    sure,
    times,
    toolkit,
    trail,
    undo,
    weekly,
    welcome,
    why,
)
from bot.conversation.events import Pressed
from bot.conversation.situation import Answer, Need, Situation
from bot.conversation.state import Step

Handler = Callable[[Situation], Answer]
NOTHING: frozenset[Need] = frozenset()
PLANS = frozenset({Need.USED})
PAGE = frozenset({Need.PAGE})
RECALL = frozenset({Need.RECALL})
NUDGE = frozenset({Need.NUDGE})
MESSAGE = frozenset({Need.MESSAGE})
NOTES = frozenset({Need.NOTES})
ANCHOR = frozenset({Need.ANCHOR})
SEVEN, LOOK = frozenset({Need.SEVEN}), frozenset({Need.LOOK})


@dataclass(frozen=True)
class Rule:
    """`step`: only while this is being asked; None: always. `to`: what may be asked after it, besides the same."""

    heard: str
    answer: Handler
    needs: frozenset[Need] = NOTHING
    step: Step | None = None
    to: tuple[Step, ...] = ()


IDLE, FIRST, ZONE, TIMES, RETIME = Step.IDLE, Step.FIRST, Step.ZONE, Step.TIMES, Step.RETIME
PROMPT, ERASE, QUIET, COUNTRY, FORGET = Step.PROMPT, Step.ERASE, Step.QUIET, Step.COUNTRY, Step.FORGET
WORDS, NOTE, GROUND = Step.WORDS, Step.NOTE, Step.GROUND
WELCOME = (FIRST, ZONE, TIMES, IDLE)

ANYONE = (
    Rule("direct", safety.direct),
    Rule("abuse", safety.abuse),
    Rule("unclear", safety.unclear),
    Rule("friend", safety.friend),
    *(Rule(heard, helping.help_now) for heard in ("help_now", "link help_now", "press person")),
    Rule("press call", helping.calling),
    Rule("press write", helping.writing),
    Rule("press trust", helping.trusted),
    Rule("press barrier", helping.eased),
    Rule("press where", helping.where),
    Rule("press in", helping.here),
    *(Rule(heard, safety.not_meant) for heard in ("press notmeant", "not_meant")),
    Rule("press tired", safety.tired),
    Rule("press some", safety.some),
    Rule("press unsaid", safety.unsaid),
    *(Rule(heard, about.help_) for heard in ("help", "link help")),
    *(Rule(heard, about.privacy) for heard in ("privacy", "link privacy")),
    *(Rule(heard, about.safety) for heard in ("safety", "link safety")),
    Rule("about", why.about),
    *(Rule(heard, why.why) for heard in ("why", "press why")),
    Rule("examples", examples.examples),
    Rule("elsewhere", elsewhere.leave),
    Rule("blocked", elsewhere.blocked),
    *(Rule(heard, elsewhere.nothing) for heard in ("unblocked", "reacted")),
)
NOT_ADMITTED = (*ANYONE, Rule("press no", welcome.declined))
GUESTS = (
    *ANYONE,
    Rule("glimmer", welcome.ask_consent),
    *(Rule(heard, welcome.consented, to=(FIRST, ZONE)) for heard in ("yes", "press yes")),
    *(Rule(heard, welcome.declined) for heard in ("no", "press no", "skip", "later", "not_today", "undo", "pause")),
    *(Rule(heard, welcome.what) for heard in ("what", "press what")),
    Rule("edited", welcome.ask_consent),
    *(Rule(heard, hard_day.hard_for_guest) for heard in ("hard_day", "press hard")),
    Rule("thanks", about.thanks),
    *(Rule(heard, about.needs_yes) for heard in ("erase", "export", "glimmers")),
    *(Rule(heard, about.needs_yes) for heard in ("recall", "delete", "what to delete")),
    *(Rule(heard, about.needs_yes) for heard in ("set", "once", "change", "stop")),
)
PEOPLE = (
    *ANYONE,
    Rule("start", welcome.start_again, to=WELCOME),
    Rule("press yes", welcome.consented_again, MESSAGE, to=WELCOME),
    Rule("press no", welcome.declined_note),
    *(Rule(heard, about.privacy) for heard in ("what", "press what")),
    Rule("place", place.named, PLANS, to=(ZONE, TIMES)),
    Rule("place or glimmer", place.named_in_doubt, to=(ZONE,)),
    Rule("clock or times", place.clock_in_doubt, to=(ZONE,)),
    Rule("country", place.country_named, to=(ZONE,)),
    Rule("press zone", place.pressed, PLANS, to=(ZONE, TIMES)),
    Rule("press notplace", place.was_glimmer, MESSAGE | PLANS, to=WELCOME),
    Rule("press right", place.right, to=(TIMES, IDLE)),
    *(Rule(heard, place.ask_place, to=(ZONE,)) for heard in ("press other", "my_place")),
    Rule("press linesof", place.lines_chosen),
    Rule("my_zone", place.told, to=(ZONE,)),
    Rule("times", remind.retimed, PLANS, RETIME, to=(TIMES, IDLE)),
    *(Rule(heard, times.named, PLANS, to=(TIMES, ZONE, IDLE)) for heard in ("times", "press at")),
    Rule("vague time", times.ask_clock),
    Rule("set", schedule.wished, PLANS, to=(TIMES, ZONE, IDLE)),
    Rule("change", change.wished, PLANS, to=(TIMES, IDLE)),
    Rule("stop", stop.wished, PLANS, to=(IDLE,)),
    Rule("press which", change.pressed, PLANS, to=(TIMES, IDLE)),
    Rule("press pick", change.picked, PLANS, to=(TIMES, IDLE)),
    Rule("press bound", bounds.pressed, PLANS, to=(IDLE,)),
    Rule("press sure", sure.sure, MESSAGE | PLANS | RECALL, to=(TIMES, ZONE, IDLE)),
    Rule("yes", leave.erased, step=ERASE),
    Rule("yes", forget.yes, step=FORGET, to=(IDLE,)),
    Rule("yes", place.ask_place, step=ZONE),
    Rule("yes", place.yes, step=TIMES, to=(IDLE,)),
    Rule("yes", nudge.bare_yes, step=PROMPT),
    Rule("yes", nudge.bare_yes, step=FIRST),
    Rule("yes", about.nothing_asked),
    Rule("no", place.ask_place, step=TIMES, to=(ZONE,)),
    *(Rule(heard, nudge.not_today, step=PROMPT) for heard in ("no", "skip")),
    Rule("skip", leave.kept_all, step=ERASE, to=(IDLE,)),
    Rule("skip", forget.all_kept, step=FORGET, to=(IDLE,)),
    Rule("skip", about.nothing_asked, step=IDLE),
    *(Rule(heard, times.skipped, step=FIRST, to=(ZONE, TIMES, IDLE)) for heard in ("skip", "press skip")),
    *(Rule(heard, times.skipped, step=ZONE, to=(TIMES, IDLE)) for heard in ("skip", "press skip")),
    *(Rule(heard, helped.skipped, step=NOTE, to=(IDLE,)) for heard in ("skip", "press skip")),
    *(Rule(heard, times.skipped, to=(IDLE,)) for heard in ("skip", "press skip")),
    Rule("no", about.nothing_asked),
    Rule("glimmer", keep.keep, MESSAGE | NUDGE, FIRST, to=(ZONE, TIMES, IDLE)),
    Rule("glimmer", keep.keep, MESSAGE | NUDGE),
    Rule("edited", keep.edited, MESSAGE),
    Rule("other kind", keep.other_kind),
    Rule("press undo", keep.undo, MESSAGE),
    Rule("undo", undo.undo_last, MESSAGE | PLANS | {Need.NEWEST}, to=(ZONE, IDLE)),
    Rule("press note", noted.kept_after_care, MESSAGE | NOTES, NOTE, to=WELCOME),
    *(Rule(heard, keep.keep_after_all, MESSAGE, to=WELCOME) for heard in ("press keep", "press note", "press join")),
    *(Rule(heard, recall.page, PAGE) for heard in ("glimmers", "link glimmers", "press page")),
    *(Rule(heard, recall.recalled, RECALL) for heard in ("recall", "press recall")),
    Rule("what to delete", forget.ask_what),
    *(Rule(heard, forget.offered, RECALL, to=(FORGET,)) for heard in ("delete", "press choose")),
    Rule("press letgo", forget.one_let_go, MESSAGE, to=(IDLE,)),
    Rule("press letall", forget.all_let_go, RECALL, to=(FORGET, IDLE)),
    Rule("press keepthese", forget.all_kept, to=(IDLE,)),
    Rule("press show", replay.show, MESSAGE),
    *(Rule(heard, remind.listed, PLANS, to=(TIMES, IDLE)) for heard in ("reminders", "link reminders", "press list")),
    Rule("press rem", remind.shown, PLANS, to=(TIMES, IDLE)),
    *(Rule(heard, times.ask_times, to=(TIMES,)) for heard in ("add", "press add")),
    *(Rule(heard, own.ask_words, to=(WORDS,)) for heard in ("mywords", "press mywords")),
    Rule("own words", own.words_told, to=(TIMES, WORDS)),
    *(Rule(heard, weekly.letter_wished, PLANS, to=(IDLE,)) for heard in ("letter", "press letter")),
    Rule("press hours", remind.ask_hour, PLANS, to=(RETIME, TIMES, IDLE)),
    Rule("press hour", remind.ask_minute, PLANS, to=(RETIME, TIMES, IDLE)),
    Rule("press time", remind.time_pressed, PLANS, to=(TIMES, IDLE)),
    Rule("press days", remind.ask_days, PLANS, to=(TIMES, IDLE)),
    Rule("press day", remind.days_pressed, PLANS, to=(TIMES, IDLE)),
    Rule("press thisonce", remind.once_instead, PLANS, to=(TIMES, IDLE)),
    Rule("press drop", remind.dropped, PLANS, to=(TIMES, IDLE)),
    Rule("press back", remind.undone, PLANS),
    Rule("toolkit", toolkit.toolkit, to=(IDLE,)),
    Rule("enough", toolkit.enough, to=(IDLE,)),
    Rule("anchor", anchor.anchor, ANCHOR),
    Rule("press stay", anchor.stayed),
    Rule("press shut", anchor.shut, MESSAGE),
    Rule("press unshut", anchor.opened, MESSAGE),
    Rule("breathe", breathe.breathe),
    Rule("pause20", breathe.pause20),
    Rule("press begin", breathe.begun),
    Rule("press stop", breathe.stopped, to=(IDLE,)),
    Rule("press pausesome", breathe.something),
    Rule("ground", ground.ground),
    Rule("press ground", ground.turn, to=(GROUND, IDLE)),
    Rule("grounded", ground.told, to=(GROUND, IDLE)),
    Rule("step", step.step, to=(IDLE,)),
    Rule("press tiny", step.tiny, to=(NOTE, IDLE)),
    Rule("tiny told", step.told, to=(IDLE,)),
    *(Rule(heard, step.did) for heard in ("did", "press did")),
    Rule("press steplater", step.not_now),
    Rule("press unnote", noting.let_go, NOTES),
    Rule("stuck", stuck.stuck, to=(IDLE,)),
    Rule("press still", stuck.still),
    Rule("press checkin", stuck.checkin, PLANS, to=(IDLE,)),
    Rule("path", path.path, to=(IDLE,)),
    Rule("press onward", path.onward),
    Rule("fear", fear.fear, to=(IDLE,)),
    Rule("press notice", fear.noticed),
    Rule("feelings", fear.feelings, to=(IDLE,)),
    Rule("press feeling", fear.named, to=(NOTE, IDLE)),
    Rule("feeling told", fear.told, to=(IDLE,)),
    Rule("sentences", sentences.sentences, NOTES, to=(IDLE,)),
    Rule("press saying", sentences.saying, NOTES, to=(IDLE,)),
    Rule("press fits", sentences.fits, NOTES, to=(IDLE,)),
    Rule("press untrue", sentences.untrue, NOTES),
    Rule("press reword", sentences.reword, NOTES, to=(NOTE, IDLE)),
    Rule("press tofriend", sentences.to_friend, to=(NOTE,)),
    Rule("sentence told", sentences.told, NOTES, to=(IDLE,)),
    Rule("slip", slip.slip, PAGE, to=(IDLE,)),
    Rule("own_letter", own_letter.own_letter, NOTES, to=(NOTE, IDLE)),
    Rule("press writeself", own_letter.write, to=(NOTE,)),
    Rule("press readself", own_letter.read, NOTES, to=(NOTE, IDLE)),
    Rule("press letterdrop", own_letter.drop, NOTES),
    Rule("letter told", own_letter.told, NOTES, to=(NOTE, IDLE)),
    *(Rule(heard, rails.rails, NOTES, to=(IDLE,)) for heard in ("rails", "press railsback")),
    Rule("press railadd", rails.add, to=(NOTE,)),
    *(Rule(f"{kind} told", rails.told, NOTES, to=(IDLE,)) for kind in rails.KINDS),
    Rule("press raildrop", rails.drop, NOTES),
    Rule("press friend", rails.friend, to=(NOTE, IDLE)),
    Rule("line told", rails.line_told, to=(IDLE,)),
    Rule("press therapist", rails.therapist, to=(IDLE,)),
    Rule("press findone", rails.find),
    Rule("press helped", helped.helped, to=(NOTE,)),
    Rule("press nothelped", helped.not_helped, to=(IDLE,)),
    Rule("helped told", helped.told, NOTES, to=(NOTE, IDLE)),
    Rule("ahead", ahead.ahead, NOTES, to=(IDLE,)),
    Rule("press ahead", ahead.asked, to=(NOTE,)),
    *(Rule(heard, ahead.told, NOTES, to=(IDLE,)) for heard in ("today told", "week told")),
    Rule("press askafter", ahead.asked_after, NOTES | PLANS, to=(TIMES, IDLE)),
    Rule("press weekly", ahead.weekly, PLANS, to=(TIMES, ZONE, IDLE)),
    Rule("footing", footing.footing),
    Rule("press footing", footing.told),
    Rule("hope", hope.hope),
    *(Rule(heard, own_questions.shown, to=(IDLE,)) for heard in ("own", "press own")),
    Rule("press ownadd", own_questions.asked, to=(NOTE,)),
    Rule("own told", own_questions.told, to=(IDLE,)),
    Rule("press unown", own_questions.let_go),
    *(Rule(heard, settings.seasons, to=(IDLE,)) for heard in ("seasons", "press seasons")),
    Rule("press writeit", examples.write),
    Rule("press aside", aside.pressed, MESSAGE, to=(NOTE,)),
    *(Rule(heard, aside.told, MESSAGE, to=(IDLE,)) for heard in ("name told", "said told")),
    *(Rule(heard, settings.asides_on, to=(IDLE,)) for heard in ("asides_on", "press asideson")),
    *(Rule(heard, settings.asides_off, to=(IDLE,)) for heard in ("asides_off", "press asidesoff")),
    Rule("senses", senses.senses, to=(IDLE,)),
    Rule("press sense", senses.asked, to=(PROMPT,)),
    Rule("press comforts", senses.comforts, NOTES, to=(IDLE,)),
    Rule("press comfort", senses.comfort, NOTES, to=(NOTE,)),
    Rule("comfort told", senses.told, NOTES, to=(IDLE,)),
    Rule("space", space.space, to=(IDLE,)),
    Rule("press space", space.invited, to=(NOTE,)),
    Rule("greet told", space.named, to=(NOTE,)),
    Rule("invite told", space.wished, to=(NOTE,)),
    Rule("press after", space.placed, to=(TIMES, IDLE)),
    Rule("after told", space.placed_own, to=(TIMES,)),
    Rule("trail", trail.trail, SEVEN),
    Rule("press sharing", trail.sharing, SEVEN),
    Rule("share", share.share, MESSAGE | {Need.NEWEST}),
    Rule("press share", share.share, MESSAGE),
    *(Rule(heard, look.look, LOOK | NOTES) for heard in ("look", "press look")),
    Rule("press yearago", look.year_ago, RECALL),
    Rule("press afterhard", look.after_hard, NOTES | {Need.AFTER_HARD}),
    Rule("press hush", hard_day.silent, to=(IDLE,)),
    Rule("due", nudge.fall_due, frozenset({Need.SENT, Need.WEEK}), to=(PROMPT, NOTE, IDLE)),
    *(Rule(heard, rhythm.steady) for heard in ("steady", "press steady")),
    *(Rule(heard, rhythm.thinning) for heard in ("thinning", "press thinning")),
    Rule("press leavehour", rhythm.left),
    *(Rule(heard, nudge.ask_now, to=(PROMPT,)) for heard in ("ask", "link ask")),
    *(Rule(heard, nudge.not_today) for heard in ("not_today", "press nottoday")),
    Rule("later", later.later, NUDGE | PLANS, to=(PROMPT, ZONE, IDLE)),
    Rule("press later", later.later, NUDGE, to=(PROMPT,)),
    Rule("press notlater", later.not_later),
    Rule("once", once.wished, PLANS, to=(ZONE, IDLE)),
    Rule("press once", once.pressed, PLANS, to=(ZONE, IDLE)),
    *(Rule(heard, hard_day.hard_day, NOTES, to=(IDLE,)) for heard in ("hard_day", "link hard_day", "press hard")),
    *(Rule(heard, hard_day.okay_again) for heard in ("okay", "press okay")),
    *(Rule(heard, pause.pause, PLANS, to=(IDLE,)) for heard in ("pause", "link pause", "press pause")),
    *(Rule(heard, pause.resume, PLANS) for heard in ("resume", "press resume")),
    Rule("press unpause", pause.unpaused, PLANS, to=(IDLE,)),
    *(Rule(heard, settings.shown, to=(IDLE,)) for heard in ("settings", "link settings", "press settings")),
    *(Rule(heard, quiet.wished, PLANS, to=(QUIET, IDLE)) for heard in ("quiet", "press quiet")),
    *(Rule(heard, settings.lines, to=(COUNTRY, IDLE)) for heard in ("lines", "press lines")),
    *(Rule(heard, settings.topics, to=(IDLE,)) for heard in ("topics", "press topics")),
    *(Rule(heard, settings.silent, to=(IDLE,)) for heard in ("silent", "press silent")),
    *(Rule(heard, settings.loud, to=(IDLE,)) for heard in ("loud", "press loud")),
    *(Rule(heard, settings.anyway, to=(IDLE,)) for heard in ("anyway", "press anyway")),
    *(Rule(heard, settings.unless_written, to=(IDLE,)) for heard in ("unlesswritten", "press unlesswritten")),
    *(Rule(heard, settings.twelve, to=(IDLE,)) for heard in ("twelve", "press twelve")),
    *(Rule(heard, settings.twentyfour, to=(IDLE,)) for heard in ("twentyfour", "press twentyfour")),
    *(Rule(heard, settings.language, to=(IDLE,)) for heard in ("language", "press language")),
    *(Rule(heard, settings.consent) for heard in ("consent", "press consent")),
    *(Rule(heard, leave.export) for heard in ("export", "press export")),
    *(Rule(heard, leave.ask_erase, to=(ERASE,)) for heard in ("erase", "press erase")),
    Rule("press eraseyes", leave.erased),
    Rule("press keepall", leave.kept_all, to=(IDLE,)),
    Rule("other", other.cannot),
    Rule("thanks", about.thanks),
    Rule("hello", about.hello),
    Rule("unknown command", about.unknown_command),
)


def by_name(rules: tuple[Rule, ...]) -> dict[str, list[Rule]]:
    named: dict[str, list[Rule]] = {}
    for rule in rules:
        named.setdefault(rule.heard, []).append(rule)
    return named


FOR_PEOPLE, FOR_GUESTS, FOR_OTHERS = by_name(PEOPLE), by_name(GUESTS), by_name(NOT_ADMITTED)


def rule_for(s: Situation) -> Rule:
    """The first rule that fits; a guest is greeted, an old button is met kindly."""
    if s.person:
        rules, otherwise = FOR_PEOPLE, Rule(s.heard.name, about.unknown_button)
    elif s.admitted:
        welcomes = about.not_here if isinstance(s.event, Pressed) else welcome.start
        rules, otherwise = FOR_GUESTS, Rule(s.heard.name, welcomes)
    else:
        rules, otherwise = FOR_OTHERS, Rule(s.heard.name, welcome.closed)
    fitting = (rule for rule in rules.get(s.heard.name, ()) if rule.step in (None, s.state.step))
    return next(fitting, otherwise)


def needs(s: Situation) -> frozenset[Need]:
    """What is to be read before the answer."""
    return rule_for(s).needs | (PLANS if s.person and s.person.away else NOTHING)
