"""What the municipality calls things: its terms in their forms, and the kinds of information on the form."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from auth.actor import Actor
from auth.decisions import require
from sspf.administration import policy
from sspf.administration.forms import WordsForm
from sspf.administration.routes.registry import router
from sspf.consents.labels import LABELS
from sspf.errors import Conflict, ValidationFailed
from sspf.organisations import words
from sspf.organisations.terms import OURS, Form, Term, key_of
from sspf.overtaken import mark_of
from sspf.texts import Text, _, upper_first
from sspf.web import Access, CurrentActor, CurrentPage, DbSession, Page, Sent, Submitted, blank

NOTICES = {"sparat": _("Orden är sparade och används från och med nu.")}
OUR_KINDS: dict[str, Text] = {kind.value: label for kind, label in LABELS.items()}
FORMS: dict[Form, Text] = {Form.ONE: _("En eller ett …"), Form.THE: _("Den eller det …"), Form.MANY: _("Flera …")}
ABOUT: dict[Term, Text] = {
    Term.COORDINATOR: _("Den som leder arbetet: koordinator, samordnare …"),
    Term.CONTACT: _("Den som är med från skola, socialtjänst, polis eller fritid."),
    Term.CONCERN: _("Någon hör av sig om oro för ett barn."),
    Term.MEETING: _("Mötet med dem som är med: möte, samverkansmöte, SSPF-möte …"),
    Term.ACTION: _("Det någon har lovat att göra: åtagande, insats, åtgärd …"),
    Term.PLAN: _("Planen som familjen får: åtagandeplan, handlingsplan …"),
}


@router.get("/administration/ord", access=Access.SIGNED_IN)
def show_terms(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_administer(actor))
    return _terms_page(page, _standing(session, actor, "term", OURS))


@router.post("/administration/ord", access=Access.SIGNED_IN)
def save_terms(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[WordsForm],
) -> Response:
    require(policy.can_administer(actor))
    if form.data is not None:
        form = form if (fault := _half_named(form.data.words)) is None else form.refused(fault)
    if form.data is None:
        return _terms_page(page, form, status=422)
    try:
        _save(session, actor, "term", OURS, form.data)
    except Conflict:
        return _terms_page(page, _overtaken(form, session, actor, "term", OURS), status=409)
    return page.see_other("show_terms", query={"klart": "sparat"})


@router.get("/administration/uppgifter", access=Access.SIGNED_IN)
def show_kinds(page: CurrentPage, session: DbSession, actor: CurrentActor) -> Response:
    require(policy.can_administer(actor))
    return _kinds_page(page, _standing(session, actor, "kind", OUR_KINDS))


@router.post("/administration/uppgifter", access=Access.SIGNED_IN)
def save_kinds(
    page: CurrentPage,
    session: DbSession,
    actor: CurrentActor,
    form: Sent[WordsForm],
) -> Response:
    require(policy.can_administer(actor))
    if form.data is None:
        return _kinds_page(page, form, status=422)
    try:
        _save(session, actor, "kind", OUR_KINDS, form.data)
    except Conflict:
        return _kinds_page(page, _overtaken(form, session, actor, "kind", OUR_KINDS), status=409)
    return page.see_other("show_kinds", query={"klart": "sparat"})


def _half_named(typed: Mapping[str, str]) -> ValidationFailed | None:
    """A term in some of its forms only would make sentences of two words for one thing."""
    for term in Term:
        keys = [key_of(term, form) for form in Form]
        missing = [key for key in keys if key not in typed]
        if 0 < len(missing) < len(keys):
            return ValidationFailed(**{f"words[{missing[0]}]": _("Skriv ordet i alla tre formerna, eller i ingen.")})
    return None


def _save(session: DbSession, actor: Actor, what: str, ours: Mapping[str, Text], given: WordsForm) -> None:
    """Keep what differs from ours; the rest is looked over and stays ours, in every language."""
    own = {key: given.words.get(key, "") for key in ours}
    kept = {key: "" if said == ours[key].message else said for key, said in own.items()}
    words.set_words(session, actor, {f"{what}.{key}": said for key, said in kept.items()}, read=given.read)


def _standing(session: DbSession, actor: Actor, what: str, ours: Mapping[str, Text]) -> Submitted[Any]:
    """The form as it begins: the municipality's own words, or ours as they are written, whoever reads."""
    own = words.standing(session, actor, [f"{what}.{key}" for key in ours])
    said = {f"words[{key}]": own[f"{what}.{key}"] or ours[key].message for key in ours}
    return blank(read=mark_of(*own.values()), **said)


def _overtaken(
    form: Submitted[WordsForm], session: DbSession, actor: Actor, what: str, ours: Mapping[str, Text]
) -> Submitted[WordsForm]:
    """Beside what somebody else has saved meanwhile; what is left empty is ours."""
    names = [(f"words[{key}]", upper_first(_(text.message)), {"": _(text.message)}) for key, text in ours.items()]
    return form.overtaken(_standing(session, actor, what, ours), names)


def _terms_page(page: Page, form: Submitted[WordsForm], *, status: int = 200) -> Response:
    terms = [(term, ABOUT[term], [(key_of(term, each), FORMS[each]) for each in Form]) for term in Term]
    return page.render(
        "administration/terms.html", form=form, rows=terms, ours=OURS, notice=page.notice(NOTICES), status=status
    )


def _kinds_page(page: Page, form: Submitted[WordsForm], *, status: int = 200) -> Response:
    return page.render(
        "administration/kinds.html", form=form, labels=LABELS, notice=page.notice(NOTICES), status=status
    )
