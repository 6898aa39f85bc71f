"""Writes docs/practices.md: each practice, how it is asked for, and the message as the bot sends it.

    python -m tools.write_practices

It plays `tests/practices/*.toml` against the real bot. Of each it shows the first step that expects words, or the one
that says `shown = true`.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from tests.test_dialogs import play
from tests.test_practices import PRACTICES

PAGE = Path(__file__).parents[1] / "docs" / "practices.md"
HEAD = """# Practices

The sixty-two practices of the two articles this bot is made for, each with the conversation that proves it
(`tests/practices/`, `pytest tests/test_practices.py -k "row 6:"`) and a message as it is sent. Written by
`python -m tools.write_practices`; a test fails when it is out of date.

| # | practice | asked for, here | as sent |
| --- | --- | --- | --- |
"""
ACTS = {
    "said": "{}", "pressed": "[{}]", "replied": "{}", "edited": "{}", "waited": "*{} later*", "photo": "*a picture* {}",
    "voice": "*a voice*",
}  # fmt: skip


async def page() -> str:
    return HEAD + "".join([await row(one) for one in sorted(PRACTICES, key=lambda one: int(one["row"]))])


async def row(practice: dict[str, Any]) -> str:
    heard: list[tuple[dict[str, Any], list[str]]] = []
    with tempfile.TemporaryDirectory() as folder:
        await play(practice, f"sqlite:///{folder}/glimmers.db", lambda step, said: heard.append((step, said)))
    telling = [one for one in heard if one[1] and ("hears" in one[0] or "prompt" in one[0] or "messages" in one[0])]
    step, said = next((one for one in heard if one[0].get("shown")), telling[0])
    return f"| {practice['row']} | {cell(practice['name'])} | {cell(act(step))} | {cell(said[0])} |\n"


def act(step: dict[str, Any]) -> str:
    if step.get("waited") == "next":
        return "*what comes of itself*"
    return next(form.format(step[name]) for name, form in ACTS.items() if name in step).strip()


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n\n", "<br>").replace("\n", "<br>")


if __name__ == "__main__":
    PAGE.write_text(asyncio.run(page()), "utf-8")
