"""The vault: envelopes, disclosures and the keys under keys."""

import sqlalchemy as sa
from alembic import op

revision = "0003_vault"
down_revision = "0002_auth"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)

# Nothing here is ever changed. What may be deleted is keys: the end of a ground, and erasure.
GRANTS = """
    GRANT SELECT, INSERT ON erasure_unit, organisation_key, sealer_key TO sspf_app;
    GRANT SELECT, INSERT ON envelope, disclosure, disclosure_rests_on, disclosure_end TO sspf_app;
    GRANT SELECT, INSERT, DELETE ON unit_secret, wrapped_key TO sspf_app;
"""


def upgrade() -> None:
    op.create_table(
        "erasure_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_unit"),
        sa.UniqueConstraint(
            "kind",
            "subject_id",
            "authority_id",
            name="uq_erasure_unit_kind_subject_id_authority_id",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_erasure_unit_subject_id", "erasure_unit", ["subject_id"])
    op.create_table(
        "unit_secret",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_unit_secret"),
        sa.ForeignKeyConstraint(["unit_id"], ["erasure_unit.id"], name="fk_unit_secret_unit_id_erasure_unit"),
    )
    op.create_table(
        "organisation_key",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "version", name="pk_organisation_key"),
    )
    op.create_table(
        "sealer_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealer_key"),
        sa.UniqueConstraint("name", "version", name="uq_sealer_key_name_version"),
    )
    op.create_table(
        "envelope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about_kind", sa.String(32), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_at", WHEN, nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_envelope"),
        sa.ForeignKeyConstraint(["unit_id"], ["erasure_unit.id"], name="fk_envelope_unit_id_erasure_unit"),
        sa.ForeignKeyConstraint(["replaces_id"], ["envelope.id"], name="fk_envelope_replaces_id_envelope"),
        sa.UniqueConstraint("replaces_id", name="uq_envelope_replaces_id"),
    )
    op.create_index("ix_envelope_unit_id", "envelope", ["unit_id"])
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(32), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(64), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.Column("valid_from", WHEN, nullable=False),
        sa.Column("valid_until", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name="fk_disclosure_envelope_id_envelope"),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from < valid_until", name=op.f("ck_disclosure_ends_after_it_begins")
        ),
    )
    op.create_index("ix_disclosure_envelope_id_organisation_id", "disclosure", ["envelope_id", "organisation_id"])
    op.create_table(
        "disclosure_rests_on",
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("disclosure_id", "record_id", name="pk_disclosure_rests_on"),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name="fk_disclosure_rests_on_disclosure_id_disclosure"
        ),
    )
    op.create_index("ix_disclosure_rests_on_record_id", "disclosure_rests_on", ["record_id"])
    op.create_table(
        "disclosure_end",
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", WHEN, nullable=False),
        sa.Column("ended_by", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("disclosure_id", name="pk_disclosure_end"),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name="fk_disclosure_end_disclosure_id_disclosure"
        ),
    )
    op.create_table(
        "wrapped_key",
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("disclosure_id", name="pk_wrapped_key"),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name="fk_wrapped_key_disclosure_id_disclosure"),
    )
    op.execute(GRANTS)


def downgrade() -> None:
    for table in (
        "wrapped_key",
        "disclosure_end",
        "disclosure_rests_on",
        "disclosure",
        "envelope",
        "sealer_key",
        "organisation_key",
        "unit_secret",
        "erasure_unit",
    ):
        op.drop_table(table)
