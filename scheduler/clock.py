"""The one clock. Only the edges read it; everything else is handed `now`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """The wall clock in UTC, moved forward by whatever it was wound."""

    def __init__(self) -> None:
        self._wound = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._wound

    def wind(self, by: timedelta) -> None:
        """Move the clock forward (playground and tests only)."""
        self._wound += by
