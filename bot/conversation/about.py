"""Help, privacy, and small talk."""

from __future__ import annotations

from bot.conversation.aside import is_open
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import tool
from storage.records import Priority


def help_(s: Situation) -> Answer:
    """What the bot does, with the doors to it; to a guest also that nothing is kept yet. A person comes first."""
    for_guests = "help.guest" if s.admitted else "access.closed"
    told = [s.words("help"), *([] if s.person else [s.words(for_guests)])]
    rows: Rows = [
        [(s.words("button.person"), "person")],
        *(ways_in(s) if s.person else []),
        [tool(s, "about"), tool(s, "examples")],
    ]
    return Answer((send(s, "\n\n".join(told), rows, priority=Priority.FIRST),))


def ways_in(s: Situation) -> Rows:
    """To what is kept and set, and to what there is to do."""
    doors = [("button.read", "page:0"), ("button.list", "list"), ("button.settings", "settings")]
    return [
        [(s.words(label), data) for label, data in doors],
        [tool(s, "senses"), tool(s, "space")],
        [tool(s, "trail"), tool(s, "look")],
    ]


def privacy(s: Situation) -> Answer:
    """What is kept, by whom, and how to end it; only what this host said about themselves."""
    operator = s.house.operator
    facts = {
        "privacy.who": operator.name,
        "privacy.contact": operator.contact,
        "privacy.place": operator.place,
        "privacy.authority": operator.authority,
        "privacy.link": operator.privacy_url,
    }
    told = [s.words(key, value=value) for key, value in facts.items() if value]
    consent = [s.words("privacy.yes", date=f"{s.person.consented_at:%Y-%m-%d}")] if s.person else []
    return Answer((send(s, "\n\n".join([s.words("privacy"), *consent, *told]), priority=Priority.FIRST),))


def safety(s: Situation) -> Answer:
    """What is looked for and what is not, and that nobody watches."""
    words = s.words("safety", date=s.voice.full_date(s.house.lines.compiled))
    return Answer((send(s, words, [[(s.words("button.person"), "person")]], priority=Priority.FIRST),))


def small_talk(key: str, s: Situation) -> Answer:
    return Answer((send(s, s.words(key)),))


def unknown_command(s: Situation) -> Answer:
    return small_talk("unknown.command", s)


def unknown_button(s: Situation) -> Answer:
    return small_talk("unknown.button", s)


def thanks(s: Situation) -> Answer:
    return small_talk("thanks", s)


def hello(s: Situation) -> Answer:
    """On a heavy day no glimmer is asked for."""
    if s.state.is_quiet(s.now):
        return Answer((send(s, s.words("quiet.hello"), [[(s.words("button.person"), "person")]]),))
    return small_talk("hello", s)


def nothing_asked(s: Situation) -> Answer:
    """A bare yes, no or skip with no question open, but perhaps the small one after a glimmer."""
    return small_talk("skip.past" if is_open(s.state, s.now) else "nothing.asked", s)


def not_here(s: Situation) -> Answer:
    """A button from before, pressed by somebody of whom nothing is kept."""
    return Answer((answer(s, s.words("guest.button")),))


def needs_yes(s: Situation) -> Answer:
    """A guest asked for something that only exists after a yes."""
    return small_talk("consent.needed", s)
