"""Whatever is recorded anywhere has words on the auditor's page."""

import importlib
import pkgutil
from collections.abc import Iterator

import audit
import auth
import sspf
from audit.events import EventTag
from audit.findings import Finding
from auth.permissions import Role
from sspf.law.grounds import Ground
from sspf.law.purposes import Purpose
from sspf.organisations.roles import ROLES
from sspf.oversight import codes, wording


def declared_tags() -> Iterator[EventTag]:
    for package in (audit, auth, sspf):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    waiting = list(EventTag.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.partition(".")[0] in {"audit", "auth", "sspf"}:
            yield from kind


def test_every_event_has_words():
    tags = {str(tag) for tag in declared_tags()}

    assert len(tags) > 50, "the walk found the packages"
    assert tags - set(wording.EVENTS) == set()


def test_no_words_are_left_of_events_that_are_gone():
    assert set(wording.EVENTS) - {str(tag) for tag in declared_tags()} == set()


def test_no_two_events_are_called_the_same():
    words = [str(sentence) for sentence in wording.EVENTS.values()]

    assert len(set(words)) == len(words)


def test_every_finding_has_words():
    assert set(wording.FINDINGS) == set(Finding)


def test_every_role_purpose_and_ground_has_words():
    assert set(ROLES) == set(Role)
    assert set(codes.PURPOSES) == set(Purpose)
    assert set(codes.VALUES["ground"]) == set(Ground)


def test_a_tag_from_a_later_version_is_shown_as_it_is():
    assert wording.event_words("later:thing") == "later:thing"
