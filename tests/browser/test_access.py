"""Nobody is kept out: no serious finding of axe, in light and dark, on a phone and a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.chat import DESKTOP, PHONE, Chat, page_of_bot, png

pytestmark = pytest.mark.browser


def findings(chat: Chat) -> list[str]:
    """What axe holds to be serious or critical."""
    found = Axe().run(chat.page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} {node['any'][:1]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(browser: Browser, tmp_path: Path, device: dict[str, Any], scheme: str) -> None:
    with page_of_bot(browser, tmp_path, color_scheme=scheme, **device) as chat:
        assert findings(chat) == []
        chat.begin()
        chat.say("a robin")
        chat.attach("Photo or video", ("a.png", png(200, 120, 40)), ("b.png", png(40, 120, 200)), caption="our walk")
        chat.do(chat.own("a robin"), "Reply")
        chat.say("and its song", "/export")
        chat.panel("One call in five")
        chat.page.locator("#calls summary").first.click()
        chat.page.locator("#rehearsal ~ details summary").click()
        assert findings(chat) == []
        chat.panel("Fair weather")
        chat.close_panel()
        chat.field.fill("/h")
        assert findings(chat) == []
        chat.field.fill("")
        chat.own("and its song").locator(".more").click()
        assert findings(chat) == []
        chat.page.keyboard.press("Escape")
        chat.panel("Block the bot")
        chat.close_panel()
        assert findings(chat) == []
