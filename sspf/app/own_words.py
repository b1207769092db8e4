"""The municipality's own words in everything a request says, from when it is known who asks."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from auth import sessions as auth_sessions
from auth.sessions import Visit
from sspf.organisations import queries as organisations
from sspf.texts import voice


class OwnWords(Mapping[str, str]):
    """A municipality's words by name, asked for with the first that is said; none once the session is over."""

    def __init__(self, session: Session, municipality_id: UUID) -> None:
        self._session = session
        self._municipality_id = municipality_id

    def _words(self) -> Mapping[str, str]:
        if not self._session.in_transaction():
            return {}
        return organisations.directory(self._session, self._municipality_id).own_words

    def __getitem__(self, name: str) -> str:
        return self._words()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words())

    def __len__(self) -> int:
        return len(self._words())


def visit_of(session: Session, token: str) -> Visit | None:
    """Who asks; from here on the request speaks as their municipality does."""
    visit = auth_sessions.visit_of(session, token)
    if visit is not None:
        voice().own = OwnWords(session, visit.actor.municipality_id)
    return visit
