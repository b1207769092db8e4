"""Meetings, their agendas, who was there, and what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0008_meetings"
down_revision = "0007_plans"
branch_labels = None
depends_on = None

TABLES = ("meeting", "agenda_item", "attendance", "decision")


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("coordination_id", sa.Uuid(), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'held') = (ended_at IS NOT NULL)", name=op.f("ck_meeting_ended_at_some_time")),
        sa.CheckConstraint(
            "(state IN ('ongoing', 'held')) = (began_at IS NOT NULL)", name=op.f("ck_meeting_began_at_some_time")
        ),
        sa.ForeignKeyConstraint(
            ["coordination_id"], ["organisation.id"], name=op.f("fk_meeting_coordination_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(
        "ix_meeting_list", "meeting", ["municipality_id", "coordination_id", "starts_at", "id"], unique=False
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_agenda_item_case_id_case")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "case_id", name=op.f("uq_agenda_item_meeting_id_case_id")),
    )
    op.create_index(op.f("ix_agenda_item_case_id"), "agenda_item", ["case_id"], unique=False)
    op.create_index(
        "uq_agenda_item_current",
        "agenda_item",
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("state = 'current'"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("presence", sa.String(32), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_attendance_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "meeting_id",
            "organisation_id",
            "name",
            "user_id",
            name=op.f("uq_attendance_meeting_id_organisation_id_name_user_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "decision",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id_case")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_decision_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["replaces_id"], ["decision.id"], name=op.f("fk_decision_replaces_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_decision_replaces_id")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_index(op.f("ix_decision_envelope_id"), "decision", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_decision_meeting_id"), "decision", ["meeting_id"], unique=False)

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute(
        'GRANT UPDATE (leader_id, state, starts_at, place, began_at, ended_at, version) ON "meeting" TO sspf_app'
    )
    op.execute('GRANT UPDATE (state, next_date), DELETE ON "agenda_item" TO sspf_app')
    op.execute('GRANT UPDATE (presence, came_at) ON "attendance" TO sspf_app')
    op.execute('GRANT UPDATE (removed_at) ON "decision" TO sspf_app')


def downgrade() -> None:
    op.drop_table("decision")
    op.drop_table("attendance")
    op.drop_table("agenda_item")
    op.drop_table("meeting")
