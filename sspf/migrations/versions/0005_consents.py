"""Consents, their yes-rows, and the waivers they add up to."""

import sqlalchemy as sa
from alembic import op

revision = "0005_consents"
down_revision = "0004_cases"
branch_labels = None
depends_on = None

TABLES = ("consent", "consent_row", "waiver", "waiver_consent")

# what a family has taken back, and what ended with it, never comes alive again by an update
ENDED_FOR_GOOD = ("consent", "consent_row", "waiver", "participation")
REFUSE_REVIVAL = """
    CREATE FUNCTION refuse_revival() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what has ended stays ended';
    END
    $$
"""


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("form_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("with_interpreter", sa.Boolean(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(32), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_consent_case_id_case")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_consent_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_case_id"), "consent", ["case_id"], unique=False)
    op.create_index(op.f("ix_consent_envelope_id"), "consent", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_waiver_about_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_waiver_case_id_case")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisation.id"], name=op.f("fk_waiver_recipient_id_organisation")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["organisation.id"], name=op.f("fk_waiver_source_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    op.create_index(
        "ix_waiver_in_force",
        "waiver",
        ["case_id", "source_id", "recipient_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "consent_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_row_consent_id_consent")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisation.id"], name=op.f("fk_consent_row_recipient_id_organisation")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["organisation.id"], name=op.f("fk_consent_row_source_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_row")),
    )
    op.create_index(op.f("ix_consent_row_consent_id"), "consent_row", ["consent_id"], unique=False)
    op.create_table(
        "waiver_consent",
        sa.Column("waiver_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_waiver_consent_consent_id_consent")),
        sa.ForeignKeyConstraint(["waiver_id"], ["waiver.id"], name=op.f("fk_waiver_consent_waiver_id_waiver")),
        sa.PrimaryKeyConstraint("waiver_id", "consent_id", name=op.f("pk_waiver_consent")),
    )
    op.create_index(op.f("ix_waiver_consent_consent_id"), "waiver_consent", ["consent_id"], unique=False)

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at, end_reason) ON "consent" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at) ON "consent_row" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at) ON "waiver" TO sspf_app')
    op.execute(REFUSE_REVIVAL)
    for table in ENDED_FOR_GOOD:
        op.execute(
            f"CREATE TRIGGER stays_ended BEFORE UPDATE ON {table} FOR EACH ROW "
            "WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) "
            "EXECUTE FUNCTION refuse_revival()"
        )


def downgrade() -> None:
    op.execute("DROP FUNCTION refuse_revival() CASCADE")
    op.drop_table("waiver_consent")
    op.drop_table("consent_row")
    op.drop_table("waiver")
    op.drop_table("consent")
