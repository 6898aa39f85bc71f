"""HTML that cannot be broken by what people write."""

from __future__ import annotations

from html import escape


class Html(str):
    """Text that is HTML already; every other text is escaped."""


def tag(name: str, *content: str | None, **attributes: object) -> Html:
    """An element. Underscores in attributes are hyphens; None and False are left out, True stands alone."""
    named = ((name.strip("_").replace("_", "-"), value) for name, value in attributes.items())
    given = [
        name if value is True else f'{name}="{escape(str(value))}"'
        for name, value in named
        if value not in (None, False)
    ]
    opened = f"<{' '.join([name, *given])}>"
    return Html(opened if name in ("img", "br") else f"{opened}{together(*content)}</{name}>")


def together(*content: str | None) -> Html:
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in content if part is not None))


def icon(name: str, label: str = "") -> Html:
    """A drawing of `icons.svg`; one that says something has a label."""
    use = Html(f'<use href="icons.svg#{name}"></use>')
    if label:
        return tag("svg", tag("title", label), use, class_="icon small", role="img", aria_label=label)
    return tag("svg", use, class_="icon", aria_hidden="true")
