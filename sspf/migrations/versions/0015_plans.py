"""The goal of a case, and what is told, said and reported about its actions."""

import sqlalchemy as sa
from alembic import op

revision = "0015_plans"
down_revision = "0014_screen"
branch_labels = None
depends_on = None

TABLES = ("goal", "action_report", "action_detail", "action_comment")


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        *_sealed("goal"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_goal_case_id_case")),
        sa.ForeignKeyConstraint(["replaces_id"], ["goal.id"], name=op.f("fk_goal_replaces_id_goal")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_goal_replaces_id")),
    )
    op.create_index(op.f("ix_goal_case_id"), "goal", ["case_id"], unique=False)
    op.create_table(
        "action_report",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("teller", sa.LargeBinary(), nullable=False),
        *_sealed("action_report"),
        sa.ForeignKeyConstraint(["event_id"], ["action_event.id"], name=op.f("fk_action_report_event_id_action_event")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_action_report_organisation_id_organisation")
        ),
        sa.UniqueConstraint("event_id", name=op.f("uq_action_report_event_id")),
    )
    op.create_table(
        "action_detail",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        *_sealed("action_detail"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_detail_action_id_action")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["action_detail.id"], name=op.f("fk_action_detail_replaces_id_action_detail")
        ),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_action_detail_replaces_id")),
    )
    op.create_index(op.f("ix_action_detail_action_id"), "action_detail", ["action_id"], unique=False)
    op.create_table(
        "action_comment",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        *_sealed("action_comment"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_comment_action_id_action")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_action_comment_organisation_id_organisation")
        ),
    )
    op.create_index(op.f("ix_action_comment_action_id"), "action_comment", ["action_id"], unique=False)

    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_envelope_id"), table, ["envelope_id"], unique=False)
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute('GRANT UPDATE (removed_at) ON "action_comment" TO sspf_app')


def _sealed(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    """What every table with sealed columns has."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f(f"fk_{table}_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
