"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("bot_id", "update_id"),
    )
    op.create_index("ix_inbox_received", "inbox", ["received_at"], unique=False)
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["person_id", "seq"],
        unique=False,
        sqlite_where=sa.text("sealed IS NOT NULL AND aside = 0"),
        postgresql_where=sa.text("sealed IS NOT NULL AND NOT aside"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column("post_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "invites",
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("holder", AutoString(), nullable=True),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("nudge_id", AutoString(), nullable=True),
        sa.Column("trying", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_outbox_head", "outbox", ["priority", "seq"], unique=False)
    op.create_index("ix_outbox_nudge", "outbox", ["nudge_id"], unique=False)
    op.create_index("ix_outbox_person", "outbox", ["person_id", "priority", "seq"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("consented_at", UTCDateTime(), nullable=False),
        sa.Column("consent_version", sa.Integer(), nullable=False),
        sa.Column("zone", AutoString(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "glimmers",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", AutoString(), nullable=True),
        sa.Column("nudge_id", AutoString(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "album"),
        sa.UniqueConstraint("person_id", "message_id"),
    )
    op.create_index("ix_glimmers_kept", "glimmers", ["person_id", "kept_at", "message_id"], unique=False)
    op.create_table(
        "nudges",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("reminder_id", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", AutoString(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("prompt", AutoString(), nullable=False),
        sa.Column("ended", AutoString(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "due_at"),
        sa.UniqueConstraint("person_id", "reminder_id", "day", "slot"),
    )
    op.create_index("ix_nudges_message", "nudges", ["person_id", "message_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.Column("next_day", sa.Date(), nullable=True),
        sa.Column("next_slot", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reminders_next_at"), "reminders", ["next_at"], unique=False)
    op.create_index(op.f("ix_reminders_person_id"), "reminders", ["person_id"], unique=False)
