"""What is the same for everyone in this copy of the bot, made of its settings and its content."""

from __future__ import annotations

from bot.conversation.lines import load_lines
from bot.conversation.prompts import load_library
from bot.conversation.situation import House, Operator
from bot.settings import Settings
from bot.voice import Voice

LANGUAGES = ("en",)  # the first is the house's own


def furnished(settings: Settings) -> House:
    return House(
        voices={language: Voice(language) for language in LANGUAGES},
        libraries={language: load_library(language) for language in LANGUAGES},
        lines=load_lines(),
        operator=Operator(
            name=settings.operator_name or "",
            contact=settings.operator_contact or "",
            place=settings.operator_place or "",
            authority=settings.operator_authority or "",
            privacy_url=settings.privacy_url or "",
        ),
        minimum_age=settings.minimum_age,
    )
