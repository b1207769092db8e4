"""The municipality's form, version by version, and consents given by word of mouth."""

import sqlalchemy as sa
from alembic import op

revision = "0012_consent_forms"
down_revision = "0011_concerns"
branch_labels = None
depends_on = None

TABLES = ("consent_form", "consent_form_party", "consent_form_row")

# said to somebody, and gone after the fourteenth day unless a signed paper takes its place
SPOKEN = (
    "way <> 'spoken' OR (told_to IS NOT NULL"
    " AND valid_until <= (given_on + 15)::timestamp AT TIME ZONE 'Europe/Stockholm')"
)


def upgrade() -> None:
    op.create_table(
        "consent_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_form")),
        sa.UniqueConstraint("municipality_id", "version", name=op.f("uq_consent_form_municipality_id_version")),
    )
    op.create_table(
        "consent_form_party",
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["consent_form.id"], name=op.f("fk_consent_form_party_form_id_consent_form")
        ),
        sa.PrimaryKeyConstraint("form_id", "kind", name=op.f("pk_consent_form_party")),
    )
    op.create_table(
        "consent_form_row",
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("recipient", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["consent_form.id"], name=op.f("fk_consent_form_row_form_id_consent_form")
        ),
        sa.PrimaryKeyConstraint("form_id", "source", "recipient", "kind", name=op.f("pk_consent_form_row")),
    )
    op.add_column("consent", sa.Column("told_to", sa.Uuid(), nullable=True))
    op.create_check_constraint("spoken_ends", "consent", SPOKEN)
    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at) ON "consent_form" TO sspf_app')
    op.execute(
        "CREATE TRIGGER stays_ended BEFORE UPDATE ON consent_form FOR EACH ROW "
        "WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) "
        "EXECUTE FUNCTION refuse_revival()"
    )


def downgrade() -> None:
    op.drop_constraint("spoken_ends", "consent", type_="check")
    op.drop_column("consent", "told_to")
    op.drop_table("consent_form_row")
    op.drop_table("consent_form_party")
    op.drop_table("consent_form")
