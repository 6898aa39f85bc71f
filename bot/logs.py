"""Log lines to stderr, as text or JSON, in which no token is ever seen."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import quote

WARNING, ERROR = logging.WARNING, logging.ERROR
# Some libraries print updates, or URLs with the token, at DEBUG or INFO; to APScheduler a long beat is a warning.
QUIET = dict.fromkeys(("aiohttp.access", "alembic", "httpcore", "httpx", "telegram"), WARNING) | {"apscheduler": ERROR}
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(level: str, format: str, token: str | None) -> None:
    """Log from now on. `level` is logging's name for it, `format` "text" or "json"."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format == "json" else logging.Formatter(TEXT))
    handler.addFilter(NoTokens(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    sys.excepthook = _log_what_nobody_caught


class NoTokens(logging.Filter):
    """Replaces the token, and whatever looks like one, in message, traceback and stack."""

    def __init__(self, token: str | None) -> None:
        super().__init__()
        ours = [re.escape(token), re.escape(quote(token, safe=""))] if token else []
        self._token = re.compile("|".join([*ours, r"\d{5,}(?::|%3A)[\w-]{30,}"]), re.ASCII)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._hide(_message(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = self._hide(record.exc_text)
        record.stack_info = self._hide(record.stack_info)
        return True

    def _hide(self, text: str | None) -> str | None:
        return text and self._token.sub("<token>", text)


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        trace = "\n".join(part for part in (record.exc_text, record.stack_info) if part)
        return json.dumps(line | ({"traceback": trace} if trace else {}), ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """A wrong format string must not come to logging's own report of it, which prints the bare arguments."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _log_what_nobody_caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("Ended by an error", exc_info=(kind, error, trace))
