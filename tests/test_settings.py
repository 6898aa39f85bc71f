from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from bot.settings import Access, Listen, Settings, SettingsError, read_settings

TOKEN = "12345:AAbb-cc_dd"
KEYS = bytes(range(32)), b"\xfb\xff" * 16
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def refusal(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(monkeypatch, **variables)
    return str(caught.value)


def test_without_any_variable_the_defaults_of_the_contract_hold() -> None:
    assert dict(read_settings()) == {
        "bot_token": None,
        "telegram_api_url": "https://api.telegram.org",
        "database_url": "sqlite:///data/glimmers.db",
        "glimmers_key": (),
        "glimmers_key_file": Path.home() / ".config/glimmers/key",
        "access": Access("open"),
        "messages_per_second": 25,
        "webhook_url": None,
        "webhook_listen": Listen("127.0.0.1", 8080),
        "webhook_secret": None,
        "status_listen": None,
        "operator_name": None,
        "operator_contact": None,
        "operator_place": None,
        "operator_authority": None,
        "privacy_url": None,
        "minimum_age": 18,
        "log_level": "INFO",
        "log_format": "text",
    }


def test_the_example_names_every_variable_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_with_every_line_in_use_can_be_read(folder: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (folder / ".env").write_text(re.sub(r"^#(?=[A-Z_]+=)", "", example, flags=re.MULTILINE), encoding="utf-8")
    read_settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("BOT_TOKEN", TOKEN, TOKEN),
        ("BOT_TOKEN", f" {TOKEN}\n", TOKEN),
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("DATABASE_URL", "sqlite:////var/lib/glimmers.db", "sqlite:////var/lib/glimmers.db"),
        ("DATABASE_URL", "postgresql://me@host/db", "postgresql://me@host/db"),
        ("GLIMMERS_KEY_FILE", "/run/keys/glimmers", Path("/run/keys/glimmers")),
        ("ACCESS", "open", Access("open")),
        ("ACCESS", "Invite", Access("invite")),
        ("ACCESS", "12, 345 ,12", Access("ids", frozenset({12, 345}))),
        ("MESSAGES_PER_SECOND", "1", 1),
        ("WEBHOOK_LISTEN", "0.0.0.0:80", Listen("0.0.0.0", 80)),
        ("WEBHOOK_LISTEN", "[::1]:8080", Listen("::1", 8080)),
        ("STATUS_LISTEN", "localhost:65535", Listen("localhost", 65535)),
        ("OPERATOR_NAME", "Ana Şahin", "Ana Şahin"),
        ("MINIMUM_AGE", "0", 0),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
    ],
)
def test_a_variable_is_read(monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object) -> None:
    assert getattr(read(monkeypatch, **{name: text}), name.lower()) == value


def test_a_key_file_may_be_named_from_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, GLIMMERS_KEY_FILE="~/key").glimmers_key_file == Path.home() / "key"


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("padding", ["=", ""])
def test_keys_are_read_newest_first_in_either_alphabet(
    monkeypatch: pytest.MonkeyPatch, encode: type[bytes], padding: str
) -> None:
    text = ", ".join(encode(key).decode().rstrip("=") + padding for key in KEYS)
    assert read(monkeypatch, GLIMMERS_KEY=text).glimmers_key == KEYS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BOT_TOKEN", "hunter2"),
        ("BOT_TOKEN", "12345:hunter2 x"),
        ("TELEGRAM_API_URL", "127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "https://[::1"),
        ("DATABASE_URL", "mysql://me:hunter2@host/db"),
        ("DATABASE_URL", "sqlite:///"),
        ("GLIMMERS_KEY", "hunter2"),
        ("GLIMMERS_KEY", "hunter2é"),
        ("GLIMMERS_KEY", base64.b64encode(KEYS[0]).decode() + ","),
        ("ACCESS", "everybody"),
        ("ACCESS", "12,"),
        ("ACCESS", "-12"),
        ("MESSAGES_PER_SECOND", "0"),
        ("MESSAGES_PER_SECOND", "many"),
        ("WEBHOOK_URL", "ftp://bot.example.org"),
        ("WEBHOOK_LISTEN", ":8080"),
        ("WEBHOOK_LISTEN", "8080"),
        ("WEBHOOK_SECRET", "hunter2!"),
        ("STATUS_LISTEN", "localhost:65536"),
        ("PRIVACY_URL", "our page"),
        ("MINIMUM_AGE", "-1"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "x\ny"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it_and_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    line = refusal(monkeypatch, **{name: text})
    assert re.fullmatch(rf"{name} (is .+|has a wrong shape): expected .+", line)
    assert "hunter2" not in line


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    line = refusal(monkeypatch, WEBHOOK_URL="https://bot.example.org/hook")
    assert re.fullmatch(r"WEBHOOK_SECRET is missing.*: expected .+", line)
    assert read(monkeypatch, WEBHOOK_SECRET="a-b_9").webhook_secret == "a-b_9"


def test_a_real_variable_wins_over_the_file_and_an_empty_one_counts_as_unset(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / ".env").write_text("MINIMUM_AGE=13\nLOG_LEVEL=ERROR\nACCESS=\n", encoding="utf-8")
    settings = read(monkeypatch, MINIMUM_AGE="16", LOG_LEVEL="")
    assert (settings.minimum_age, settings.log_level, settings.access) == (16, "ERROR", Access("open"))


def test_a_file_from_any_editor_is_read_and_its_other_lines_are_left_alone(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xef\xbb\xbfMINIMUM_AGE=13\r\nPOSTGRES_PASSWORD=x\r\n")
    assert read_settings().minimum_age == 13


def test_a_file_that_is_no_text_is_refused_in_one_line(folder: Path) -> None:
    (folder / ".env").write_bytes(b"OPERATOR_NAME=\xff\xfe")
    with pytest.raises(SettingsError, match=r"^\.env cannot be read: expected .+$"):
        read_settings()


def test_no_secret_is_ever_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "BOT_TOKEN": "1:hunter2",
        "DATABASE_URL": "postgresql://me:hunter2@host/db",
        "WEBHOOK_SECRET": "hunter2",
        "GLIMMERS_KEY": base64.b64encode(b"hunter2".ljust(32)).decode(),
    }
    settings = read(monkeypatch, **secrets)
    assert "hunter2" not in f"{settings!r} {settings}"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().minimum_age = 3
