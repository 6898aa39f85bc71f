"""No token in any log line, whatever carries it there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOKEN = "4242424242:" + "A" * 35
OTHER = "987654321:" + "b-_9" * 9
SHORT = "777:an-odd-one"

SCRIPT = """
import logging, sys
from bot import logs

logs.start(sys.argv[1], sys.argv[2], sys.argv[3])
token, other, log = sys.argv[3], sys.argv[4], logging.getLogger("bot.somewhere")
log.info("plain %s and %d", "words", 3)
log.info("asked %s", f"https://api.telegram.org/bot{token}/getMe")
log.info(f"another's {other} and {other.replace(':', '%3A')}", stack_info=True)
log.info("wrong %d", token)
log.handle(logging.makeLogRecord({"levelno": 20, "levelname": "INFO", "msg": "a stack", "stack_info": token}))
logging.getLogger("httpx").info("HTTP Request: POST bot%s", token)
logging.getLogger("telegram.Bot").debug("an update")
try:
    try:
        raise ConnectionError(f"https://api.telegram.org/bot{token}/sendMessage")
    except ConnectionError as error:
        raise RuntimeError("sending failed") from error
except RuntimeError:
    log.exception("while talking to %s", token)
raise ValueError(f"nobody caught bot{token}")
"""


def lines(level: str, format: str, token: str) -> list[str]:
    """What a program writes that logs, fails and ends by an exception, always with the token in hand."""
    command = [sys.executable, "-c", SCRIPT, level, format, token, OTHER]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT).stderr.splitlines()


@pytest.mark.parametrize("format", ["text", "json"])
@pytest.mark.parametrize("token", [TOKEN, SHORT])
def test_no_token_is_in_any_line(format: str, token: str) -> None:
    seen = "\n".join(lines("DEBUG", format, token))
    assert token not in seen
    assert OTHER.partition(":")[2] not in seen
    assert seen.count("bot<token>") == 3
    for kept in (
        "plain words and 3",
        "sending failed",
        "ConnectionError",
        "nobody caught",
        "Stack (most recent",
    ):
        assert kept in seen


def test_chatty_libraries_are_quiet_at_debug() -> None:
    seen = "\n".join(lines("DEBUG", "text", TOKEN))
    assert "HTTP Request" not in seen
    assert "an update" not in seen


def test_json_is_one_object_a_line() -> None:
    records = [json.loads(line) for line in lines("INFO", "json", TOKEN)]
    assert [record["level"] for record in records] == ["INFO"] * 5 + ["ERROR", "CRITICAL"]
    assert records[0].keys() == {"time", "level", "logger", "message"}
    assert "ConnectionError" in records[5]["traceback"]


def test_the_level_holds() -> None:
    assert not any("plain words" in line for line in lines("WARNING", "text", TOKEN))
