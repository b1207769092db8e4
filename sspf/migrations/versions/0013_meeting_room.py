"""The meeting room: the family at the table, a promise that nobody records, and notes that are published."""

import sqlalchemy as sa
from alembic import op

revision = "0013_meeting_room"
down_revision = "0012_consent_forms"
branch_labels = None
depends_on = None

STAFF = ("meeting_id", "organisation_id", "name", "user_id")
ANYBODY = (*STAFF, "person_id", "guest_id")


def upgrade() -> None:
    op.add_column("meeting", sa.Column("recording_off_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("recording_off_by", sa.Uuid(), nullable=True))
    op.add_column("meeting", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("published_by", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_meeting_published_when_held"), "meeting", "published_at IS NULL OR state = 'held'"
    )

    op.add_column("attendance", sa.Column("person_id", sa.Uuid(), nullable=True))
    op.add_column("attendance", sa.Column("guest_id", sa.Uuid(), nullable=True))
    op.alter_column("attendance", "organisation_id", nullable=True)
    op.alter_column("attendance", "name", nullable=True)
    op.create_foreign_key(op.f("fk_attendance_person_id_person"), "attendance", "person", ["person_id"], ["id"])
    op.create_check_constraint(
        op.f("ck_attendance_organisation_or_family"),
        "attendance",
        "(organisation_id IS NULL) = (person_id IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_attendance_names_of_staff_alone"),
        "attendance",
        "(name IS NULL) = (person_id IS NOT NULL OR guest_id IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_attendance_one_somebody"), "attendance", "num_nonnulls(user_id, person_id, guest_id) <= 1"
    )
    op.drop_constraint(op.f("uq_attendance_meeting_id_organisation_id_name_user_id"), "attendance")
    op.create_unique_constraint(
        "uq_attendance_somebody_once", "attendance", ANYBODY, postgresql_nulls_not_distinct=True
    )

    op.create_table(
        "meeting_note",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_meeting_note_case_id_case")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_meeting_note_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_note_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["meeting_note.id"], name=op.f("fk_meeting_note_replaces_id_meeting_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_note")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_meeting_note_replaces_id")),
    )
    op.create_index(op.f("ix_meeting_note_case_id"), "meeting_note", ["case_id"], unique=False)
    op.create_index(op.f("ix_meeting_note_envelope_id"), "meeting_note", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_meeting_note_meeting_id"), "meeting_note", ["meeting_id"], unique=False)
    # a case has one chain of notes a meeting: the first of it replaces nothing
    op.create_index(
        "uq_meeting_note_first",
        "meeting_note",
        ["meeting_id", "case_id"],
        unique=True,
        postgresql_where=sa.text("replaces_id IS NULL"),
    )

    op.execute('GRANT SELECT, INSERT ON "meeting_note" TO sspf_app')
    op.execute('GRANT UPDATE (recording_off_at, recording_off_by, published_at, published_by) ON "meeting" TO sspf_app')
    op.execute('GRANT UPDATE (position) ON "agenda_item" TO sspf_app')


def downgrade() -> None:
    op.execute('REVOKE UPDATE (position) ON "agenda_item" FROM sspf_app')
    op.drop_table("meeting_note")
    # family and guests have no place in the list as it was
    op.execute("DELETE FROM attendance WHERE person_id IS NOT NULL OR guest_id IS NOT NULL")
    op.drop_constraint("uq_attendance_somebody_once", "attendance")
    op.drop_constraint(op.f("ck_attendance_one_somebody"), "attendance")
    op.drop_constraint(op.f("ck_attendance_names_of_staff_alone"), "attendance")
    op.drop_constraint(op.f("ck_attendance_organisation_or_family"), "attendance")
    op.drop_column("attendance", "guest_id")
    op.drop_column("attendance", "person_id")
    op.alter_column("attendance", "name", nullable=False)
    op.alter_column("attendance", "organisation_id", nullable=False)
    op.create_unique_constraint(
        op.f("uq_attendance_meeting_id_organisation_id_name_user_id"),
        "attendance",
        STAFF,
        postgresql_nulls_not_distinct=True,
    )
    op.drop_constraint(op.f("ck_meeting_published_when_held"), "meeting")
    for name in ("published_by", "published_at", "recording_off_by", "recording_off_at"):
        op.drop_column("meeting", name)
