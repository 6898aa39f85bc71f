"""How well plain words are understood: the labelled messages of `tests/corpus`, and corpora beside the project.

    python -m tools.measure_words [--errors] [--kind KIND] [--blind]

A third of the messages in `OURS` is blind, and all of `HELD_OUT`: counted, not learned from, and not shown unless asked
for. "none" stands for anything that is no cry for help.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.understanding.understand import understand

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
HELD_OUT = "held_out"
ROUNDS = sorted(path.stem for path in CORPUS.glob("round*.jsonl") if not path.stem.startswith("round2"))
OURS = ("reminders", "recall", "care", "care2", "moments", "moments2", "hard_days", *ROUNDS, HELD_OUT)
FILES = (
    "own",
    *OURS,
    "round2_a",
    "round2_b",
    "everyday",
    "moments3",
    "moments4",
    "moments5",
    *(f"ext_{kind}" for kind in ("reminders", "recall", "intents", "glimmers", "crisis")),
)
SHARED = ROOT.parent / "shared" / "corpus"
ALL_SLOTS = ("change_reminder", "stop_reminder", "pause", "snooze", "timezone")
INSIDE = {  # hours that count as a part of the day
    "morning": (4, 12),
    "breakfast": (5, 11),
    "lunch": (11, 15),
    "after_lunch": (12, 16),
    "afternoon": (12, 18),
    "after_work": (15, 21),
    "evening": (17, 24),
    "night": (18, 25),
    "bedtime": (19, 25),
}

Record = dict[str, Any]


def records(name: str, blind: bool | None = None) -> list[Record]:
    """The messages of one file; of our own only the blind third, or only the rest, if asked."""
    path = CORPUS / f"{name}.jsonl"
    path = path if path.exists() else SHARED / f"{name}.jsonl"
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return found if blind is None else [record for record in found if is_blind(record, name) == blind]


def is_blind(record: Record, name: str) -> bool:
    return name == HELD_OUT or sha256(record["id"].encode()).digest()[0] % 3 == 0


def said(record: Record) -> Record:
    zone = ZoneInfo(record["tz"])
    now = datetime.fromisoformat(record["now"]).replace(tzinfo=zone)
    return understand(record["text"], now, record["tz"]).as_json()


def readings(record: Record) -> Iterator[tuple[str, Any]]:
    """The right one, and all that count as right."""
    yield record["kind"], record["expected"]
    for other in record.get("accept") or []:
        if record["kind"] != "crisis" or other["kind"] == "crisis":
            yield other["kind"], other["expected"]


def intent_fits(record: Record, got: Record) -> bool:
    return got["intent"] in {kind for kind, _ in readings(record)}


def slots_fit(record: Record, got: Record) -> bool:
    if record["kind"] == "none":
        return bool(got["intent"] != "crisis")
    return any(got["intent"] == kind and same(kind, want, got["slots"]) for kind, want in readings(record))


def same(kind: str, want: Any, got: dict[str, Any]) -> bool:
    if want is None or kind == "crisis":
        return True
    if kind == "recall":
        return plain_recall(want) == plain_recall(got)
    if kind == "set_reminder":
        return parts_fit(filled(want), filled(got))
    return filled(want) == filled(got)


def filled(slots: dict[str, Any]) -> dict[str, Any]:
    left = {name: value for name, value in slots.items() if value not in (None, [], "")}
    for name in ("days", "parts", "exclude_days", "add_days"):
        if isinstance(left.get(name), list):
            left[name] = sorted(left[name])
    return left


def parts_fit(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Equal, where a time on the clock inside a wanted part of the day counts as it."""
    if "parts" in want and "parts" not in got:
        inside = all(any(within(at, part) for at in got.get("times", [])) for part in want["parts"])
        extra = [at for at in got.get("times", []) if at not in want.get("times", [])]
        if inside and len(extra) == len(want["parts"]):
            return {**want, "parts": None, "times": None} == {**got, "parts": None, "times": None}
    return want == got


def within(at: str, part: str) -> bool:
    hour = int(at[:2]) + int(at[3:]) / 60
    first, last = INSIDE[part]
    return first <= hour < last or first <= hour + 24 < last


def plain_recall(slots: dict[str, Any]) -> tuple[Any, ...]:
    about = slots.get("about")
    words = frozenset(singular(word) for word in re.findall(r"[\w']+", (about or "").lower())) - SMALL
    return slots.get("start"), slots.get("end"), words, slots.get("pick"), slots.get("limit")


SMALL = frozenset("a an the my our your his her their of".split())


def singular(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def share(fits: list[bool]) -> str:
    return f"{sum(fits)}/{len(fits)} {100 * sum(fits) / len(fits):.1f} %" if fits else "–"


def measure(name: str, rows: list[Record], show: bool, kind: str | None) -> None:
    if not rows:
        return
    pairs = [(record, said(record)) for record in rows]
    print(f"\n{name} ({len(rows)})")
    for column, fits in sorted(table(pairs).items()):
        print(f"  {column:24} {share(fits)}")
    for record, got in pairs if show else ():
        if (kind is None or record["kind"] == kind) and not slots_fit(record, got):
            print(f"    {record['kind']}: {record['text']!r} [{record['now'][:16]} {record['tz']}]")
            print(f"        wanted {record['expected']}\n        read as {got}")


def table(pairs: list[tuple[Record, Record]]) -> dict[str, list[bool]]:
    """Whether each message was read right, by what is asked of it."""
    columns: dict[str, list[bool]] = defaultdict(list)
    for record, got in pairs:
        for column, fits in judged(record, got):
            columns[column].append(fits)
    return columns


def judged(record: Record, got: Record) -> Iterator[tuple[str, bool]]:
    kind, fits = record["kind"], intent_fits(record, got)
    if kind == "none":
        yield "care not cried", got["intent"] != "crisis"
        return
    yield "intent", fits
    if kind == "crisis":
        yield f"care found {(record['expected'] or {}).get('level', '')}", got["intent"] == "crisis"
    else:
        yield "care not cried", got["intent"] != "crisis" or fits
    if kind == "glimmer":
        yield "glimmers safe", fits
    if record["expected"] is not None and kind != "crisis":
        yield "slots of the five" if kind in ALL_SLOTS else f"slots {kind}", slots_fit(record, got)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", action="store_true", help="list what was read wrong")
    options.add_argument("--blind", action="store_true", help="list the blind third, too")
    options.add_argument("--kind", help="list only this kind")
    options.add_argument("--files", nargs="*", default=None)
    asked = options.parse_args()
    for name in asked.files or FILES:
        if name in OURS:
            measure(f"{name}, seen", records(name, blind=False), asked.errors, asked.kind)
            measure(f"{name}, blind", records(name, blind=True), asked.blind, asked.kind)
        else:
            measure(name, records(name), asked.errors, asked.kind)


if __name__ == "__main__":
    main()
