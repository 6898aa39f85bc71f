"""`python -m bot check`: is all well with this copy? A line for each part of it; nothing is changed anywhere."""

from __future__ import annotations

import asyncio
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import __version__, host, logs
from bot.channels.sending import Standing
from bot.channels.telegram import Telegram
from bot.conversation.lines import Lines, load_lines, outdated
from bot.keys import given_keys, missing, origin, unopened, unwritable
from bot.settings import DOTENV, Settings, SettingsError, look_at_settings
from scheduler.clock import Clock
from storage import look
from storage.look import Seen
from storage.migrate import Newer
from storage.store import KeyMismatch, Unreachable
from storage.vault import Vault

PATIENCE = 8.0  # seconds for Telegram to answer
LITTLE_ROOM = 200_000_000  # bytes
WIDTH = 11


class Wrong(Exception):
    """The bot cannot work like this; the text is for its host."""


@dataclass(frozen=True)
class Copy:
    """This copy as it stands. `wrong` holds a line for each wrong setting, `trouble` why its database stays shut."""

    settings: Settings
    wrong: dict[str, str]
    seen: Seen | None
    trouble: SettingsError | None
    today: date


@dataclass(frozen=True)
class Finding:
    """What was found of one part; notes are worth a look, and harm nothing today."""

    words: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ". Note: ".join((self.words, *self.notes))


@dataclass(frozen=True)
class Part:
    """One line of the report: what it looks at, and the settings it cannot do without."""

    name: str
    look: Callable[[Copy], Finding]
    needs: tuple[str, ...] = ()


def check() -> int:
    """Print the report; 1 if anything is wrong, else 0."""
    settings, wrong = look_at_settings()
    logs.start("CRITICAL", settings.log_format, settings.bot_token)
    copy = standing_copy(settings, wrong)
    well = [report(part, copy) for part in PARTS]
    return 0 if all(well) else 1


def standing_copy(settings: Settings, wrong: dict[str, str]) -> Copy:
    seen, trouble = None, None
    if "DATABASE_URL" not in wrong and DOTENV not in wrong:
        try:
            seen = look.look(settings.database_url)
        except (Newer, Unreachable) as error:
            trouble = unopened(settings.database_url, error)
    return Copy(settings, wrong, seen, trouble, Clock().now().date())


def report(part: Part, copy: Copy) -> bool:
    """Print one line; whether all is well with that part. Each stands alone, whatever the others met."""
    try:
        blind = [name for name in (DOTENV, *part.needs) if part.needs and name in copy.wrong]
        if blind:
            raise Wrong(f"not looked at; see {blind[0]} above")
        words, well = str(part.look(copy)), True
    except (Wrong, SettingsError, PermissionError, ConnectionError) as error:
        words, well = f"WRONG: {error}", False
    except Exception as error:
        words, well = f"WRONG: this could not be looked at ({type(error).__name__})", False
    print(f"{part.name:{WIDTH}}{words}", flush=True)
    return well


def see_settings(copy: Copy) -> Finding:
    if copy.wrong:
        raise Wrong("; ".join(copy.wrong.values()))
    file = Path(DOTENV).absolute()
    return Finding(f"Glimmers {__version__}, set by {f'{file} and ' if file.exists() else ''}the environment")


def see_key(copy: Copy) -> Finding:
    keys, file = given_keys(copy.settings), copy.settings.glimmers_key_file
    if not keys:
        return key_to_come(copy, file)
    words, notes = fit(copy, Vault(keys).fingerprints)
    words += f", in {origin(copy.settings)}"
    if copy.settings.glimmers_key:
        return Finding(words, notes)
    mode = stat.S_IMODE(file.stat().st_mode)
    return Finding(f"{words}, mode {mode:04o}", (*notes, *exposed(file, mode), *beside_the_data(copy, file)))


def fit(copy: Copy, fingerprints: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """How the keys and the database go together."""
    newest = f"(fingerprint {fingerprints[0]})"
    if not copy.seen:
        return f"{'cannot be tried on the database' if shut(copy) else 'is ready for the first start'} {newest}", ()
    used = copy.seen.fingerprint
    if used not in fingerprints:
        if copy.seen.people and used:
            raise unopened(copy.settings.database_url, KeyMismatch(used))
        return f"is new to the database, which nobody is in yet {newest}", ()
    unused = ("a newer key is not in use yet; python -m bot rotate-key",) if used != fingerprints[0] else ()
    return f"fits the database (fingerprint {used})", unused


def key_to_come(copy: Copy, file: Path) -> Finding:
    if copy.seen and copy.seen.needed:
        raise missing(copy.seen.needed)
    if look.unwritable(file):
        raise unwritable(file, "this user may not write there")
    if shut(copy):
        return Finding(f"there is none in {file}; whether the database needs one cannot be told")
    return Finding(f"will be made at the first start, in {file}", beside_the_data(copy, file))


def shut(copy: Copy) -> bool:
    """Whether the database could not be looked at."""
    return copy.trouble is not None or "DATABASE_URL" in copy.wrong or DOTENV in copy.wrong


def exposed(file: Path, mode: int) -> tuple[str, ...]:
    return (f"others can read it; chmod 600 {file}",) if mode & 0o077 else ()


def beside_the_data(copy: Copy, file: Path) -> tuple[str, ...]:
    data = look.file_of(copy.settings.database_url)
    beside = data and data.parent.resolve() in file.resolve().parents
    return ("it lies with the data, so that a copy of one is a copy of both; move it elsewhere",) if beside else ()


def see_database(copy: Copy) -> Finding:
    if copy.trouble:
        raise copy.trouble
    url = copy.settings.database_url
    file, words = look.file_of(url), [look.place(url), told_of(copy.seen)]
    if not file:
        return Finding("; ".join(words))
    if closed := look.unwritable(file):
        raise unopened(url, Unreachable(f"this user may not write {closed}"))
    free = shutil.disk_usage(next(folder for folder in file.parents if folder.exists())).free
    room = ("the disk is nearly full",) if free < LITTLE_ROOM else ()
    return Finding("; ".join([*words, f"free on the disk: {free / 1e9:.1f} GB"]), room)


def told_of(seen: Seen | None) -> str:
    if not seen:
        return "will be made at the first start"
    schema = f"schema {seen.revision}" + (", brought up to date at the next start" if seen.behind else "")
    return f"{schema}; people: {seen.people}, reminders: {seen.reminders}"


def see_telegram(copy: Copy) -> Finding:
    there = asyncio.run(asked(copy.settings))
    words = f"@{there.name}, {host.way_in(copy.settings)}; messages waiting there: {there.waiting}"
    return Finding(words, (*way_changes(copy.settings, there), *odd_ways(there)))


async def asked(settings: Settings) -> Standing:
    there = Telegram(settings.needed_token(), settings.telegram_api_url)
    await there.start()
    try:
        async with asyncio.timeout(PATIENCE):
            return await there.standing()
    except TimeoutError:
        raise ConnectionError(f"Telegram does not answer within {PATIENCE:.0f} seconds") from None
    finally:
        await there.close()


def way_changes(settings: Settings, there: Standing) -> tuple[str, ...]:
    """What the next start will change about how updates come in."""
    if there.webhook == (settings.webhook_url or ""):
        return ()
    known = f"a webhook at {host.host_of(there.webhook)}" if there.webhook else "no webhook yet"
    return (f"Telegram knows of {known}; the next start puts that right",)


def odd_ways(there: Standing) -> tuple[str, ...]:
    groups = "it is shown all that is said in groups, and needs none of it; /setprivacy at @BotFather"
    failure = f"the last delivery failed ({' '.join(there.failure.split())})"
    return (*[groups] * there.reads_groups, *[failure] * bool(there.waiting and there.failure))


def see_access(copy: Copy) -> Finding:
    words = host.admitted(copy.settings)
    if copy.settings.access.kind == "invite" and not copy.trouble:
        words += f"; invitations not used yet: {copy.seen.invites if copy.seen else 0}"
    return Finding(words, (host.NAMELESS,) if host.is_nameless(copy.settings) else ())


def see_crisis(copy: Copy) -> Finding:
    return crisis_lines(load_lines(), copy.today)


def crisis_lines(lines: Lines, today: date) -> Finding:
    """Numbers older than a year may be dead ones: that is wrong."""
    age = host.aged(lines, today)
    if age and outdated(lines, today):
        raise Wrong(f"{age}; bring Glimmers up to date")
    notes = (f"{age}; bring Glimmers up to date soon",) if age else ()
    return Finding(f"lines for {len(lines.by_country)} countries, checked on {lines.compiled}", notes)


PARTS = (
    Part("settings", see_settings),
    Part("key", see_key, ("GLIMMERS_KEY", "GLIMMERS_KEY_FILE")),
    Part("database", see_database, ("DATABASE_URL",)),
    Part("telegram", see_telegram, ("BOT_TOKEN", "TELEGRAM_API_URL", "WEBHOOK_URL")),
    Part("access", see_access, ("ACCESS",)),
    Part("crisis", see_crisis),
)
