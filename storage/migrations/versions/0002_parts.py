"""Every message of a glimmer can be found, not only the one that began it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "parts",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("album", AutoString(), nullable=True),
        sa.Column("glimmer_id", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["glimmer_id"], ["glimmers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "message_id"),
    )
    op.create_index("ix_parts_album", "parts", ["person_id", "album"], unique=False)
    op.create_index(op.f("ix_parts_glimmer_id"), "parts", ["glimmer_id"], unique=False)
    # The other messages of an album lie sealed in its glimmer; until it changes they are found by the album.
    op.execute(
        "INSERT INTO parts (person_id, message_id, album, glimmer_id)"
        " SELECT person_id, message_id, album, id FROM glimmers"
    )
