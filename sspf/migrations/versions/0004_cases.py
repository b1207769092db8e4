"""Municipality, organisations, people, and cases with their table."""

import sqlalchemy as sa
from alembic import op

revision = "0004_cases"
down_revision = "0003_vault"
branch_labels = None
depends_on = None

TABLES = (
    "municipality",
    "authority",
    "organisation",
    "person",
    "person_part",
    "case",
    "case_counter",
    "case_person",
    "party",
    "party_member",
    "participation",
    "case_statement",
)


def upgrade() -> None:
    op.create_table(
        "authority",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("legal_form", sa.String(32), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
    )
    op.create_table(
        "case_counter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_counter")),
        sa.UniqueConstraint("municipality_id", "year", name=op.f("uq_case_counter_municipality_id_year")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("code", name=op.f("uq_municipality_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("protection", sa.String(32), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("is_independent_branch", sa.Boolean(), nullable=False),
        sa.Column("secrecy_rule", sa.String(length=200), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_organisation_authority_id_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(op.f("ix_organisation_authority_id"), "organisation", ["authority_id"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("alias", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("coordination_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordination_id"], ["organisation.id"], name=op.f("fk_case_coordination_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("municipality_id", "reference", name=op.f("uq_case_municipality_id_reference")),
    )
    op.create_index("ix_case_list", "case", ["municipality_id", "coordination_id", "id"], unique=False)
    op.create_index("ix_case_state", "case", ["municipality_id", "coordination_id", "state", "id"], unique=False)
    op.create_index(
        "uq_case_open_alias",
        "case",
        ["municipality_id", "alias"],
        unique=True,
        postgresql_where=sa.text("state != 'closed'"),
    )
    op.create_table(
        "person_part",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("called_name", sa.LargeBinary(), nullable=True),
        sa.Column("born_in", sa.LargeBinary(), nullable=True),
        sa.Column("full_name", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("born_on", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_person_part_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_part_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_part")),
    )
    op.create_index(op.f("ix_person_part_envelope_id"), "person_part", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_person_part_person_id"), "person_part", ["person_id"], unique=False)
    op.create_table(
        "case_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_person_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_person_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_person")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_case_person_case_id_person_id")),
    )
    op.create_index(op.f("ix_case_person_person_id"), "case_person", ["person_id"], unique=False)
    op.create_table(
        "case_statement",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_statement_case_id_case")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_case_statement_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_statement")),
    )
    op.create_index(op.f("ix_case_statement_case_id"), "case_statement", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_statement_envelope_id"), "case_statement", ["envelope_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(32), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_participation_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    op.create_index("ix_participation_case_organisation", "participation", ["case_id", "organisation_id"], unique=False)
    op.create_index(op.f("ix_participation_organisation_id"), "participation", ["organisation_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_party_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_party_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("case_id", "organisation_id", name=op.f("uq_party_case_id_organisation_id")),
    )
    op.create_table(
        "party_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_member_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_member")),
        sa.UniqueConstraint("party_id", "user_id", name=op.f("uq_party_member_party_id_user_id")),
    )
    op.create_index(op.f("ix_party_member_user_id"), "party_member", ["user_id"], unique=False)

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute('GRANT UPDATE (state, version) ON "case" TO sspf_app')
    op.execute('GRANT UPDATE (last) ON "case_counter" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at) ON "party_member" TO sspf_app')
    op.execute('GRANT UPDATE (ended_at) ON "participation" TO sspf_app')
    op.execute("GRANT SELECT ON alembic_version TO sspf_app")


def downgrade() -> None:
    op.drop_table("party_member")
    op.drop_table("party")
    op.drop_table("participation")
    op.drop_table("case_statement")
    op.drop_table("case_person")
    op.drop_table("person_part")
    op.drop_table("case")
    op.drop_table("organisation")
    op.drop_table("person")
    op.drop_table("municipality")
    op.drop_table("case_counter")
    op.drop_table("authority")
    op.execute("REVOKE SELECT ON alembic_version FROM sspf_app")
