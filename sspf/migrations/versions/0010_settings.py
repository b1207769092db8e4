"""What a municipality decides for itself: its words, its table of ages, and who is in it."""

import sqlalchemy as sa
from alembic import op

revision = "0010_settings"
down_revision = "0009_protected_cases"
branch_labels = None
depends_on = None

TABLES = ("own_word", "age_table", "age_rule")
# of what is there already: what may be corrected, never whose it is
CHANGEABLE = {
    "municipality": ("code", "name"),
    "authority": ("name", "legal_form"),
    "organisation": ("name", "kind", "is_independent_branch", "secrecy_rule", "ended_at"),
    "user": ("not_recognised_at", "not_recognised_by"),
    "own_word": ("words",),
}


def upgrade() -> None:
    op.create_table(
        "own_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_word")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_own_word_municipality_id_name")),
    )
    op.create_table(
        "age_table",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_table")),
        sa.UniqueConstraint("municipality_id", "version", name=op.f("uq_age_table_municipality_id_version")),
    )
    op.create_table(
        "age_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("age_table_id", sa.Uuid(), nullable=False),
        sa.Column("from_age", sa.Integer(), nullable=False),
        sa.Column("guardians", sa.Boolean(), nullable=False),
        sa.Column("youth", sa.Boolean(), nullable=False),
        sa.Column("provision", sa.String(length=200), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("guardians OR youth", name=op.f("ck_age_rule_somebody_is_needed")),
        sa.CheckConstraint("from_age < 18 OR NOT guardians", name=op.f("ck_age_rule_an_adult_decides_alone")),
        sa.ForeignKeyConstraint(["age_table_id"], ["age_table.id"], name=op.f("fk_age_rule_age_table_id_age_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_rule")),
        sa.UniqueConstraint("age_table_id", "from_age", name=op.f("uq_age_rule_age_table_id_from_age")),
    )
    op.add_column("organisation", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("not_recognised_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("not_recognised_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_user_not_recognised_by_user"), "user", "user", ["not_recognised_by"], ["id"])

    for table in TABLES:
        op.execute(f'GRANT SELECT, INSERT ON "{table}" TO sspf_app')
    for table, columns in CHANGEABLE.items():
        op.execute(f'GRANT UPDATE ({", ".join(columns)}) ON "{table}" TO sspf_app')


def downgrade() -> None:
    for table, columns in CHANGEABLE.items():
        op.execute(f'REVOKE UPDATE ({", ".join(columns)}) ON "{table}" FROM sspf_app')
    op.drop_constraint(op.f("fk_user_not_recognised_by_user"), "user", type_="foreignkey")
    op.drop_column("user", "not_recognised_by")
    op.drop_column("user", "not_recognised_at")
    op.drop_column("organisation", "ended_at")
    op.drop_table("age_rule")
    op.drop_table("age_table")
    op.drop_table("own_word")
