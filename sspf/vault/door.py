"""The one door. Everything that comes out of the vault as text comes through ``open``.

The caller has decided who may come in (``Access``) and holds the shared lock of every
case, person or other record whose units it asks for (``sspf.db.locks``). Without the
lock a read could commit after the withdrawal that should have stopped it; with it,
the disclosure that was live when the door asked is live when the page leaves.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

import audit.log
from sspf.vault.access import Access
from sspf.vault.actors import signed_by
from sspf.vault.events import subjects_of
from sspf.vault.holding import Holding, holdings
from sspf.vault.models import Envelope
from sspf.vault.reading import LiveGround, OpenEnvelope, Question, Reading
from sspf.vault.units import About, Unit, in_units


def open(  # noqa: A001  # it is what the door does
    session: Session,
    accesses: Access | Iterable[Access],
    purpose: str,
    audience: Collection[UUID] = (),
    *,
    kinds: Collection[str] | None = None,
    envelope_ids: Collection[UUID] | None = None,
) -> Reading:
    """Open what the accesses' organisation may see now, and what every organisation in ``audience`` may see too.

    One query, however many accesses and envelopes. ``kinds`` and ``envelope_ids`` narrow it and
    never widen it. At commit one ``envelope:read`` is written: the purpose, the audience, every
    envelope that was open and the fields revealed of it, with a subject for each case asked for
    and each person something was open about. That something exists is information, so what was
    only listed is in it as well, and so is having asked and found nothing.

    With no accesses nothing is asked and nothing written; the reading is empty.

    A live disclosure whose row does not match its key opens nothing and counts for nobody;
    it is written as ``envelope:broken``.

    Raises:
        ValueError: the accesses are not one asker's (organisation, who and municipality).
    """
    asked = (accesses,) if isinstance(accesses, Access) else tuple(accesses)
    if not asked:
        return Reading(session, (), {}, ())
    first = _one_asker(asked)
    present = {first.organisation_id, *audience}
    within = in_units({unit for one in asked for unit in one.units})
    held = holdings(session, sorted(present), within, *_narrowed(kinds, envelope_ids))
    shown = _shown(held, present)
    envelopes = _envelopes(shown, first.organisation_id)
    question = Question(
        log=first.municipality_id,
        who=first.who,
        subjects=subjects_of(_about(asked, envelopes)),
        purpose=purpose,
        audience=tuple(sorted(set(audience))),
    )
    reading = Reading(
        session,
        envelopes,
        {one.row.envelope_id: one.data_key for one, *_ in shown if one.data_key is not None},
        [holding.row.disclosure_id for holding in held if holding.data_key is None],
    )
    # the reading answers to the trail, not to whoever holds it
    audit.log.follow(session, partial(reading._events, question))  # noqa: SLF001
    return reading


def _one_asker(asked: Sequence[Access]) -> Access:
    first = asked[0]
    if any(
        (one.organisation_id, one.who, one.municipality_id) != (first.organisation_id, first.who, first.municipality_id)
        for one in asked
    ):
        raise ValueError("one reading has one asker")
    return first


def _about(asked: Sequence[Access], envelopes: Sequence[OpenEnvelope]) -> set[tuple[str, UUID]]:
    """What the entry is about: every case (or what was asked for instead), and everyone something was open about."""
    cases = {("case", one.case_id) for one in asked if one.case_id}
    others = {unit for one in asked if not one.case_id for unit in one.units}
    named = {("person", person_id) for one in asked if not one.case_id for person_id in one.person_ids}
    persons = {("person", one.about.person_id) for one in envelopes if one.about.person_id}
    parts = {("person", one.unit.subject_id) for one in envelopes if one.unit.kind == "person"}
    return cases | others | named | persons | parts


def _narrowed(kinds: Collection[str] | None, envelope_ids: Collection[UUID] | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if kinds is not None:
        conditions.append(Envelope.kind.in_(kinds))
    if envelope_ids is not None:
        conditions.append(Envelope.id.in_(envelope_ids))
    return conditions


def _shown(held: Sequence[Holding], present: set[UUID]) -> list[list[Holding]]:
    """The holdings of each envelope that everyone present holds, by a disclosure that is what it says."""
    by_envelope: dict[UUID, list[Holding]] = {}
    for holding in held:
        if holding.data_key is not None:
            by_envelope.setdefault(holding.row.envelope_id, []).append(holding)
    return [theirs for theirs in by_envelope.values() if {one.row.organisation_id for one in theirs} == present]


def _envelopes(shown: Sequence[Sequence[Holding]], reader: UUID) -> list[OpenEnvelope]:
    replaced_by = {theirs[0].row.replaces_id: theirs[0].row.envelope_id for theirs in shown}
    return [
        OpenEnvelope(
            id=(row := theirs[0].row).envelope_id,
            kind=row.kind,
            owner_id=row.owner_id,
            source_id=row.source_id,
            about=About(row.about_kind, row.about_id),
            unit=Unit(row.unit_kind, row.subject_id, row.authority_id),
            sealed_at=row.sealed_at,
            created_by=signed_by(row.created_by),
            replaces_id=row.replaces_id,
            replaced_by=replaced_by.get(row.envelope_id),
            grounds=tuple(_ground(one) for one in theirs if one.row.organisation_id == reader),
        )
        for theirs in shown
    ]


def _ground(holding: Holding) -> LiveGround:
    row = holding.row
    return LiveGround(
        row.disclosure_id,
        row.ground,
        row.rule_version,
        row.purpose,
        row.valid_from,
        row.valid_until,
        signed_by(row.decided_by),
    )
