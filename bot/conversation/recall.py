"""Handing glimmers back: all of them in pages, and what a question about the past asks for, in exact words."""

from __future__ import annotations

from bot.conversation.events import words_of
from bot.conversation.pages import headed, help_rows, listed, showing, turning
from bot.conversation.say import Rows, answer, clipped, pressed_message, send
from bot.conversation.situation import Answer, Recalled, Say, Situation
from bot.conversation.span import span
from bot.conversation.view import PAGE, View, shown, view_of

QUOTE = 60
PICKED = ("first", "last", "random")


def page(s: Situation) -> Answer:
    """/glimmers, and the buttons that turn its pages in place."""
    if not s.found.total:
        return Answer((answer(s, nothing_yet(s), help_rows(s)),))
    if not s.found.glimmers:
        rows: Rows = [[(s.words("button.newest"), "page:0")], *help_rows(s)]
        return Answer((answer(s, s.words("recall.end"), rows),))
    total, heads = s.voice.count("recall.total", s.found.total), headed(s)
    rows = [*showing(s, heads), *turning(s, offset(s), s.found.total, PAGE, "page:{}"), *help_rows(s)]
    return Answer((answer(s, f"{total}\n\n{listed(s, heads)}", rows),))


def offset(s: Situation) -> int:
    """Where the page asked for begins."""
    return int(s.heard.arg) if s.heard.name == "press page" else 0


def nothing_yet(s: Situation) -> str:
    return s.words("recall.none.quiet" if s.state.is_quiet(s.now) else "recall.none")


def recalled(s: Situation) -> Answer:
    """What a question about the past asks for, and the buttons under it that show more."""
    view, recalled = view_of(s.heard), s.found.recalled
    if view is None or recalled is None:
        return ask_again(s)
    if not recalled.kept:
        return Answer((reply(s, nothing_yet(s), help_rows(s)),))
    if not s.found.total:
        return Answer((reply(s, *nothing(s, view, recalled)),))
    return Answer((reply(s, *found(s, view, recalled)),))


def ask_again(s: Situation) -> Answer:
    """The question is deleted, too old for Telegram to hand over, or edited into something else."""
    return Answer((send(s, s.words("recall.again"), help_rows(s)),))


def reply(s: Situation, words: str, rows: Rows) -> Say:
    """As a Telegram reply to the question, where its pages find it again; in place where a button was pressed."""
    asked = words_of(s.event)
    if pressed_message(s) or asked is None:
        return answer(s, words, rows)
    return send(s, words, rows, reply_to=asked.id)


def found(s: Situation, view: View, recalled: Recalled) -> tuple[str, Rows]:
    """How many there are, and a page of them."""
    if view.recall.pick == "count":
        return number(s, view, recalled)
    told = [counted(s, view, recalled), *picked(s, view)]
    if not s.found.glimmers:
        return s.words("recall.end"), begin(s, view)
    heads = headed(s)
    rows = [
        *showing(s, heads),
        *turning(s, view.offset, turned_to(s, view), PAGE, data_of(view), by_date(view)),
        *another(s, view),
        *elsewhere(s, recalled)[1],
        *help_rows(s),
    ]
    return "\n\n".join([" ".join([*told, *elsewhere(s, recalled)[0]]), listed(s, heads)]), rows


def number(s: Situation, view: View, recalled: Recalled) -> tuple[str, Rows]:
    """How many, and a button to see them; what has some of the words alone is not counted."""
    if recalled.partly:
        words, rows = nothing(s, view, recalled)
        return words, [[(s.words("button.near"), "recall:0.all")], *rows]
    see = (s.voice.count("button.see", s.found.total), "recall:0.all")
    return counted(s, view, recalled), [[see], *help_rows(s)]


def counted(s: Situation, view: View, recalled: Recalled) -> str:
    """How many fit, and of how many that were looked through."""
    days = span(s, view.recall)
    if view.recall.pick == "on_this_day" and recalled.partly and not view.recall.about:
        around = s.voice.count("recall.around", s.found.total)
        return f"{s.words('recall.empty', span=days)} {around}"
    if not view.recall.about:
        return s.voice.count("recall.span", s.found.total, span=days)
    about = clipped(recalled.meant, QUOTE)
    if recalled.partly:
        return s.voice.count("recall.partly", recalled.looked, span=days, about=about)
    if recalled.looked == 1:
        return s.words("recall.fit.one", span=days, about=about)
    return s.voice.count("recall.fit", s.found.total, of=recalled.looked, span=days, about=about)


def picked(s: Situation, view: View) -> list[str]:
    """Which of those that fit are handed back, and in which order."""
    if s.found.total < 2:
        return []
    many, pick = shown(view, s.found.total), view.recall.pick
    if pick is None and not view.recall.about and many < s.found.total:
        pick = "last"
    if pick in ("first", "last"):
        return [s.voice.count(f"recall.{pick}", many)]
    if view.recall.pick == "random":
        return [s.voice.count("recall.random", len(s.found.glimmers))]
    return [s.words("recall.best" if view.recall.about else "recall.newest")]


def turned_to(s: Situation, view: View) -> int:
    """How many the pages lead through; what was drawn is all on one."""
    return 0 if view.recall.pick == "random" else shown(view, s.found.total)


def by_date(view: View) -> bool:
    """Whether the newest come first, neither the best fits nor the oldest."""
    return not view.recall.about and view.recall.pick != "first"


def data_of(view: View) -> str:
    """What the buttons that turn the pages of this view carry."""
    verb = "choose" if view.forgets else "recall"
    return f"{verb}:{{}}" + (f".{view.mode}" if view.mode else "")


def begin(s: Situation, view: View) -> Rows:
    """The way back from beyond the last page."""
    return [[(s.words("button.begin"), data_of(view).format(0))], *help_rows(s)]


def another(s: Situation, view: View) -> Rows:
    """Others, drawn anew."""
    drawn = len(s.found.glimmers)
    if view.recall.pick != "random" or drawn == s.found.total:
        return []
    return [[(s.voice.count("button.another", drawn), data_of(view).format(0))]]


def elsewhere(s: Situation, recalled: Recalled) -> tuple[list[str], Rows]:
    """What fits at other times, and a button to see it."""
    if not recalled.elsewhere:
        return [], []
    see = (s.voice.count("button.elsewhere", recalled.elsewhere), "recall:0.any")
    return [s.voice.count("recall.elsewhere", recalled.elsewhere)], [[see]]


def nothing(s: Situation, view: View, recalled: Recalled) -> tuple[str, Rows]:
    """Said kindly, with what comes near: the same words at other times, or the nearest days."""
    days = span(s, view.recall)
    if view.recall.about and recalled.looked:
        words = s.voice.count("recall.nothing", recalled.looked, span=days, about=clipped(recalled.meant, QUOTE))
    else:
        words = s.words("recall.empty", span=days)
    told, rows = elsewhere(s, recalled)
    near, near_rows = beside(s, recalled)
    return " ".join([words, *told, *near]), [*rows, *near_rows, *help_rows(s)]


def beside(s: Situation, recalled: Recalled) -> tuple[list[str], Rows]:
    """The last day before and the first one after with something kept."""
    today = s.now.astimezone(s.zone).date()
    days = [day for day in (recalled.before, recalled.after) if day]
    if not days:
        return [], []
    names = [s.voice.day(day, today) for day in days]
    row = [(name, f"recall:0.{day.toordinal()}") for name, day in zip(names, days, strict=True)]
    return [s.voice.count("recall.beside", len(days), days=s.voice.list(names))], [row]
