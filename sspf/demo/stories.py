"""What has happened in Exempelköping so far: thirteen cases, between them every turn a case can take."""

import time
from collections.abc import Mapping
from uuid import UUID

from sspf.cases.models import State, StatementKind
from sspf.consents.lasting import end_of
from sspf.db import clock
from sspf.demo.apart import tell_of_the_association, tell_of_the_protected
from sspf.demo.families import Family, families
from sspf.demo.farewells import say_goodbye, tell_of_the_one_who_made_it
from sspf.demo.gatherings import hold_meeting, plan_meeting_today, plan_meeting_with_family
from sspf.demo.given import Given
from sspf.demo.troupe import Troupe
from sspf.demo.unsettled import tell_of_the_expired, tell_of_the_half_agreed, tell_of_the_waiting, tell_of_the_withdrawn
from sspf.demo.worries import tell_worries
from sspf.law.kinds import Kind
from sspf.notes.models import Basis

Families = Mapping[str, Family]


def tell(troupe: Troupe) -> None:
    """Tell all of them, in the order in which they happened."""
    with troupe.sessions.begin() as session:
        cast = families(clock.today(session))
    gone_at = tell_of_the_expired(troupe, cast)
    tell_of_the_withdrawn(troupe, cast)
    tell_of_the_waiting(troupe, cast)
    tell_of_the_half_agreed(troupe, cast)
    tell_of_the_protected(troupe, cast)
    tell_of_the_association(troupe, cast)
    liv = tell_of_the_one_who_made_it(troupe, cast)
    elis, lo, nova = _elis(troupe, cast), _lo(troupe, cast), _nova(troupe, cast)
    hold_meeting(
        troupe,
        noted={
            elis: "Elis vill tillbaka till basketen, och alla ville hjälpa till med det. Morgnarna är svårast.",
            nova: "Nova berättade själv om frisörprogrammet. Hon vill göra studiebesöket så snart det går.",
            liv: "Liv har kommit i tid i fem veckor. Familjen vill avsluta, och det vill vi också.",
        },
        decided={elis: "Skolan och Ungdomens hus hör av sig till varandra varje fredag."},
    )
    for case_id in (elis, nova):
        troupe.step(case_id, State.FOLLOW_UP)
    say_goodbye(troupe, liv)
    plan_meeting_today(troupe, [elis, lo, nova, _vide(troupe, cast), _tindra(troupe, cast), _sture(troupe, cast)])
    plan_meeting_with_family(troupe, nova)
    tell_worries(troupe)
    # a consent that has gone out is one whose last moment has passed
    time.sleep(max(0.0, gone_at - time.monotonic()))


def _elis(troupe: Troupe, cast: Families) -> UUID:
    """Thirteen: everyone at the table, some actions late."""
    everyone = ("social", "school", "police", "leisure")
    case_id = troupe.open(cast["meeting_today"], asked=everyone)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill börja spela basket igen. Det är jobbigt på morgnarna.")
    troupe.say(
        case_id,
        StatementKind.BEST_INTEREST,
        "Elis får samma besked från alla vuxna och kommer tillbaka till något han tycker om.",
    )
    troupe.consents(
        case_id,
        present=everyone,
        rows=[
            ("school", "social", Kind.ATTENDANCE),
            ("school", "leisure", Kind.SCHOOL),
            ("school", "coordination", Kind.ATTENDANCE),
            ("police", "social", Kind.OBSERVATION),
            ("leisure", "school", Kind.LEISURE),
            ("leisure", "coordination", Kind.LEISURE),
            ("coordination", "school", Kind.FAMILY_VIEW),
        ],
    )
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.aim(case_id, "Jag vill spela basket i ett lag och orka upp på morgonen.")
    schedule = troupe.promise(case_id, "Gå igenom schemat tillsammans med familjen", who="school", days=-4)
    training = troupe.promise(case_id, "Ringa basketklubben om en provträning", who="leisure", days=-1)
    troupe.promise(case_id, "Hälsa på i klassen och berätta om kvällarna vid torget", who="police", days=3)
    troupe.promise(case_id, "Erbjuda familjen ett samtal om stöd hemma", who="social", days=12)
    troupe.promise(case_id, "Ringa familjen och höra hur veckan har varit", who="coordinator", days=0)
    troupe.promise(case_id, "Frukost tillsammans på vardagar", who=None, days=-2)
    troupe.comment(case_id, "leisure", training, "Klubben ringer upp på fredag. De har plats i laget för tretton år.")
    troupe.comment(case_id, "school", training, "Bra, då lägger vi idrotten så att han hinner dit.")
    troupe.detail(
        case_id,
        "school",
        schedule,
        "Elis missar helst första lektionen på måndagar. Vi flyttar svenskan till eftermiddagen.",
        kind=Kind.ATTENDANCE,
        to=("social",),
    )
    troupe.note(
        case_id,
        "school",
        "Elis kom i tid tre dagar av fem förra veckan. Han stannar gärna kvar i slöjden.",
        kind=Kind.ATTENDANCE,
        basis=Basis.OWN_OBSERVATION,
        to=("social", "coordination"),
    )
    troupe.note(
        case_id,
        "leisure",
        "Elis hjälpte till att bära ut borden på onsdagskvällen och frågade om basketen.",
        kind=Kind.LEISURE,
        basis=Basis.OWN_OBSERVATION,
        to=("school",),
        days_ago=4,
    )
    troupe.note(
        case_id,
        "police",
        "Vi träffade Elis vid torget vid 21-tiden. Han gick hem när vi hade pratat en stund.",
        kind=Kind.OBSERVATION,
        basis=Basis.OWN_OBSERVATION,
        to=("social",),
        days_ago=6,
    )
    return case_id


def _lo(troupe: Troupe, cast: Families) -> UUID:
    """Nine: the fewest people who can help. The mother has said yes on the telephone, and will sign."""
    asked = ("school", "social", "leisure")
    case_id = troupe.open(cast["nine_years"], asked=asked)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill gå på fritids med mina kompisar.")
    troupe.consents(
        case_id,
        present=asked,
        rows=[("school", "social", Kind.SCHOOL), ("leisure", "school", Kind.LEISURE)],
        given=Given(days_ago=3, is_spoken=True),
    )
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Visa runt på Ungdomens hus tillsammans med familjen", who="leisure", days=5)
    return case_id


def _nova(troupe: Troupe, cast: Families) -> UUID:
    """Sixteen: has signed beside her guardians."""
    asked = ("school", "social", "police")
    case_id = troupe.open(cast["sixteen_years"], asked=asked)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill bli klar med nian och söka till frisör.")
    troupe.consents(
        case_id,
        present=asked,
        rows=[("school", "social", Kind.ATTENDANCE), ("social", "school", Kind.SOCIAL_CONTACT)],
    )
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.aim(case_id, "Jag vill bli klar med nian och komma in på frisörprogrammet.")
    troupe.promise(case_id, "Boka studiebesök på frisörutbildningen", who="school", days=1)
    troupe.promise(case_id, "Träffas och berätta vad öppenvården kan ge", who="social", days=-6)
    return case_id


def _vide(troupe: Troupe, cast: Families) -> UUID:
    """Eleven: school and leisure, and nobody else. It is time to ask the family again."""
    asked = ("school", "leisure")
    case_id = troupe.open(cast["eleven_years"], asked=asked)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill ha någon att spela bordtennis med.")
    troupe.consents(
        case_id,
        present=asked,
        rows=[("leisure", "school", Kind.LEISURE)],
        given=Given(days_ago=170, until=end_of(troupe.day(12))),
    )
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Ordna en tid i pingisrummet på måndagar", who="leisure", days=2)
    troupe.promise(case_id, "Fråga idrottsläraren om rastvärdar", who="school", days=-2)
    return case_id


def _tindra(troupe: Troupe, cast: Families) -> UUID:
    """Fourteen: everyone at the table, and the school tells them all how it goes."""
    everyone = ("social", "school", "police", "leisure")
    case_id = troupe.open(cast["fourteen_years"], asked=everyone)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill slippa vara på torget när jag väntar på bussen.")
    told = [("school", one, Kind.SCHOOL) for one in ("social", "police", "leisure", "coordination")]
    troupe.consents(case_id, present=everyone, rows=[*told, ("police", "school", Kind.OBSERVATION)])
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Öppna entrén tidigare så att man kan vänta inne", who="leisure", days=6)
    troupe.promise(case_id, "Gå förbi hållplatsen på fredagar", who="police", days=1)
    return case_id


def _sture(troupe: Troupe, cast: Families) -> UUID:
    """Seventeen: soon decides alone; the consents end with the birthday."""
    asked = ("school", "social", "leisure")
    case_id = troupe.open(cast["seventeen_years"], asked=asked)
    troupe.say(case_id, StatementKind.CHILD_VOICE, "Jag vill ha ett sommarjobb på riktigt.")
    troupe.consents(case_id, present=asked, rows=[("social", "school", Kind.SOCIAL_CONTACT)])
    troupe.step(case_id, State.CONSENT, State.MEETING)
    troupe.promise(case_id, "Söka feriejobb tillsammans", who="leisure", days=9)
    troupe.promise(case_id, "Skriva ett intyg till ansökan", who="school", days=4)
    return case_id
