"""Contacts about a worry, before any case; and the case that one of them became."""

import sqlalchemy as sa
from alembic import op

revision = "0011_concerns"
down_revision = "0010_settings"
branch_labels = None
depends_on = None

TABLES = (
    "concern_kind",
    "concern",
    "concern_counter",
    "concern_person",
    "concern_account",
    "concern_weighing",
    "concern_advice",
    "concern_yes",
)

# The words that a municipality begins with, and whether the guardians may be the danger.
FIRST_KINDS = (
    ("Frånvaro", False),
    ("Riskmiljö", False),
    ("Droger", False),
    ("Spel om pengar", False),
    ("Våld", False),
    ("Våld i nära relation", True),
    ("Heder", True),
    ("Hot om rekrytering", False),
    ("Utsatthet", False),
    ("Psykisk ohälsa", False),
    ("Annat", False),
)


def upgrade() -> None:
    op.create_table(
        "concern_kind",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("warns", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_kind")),
    )
    op.create_table(
        "concern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("kind_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("coordination_id", sa.Uuid(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("identity_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inform_by", sa.Date(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("informed_way", sa.String(32), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordination_id"], ["organisation.id"], name=op.f("fk_concern_coordination_id_organisation")
        ),
        sa.ForeignKeyConstraint(["kind_id"], ["concern_kind.id"], name=op.f("fk_concern_kind_id_concern_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_concern_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("municipality_id", "reference", name=op.f("uq_concern_municipality_id_reference")),
    )
    op.create_index(
        "ix_concern_coordination", "concern", ["municipality_id", "coordination_id", "state", "id"], unique=False
    )
    op.create_index(op.f("ix_concern_identity_until"), "concern", ["identity_until"], unique=False)
    op.create_index("ix_concern_registered_by", "concern", ["registered_by", "id"], unique=False)
    op.create_table(
        "concern_counter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_counter")),
        sa.UniqueConstraint("municipality_id", "year", name=op.f("uq_concern_counter_municipality_id_year")),
    )
    op.create_table(
        "concern_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_person_concern_id_concern")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_concern_person_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_person")),
        sa.UniqueConstraint("concern_id", "person_id", name=op.f("uq_concern_person_concern_id_person_id")),
    )
    op.create_index(op.f("ix_concern_person_person_id"), "concern_person", ["person_id"], unique=False)
    op.create_table(
        "concern_account",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=False),
        sa.Column("basis", sa.LargeBinary(), nullable=False),
        sa.Column("age", sa.LargeBinary(), nullable=True),
        sa.Column("stage", sa.LargeBinary(), nullable=True),
        sa.Column("area", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_account_concern_id_concern")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_concern_account_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_account")),
    )
    op.create_index(op.f("ix_concern_account_concern_id"), "concern_account", ["concern_id"], unique=False)
    op.create_index(op.f("ix_concern_account_envelope_id"), "concern_account", ["envelope_id"], unique=False)
    op.create_table(
        "concern_weighing",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("suspicion", sa.LargeBinary(), nullable=False),
        sa.Column("is_made", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_weighing_concern_id_concern")),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelope.id"], name=op.f("fk_concern_weighing_envelope_id_envelope")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_weighing")),
    )
    op.create_index(op.f("ix_concern_weighing_concern_id"), "concern_weighing", ["concern_id"], unique=False)
    op.create_index(op.f("ix_concern_weighing_envelope_id"), "concern_weighing", ["envelope_id"], unique=False)
    op.create_table(
        "concern_advice",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("advice", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_advice_concern_id_concern")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_concern_advice_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_advice")),
    )
    op.create_index(op.f("ix_concern_advice_concern_id"), "concern_advice", ["concern_id"], unique=False)
    op.create_index(op.f("ix_concern_advice_envelope_id"), "concern_advice", ["envelope_id"], unique=False)
    op.create_table(
        "concern_yes",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.LargeBinary(), nullable=False),
        sa.Column("said_to", sa.LargeBinary(), nullable=False),
        sa.Column("said_on", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_yes_concern_id_concern")),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_concern_yes_envelope_id_envelope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_yes")),
    )
    op.create_index(op.f("ix_concern_yes_concern_id"), "concern_yes", ["concern_id"], unique=False)
    op.create_index(op.f("ix_concern_yes_envelope_id"), "concern_yes", ["envelope_id"], unique=False)
    op.add_column("case", sa.Column("concern_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_case_concern_id_concern"), "case", "concern", ["concern_id"], ["id"])
    op.create_unique_constraint(op.f("uq_case_concern_id"), "case", ["concern_id"])

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    op.execute("GRANT UPDATE (label, position, warns, ended_at) ON concern_kind TO sspf_app")
    op.execute("GRANT UPDATE (last) ON concern_counter TO sspf_app")
    op.execute(
        "GRANT UPDATE (state, identity_until, identified_at, erased_at, inform_by, informed_on, informed_way)"
        " ON concern TO sspf_app"
    )
    _add_first_kinds()


def _add_first_kinds() -> None:
    """For a municipality that is there already; a new one gets them when it is added."""
    add = sa.text(
        "INSERT INTO concern_kind (id, municipality_id, label, position, warns)"
        " SELECT gen_random_uuid(), id, :label, :position, :warns FROM municipality"
    )
    for position, (label, warns) in enumerate(FIRST_KINDS, start=1):
        op.execute(add.bindparams(label=label, position=position, warns=warns))


def downgrade() -> None:
    op.drop_column("case", "concern_id")
    for table in reversed(TABLES):
        op.drop_table(table)
