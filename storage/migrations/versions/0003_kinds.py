"""Reminders of several kinds: questions, a person's own words, letters."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("reminders", sa.Column("kind", AutoString(), nullable=False, server_default="prompt"))
    op.add_column("reminders", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("nudges", sa.Column("kind", AutoString(), nullable=False, server_default="prompt"))
