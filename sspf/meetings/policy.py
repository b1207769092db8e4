"""Who may follow and lead a meeting, and what may be done in it when. Pure: everything asked about is loaded."""

from datetime import datetime

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.cases.models import Case, State
from sspf.cases.policy import is_open
from sspf.errors import NotFound
from sspf.meetings.grounds import may_hear
from sspf.meetings.models import Meeting, MeetingState
from sspf.organisations.terms import TERMS
from sspf.texts import _
from sspf.vault.access import Access

# where the family has said that others may talk with each other, and not taken it back
TAKEN_UP_IN = frozenset({State.MEETING, State.FOLLOW_UP})


def can_follow_meetings(actor: Actor) -> Decision:
    """May the role see meetings at all?"""
    if not holds(actor, Permission.MEETING_FOLLOW):
        return deny(_("Din roll deltar inte i möten."))
    return ALLOW


def can_plan(actor: Actor) -> Decision:
    if not holds(actor, Permission.MEETING_LEAD):
        return deny(_("Bara %(coordinator)s planerar och leder möten.", coordinator=TERMS["coordinator_the"]))
    return ALLOW


def can_plan_about(actor: Actor, case: Case, at: datetime) -> Decision:
    """A meeting that begins from the case's own page."""
    planning = can_plan(actor)
    return can_take_up(case, at) if planning else planning


def can_lead(actor: Actor, meeting: Meeting) -> Decision:
    """Any coordinator where the meeting is coordinated: somebody else can take over a meeting."""
    planning = can_plan(actor)
    if not planning:
        return planning
    if actor.organisation_id != meeting.coordination_id:
        return deny(_("Mötet leds av en annan samordning."))
    return ALLOW


def access_to(actor: Actor, meeting: Meeting) -> Access:
    """Leave for whoever leads the meeting to ask the vault's door who its visitors are.

    Raises:
        NotFound: to anyone else there is nothing to ask about.
    """
    if not can_lead(actor, meeting):
        raise NotFound
    return Access(
        organisation_id=actor.organisation_id,
        who=actor.who,
        municipality_id=actor.municipality_id,
        units=frozenset({("meeting", meeting.id)}),
    )


def can_change(actor: Actor, meeting: Meeting) -> Decision:
    """Day, place, agenda and who is asked to come: until the meeting begins."""
    return _in_state(actor, meeting, MeetingState.PLANNED, _("Mötet har redan börjat eller är inställt."))


def can_begin(actor: Actor, meeting: Meeting) -> Decision:
    return _in_state(actor, meeting, MeetingState.PLANNED, _("Mötet har redan börjat eller är inställt."))


def can_work(actor: Actor, meeting: Meeting) -> Decision:
    """Take up a case, say who is here, write what is decided, end: while the meeting goes on."""
    return _in_state(actor, meeting, MeetingState.ONGOING, _("Mötet pågår inte."))


def can_order(actor: Actor, meeting: Meeting) -> Decision:
    """In which order cases are taken up: until the meeting is over."""
    return _until_over(actor, meeting)


def can_set_presence(actor: Actor, meeting: Meeting) -> Decision:
    """Before the meeting, who will not come; during it, who is here and who has left."""
    return _until_over(actor, meeting)


def can_correct(actor: Actor, meeting: Meeting, case: Case) -> Decision:
    """A decision's words, also afterwards, until the case is closed."""
    leading = can_lead(actor, meeting)
    if not leading:
        return leading
    if meeting.state not in {MeetingState.ONGOING, MeetingState.HELD}:
        return deny(_("Mötet har inte börjat."))
    return is_open(case)


def can_write_notes(actor: Actor, meeting: Meeting) -> Decision:
    """The notes of a meeting that has been held, and afterwards their corrections."""
    return _in_state(actor, meeting, MeetingState.HELD, _("Mötesanteckningarna skriver du när mötet är avslutat."))


def can_publish(actor: Actor, meeting: Meeting) -> Decision:
    """Tell those who take part what the notes say: once."""
    writing = can_write_notes(actor, meeting)
    if writing and meeting.published_at is not None:
        return deny(_("Mötesanteckningarna är redan publicerade."))
    return writing


def can_print(actor: Actor, meeting: Meeting, case: Case) -> Decision:
    """What may be said of a case, on paper: never where somebody has protected identity."""
    leading = can_lead(actor, meeting)
    if leading and case.is_protected:
        return deny(_("Någon i ärendet har skyddade personuppgifter. Därför går det inte att skriva ut."))
    return leading


def can_take_up(case: Case, at: datetime) -> Decision:
    """May the case be on an agenda, and be talked about ``at`` this time? Not while nobody may hear of it."""
    if case.state in TAKEN_UP_IN:
        if may_hear(case, at) == {case.coordination_id}:
            return deny(_("Inget samtycke gäller just nu. Ärendet tas inte upp."))
        return ALLOW
    if case.state is State.WITHDRAWN:
        return deny(_("Samtycket är återkallat. Ärendet tas inte upp."))
    if case.state in {State.CLOSED, State.DECLINED}:
        return deny(_("Ärendet är avslutat eller familjen tackade nej. Det tas inte upp."))
    return deny(_("Familjen har inte sagt ja till möten än. Ärendet tas inte upp."))


def _in_state(actor: Actor, meeting: Meeting, state: MeetingState, otherwise: object) -> Decision:
    leading = can_lead(actor, meeting)
    if not leading:
        return leading
    return ALLOW if meeting.state is state else deny(otherwise)


def _until_over(actor: Actor, meeting: Meeting) -> Decision:
    leading = can_lead(actor, meeting)
    if not leading:
        return leading
    if meeting.state not in {MeetingState.PLANNED, MeetingState.ONGOING}:
        return deny(_("Mötet är avslutat."))
    return ALLOW
