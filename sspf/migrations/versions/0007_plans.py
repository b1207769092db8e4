"""Actions, what they say and what has become of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007_plans"
down_revision = "0006_notes"
branch_labels = None
depends_on = None

TABLES = ("action", "action_text", "action_event")
# what an action says and has said, when it was made and by whom, is not among them
CHANGEABLE = (
    "organisation_id",
    "user_id",
    "is_family",
    "due_on",
    "status",
    "changed_at",
    "changed_by",
    "done_at",
    "done_by",
    "version",
)


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("is_family", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name=op.f("ck_action_done_at_some_time")),
        sa.CheckConstraint("is_family = (organisation_id IS NULL)", name=op.f("ck_action_one_responsible")),
        sa.CheckConstraint(
            "user_id IS NULL OR organisation_id IS NOT NULL", name=op.f("ck_action_person_of_organisation")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_action_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_action_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_case_id"), "action", ["case_id"], unique=False)
    op.create_index(
        "ix_action_to_do",
        "action",
        ["organisation_id", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("status IN ('open', 'postponed')"),
    )
    op.create_table(
        "action_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.String(32), nullable=False),
        sa.Column("status_before", sa.String(32), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_event_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_event")),
    )
    op.create_index(op.f("ix_action_event_action_id"), "action_event", ["action_id"], unique=False)
    op.create_table(
        "action_text",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_text_action_id_action")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_action_text_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_text")),
    )
    op.create_index(op.f("ix_action_text_action_id"), "action_text", ["action_id"], unique=False)
    op.create_index(op.f("ix_action_text_envelope_id"), "action_text", ["envelope_id"], unique=False)

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute(f'GRANT UPDATE ({", ".join(CHANGEABLE)}) ON "action" TO sspf_app')


def downgrade() -> None:
    op.drop_table("action_text")
    op.drop_table("action_event")
    op.drop_table("action")
