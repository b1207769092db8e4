"""Entries as pages show them: every id as a name where there is one. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.events import Subject
from audit.merkle import leaf_hash
from audit.opening import OpenedEntry
from audit.queries import Line
from auth.permissions import Role
from sspf.organisations.roles import ROLES
from sspf.oversight.facts import Row, ids_in, rows_of
from sspf.oversight.names import Names
from sspf.oversight.wording import event_words
from sspf.texts import Text, _


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One row of the table. ``cases`` are references; none for what is not about a case."""

    seq: int
    at: datetime
    who: Text | str
    organisation: str
    event: Text | str
    cases: tuple[str, ...]
    is_refusal: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """Everything one entry commits to. ``leaf`` are the bytes that are hashed, ``hash`` their leaf hash."""

    seq: int
    at: datetime
    event: Text | str
    tag: str
    who: tuple[Row, ...]
    subjects: tuple[tuple[Row, ...], ...]
    facts: tuple[Row, ...]
    leaf: str
    hash: str


def shown_line(line: Line, names: Names) -> ShownLine:
    return ShownLine(
        seq=line.seq,
        at=line.at,
        who=names.who(line.user_id, line.event),
        organisation=names.organisations.get(line.organisation_id, "") if line.organisation_id else "",
        event=event_words(line.event),
        cases=tuple(names.cases[case_id].reference for case_id in line.case_ids if case_id in names.cases),
        is_refusal=line.event.endswith("refused"),
    )


def cases_in(lines: Iterable[Line]) -> set[UUID]:
    """The cases that a page of lines mentions."""
    return {case_id for line in lines for case_id in line.case_ids}


def ids_of(entry: OpenedEntry) -> set[UUID]:
    """Every id that an entry holds, whatever it is the id of."""
    subjects = [each for each in entry.subjects if each is not None]
    found = set(ids_in(entry.facts)) | {found for each in subjects for found in ids_in(each.ids)}
    return found | {each.case_id for each in subjects if each.case_id}


def shown_entry(entry: OpenedEntry, names: Names, role: Role | None) -> ShownEntry:
    leaf = entry.leaf.to_bytes()
    return ShownEntry(
        seq=entry.leaf.seq,
        at=entry.leaf.at,
        event=event_words(entry.leaf.event),
        tag=entry.leaf.event,
        who=tuple(_who(entry, names, role)),
        subjects=tuple(tuple(_subject(each, names)) for each in entry.subjects),
        facts=rows_of(entry.facts or {}, names),
        leaf=leaf.decode(),
        hash=leaf_hash(leaf).hex(),
    )


def _who(entry: OpenedEntry, names: Names, role: Role | None) -> Iterator[Row]:
    who = entry.who
    yield Row(_("Vem"), (who.system or names.who(who.user_id, entry.leaf.event),))
    if who.system and who.user_id:
        yield Row(_("På uppdrag av"), (names.who(who.user_id, entry.leaf.event),))
    if who.organisation_id:
        yield Row(_("Organisation"), (names.of(who.organisation_id) or str(who.organisation_id),))
    if role:
        yield Row(_("Roll"), (ROLES[role],))
    if who.session_id:
        yield Row(_("Inloggning"), (str(who.session_id),))


def _subject(subject: Subject | None, names: Names) -> Iterator[Row]:
    if subject is None:
        yield Row(_("Raderat"), (_("Det den här posten gällde är raderat."),))
        return
    if subject.case_id:
        yield Row(_("Ärende"), (names.of(subject.case_id) or str(subject.case_id),))
    if subject.person_id:
        yield Row(_("Person"), (str(subject.person_id),))
    yield from rows_of(subject.ids, names)
    if subject.redacts:
        place = _("plats %(position)s i post %(entry)s", position=subject.redacts.position, entry=subject.redacts.seq)
        yield Row(_("Raderade"), (place,))
