"""What the documents point to is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
POINTERS = re.findall(r"`([\w/]+\.py): (\w+)`", (ROOT / "docs/map.md").read_text("utf-8"))
LINKS = [
    (page, link)
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text("utf-8"))
]


@pytest.mark.parametrize(("file", "name"), sorted(set(POINTERS)))
def test_the_map_points_to_something(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_a_link_leads_somewhere(page: Path, link: str) -> None:
    assert (page.parent / link).exists()


def test_every_setting_is_explained() -> None:
    from bot.settings import Settings

    example = (ROOT / ".env.example").read_text("utf-8")
    assert [name for name in Settings.model_fields if name.upper() not in example] == []


def test_the_conversation_is_drawn_as_it_is() -> None:
    from tools.draw_conversation import FILE, drawn

    assert FILE.read_text("utf-8") == drawn(), "python -m tools.draw_conversation"
