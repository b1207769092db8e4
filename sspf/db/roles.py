"""The two log-in roles: one owns the tables, the other may only do what migrations grant."""

from sqlalchemy import Connection, Engine, text

from sspf.db.embedded import APPLICATION, OWNER
from sspf.db.sessions import connected


def create_roles(engine: Engine, database: str) -> None:
    """Make the roles and let the owner own ``database``; connect as a superuser. Safe to repeat.

    The roles get no password here: a server's administrator sets one, or another way to sign in.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        present = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
        for role in (OWNER, APPLICATION):
            if role not in present:
                connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        quoted = '"' + database.replace('"', '""') + '"'
        connection.exec_driver_sql(f"ALTER DATABASE {quoted} OWNER TO {OWNER}")
        connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC")
        connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {quoted} TO {APPLICATION}")


def too_powerful(database: Engine | Connection) -> str | None:
    """Why the connected role may not serve real cases, or None: it must own no table and be no superuser."""
    with connected(database) as connection:
        row = connection.execute(_POWERS).one()
    if row.is_super:
        return "the database role is a superuser, bypasses row security or may become one"
    if row.owns_tables:
        return "the database role owns tables"
    if row.rewrites_trail:
        return "the database role may change or delete what is in the trail"
    return None


_POWERS = text(
    """
    SELECT EXISTS (SELECT 1 FROM pg_roles r
                    WHERE (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolname IN (
                             'pg_execute_server_program', 'pg_write_server_files', 'pg_write_all_data'))
                      AND pg_has_role(current_user, r.oid, 'MEMBER')) AS is_super,
           EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                      AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS owns_tables,
           EXISTS (SELECT 1 FROM pg_class c
                    WHERE c.relname IN ('audit_leaf', 'audit_entry_facts', 'audit_entry_subject') AND c.relkind = 'r'
                      AND (has_any_column_privilege(c.oid, 'UPDATE')
                           OR has_table_privilege(c.oid, 'DELETE'))) AS rewrites_trail
    """
)
