"""A person's answers as they stand on the paper: yes, no, or not asked. The last is never a yes."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from sspf.consents.agreement import Row, taking_part
from sspf.law.kinds import Kind


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ASKED = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything one form says, in its two parts, which are kept apart.

    ``wants`` and ``organisations``: *vill vara med*, and who may be there; ``rows``: who
    may tell whom what. What is not in them was not asked.
    """

    wants: Answer
    organisations: Mapping[UUID, Answer]
    rows: Mapping[Row, Answer]

    def yes_rows(self, coordination_id: UUID) -> frozenset[Row]:
        """The rows this person agrees to; none at all from somebody who does not want to take part.

        An organisation the person wants at the table gets coordination's rows for the two
        kinds of taking part. What it tells or is told beyond that needs its own yes.
        """
        if self.wants is not Answer.YES:
            return frozenset()
        present = {organisation for organisation, answer in self.organisations.items() if answer is Answer.YES}
        at_table = present | {coordination_id}
        told = {row for row in self.rows_answered(Answer.YES) if {row.source_id, row.recipient_id} <= at_table}
        return frozenset(told).union(*(taking_part(coordination_id, organisation) for organisation in present))

    def said_no_to(self, coordination_id: UUID) -> frozenset[Row] | None:
        """The rows this person says no to, also by not wanting somebody at the table; None is everything."""
        if self.wants is Answer.NO:
            return None
        absent = {organisation for organisation, answer in self.organisations.items() if answer is Answer.NO}
        seats = (taking_part(coordination_id, organisation) for organisation in absent)
        return self.rows_answered(Answer.NO).union(*seats)

    def rows_answered(self, answer: Answer) -> frozenset[Row]:
        """The rows with this answer; what was not asked has none."""
        return frozenset(row for row, given in self.rows.items() if given is answer)

    def without_effect(self, coordination_id: UUID) -> frozenset[Row]:
        """The rows answered yes that give nothing: the person, or who would tell or be told, does not take part."""
        return self.rows_answered(Answer.YES) - self.yes_rows(coordination_id)

    def without(self, gone: Collection[Row], coordination_id: UUID) -> "Answers":
        """The same, less each yes that has been taken back and all that goes with a seat that has."""
        left = {one for one in self.organisations if not taking_part(coordination_id, one).isdisjoint(gone)}
        return replace(
            self,
            organisations={
                one: answer for one, answer in self.organisations.items() if answer is not Answer.YES or one not in left
            },
            rows={
                row: answer
                for row, answer in self.rows.items()
                if answer is not Answer.YES or (row not in gone and left.isdisjoint({row.source_id, row.recipient_id}))
            },
        )

    def asked_in(self, parties: Collection[UUID], rows: Collection[Row]) -> "Answers":
        """The same, as far as another version of the form asks it."""
        return replace(
            self,
            organisations={one: answer for one, answer in self.organisations.items() if one in parties},
            rows={row: answer for row, answer in self.rows.items() if row in rows},
        )


def dumps(answers: Answers) -> str:
    """The form in which a consent's answers are sealed: JSON, ids as strings, only what was answered."""
    return json.dumps(
        {
            "v": 1,
            "wants": answers.wants.value,
            "organisations": {str(key): answer.value for key, answer in answers.organisations.items() if answer.value},
            "rows": [
                [str(row.source_id), str(row.recipient_id), row.kind.value, answer.value]
                for row, answer in _in_order(answers.rows.items())
                if answer.value
            ],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def loads(text: str) -> Answers:
    """Read what ``dumps`` wrote."""
    found = json.loads(text)
    return Answers(
        wants=Answer(found["wants"]),
        organisations={UUID(key): Answer(value) for key, value in found["organisations"].items()},
        rows={
            Row(UUID(source), UUID(recipient), Kind(kind)): Answer(value)
            for source, recipient, kind, value in found["rows"]
        },
    )


def _in_order(rows: Iterable[tuple[Row, Answer]]) -> list[tuple[Row, Answer]]:
    return sorted(rows, key=lambda item: (item[0].source_id, item[0].recipient_id, item[0].kind))
