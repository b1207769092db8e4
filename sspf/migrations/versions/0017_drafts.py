"""What somebody has chosen for their own pages, and what they have typed and not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0017_drafts"
down_revision = "0016_closing"
branch_labels = None
depends_on = None

CHOSEN = ("language", "theme", "shortcuts")


WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("user", sa.Column("language", sa.String(8), nullable=True))
    op.add_column("user", sa.Column("theme", sa.String(8), nullable=True))
    op.add_column("user", sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.alter_column("user", "shortcuts", server_default=None)
    op.execute(f'GRANT UPDATE ({", ".join(CHOSEN)}) ON "user" TO sspf_app')
    op.create_table(
        "draft",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.String(300), nullable=False),
        sa.Column("sent_to", sa.String(300), nullable=False),
        sa.Column("saved_at", WHEN, nullable=False),
        sa.Column("until", WHEN, nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_draft_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "user_id", "organisation_id", "sent_to", name=op.f("uq_draft_user_id_organisation_id_sent_to")
        ),
    )
    op.create_index(op.f("ix_draft_envelope_id"), "draft", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_draft_until"), "draft", ["until"], unique=False)
    # kept for a day and then gone, or sooner: never changed
    op.execute("GRANT SELECT, INSERT, DELETE ON draft TO sspf_app")


def downgrade() -> None:
    op.drop_table("draft")
    for column in reversed(CHOSEN):
        op.drop_column("user", column)
