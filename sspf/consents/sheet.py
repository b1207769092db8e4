"""What is asked on the form in one case: who may be there, and which kinds each source may tell each recipient."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sspf.cases.models import Case
from sspf.consents.agreement import Row
from sspf.consents.printed.asked import Asked
from sspf.law.kinds import Kind
from sspf.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Direction:
    """One source to one recipient, and the kinds that are asked about."""

    source: Organisation
    recipient: Organisation
    kinds: tuple[Kind, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(Row(self.source.id, self.recipient.id, kind) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of one case's form, in the order they are asked."""

    parties: tuple[Organisation, ...]
    coordination: Organisation
    asked: Asked

    @property
    def sources(self) -> tuple[Organisation, ...]:
        """Those about whom it is asked what they may tell."""
        return tuple(one for one in (*self.parties, self.coordination) if self.directions(one))

    @property
    def recipients(self) -> tuple[Organisation, ...]:
        return (self.coordination, *self.parties)

    def directions(self, source: Organisation) -> tuple[Direction, ...]:
        return tuple(
            Direction(source, recipient, kinds)
            for recipient in self.recipients
            if recipient is not source and (kinds := self.asked.kinds(source.kind, recipient.kind))
        )

    def __iter__(self) -> Iterator[Direction]:
        return (direction for source in self.sources for direction in self.directions(source))

    @property
    def rows(self) -> frozenset[Row]:
        return frozenset(row for direction in self for row in direction.rows)


def sheet_of(case: Case, organisations: Sequence[Organisation], asked: Asked) -> Sheet:
    """``organisations`` are the municipality's, in the order they are shown; ``asked`` is a version of its form."""
    return Sheet(
        parties=tuple(one for one in parties_of(case, organisations) if one.kind in asked.parties),
        coordination=next(one for one in organisations if one.id == case.coordination_id),
        asked=asked,
    )


def parties_of(case: Case, organisations: Sequence[Organisation]) -> tuple[Organisation, ...]:
    """Whom the coordinator has chosen to ask the family about, whatever the form says."""
    chosen = {party.organisation_id for party in case.parties}
    return tuple(one for one in organisations if one.id in chosen and one.id != case.coordination_id)


def row_name(row: Row) -> str:
    """The field of one row in the page: "rows[source:recipient:kind]"."""
    return f"rows[{row_key(row)}]"


def row_key(row: Row) -> str:
    return f"{row.source_id}:{row.recipient_id}:{row.kind}"
