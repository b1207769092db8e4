"""Who may write the goal, hand out an action, say what became of it, and tell more about it. Pure."""

from datetime import datetime, timedelta
from uuid import UUID

from auth.actor import Actor
from auth.decisions import ALLOW, Decision, deny
from auth.permissions import Permission, holds
from sspf.cases.models import Case, State
from sspf.cases.policy import is_open
from sspf.organisations.terms import TERMS
from sspf.plans.models import Comment
from sspf.texts import _

# how long a comment can be taken back
REGRETTED_WITHIN = timedelta(minutes=10)

# nothing new is promised in these
OVER = frozenset({State.CLOSED, State.WITHDRAWN, State.DECLINED})


def can_write_goal(actor: Actor, case: Case) -> Decision:
    """May the actor write down where the case is going?"""
    if not holds(actor, Permission.GOAL_WRITE):
        return deny(_("Bara %(coordinator)s skriver målet, med den unges ord.", coordinator=TERMS["coordinator_the"]))
    return _goes_on(case)


def can_create(actor: Actor, case: Case) -> Decision:
    """May the actor add an action at all to a case it has come into?"""
    if not holds(actor, Permission.ACTION_CREATE):
        return deny(_("Din roll lägger inte till %(actions)s.", actions=TERMS["actions"]))
    if case.state in OVER:
        return deny(
            _(
                "Det går inte att lägga till %(actions)s. Ärendet är avslutat eller på väg att avslutas.",
                actions=TERMS["actions"],
            )
        )
    return ALLOW


def can_ask(actor: Actor, case: Case, organisation_id: UUID | None) -> Decision:
    """May the actor add an action for this organisation, or move one to it? None is the family."""
    allowed = can_create(actor, case)
    if not allowed or _coordinates(actor, case) or organisation_id == actor.organisation_id:
        return allowed
    return deny(
        _(
            "Du lägger till det din egen organisation ska göra. Be %(coordinator)s om det gäller någon annan.",
            coordinator=TERMS["coordinator_the"],
        )
    )


def can_change(actor: Actor, case: Case, organisation_id: UUID | None) -> Decision:
    """May the actor mark, move or reword an action that ``organisation_id`` answers for? None is the family."""
    if not holds(actor, Permission.ACTION_MARK):
        return deny(_("Din roll ändrar inga %(actions)s.", actions=TERMS["actions"]))
    if case.state is State.CLOSED:
        return deny(_("Ärendet är avslutat."))
    if _coordinates(actor, case) or (organisation_id is not None and organisation_id == actor.organisation_id):
        return ALLOW
    return deny(
        _(
            "Det här ändras bara av den som har %(action)s, eller av %(coordinator)s.",
            action=TERMS["action_the"],
            coordinator=TERMS["coordinator_the"],
        )
    )


def can_comment(actor: Actor, case: Case) -> Decision:
    """May the actor say something about an action that it is shown?"""
    if not holds(actor, Permission.ACTION_COMMENT):
        return deny(_("Din roll skriver inga kommentarer."))
    return _goes_on(case)


def can_take_back(actor: Actor, case: Case, comment: Comment, now: datetime) -> Decision:
    """May the actor take back a comment? Its writer, for a little while: then others have read it."""
    allowed = can_comment(actor, case)
    if allowed and comment.written_by != actor.user_id:
        return deny(_("Bara den som har skrivit kommentaren kan ta tillbaka den."))
    if allowed and now - comment.written_at > REGRETTED_WITHIN:
        return deny(_("Det har gått mer än tio minuter. Skriv en ny kommentar om något blev fel."))
    return allowed


def can_detail(actor: Actor, case: Case, organisation_id: UUID | None) -> Decision:
    """May the actor tell more about an action that ``organisation_id`` answers for, to those who may know?"""
    if not holds(actor, Permission.ACTION_DETAIL):
        return deny(_("Din roll skriver inget om %(actions)s.", actions=TERMS["actions"]))
    if case.state in OVER:
        return deny(_("Ärendet är avslutat eller på väg att avslutas."))
    if _coordinates(actor, case) or organisation_id == actor.organisation_id:
        return ALLOW
    return deny(
        _(
            "Mer skrivs bara av den som har %(action)s, eller av %(coordinator)s. Skriv en anteckning i stället.",
            action=TERMS["action_the"],
            coordinator=TERMS["coordinator_the"],
        )
    )


def can_report(actor: Actor, case: Case) -> Decision:
    """May the actor write down what somebody else has said of an action?"""
    if not holds(actor, Permission.ACTION_REPORT) or not _coordinates(actor, case):
        return deny(_("Muntliga besked skrivs bara upp av %(coordinator)s.", coordinator=TERMS["coordinator_the"]))
    return is_open(case)


def can_print(actor: Actor, case: Case) -> Decision:
    """May the actor take the plan out on paper? Never where somebody's whereabouts are protected."""
    if not holds(actor, Permission.PLAN_PRINT) or not _coordinates(actor, case):
        return deny(
            _("Bara %(coordinator)s skriver ut %(plan)s.", coordinator=TERMS["coordinator_the"], plan=TERMS["plan_the"])
        )
    if case.is_protected:
        return deny(_("Någon i ärendet har skyddade personuppgifter. Därför skrivs ingenting ut härifrån."))
    return ALLOW


def _goes_on(case: Case) -> Decision:
    return deny(_("Ärendet är avslutat eller på väg att avslutas.")) if case.state in OVER else ALLOW


def _coordinates(actor: Actor, case: Case) -> bool:
    return actor.organisation_id == case.coordination_id and holds(actor, Permission.CASE_OPEN)
