"""The shared screen of a meeting, and the keys that sign its ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0014_screen"
down_revision = "0013_meeting_room"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ticket_key",
        sa.Column("kid", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("retired_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("kid", name="pk_ticket_key"),
    )
    op.create_table(
        "screen",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=True),
        sa.Column("code_until", WHEN, nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_screen"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_screen_meeting_id_meeting"),
        sa.UniqueConstraint("code_digest", name="uq_screen_code_digest"),
        sa.CheckConstraint("(code_digest IS NULL) = (code_until IS NULL)", name=op.f("ck_screen_a_code_has_an_end")),
    )
    op.create_index(
        "uq_screen_open", "screen", ["meeting_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.execute("GRANT SELECT, INSERT ON ticket_key, screen TO sspf_app")
    op.execute("GRANT UPDATE (retired_at) ON ticket_key TO sspf_app")
    op.execute("GRANT UPDATE (ended_at, is_paused, code_digest, code_until, ticket_id) ON screen TO sspf_app")


def downgrade() -> None:
    op.drop_table("screen")
    op.drop_table("ticket_key")
