"""The whole run, and what came of it."""

from dataclasses import dataclass
from typing import Any

from audit.queries import Filter, get_entry, list_entries
from sspf.bench.asking import Burst, asker, burst
from sspf.bench.comparing import Comparison, compare
from sspf.bench.counting import counted
from sspf.bench.flushing import flush_ms
from sspf.bench.ground import Ground, prepared
from sspf.bench.scale import Scale
from sspf.vault.events import VaultEvent

CASE_PAGE_RATIO, CASE_LIST_GROWTH, MOST_QUERIES = 1.5, 1.3, 20
FLUSH_MS = 1.0


class Mismeasured(Exception):  # noqa: N818  # a state, in one sentence for whoever runs it
    """What was to be measured is not what was there."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. ``fields`` are those that the trail says the case page revealed."""

    scale: Scale
    flush_ms: float
    case_page: Comparison
    case_list: Comparison
    burst: Burst
    queries_case_page: int
    fields: int

    @property
    def figures(self) -> dict[str, float]:
        return {
            "case_page_ratio": round(self.case_page.ratio, 2),
            "case_list_growth": round(self.case_list.ratio, 2),
            "burst": self.burst.answered,
            "burst_seconds": round(self.burst.seconds, 2),
            "queries_case_page": self.queries_case_page,
        }

    @property
    def targets(self) -> dict[str, float]:
        """By figure: the most it may be; for the burst, how many must be answered."""
        return {
            "case_page_ratio": CASE_PAGE_RATIO,
            "case_list_growth": CASE_LIST_GROWTH,
            "burst": self.scale.at_once,
            "queries_case_page": MOST_QUERIES,
        }

    @property
    def ok(self) -> bool:
        """Whether every target holds, whatever the disk; see ``is_judged``."""
        most = {name: target for name, target in self.targets.items() if name != "burst"}
        return self.burst.answered == self.scale.at_once and all(
            self.figures[name] <= target for name, target in most.items()
        )

    @property
    def is_judged(self) -> bool:
        """Whether this disk is quick enough for the ratios to be judged here."""
        return self.flush_ms < FLUSH_MS

    def as_json(self) -> dict[str, Any]:
        """``noise`` is the least and the greatest of the rounds' ratios, ``ms`` the medians behind them."""
        return {
            "figures": self.figures,
            "targets": self.targets,
            "ok": self.ok,
            "flush_ms": round(self.flush_ms, 3),
            "judged": self.is_judged,
            "rounds": self.scale.rounds,
            "noise": {
                "case_page_ratio": [round(self.case_page.low, 2), round(self.case_page.high, 2)],
                "case_list_growth": [round(self.case_list.low, 2), round(self.case_list.high, 2)],
            },
            "ms": {
                "case_page": round(self.case_page.measured_ms, 1),
                "case_page_twin": round(self.case_page.against_ms, 1),
                "case_list_many": round(self.case_list.measured_ms, 1),
                "case_list_few": round(self.case_list.against_ms, 1),
            },
            "fields": self.fields,
        }


def run(scale: Scale) -> Figures:
    """Measure everything once.

    Raises:
        Mismeasured: the case page does not show what it was seeded with.
        Unanswered: a page did not answer.
        DidNotStart: the server did not.
    """
    with prepared(scale) as ground:
        flush = flush_ms(ground.folder)
        case_page = _case_page(ground, scale)
        queries = _queries(ground)
        fields = _fields_revealed(ground)
        if fields != scale.fields:
            raise Mismeasured(f"The case page shows {fields} sealed fields in place of {scale.fields}.")
        return Figures(
            scale=scale,
            flush_ms=flush,
            case_page=case_page,
            case_list=_case_list(ground, scale),
            burst=burst(ground.port, f"/arenden/{ground.case_id}", ground.town.token, at_once=scale.at_once),
            queries_case_page=queries,
            fields=fields,
        )


def _case_page(ground: Ground, scale: Scale) -> Comparison:
    token = ground.town.token
    with (
        asker(ground.port, f"/arenden/{ground.case_id}", token) as sealed,
        asker(ground.port, f"/arenden/{ground.case_id}/tvilling", token) as plain,
    ):
        return compare(sealed.timed, plain.timed, scale)


def _case_list(ground: Ground, scale: Scale) -> Comparison:
    token = ground.town.token
    with asker(ground.many_port, "/arenden", token) as many, asker(ground.port, "/arenden", token) as few:
        return compare(many.timed, few.timed, scale)


def _queries(ground: Ground) -> int:
    """The fewest of three, since once a minute it is also written down that the session is in use."""
    numbers = []
    with asker(ground.port, f"/arenden/{ground.case_id}", ground.town.token) as one:
        for _ in range(3):
            with counted(ground.installation.engine) as sent:
                one.page()
            numbers.append(len(sent))
    return min(numbers)


def _fields_revealed(ground: Ground) -> int:
    """How many fields the newest reading in the trail opened, as the trail itself says."""
    log_id = ground.town.municipality.id
    with ground.installation.sessions.begin() as session:
        (newest,) = list_entries(session, log_id, Filter(event=VaultEvent.READ), limit=1)
        entry = get_entry(session, log_id, newest.seq, ground.installation.log_sealer)
        if entry is None:
            raise Mismeasured("The newest reading is not in the trail.")
        facts: Any = entry.facts
        return sum(len(each["fields"]) * len(each["ids"]) for each in facts["envelopes"])
