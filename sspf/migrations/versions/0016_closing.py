"""Closing and opening again, participants without an account, and a protection that is never taken off."""

import sqlalchemy as sa
from alembic import op

revision = "0016_closing"
down_revision = "0015_plans"
branch_labels = None
depends_on = None

TABLES = ("guest", "reservation", "closing", "closing_text")

# the marking comes from Skatteverket and is nobody's here to remove; the page only ever raises it
REFUSE_UNPROTECTING = """
    CREATE FUNCTION refuse_unprotecting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what is protected stays protected';
    END
    $$
"""


def upgrade() -> None:
    op.add_column("case", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "guest",
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_guest_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_guest_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
    )
    op.create_index(op.f("ix_guest_envelope_id"), "guest", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_guest_party_id"), "guest", ["party_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("wording", sa.String(length=1000), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_reservation_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("party_id", name=op.f("uq_reservation_party_id")),
    )
    op.create_table(
        "closing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_closing_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
    )
    op.create_index(op.f("ix_closing_case_id"), "closing", ["case_id"], unique=False)
    op.create_table(
        "closing_text",
        sa.Column("closing_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["closing_id"], ["closing.id"], name=op.f("fk_closing_text_closing_id_closing")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_closing_text_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_text")),
    )
    op.create_index(op.f("ix_closing_text_closing_id"), "closing_text", ["closing_id"], unique=False)
    op.create_index(op.f("ix_closing_text_envelope_id"), "closing_text", ["envelope_id"], unique=False)

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at) ON "guest" TO sspf_app')
    op.execute('GRANT UPDATE (alias, reopened_at) ON "case" TO sspf_app')
    op.execute('GRANT UPDATE (protection) ON "person" TO sspf_app')
    op.execute(
        "CREATE TRIGGER stays_ended BEFORE UPDATE ON guest FOR EACH ROW "
        "WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) "
        "EXECUTE FUNCTION refuse_revival()"
    )
    op.execute(REFUSE_UNPROTECTING)
    op.execute(
        "CREATE TRIGGER stays_protected BEFORE UPDATE ON person FOR EACH ROW "
        "WHEN (OLD.protection <> 'none' AND NEW.protection = 'none') EXECUTE FUNCTION refuse_unprotecting()"
    )
    op.execute(
        'CREATE TRIGGER stays_protected BEFORE UPDATE ON "case" FOR EACH ROW '
        "WHEN (OLD.is_protected AND NOT NEW.is_protected) EXECUTE FUNCTION refuse_unprotecting()"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION refuse_unprotecting() CASCADE")
    op.execute('REVOKE UPDATE (protection) ON "person" FROM sspf_app')
    op.execute('REVOKE UPDATE (alias) ON "case" FROM sspf_app')
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("case", "reopened_at")
