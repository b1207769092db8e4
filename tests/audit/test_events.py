"""What may be said of what happened."""

from uuid import uuid4

import pytest

from audit.events import Event, EventTag, Part, Subject, TrailEvent, Who


class Odd(EventTag):
    NO_RESOURCE = "read"
    UPPER = "case:Read"
    SPACED = "case: read"
    EMPTY = "case:"
    LONG = "case:" + "r" * 60


class Fine(EventTag):
    PLAIN = "case:note_added"
    NESTED = "consent:row:given"
    LONGEST = "case:" + "r" * 59


@pytest.mark.parametrize("tag", Odd)
def test_a_tag_outside_the_grammar_is_refused(tag):
    with pytest.raises(ValueError, match="no tag"):
        Event(log=uuid4(), tag=tag, who=Who())


@pytest.mark.parametrize("tag", [*Fine, *TrailEvent])
def test_a_tag_is_resource_and_what_happened(tag):
    assert Event(log=uuid4(), tag=tag, who=Who()).tag == tag


def test_only_an_erasure_may_erase():
    erased = Subject(redacts=Part(seq=1, position=1))

    with pytest.raises(ValueError, match="trail:redacted"):
        Event(log=uuid4(), tag=Fine.PLAIN, who=Who(), subjects=(erased,))
