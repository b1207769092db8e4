"""That somebody has reported is secret at whoever reported (OSL 40:7 g), also before whoever reads the log."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from audit.queries import get_entry, list_entries
from sspf.concerns.events import ConcernEvent
from sspf.vault.events import VaultEvent
from tests.concerns.make import SEEN, a_kind
from tests.conftest import Served
from tests.pages import save

MADE = {"suspicion": "yes", "is_made": "yes", "made_on": "2026-11-02", "made_by": "Kurator Rönn"}
NOT_MADE = {"suspicion": "yes", "is_made": "no", "reason": "Provskälet är långt. " * 20}


@pytest.mark.parametrize("answer", [NOT_MADE, {"suspicion": "unsure"}, {"suspicion": "no"}])
@pytest.mark.parametrize("who", ["school", "coordinator"])
def test_the_log_says_of_a_report_what_it_says_of_none(served: Served, answer: dict[str, str], who: str) -> None:
    assert list(_told(served, who, MADE)) == list(_told(served, who, answer))


def test_nobody_is_asked_twice(served: Served) -> None:
    """One answer is written of each contact, whatever it is: two would say that there was more to tell."""
    events = [event for event, _facts in _told(served, "school", {"suspicion": "no"})]

    assert events.count(ConcernEvent.WEIGHED) == 1
    with served.sessions.begin() as session:
        rows = session.scalars(text("SELECT count(*) FROM concern_weighing GROUP BY concern_id"))
        assert set(rows) == {1}


def _told(served: Served, who: str, answer: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """What the log holds from the first word of a contact until it is looked at, less ids, times and hashes."""
    log = served.world.municipality.id
    with served.sessions.begin() as session:
        before = list_entries(session, log, limit=1)[0].seq
        kind = str(a_kind(session, served.world))
    client = served.client(who)
    worry = {"source": "school", "kind": kind, "seen": SEEN, "basis": "own_observation"}
    went = client.post("/kontakter/ny", data=worry).headers["location"].partition("?")[0]
    assert client.get(went).status_code == 200
    went = save(client, went, answer).headers["location"].partition("?")[0]
    for page in ("", "/orosanmalan"):
        assert client.get(f"{went}{page}").status_code == 200
    with served.sessions.begin() as session:
        seqs = sorted(line.seq for line in list_entries(session, log) if line.seq > before)
        entries = [get_entry(session, log, seq, served.database.log_sealer) for seq in seqs]
    for entry in entries:
        facts = entry.facts or {}
        if entry.leaf.event == VaultEvent.READ:
            yield entry.leaf.event, [(one["kind"], one["fields"], len(one["ids"])) for one in facts["envelopes"]]
        else:
            yield entry.leaf.event, sorted(facts.get("sha256", facts))
