"""Accounts: added bare, given roles that go together, confirmed by somebody else, and closed for good."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import NoResultFound

from audit.log import collected_events
from auth import accounts, queries
from auth.decisions import NotPermitted
from auth.events import AccountEvent
from auth.models import EndReason
from auth.permissions import Role, RolesExclude
from auth.policy import Refusal
from auth.sessions import why_ended
from tests.auth.make import (
    COMMAND_LINE,
    MUNICIPALITY,
    ORGANISATION,
    T0,
    a_person,
    a_user,
    an_assignment,
    confirmed,
    enrol,
    minutes,
    signed_in,
    somebody,
)


def events(session):
    return [(event.tag, dict(event.facts)) for event in collected_events(session) if event.log == MUNICIPALITY]


def an_administrator(session):
    return signed_in(session, *somebody(session, Role.ADMINISTRATOR, email="admin@kommun.example"))[1]


def test_a_new_account_has_neither_password_nor_confirmation(session):
    user = a_user(session, email=" Karin@Kommun.Example", name="  Karin   Ek ")

    assert (user.email, user.name) == ("karin@kommun.example", "Karin Ek")
    assert user.password_hash is user.totp_secret is user.confirmed_at is None
    assert events(session) == [(AccountEvent.ADDED, {"user": str(user.id)})]


def test_a_sign_in_name_is_one_persons(session):
    a_user(session)

    with pytest.raises(NotPermitted) as refused:
        a_user(session, email="KARIN@kommun.example", name="Karin Berg")

    assert refused.value.reason is Refusal.EMAIL_TAKEN


@pytest.mark.parametrize(
    ("email", "name"), [("karin", "Karin Ek"), ("karin@kommun.example", "  "), ("karin@kommun.example", "K" * 121)]
)
def test_what_is_no_address_or_no_name_is_refused(session, email, name):
    with pytest.raises(ValueError, match=r"an e-mail address|characters"):
        a_user(session, email=email, name=name)


def test_only_administrators_change_accounts(session):
    user, assignment = somebody(session)
    _, coordinator = signed_in(session, user, assignment)
    attempts = [
        lambda: accounts.add_user(
            session, coordinator, municipality_id=MUNICIPALITY, email="olle@kommun.example", name="Olle"
        ),
        lambda: accounts.give_assignment(
            session, coordinator, user.id, organisation_id=ORGANISATION, role=Role.CONTACT
        ),
        lambda: accounts.end_assignment(session, coordinator, assignment.id),
        lambda: accounts.one_time_link(session, coordinator, user.id),
        lambda: accounts.disable_user(session, coordinator, user.id),
    ]
    before = len(collected_events(session))

    for attempt in attempts:
        with pytest.raises(NotPermitted) as refused:
            attempt()
        assert refused.value.reason is Refusal.NOT_YOUR_TASK

    assert len(collected_events(session)) == before
    assert user.disabled_at is None


def test_roles_that_exclude_each_other_are_not_given(session):
    user, _ = somebody(session, Role.CONTACT)

    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted) as refused:
            an_assignment(session, user, role)
        assert isinstance(refused.value.reason, RolesExclude)

    assert [each.role for each in queries.list_assignments(session, user.id)] == [Role.CONTACT]


def test_a_role_can_follow_another_that_has_ended(session):
    user, assignment = somebody(session, Role.CONTACT)
    accounts.end_assignment(session, COMMAND_LINE, assignment.id, now=T0)

    an_assignment(session, user, Role.AUDITOR, starts_at=T0)

    in_force = queries.list_assignments_in_force(session, user.id, now=T0)
    assert [each.role for each in in_force] == [Role.AUDITOR]


def test_a_role_does_not_end_before_it_starts(session):
    with pytest.raises(ValueError, match="ends before"):
        an_assignment(session, a_user(session), starts_at=T0, ends_at=T0)


def test_a_role_is_on_the_municipalitys_record(session):
    user = a_user(session)

    assignment = an_assignment(session, user, Role.AUDITOR)

    ids = {"user": str(user.id), "assignment": str(assignment.id)}
    assert events(session)[-1] == (
        AccountEvent.ASSIGNED,
        {**ids, "organisation": str(ORGANISATION), "role": "auditor"},
    )
    accounts.end_assignment(session, COMMAND_LINE, assignment.id, now=T0)
    assert events(session)[-1] == (AccountEvent.ASSIGNMENT_ENDED, ids)


def test_a_role_that_is_over_is_not_ended_again(session):
    _, assignment = somebody(session)
    accounts.end_assignment(session, COMMAND_LINE, assignment.id, now=T0)
    count = len(events(session))

    accounts.end_assignment(session, COMMAND_LINE, assignment.id, now=T0 + minutes(1))

    assert assignment.ends_at == T0
    assert len(events(session)) == count


def test_a_role_can_be_taken_back_before_it_begins(session):
    user = a_user(session)
    assignment = an_assignment(session, user, starts_at=T0 + minutes(10))

    accounts.end_assignment(session, COMMAND_LINE, assignment.id, now=T0)

    assert assignment.ends_at == assignment.starts_at
    assert queries.list_assignments_in_force(session, user.id, now=T0 + minutes(10)) == []


def test_an_account_an_administrator_made_waits_for_somebody_else(session):
    admin = an_administrator(session)
    _, coordinator = signed_in(session, *somebody(session, email="samordnare@kommun.example"))
    olle = accounts.add_user(
        session, admin, municipality_id=MUNICIPALITY, email="olle@kommun.example", name="Olle Ström"
    )
    accounts.give_assignment(session, admin, olle.id, organisation_id=uuid4(), role=Role.CONTACT)
    enrol(session, olle)

    with pytest.raises(NotPermitted):
        accounts.confirm_user(session, admin, olle.id)
    assert olle.confirmed_at is None
    accounts.confirm_user(session, coordinator, olle.id, now=T0)

    assert (olle.confirmed_at, olle.confirmed_by) == (T0, coordinator.user_id)
    assert events(session)[-1] == (AccountEvent.CONFIRMED, {"user": str(olle.id)})


def test_the_coordinator_is_not_asked_before_the_owner_has_a_password(session):
    _, coordinator = signed_in(session, *somebody(session))
    olle = a_user(session, email="olle@kommun.example")

    with pytest.raises(NotPermitted) as refused:
        accounts.confirm_user(session, coordinator, olle.id)

    assert refused.value.reason is Refusal.NOT_ENROLLED


@pytest.mark.parametrize("change", ["role", "link"])
def test_a_change_by_an_administrator_has_to_be_confirmed_by_another(session, change):
    admin = an_administrator(session)
    karin = a_person(session)

    if change == "role":
        accounts.give_assignment(session, admin, karin.user.id, organisation_id=uuid4(), role=Role.CONTACT)
    else:
        accounts.one_time_link(session, admin, karin.user.id)

    assert karin.user.confirmed_at is karin.user.confirmed_by is None
    assert karin.user.changed_by == admin.user_id


def test_a_disabled_account_gets_no_link(session):
    user = a_user(session)
    accounts.disable_user(session, COMMAND_LINE, user.id, now=T0)

    with pytest.raises(NotPermitted) as refused:
        accounts.one_time_link(session, COMMAND_LINE, user.id)

    assert refused.value.reason is Refusal.ACCOUNT_DISABLED
    assert events(session)[-1] == (AccountEvent.DISABLED, {"user": str(user.id)})


def test_an_account_is_disabled_once(session):
    user = a_user(session)

    accounts.disable_user(session, COMMAND_LINE, user.id, now=T0)
    accounts.disable_user(session, COMMAND_LINE, user.id, now=T0 + minutes(5))

    assert user.disabled_at == T0


def test_a_link_is_on_record_but_not_its_token(session):
    user = a_user(session)

    token = accounts.one_time_link(session, COMMAND_LINE, user.id)

    assert events(session)[-1] == (AccountEvent.LINK_MADE, {"user": str(user.id)})
    assert token not in repr(collected_events(session))


def test_an_account_nobody_has_is_not_found(session):
    with pytest.raises(NoResultFound):
        accounts.one_time_link(session, COMMAND_LINE, uuid4())
    with pytest.raises(NoResultFound):
        accounts.end_assignment(session, COMMAND_LINE, uuid4())


def test_staff_are_listed_by_name_while_they_hold_a_role(session):
    karin, _ = somebody(session, email="karin@kommun.example", name="Karin Ek")
    anna, assignment = somebody(session, Role.CONTACT, email="anna@kommun.example", name="Anna Al")
    gone, _ = somebody(session, email="gone@kommun.example", name="Bo Ask")
    accounts.disable_user(session, COMMAND_LINE, gone.id, now=T0)

    listed = queries.list_staff(session, [ORGANISATION], now=T0)

    assert [each.name for each in listed] == ["Anna Al", "Karin Ek"]
    assert (listed[0].user_id, listed[0].assignment_id, listed[0].role) == (anna.id, assignment.id, Role.CONTACT)
    assert queries.list_staff(session, [uuid4()], now=T0) == []
    assert queries.names_of(session, [karin.id, gone.id]) == {karin.id: "Karin Ek", gone.id: "Bo Ask"}
    assert queries.get_user(session, anna.id) is anna


def a_waiting_contact(session):
    """Enrolled, and not confirmed by anybody."""
    admin = an_administrator(session)
    olle = accounts.add_user(
        session, admin, municipality_id=MUNICIPALITY, email="olle@kommun.example", name="Olle Ström"
    )
    accounts.give_assignment(session, admin, olle.id, organisation_id=ORGANISATION, role=Role.CONTACT)
    enrol(session, olle)
    return olle


def test_who_does_not_recognise_somebody_leaves_them_waiting_and_says_so(session):
    olle = a_waiting_contact(session)
    _, coordinator = signed_in(session, *somebody(session, email="samordnare@kommun.example"))

    accounts.refuse_user(session, coordinator, olle.id, now=T0)

    assert olle.confirmed_at is None
    assert (olle.not_recognised_at, olle.not_recognised_by) == (T0, coordinator.user_id)
    assert events(session)[-1] == (AccountEvent.NOT_RECOGNISED, {"user": str(olle.id)})


@pytest.mark.parametrize("then", ["yes", "a new code"])
def test_a_refusal_is_forgotten_with_the_next_answer_or_code(session, then):
    olle = a_waiting_contact(session)
    _, coordinator = signed_in(session, *somebody(session, email="samordnare@kommun.example"))
    accounts.refuse_user(session, coordinator, olle.id)

    if then == "yes":
        accounts.confirm_user(session, coordinator, olle.id)
    else:
        accounts.one_time_link(session, COMMAND_LINE, olle.id)

    assert olle.not_recognised_at is olle.not_recognised_by is None


def test_nobody_refuses_who_may_not_confirm(session):
    olle = a_waiting_contact(session)
    elsewhere = a_user(session, email="annan@kommun.example")
    assignment = an_assignment(session, elsewhere, Role.CONTACT, organisation_id=uuid4())
    _, outsider = signed_in(session, confirmed(session, elsewhere), assignment)

    with pytest.raises(NotPermitted):
        accounts.refuse_user(session, outsider, olle.id)

    assert olle.not_recognised_at is None


def test_a_colleague_from_a_role_that_is_over_is_asked_no_more(session):
    admin, olle = an_administrator(session), a_user(session, email="olle@kommun.example")
    before = an_assignment(session, olle, Role.CONTACT)
    an_assignment(session, olle, Role.CONTACT, organisation_id=uuid4())
    accounts.end_assignment(session, admin, before.id, now=T0)
    enrol(session, olle)
    _, colleague = signed_in(session, *somebody(session, Role.CONTACT, email="kollega@kommun.example"))

    with pytest.raises(NotPermitted) as refused:
        accounts.confirm_user(session, colleague, olle.id, now=T0)

    assert refused.value.reason is Refusal.NOT_THEIR_COLLEAGUE


def test_an_administrator_signs_somebody_out_everywhere(session):
    admin = an_administrator(session)
    user, assignment = somebody(session, Role.CONTACT, email="olle@kommun.example")
    tokens = [signed_in(session, user, assignment)[0] for _ in range(2)]

    accounts.end_sessions(session, admin, user.id, now=T0)

    assert {why_ended(session, token, now=T0) for token in tokens} == {EndReason.ENDED_BY_ADMINISTRATOR}
    assert user.confirmed_at is not None
    assert events(session)[-1] == (AccountEvent.SESSIONS_ENDED, {"user": str(user.id)})


def test_only_an_administrator_signs_others_out(session):
    user, assignment = somebody(session)
    _, coordinator = signed_in(session, user, assignment)

    with pytest.raises(NotPermitted):
        accounts.end_sessions(session, coordinator, user.id)


def test_an_administrator_does_not_close_the_own_account(session):
    admin = an_administrator(session)

    with pytest.raises(NotPermitted) as refused:
        accounts.disable_user(session, admin, admin.user_id)

    assert refused.value.reason is Refusal.YOURSELF


def test_those_who_wait_are_listed_with_what_they_have_and_will_have(session):
    olle = a_waiting_contact(session)
    a_user(session, email="ny@kommun.example", name="Utan Lösenord")
    somebody(session, email="klar@kommun.example")

    ((listed, held),) = queries.list_waiting(session, MUNICIPALITY, now=T0)

    assert listed is olle
    assert [each.role for each in held] == [Role.CONTACT]
    assert queries.list_waiting(session, uuid4(), now=T0) == []
    everybody = queries.list_users(session, MUNICIPALITY, now=T0)
    assert [user.name for user, _ in everybody] == sorted(user.name for user, _ in everybody)
    assert ("Utan Lösenord", []) in [(user.name, held) for user, held in everybody]


# put right


def test_a_new_address_closes_the_account_until_somebody_else_says_yes(session):
    person, administrator = a_person(session), an_administrator(session)
    user, (token, _actor) = person.user, signed_in(session, person.user, person.assignment)

    accounts.change_user(session, administrator, user.id, email=" Karin.Ek@Kommun.Example", name="Karin Ek", now=T0)

    assert user.email == "karin.ek@kommun.example"
    assert user.confirmed_at is None
    assert user.changed_by == administrator.user_id
    assert user.password_hash is not None, "what the owner alone has stays"
    assert why_ended(session, token, now=T0) is EndReason.ENDED_BY_ADMINISTRATOR
    assert events(session)[-1] == (AccountEvent.CHANGED, {"user": str(user.id), "changed": ["email"]})


def test_a_new_name_waits_for_a_yes_as_a_new_address_does_and_the_session_with_it(session):
    person, administrator = a_person(session), an_administrator(session)
    user, (token, _actor) = person.user, signed_in(session, person.user, person.assignment)

    accounts.change_user(session, administrator, user.id, email=user.email, name=" Karin  Berg ")

    assert (user.name, user.confirmed_at, user.changed_by) == ("Karin Berg", None, administrator.user_id)
    assert why_ended(session, token, now=T0) is EndReason.UNCONFIRMED
    assert events(session)[-1] == (AccountEvent.CHANGED, {"user": str(user.id), "changed": ["name"]})


def test_who_is_called_something_else_before_anybody_has_said_yes_is_asked_about_anew(session):
    user = a_user(session)
    user.not_recognised_at = T0

    accounts.change_user(session, COMMAND_LINE, user.id, email=user.email, name="Karin Berg")

    assert user.not_recognised_at is None


def test_what_is_as_it_was_is_not_recorded(session):
    user = a_user(session)
    before = len(events(session))

    accounts.change_user(session, COMMAND_LINE, user.id, email="KARIN@kommun.example", name=user.name)

    assert len(events(session)) == before


def test_an_address_is_not_taken_from_somebody_else_nor_given_to_a_closed_account_or_oneself(session):
    a_user(session, email="annan@kommun.example", name="Annan")
    user, administrator = a_user(session), an_administrator(session)
    own = queries.get_user(session, administrator.user_id)

    def refusal(by, account, **changed):
        with pytest.raises(NotPermitted) as refused:
            accounts.change_user(session, by, account.id, **({"email": account.email, "name": account.name} | changed))
        return refused.value.reason

    assert refusal(administrator, user, email="Annan@kommun.example") is Refusal.EMAIL_TAKEN
    assert refusal(administrator, own, email="ny@kommun.example") is Refusal.YOURSELF
    assert refusal(administrator, own, name="Administratören") is Refusal.YOURSELF
    accounts.change_user(session, administrator, own.id, email=own.email, name=own.name)
    accounts.disable_user(session, COMMAND_LINE, user.id)
    assert refusal(administrator, user, name="Karin Berg") is Refusal.ACCOUNT_DISABLED


def test_only_an_administrator_changes_an_account(session):
    user = a_user(session)
    contact = signed_in(session, *somebody(session, Role.CONTACT, email="kontakt@kommun.example"))[1]

    with pytest.raises(NotPermitted):
        accounts.change_user(session, contact, user.id, email=user.email, name="Karin Berg")


@pytest.mark.parametrize(("email", "name"), [("karin", "Karin Ek"), ("karin@kommun.example", " ")])
def test_an_account_is_not_given_what_is_no_address_or_no_name(session, email, name):
    user = a_user(session)

    with pytest.raises(ValueError, match=r"address|name"):
        accounts.change_user(session, COMMAND_LINE, user.id, email=email, name=name)
