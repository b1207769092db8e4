"""Who visits a meeting without an account is sealed. Names that stood in the open are erased; that one came stays."""

import sqlalchemy as sa
from alembic import op

revision = "0019_visitors"
down_revision = "0018_corrections"
branch_labels = None
depends_on = None

BEFORE = ("meeting_id", "organisation_id", "name", "user_id", "person_id", "guest_id")
AFTER = ("meeting_id", "organisation_id", "user_id", "person_id", "guest_id", "visitor_id")


def upgrade() -> None:
    op.create_table(
        "visitor",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_visitor_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_visitor_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
    )
    op.create_index(op.f("ix_visitor_envelope_id"), "visitor", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_visitor_meeting_id"), "visitor", ["meeting_id"], unique=False)
    op.execute('GRANT SELECT, INSERT ON "visitor" TO sspf_app')

    op.drop_constraint(op.f("ck_attendance_names_of_staff_alone"), "attendance")
    op.drop_constraint(op.f("ck_attendance_one_somebody"), "attendance")
    op.drop_constraint("uq_attendance_somebody_once", "attendance")
    op.add_column("attendance", sa.Column("visitor_id", sa.Uuid(), nullable=True))
    op.execute(
        "UPDATE attendance SET visitor_id = gen_random_uuid()"
        " WHERE user_id IS NULL AND person_id IS NULL AND guest_id IS NULL"
    )
    # Written anew rather than changed in place: an updated row's old name would lie in the table's file.
    op.alter_column(
        "attendance", "name", type_=sa.String(120), postgresql_using="CASE WHEN visitor_id IS NULL THEN name END"
    )
    op.create_check_constraint(
        op.f("ck_attendance_names_of_users_alone"), "attendance", "(name IS NULL) = (user_id IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_attendance_one_somebody"), "attendance", "num_nonnulls(user_id, person_id, guest_id, visitor_id) = 1"
    )
    op.create_unique_constraint("uq_attendance_somebody_once", "attendance", AFTER, postgresql_nulls_not_distinct=True)


def downgrade() -> None:
    # a visitor's name is sealed, and has no place in the list as it was
    op.execute("DELETE FROM attendance WHERE visitor_id IS NOT NULL")
    op.drop_constraint("uq_attendance_somebody_once", "attendance")
    op.drop_constraint(op.f("ck_attendance_one_somebody"), "attendance")
    op.drop_constraint(op.f("ck_attendance_names_of_users_alone"), "attendance")
    op.drop_column("attendance", "visitor_id")
    op.create_unique_constraint("uq_attendance_somebody_once", "attendance", BEFORE, postgresql_nulls_not_distinct=True)
    op.create_check_constraint(
        op.f("ck_attendance_one_somebody"), "attendance", "num_nonnulls(user_id, person_id, guest_id) <= 1"
    )
    op.create_check_constraint(
        op.f("ck_attendance_names_of_staff_alone"),
        "attendance",
        "(name IS NULL) = (person_id IS NOT NULL OR guest_id IS NOT NULL)",
    )
    op.drop_table("visitor")
