"""The auditor's log: listed, opened, verified. Each is itself recorded."""

from urllib.parse import urlencode

from babel.numbers import format_decimal
from starlette.responses import Response

from audit.findings import Finding
from audit.queries import Filter
from auth.decisions import require
from sspf.errors import NotFound, ValidationFailed
from sspf.oversight import policy, queries, service, showing, wording
from sspf.oversight.forms import FilterForm, LogForm, begins, ends
from sspf.oversight.logs import LOGS, WhichLog
from sspf.texts import Text, _
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Queried, Router, Sent, Submitted

router = Router()

NO_SUCH_CASE = _("Det finns inget ärende med den beteckningen. Den ser ut som SSPF-2026-0042.")


@router.get("/logg", access=Access.SIGNED_IN)
def show_log(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Queried[FilterForm],
) -> Response:
    require(policy.can_read_log(actor))
    case_id = None
    if form.data is not None and form.data.case is not None:
        case_id = queries.find_case(session, actor, form.data.case)
        if case_id is None:
            service.record_no_such_case(session, actor, form.data.log)
            form = form.refused(ValidationFailed(case=NO_SUCH_CASE))
    if form.data is None:
        return _log_page(page, session, actor, form, _which(form), None)
    asked_for = form.data
    wanted = Filter(
        since=begins(asked_for.since),
        until=ends(asked_for.until),
        user_id=asked_for.user,
        organisation_id=asked_for.organisation,
        case_id=case_id,
        case_people=queries.people_of(session, case_id) if case_id else (),
        event=asked_for.event,
        refusals=asked_for.refusals,
    )
    listed = service.read_log(session, actor, asked_for.log, wanted, before=asked_for.before)
    return _log_page(page, session, actor, form, asked_for.log, listed)


@router.get("/logg/{seq}", access=Access.SIGNED_IN)
def show_entry(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    seq: str,
    form: Queried[LogForm],
) -> Response:
    require(policy.can_read_log(actor))
    number = _number(seq)
    if form.data is None or number is None:
        raise NotFound
    opened = service.open_entry(session, actor, form.data.log, number)
    entry = None
    if opened.entry is not None:
        names = queries.names(session, actor, showing.ids_of(opened.entry))
        role = queries.role_of(session, opened.entry.who.assignment_id)
        entry = showing.shown_entry(opened.entry, names, role)
    return page.render(
        "oversight/entry.html",
        seq=number,
        log=form.data.log.value,
        log_name=LOGS[form.data.log],
        entry=entry,
        is_last=opened.is_last,
        problem=wording.FINDINGS[opened.problem.finding] if opened.problem else None,
    )


@router.post("/logg/verifiera", access=Access.SIGNED_IN)
def verify_log(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[LogForm],
) -> Response:
    require(policy.can_verify_log(actor))
    if form.data is None:
        raise ValidationFailed(log=_("Välj en logg."))
    service.verify_log(session, actor, form.data.log)
    return page.see_other("show_log", query={"log": form.data.log.value})


def _log_page(
    page: Page,
    session: DbSession,
    actor: CurrentActor,
    form: Submitted[FilterForm],
    which: WhichLog,
    listed: service.Listed | None,
) -> Response:
    lines = listed.lines if listed else ()
    names = queries.names(session, actor, showing.cases_in(lines))
    verified = queries.latest_verification(session, actor, queries.log_id_of(actor, which), names)
    older = listed.next_before if listed else None
    return page.render(
        "oversight/log.html",
        status=200 if listed else 422,
        form=form,
        log=which.value,
        others=[(words, _path(page, Submitted(), log=log.value)) for log, words in LOGS.items() if log is not which],
        log_name=LOGS[which],
        users=list(names.users.items()),
        organisations=list(names.organisations.items()),
        events=list(wording.EVENTS.items()),
        lines=[showing.shown_line(line, names) for line in lines] if listed else None,
        older=_path(page, form, before=str(older)) if older is not None else "",
        newest=_path(page, form) if form.value("before") else "",
        everything=_path(page, Submitted(), log=which.value),
        is_narrowed=any(values for name, values in form.typed.items() if name not in {"log", "before"} and any(values)),
        verified=verified,
        verdict=_verdict(verified) if verified else None,
    )


def _which(form: Submitted[FilterForm]) -> WhichLog:
    """The log that was asked for, also when something else in the filter is wrong."""
    typed = form.value("log")
    return WhichLog(typed) if typed in set(WhichLog) else WhichLog.MUNICIPALITY


def _path(page: Page, form: Submitted[FilterForm], **more: str) -> str:
    """The log with the same filter, from another place in it."""
    kept = [(name, value) for name, values in form.typed.items() if name != "before" for value in values if value]
    return f"{page.request.app.url_path_for('show_log')}?{urlencode([*kept, *more.items()])}"


def _verdict(verified: queries.Verification) -> tuple[Text, Text]:
    """What a verification found, in a heading and a sentence."""
    facts = verified.facts
    if facts["ok"]:
        size = format_decimal(facts["size"], locale="sv_SE")
        return _("Loggen är obruten"), _("%(size)s poster, rot %(root)s", size=size, root=facts["root"])
    finding = wording.FINDINGS[Finding(facts["finding"])]
    if facts.get("entry") is None:
        return _("Loggen är bruten"), finding
    return _("Loggen är bruten vid post %(entry)s", entry=facts["entry"]), finding


def _number(typed: str) -> int | None:
    """The number, if it is written as numbers are."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= 15 and str(int(typed)) == typed
    return int(typed) if is_number else None
