"""Whether an installation is fit to serve: every check made, for ``sspf check`` and the administrator's start page."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from sspf.administration.checks import (
    FONT_FOLDERS,
    Check,
    check_clock,
    check_fonts,
    check_key_match,
    check_keys,
    check_migrations,
    check_pdf,
    check_role,
    check_server,
    check_trail,
)
from sspf.db.sessions import connected
from sspf.settings import Settings
from sspf.texts import _


def health_of(settings: Settings, database: Engine | Connection) -> list[Check]:
    """Every check, in the order of what depends on what."""
    return [*_database_checks(settings, database), check_keys(settings), check_fonts(FONT_FOLDERS), check_pdf()]


def health_on_page(session: Session) -> list[Check]:
    """The same for a page, on the connection the request has; ``app`` gives the sessions their settings."""
    return health_of(session.info["settings"], session.connection())


def is_fit(checks: Iterable[Check]) -> bool:
    """Whether nothing that is required is missing."""
    return all(check.ok for check in checks if check.is_required)


def _database_checks(settings: Settings, database: Engine | Connection) -> Sequence[Check]:
    """The database's checks; if it does not answer, that alone."""
    inside: tuple[tuple[str, Callable[[Connection], Check]], ...] = (
        ("roles", check_role),
        ("migrations", check_migrations),
        ("clock", check_clock),
        ("trail", check_trail),
        ("key_match", partial(check_key_match, settings)),
    )
    try:
        with connected(database) as connection:
            return [check_server(connection), *(_attempted(name, check, connection) for name, check in inside)]
    except SQLAlchemyError:
        return [Check("database", ok=False, sentence=_("Databasen svarar inte. Se efter att den är i gång."))]


def _attempted(name: str, check: Callable[[Connection], Check], connection: Connection) -> Check:
    """A check that cannot be made has failed; the transaction it was made in goes on."""
    try:
        with connection.begin_nested():
            return check(connection)
    except SQLAlchemyError:
        return Check(name, ok=False, sentence=_("Det gick inte att se efter. Kör: sspf migrate"))
