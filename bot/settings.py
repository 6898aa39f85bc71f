"""The environment, read once into a frozen value. `.env` in the working directory fills in what is not set.

One field a variable, in lower case. A field's description says what is expected, in the words of the error
line; a field left out of `repr` is a secret, and its value is in no error line either.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

KEY_BYTES = 32
DOTENV = ".env"


class SettingsError(Exception):
    """A setting is wrong. The text is one line: the variable, what is wrong, what is expected; no secret."""


@dataclass(frozen=True)
class Access:
    """Who may use this bot: everyone, whoever has an invite, or the listed Telegram ids."""

    kind: Literal["open", "invite", "ids"]
    ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Listen:
    """Where a server listens. `host` is a name or an address, without brackets."""

    host: str
    port: int


def _parsed_by(parse: Callable[[str], object]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value.strip()) if isinstance(value, str) else value)


def _matching(pattern: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError
        return text

    return AfterValidator(check)


def _parse_access(text: str) -> Access:
    match text.lower():
        case "open" | "invite" as kind:
            return Access(kind)
    if not re.fullmatch(r"\d+(\s*,\s*\d+)*", text, re.ASCII):
        raise ValueError
    return Access("ids", frozenset(int(part) for part in text.split(",")))


def _parse_listen(text: str) -> Listen:
    found = re.fullmatch(r"\[?(.+?)\]?:(\d{1,5})", text, re.ASCII)
    if not found or not 0 < int(found[2]) < 65536:
        raise ValueError
    return Listen(found[1], int(found[2]))


def _parse_keys(text: str) -> tuple[bytes, ...]:
    return tuple(_parse_key(part.strip()) for part in text.split(","))


def _parse_key(text: str) -> bytes:
    digits = text.rstrip("=").replace("-", "+").replace("_", "/")
    key = base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _checked_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return text.rstrip("/")


def _own_key_file() -> Path:
    return Path("~/.config/glimmers/key").expanduser()


Url = Annotated[str, AfterValidator(_checked_url)]


class Settings(BaseSettings):
    """Every variable of `.env.example`. No URL ends with a slash, no path holds `~`; newest key first."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_ignore_empty=True,
        env_file=DOTENV,
        env_file_encoding="utf-8-sig",  # some editors begin the file with a byte order mark
        extra="ignore",
        str_strip_whitespace=True,
    )

    bot_token: Annotated[str, _matching(r"\d+:[\w-]+")] | None = Field(
        default=None, repr=False, description="digits, a colon, letters, as @BotFather gives it"
    )
    telegram_api_url: Url = Field(
        default="https://api.telegram.org",
        description="the root of a Bot API server, e.g. http://127.0.0.1:8081",
    )
    database_url: Annotated[str, _matching(r"(sqlite:///|postgresql://).+")] = Field(
        default="sqlite:///data/glimmers.db", repr=False, description="sqlite:///PATH or postgresql://…"
    )
    glimmers_key: Annotated[tuple[bytes, ...], NoDecode, _parsed_by(_parse_keys)] = Field(
        default=(), repr=False, description=f"{KEY_BYTES} bytes in base64, or several separated by commas"
    )
    glimmers_key_file: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=_own_key_file, description="the path of a file outside the data folder"
    )
    access: Annotated[Access, NoDecode, _parsed_by(_parse_access)] = Field(
        default=Access("open"), description="open, invite, or Telegram ids separated by commas"
    )
    messages_per_second: int = Field(default=25, ge=1, description="a whole number, 1 or more")
    webhook_url: Url | None = Field(
        default=None, description="the address Telegram calls, e.g. https://bot.example.org/hook"
    )
    webhook_listen: Annotated[Listen, NoDecode, _parsed_by(_parse_listen)] = Field(
        default=Listen("127.0.0.1", 8080), description="host:port, e.g. 127.0.0.1:8080"
    )
    webhook_secret: Annotated[str, _matching(r"[\w-]{1,256}")] | None = Field(
        default=None, repr=False, description="1 to 256 of the characters A-Z a-z 0-9 _ -"
    )
    status_listen: Annotated[Listen | None, NoDecode, _parsed_by(_parse_listen)] = Field(
        default=None, description="host:port, e.g. 127.0.0.1:9090"
    )
    operator_name: str | None = None
    operator_contact: str | None = None
    operator_place: str | None = None
    operator_authority: str | None = None
    privacy_url: Url | None = Field(default=None, description="the web address of your full privacy text")
    minimum_age: int = Field(default=18, ge=0, le=120, description="an age in whole years, e.g. 18")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], _parsed_by(str.upper)] = Field(
        default="INFO", description="DEBUG, INFO, WARNING, ERROR or CRITICAL"
    )
    log_format: Annotated[Literal["text", "json"], _parsed_by(str.lower)] = Field(
        default="text", description="text or json"
    )

    def needed_token(self) -> str:
        """The token. SettingsError where there is none."""
        if not self.bot_token:
            raise SettingsError("BOT_TOKEN is missing: expected the token that @BotFather gives")
        return self.bot_token


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError for the first one that is wrong."""
    settings, wrong = look_at_settings()
    if wrong:
        raise SettingsError(next(iter(wrong.values())))
    return settings


def look_at_settings() -> tuple[Settings, dict[str, str]]:
    """The settings, with the default where one is wrong; and for each wrong variable the line that says so."""
    try:
        settings, wrong = Settings(), {}
    except ValidationError as error:
        wrong = {str(one["loc"][0]).upper(): _explain(one) for one in error.errors()}
        fields = {name.lower(): Settings.model_fields[name.lower()] for name in wrong}
        settings = Settings(**{name: field.get_default(call_default_factory=True) for name, field in fields.items()})
    except (OSError, UnicodeError):
        return Settings.model_construct(), {DOTENV: f"{DOTENV} cannot be read: expected a text file in UTF-8"}
    if settings.webhook_url and not settings.webhook_secret and "WEBHOOK_SECRET" not in wrong:
        expected = Settings.model_fields["webhook_secret"].description
        wrong["WEBHOOK_SECRET"] = f"WEBHOOK_SECRET is missing, WEBHOOK_URL needs it: expected {expected}"
    return settings, wrong


def _explain(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    field = Settings.model_fields[name]
    wrong = f"is {error['input']!r}" if field.repr else "has a wrong shape"
    return f"{name.upper()} {wrong}: expected {field.description}"
