"""What may be asked about at all."""

import pytest

from sspf.law.grounds import RULES, Ground
from sspf.law.kinds import ASKED, CONSENT_RECORD, TAKING_PART, Kind
from sspf.organisations.models import OrganisationKind


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_every_kind_of_organisation_has_something_that_can_be_asked_about(kind: OrganisationKind) -> None:
    assert ASKED[kind]


def test_nobody_is_asked_about_what_taking_part_gives() -> None:
    assert {Kind.IDENTITY, Kind.ACTIONS} == TAKING_PART
    assert not any(TAKING_PART & set(kinds) for kinds in ASKED.values())


def test_the_full_number_is_never_asked_about_and_so_never_shared_by_consent() -> None:
    assert not any(Kind.IDENTITY_FULL in kinds for kinds in ASKED.values())


def test_the_familys_own_answers_are_of_no_kind_that_can_be_shared() -> None:
    assert CONSENT_RECORD not in set(Kind)


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_names_its_provision_and_version(ground: Ground) -> None:
    rule = RULES[ground]

    assert rule.ground is ground
    assert rule.version >= 1
    assert "kap." in rule.provision
