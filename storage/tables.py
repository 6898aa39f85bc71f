"""The schema. Columns named `sealed` hold what only a data key opens; the rest is what queries need."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel


def telegram_id(**more: Any) -> Any:
    return Field(sa_column=Column(BigInteger, nullable=False, **more))


def person_id() -> Any:
    """Whose row it is; erasing the person erases it."""
    return Field(sa_column=Column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False))


def sequence() -> Any:
    """Our own order of arrival (SQLite numbers rows only in a plain INTEGER key)."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Field(default=None, sa_column=Column(kind, primary_key=True, autoincrement=True))


class Installation(SQLModel, table=True):
    """The one row that belongs to the copy itself: its key's fingerprint and the wrapped post key."""

    __tablename__: ClassVar[Any] = "installation"
    id: int = Field(primary_key=True)
    fingerprint: str
    post_key: bytes


class Person(SQLModel, table=True):
    __tablename__: ClassVar[Any] = "people"
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    version: int
    key: bytes
    consented_at: datetime
    consent_version: int
    zone: str | None = None
    paused: bool = False
    away: bool = False
    sealed: bytes


class Glimmer(SQLModel, table=True):
    __tablename__: ClassVar[Any] = "glimmers"
    __table_args__ = (
        UniqueConstraint("person_id", "message_id"),
        UniqueConstraint("person_id", "album"),
        Index("ix_glimmers_kept", "person_id", "kept_at", "message_id"),
    )
    id: str = Field(primary_key=True)
    person_id: int = person_id()
    message_id: int = telegram_id()
    album: str | None = None
    nudge_id: str | None = None
    day: date
    kept_at: datetime
    sealed: bytes


class Part(SQLModel, table=True):
    """Which glimmer each message of a person belongs to: found again by a reply, an edit, an Undo, a late picture."""

    __tablename__: ClassVar[Any] = "parts"
    __table_args__ = (Index("ix_parts_album", "person_id", "album"),)
    person_id: int = Field(sa_column=Column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True))
    message_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    album: str | None = None
    glimmer_id: str = Field(foreign_key="glimmers.id", ondelete="CASCADE", index=True)


class Reminder(SQLModel, table=True):
    __tablename__: ClassVar[Any] = "reminders"
    id: str = Field(primary_key=True)
    person_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    kind: str = "prompt"
    rule: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    sealed: bytes | None = None
    next_at: datetime | None = Field(default=None, index=True)
    next_day: date | None = None
    next_slot: str | None = None


class Note(SQLModel, table=True):
    """What a person wrote down for themselves beside glimmers; what kind it is lies sealed, too."""

    __tablename__: ClassVar[Any] = "notes"
    __table_args__ = (Index("ix_notes_person", "person_id", "id"),)
    id: str = Field(primary_key=True)
    person_id: int = person_id()
    sealed: bytes


class Nudge(SQLModel, table=True):
    """Two unique keys, so that a second nudge for one moment cannot even be written."""

    __tablename__: ClassVar[Any] = "nudges"
    __table_args__ = (
        UniqueConstraint("person_id", "reminder_id", "day", "slot"),
        UniqueConstraint("person_id", "due_at"),
        Index("ix_nudges_message", "person_id", "message_id"),
    )
    id: str = Field(primary_key=True)
    person_id: int = person_id()
    reminder_id: str
    day: date
    slot: str
    due_at: datetime
    kind: str = "prompt"
    prompt: str
    ended: str | None = None
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))


class Inbox(SQLModel, table=True):
    """What Telegram delivered. `sealed` is emptied by the turn that heard it; the ids stay against doubles."""

    __tablename__: ClassVar[Any] = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index(
            "ix_inbox_waiting",
            "person_id",
            "seq",
            sqlite_where=text("sealed IS NOT NULL AND aside = 0"),
            postgresql_where=text("sealed IS NOT NULL AND NOT aside"),
        ),
        Index("ix_inbox_received", "received_at"),
    )
    seq: int | None = sequence()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    person_id: int = telegram_id()
    received_at: datetime
    attempts: int = 0
    aside: bool = False
    sealed: bytes | None = None


class Outbox(SQLModel, table=True):
    """What the bot will say. `priority`: 0 care, 1 reply, 2 nudge. A row is deleted when its end is known."""

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__ = (
        Index("ix_outbox_head", "priority", "seq"),
        Index("ix_outbox_person", "person_id", "priority", "seq"),
        Index("ix_outbox_nudge", "nudge_id"),
    )
    seq: int | None = sequence()
    id: str
    person_id: int = telegram_id()
    priority: int
    not_before: datetime
    expires_at: datetime | None = None
    nudge_id: str | None = None
    trying: bool = False
    sealed: bytes


class Invite(SQLModel, table=True):
    """An invitation. Only hashes lie here: of the code, and of who holds it until they say yes."""

    __tablename__: ClassVar[Any] = "invites"
    code: str = Field(primary_key=True)
    made_at: datetime
    holder: str | None = None
    used_at: datetime | None = None


def table(model: type[SQLModel]) -> Table:
    return metadata.tables[str(model.__tablename__)]


metadata = SQLModel.metadata

installation = table(Installation)
people = table(Person)
glimmers = table(Glimmer)
parts = table(Part)
reminders = table(Reminder)
notes = table(Note)
nudges = table(Nudge)
inbox = table(Inbox)
outbox = table(Outbox)
invites = table(Invite)
