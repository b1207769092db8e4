"""The trail: logs, leaves, what stands beside them, and the triggers that let it only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0001_audit"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("audit_entry_subject", "audit_entry_facts", "audit_leaf", "audit_log")

# SHA-256 of nothing: the root of a tree without leaves
SYSTEM_LOG = r"""
    INSERT INTO audit_log (id, origin, size, frontier, root) VALUES (
        '00000000-0000-7000-8000-000000000001', 'sspf/system', 0, ''::bytea, sha256(''::bytea)
    )
"""

GRANTS = """
    GRANT SELECT, INSERT ON audit_log, audit_leaf, audit_entry_facts, audit_entry_subject TO sspf_app;
    GRANT UPDATE (size, frontier, root, last_at) ON audit_log TO sspf_app;
"""

FUNCTIONS = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the trail only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION audit_log_moves_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.size <> 0 OR NEW.frontier <> ''::bytea OR NEW.root <> sha256(''::bytea) OR NEW.last_at IS NOT NULL THEN
            RAISE EXCEPTION 'a log begins empty' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.id <> OLD.id OR NEW.size < OLD.size OR NEW.last_at < OLD.last_at
        OR (NEW.last_at IS NULL AND OLD.last_at IS NOT NULL)
        OR (NEW.size = OLD.size AND (NEW.root, NEW.frontier) IS DISTINCT FROM (OLD.root, OLD.frontier)) THEN
        RAISE EXCEPTION 'the head of a log only moves forward' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Erases one subject of one entry. At commit there must be an entry trail:redacted, of the same transaction, that
-- names it. EXECUTE is granted to nobody yet: erasure belongs to whoever owns the trail.
CREATE FUNCTION audit_redact_subject(log uuid, entry bigint, place bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('audit.redacting', concat_ws('/', log, entry, place), true);
    DELETE FROM public.audit_entry_subject AS subject
        WHERE subject.log_id = log AND subject.seq = entry AND subject.position = place;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % has no subject % to erase', entry, place USING ERRCODE = 'no_data_found';
    END IF;
    PERFORM set_config('audit.redacting', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION audit_redact_subject(uuid, bigint, bigint) FROM PUBLIC;

-- Not a wall against the owner, who could drop it, but against a DELETE written in haste.
CREATE FUNCTION audit_only_redact() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('audit.redacting', true) IS DISTINCT FROM concat_ws('/', OLD.log_id, OLD.seq, OLD.position) THEN
        RAISE EXCEPTION 'a subject is erased by audit_redact_subject only' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.redacts_seq IS NOT NULL THEN
        RAISE EXCEPTION 'what an erasure says it erased is never erased' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

-- Of whatever was erased: an entry of the same transaction says so.
CREATE FUNCTION audit_erasure_is_recorded() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM public.audit_entry_subject AS subject
        WHERE subject.log_id = OLD.log_id AND subject.redacts_seq = OLD.seq AND subject.redacts_position = OLD.position
            AND subject.xmin = pg_current_xact_id()::xid;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'subject % of entry % was erased without an entry that says so', OLD.position, OLD.seq
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- Of whatever an entry says it erased: the entry is a trail:redacted, and the subject was there and is gone.
CREATE FUNCTION audit_recorded_is_erased() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM public.audit_leaf AS target
        JOIN public.audit_entry_facts AS facts ON facts.log_id = NEW.log_id AND facts.seq = NEW.seq
        LEFT JOIN public.audit_entry_subject AS subject ON subject.log_id = target.log_id
            AND subject.seq = target.seq AND subject.position = NEW.redacts_position
        WHERE target.log_id = NEW.log_id AND target.seq = NEW.redacts_seq
            AND facts.event = 'trail:redacted' AND subject.seq IS NULL AND NEW.redacts_position >= 1
            AND jsonb_array_length(convert_from(target.leaf, 'UTF8')::jsonb -> 'what') > NEW.redacts_position;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % says it erased subject % of entry %, and it did not',
            NEW.seq, NEW.redacts_position, NEW.redacts_seq USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER audit_leaf_stays BEFORE UPDATE OR DELETE ON audit_leaf
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_facts_stay BEFORE UPDATE OR DELETE ON audit_entry_facts
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_subject_stays BEFORE UPDATE ON audit_entry_subject
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_log_forward BEFORE INSERT OR UPDATE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_moves_forward();
CREATE TRIGGER audit_entry_subject_redacted BEFORE DELETE ON audit_entry_subject
    FOR EACH ROW EXECUTE FUNCTION audit_only_redact();
CREATE CONSTRAINT TRIGGER audit_erasure_recorded AFTER DELETE ON audit_entry_subject
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_erasure_is_recorded();
CREATE CONSTRAINT TRIGGER audit_recorded_erased AFTER INSERT ON audit_entry_subject
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.redacts_seq IS NOT NULL)
    EXECUTE FUNCTION audit_recorded_is_erased();
"""


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sa.UniqueConstraint("origin", name="uq_audit_log_origin"),
        sa.CheckConstraint("size >= 0", name=op.f("ck_audit_log_size")),
        sa.CheckConstraint("octet_length(root) = 32", name=op.f("ck_audit_log_root")),
        sa.CheckConstraint("octet_length(frontier) % 32 = 0", name=op.f("ck_audit_log_frontier")),
    )
    op.create_table(
        "audit_leaf",
        sa.Column("log_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("node", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "seq", name="pk_audit_leaf"),
        sa.ForeignKeyConstraint(["log_id"], ["audit_log.id"], name="fk_audit_leaf_log_id_audit_log"),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_audit_leaf_seq")),
        sa.CheckConstraint("octet_length(node) = 32", name=op.f("ck_audit_leaf_node")),
    )
    _create_facts()
    _create_subjects()
    op.execute(FUNCTIONS)
    op.execute(TRIGGERS)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    op.execute(GRANTS)
    op.execute(SYSTEM_LOG)


def _create_facts() -> None:
    op.create_table(
        "audit_entry_facts",
        sa.Column("log_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("who_salt", sa.LargeBinary(), nullable=False),
        sa.Column("who_rest", sa.LargeBinary(), nullable=True),
        sa.Column("who_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", "seq", name="pk_audit_entry_facts"),
        sa.ForeignKeyConstraint(
            ["log_id", "seq"], ["audit_leaf.log_id", "audit_leaf.seq"], name="fk_audit_entry_facts_log_id_audit_leaf"
        ),
    )
    for columns in (("at",), ("user_id", "seq"), ("organisation_id", "seq"), ("event", "seq")):
        name = f"ix_audit_entry_facts_log_id_{'_'.join(columns)}"
        op.create_index(name, "audit_entry_facts", ["log_id", *columns])
    op.create_index(
        "ix_audit_entry_facts_refusals",
        "audit_entry_facts",
        ["log_id", "seq"],
        postgresql_where=sa.text("event LIKE '%refused'"),
    )


def _create_subjects() -> None:
    op.create_table(
        "audit_entry_subject",
        sa.Column("log_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("redacts_seq", sa.BigInteger(), nullable=True),
        sa.Column("redacts_position", sa.BigInteger(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("log_id", "seq", "position", name="pk_audit_entry_subject"),
        sa.ForeignKeyConstraint(
            ["log_id", "seq"], ["audit_leaf.log_id", "audit_leaf.seq"], name="fk_audit_entry_subject_log_id_audit_leaf"
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_audit_entry_subject_position")),
        sa.CheckConstraint(
            "(redacts_seq IS NULL) = (redacts_position IS NULL)", name=op.f("ck_audit_entry_subject_redacts")
        ),
    )
    for column in ("case_id", "person_id"):
        op.create_index(
            f"ix_audit_entry_subject_log_id_{column}_seq",
            "audit_entry_subject",
            ["log_id", column, "seq"],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.create_index(
        "ix_audit_entry_subject_log_id_redacts_seq_redacts_position",
        "audit_entry_subject",
        ["log_id", "redacts_seq", "redacts_position"],
        unique=True,
        postgresql_where=sa.text("redacts_seq IS NOT NULL"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for function in (
        "audit_refuse()",
        "audit_log_moves_forward()",
        "audit_redact_subject(uuid, bigint, bigint)",
        "audit_only_redact()",
        "audit_erasure_is_recorded()",
        "audit_recorded_is_erased()",
    ):
        op.execute(f"DROP FUNCTION {function}")
