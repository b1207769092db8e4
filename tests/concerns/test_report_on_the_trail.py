"""That somebody has reported is secret at whoever reported (OSL 40:7 g), also before whoever reads the log."""

from collections.abc import Iterator
from typing import Any

import pytest

from audit.queries import get_entry, list_entries
from sspf.concerns.models import Suspicion
from sspf.vault.events import VaultEvent
from tests.concerns.make import a_concern
from tests.conftest import Served
from tests.pages import save

MADE = {"suspicion": "yes", "is_made": "yes", "made_on": "2026-11-02", "made_by": "Kurator Rönn"}
NOT_MADE = {"suspicion": "yes", "is_made": "no", "reason": "Provskälet är långt. " * 20}


@pytest.mark.parametrize("answer", [NOT_MADE, {"suspicion": "unsure"}, {"suspicion": "no"}])
def test_the_log_says_of_a_report_what_it_says_of_none(served: Served, answer: dict[str, str]) -> None:
    assert list(_told(served, MADE)) == list(_told(served, answer))


def _told(served: Served, answer: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """What the log holds of a weighing that was written and looked at, less ids, times and hashes."""
    log = served.world.municipality.id
    with served.sessions.begin() as session:
        concern_id = a_concern(session, served.world, "school", suspicion=Suspicion.YES).id
        before = list_entries(session, log, limit=1)[0].seq
    school = served.client("school")
    assert save(school, f"/kontakter/{concern_id}/orosanmalan", answer).status_code == 303
    for page in ("", "/orosanmalan"):
        assert school.get(f"/kontakter/{concern_id}{page}").status_code == 200
    with served.sessions.begin() as session:
        seqs = sorted(line.seq for line in list_entries(session, log) if line.seq > before)
        entries = [get_entry(session, log, seq, served.database.log_sealer) for seq in seqs]
    for entry in entries:
        facts = entry.facts or {}
        if entry.leaf.event == VaultEvent.READ:
            yield entry.leaf.event, [(one["kind"], one["fields"], len(one["ids"])) for one in facts["envelopes"]]
        else:
            yield entry.leaf.event, sorted(facts.get("sha256", facts))
