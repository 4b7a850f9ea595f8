"""The letters that end a procedure, or a part of it: grants, refusals, hand-overs, withdrawals and endings."""

from typing import Final
from uuid import UUID

from db.queries.people import subjects
from desktop.letters.content import (
    EnquiryReply,
    Grant,
    Letter,
    LetterKind,
    NonAcceptance,
    NotOurs,
    NotRequired,
    Refusal,
    ResultHandover,
    Termination,
    Withdrawal,
)
from desktop.letters.parts import Certificate, Due, HandedPaper, Office
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import about_of, hall_part, papers_in, request_of, said_in_both
from desktop.usecases.letters.letter_endings import decision_name
from desktop.usecases.letters.letter_missing import both
from desktop.usecases.letters.letter_pieces import (
    Acted,
    Number,
    accepted_on,
    articles_of,
    common,
    issued_number,
    item_name,
    last_day,
    reasons_of,
    received_on,
    remedies_of,
)
from desktop.usecases.letters.procedure_words import TOLD, TOLD_OTHERWISE, Decided, wording
from desktop.workflow.procedure.profiles import ANSWERED
from desktop.workflow.procedure.rounds import ClockName

ENQUIRY: Final = "enquiry"
"""The procedure in which a question is answered; in the other answered ones the person told something."""
_METHODS = {
    "in_person": Bilingual(zh="直接送达", en="in person"),
    "agent": Bilingual(zh="由代理人领取", en="to the agent"),
    "post": Bilingual(zh="邮寄送达", en="by post"),
    "electronic": Bilingual(zh="电子送达", en="electronically"),
}
_RELATIONS = {
    "agent": Bilingual(zh="代办人", en="agent"),
    "guardian": Bilingual(zh="监护人", en="guardian"),
    "other": Bilingual(zh="受托人", en="holds the applicant's authority"),
}
_NOT_NAMED = Bilingual(zh="请向本大厅咨询台查询", en="please ask at the hall's desk")


def refusal(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell what is refused, why, and where to turn."""
    return Refusal(
        **common(context, acted, number(LetterKind.REFUSAL)),
        refused=item_name(acted),
        **_decided(acted, wording(acted.before.item.procedure).refused),
        accepted_on=accepted_on(acted),
        reasons=reasons_of(acted),
        articles=articles_of(acted),
        remedies=remedies_of(context, acted),
    )


def _decided(acted: Acted, words: Decided | None) -> dict[str, Bilingual]:
    """Say a decision as its procedure does; nothing for a procedure without words of its own."""
    item = acted.before.item.name
    said = {} if words is None else {"title": words.title, "led": words.led, "decision": words.decision}
    return {name: said_in_both(msgid, item) for name, msgid in said.items()}


def handover(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell what was handed over to whom, where, how and when."""
    shared = common(context, acted, number(LetterKind.RESULT_HANDOVER))
    return ResultHandover(
        **shared,
        documents=_documents(context, acted),
        method=_method(acted),
        place=hall_part(context).name,
        delivered_on=acted.act.day,
        recipient=_taker(context, acted) or shared["applicant"].name,
        relation=_RELATIONS.get(acted.act.text("relation") or ""),
        deliverer=context.staff.name,
        reconsider_by=_until(context, acted, ClockName.RECONSIDERATION),
        sue_by=_until(context, acted, ClockName.LITIGATION),
    )


def _until(context: Context, acted: Acted, name: ClockName) -> Due | None:
    clock = acted.now.state.clock(name)
    return None if clock is None else last_day(context, clock.date, estimated=clock.estimated)


def _method(acted: Acted) -> Bilingual:
    """Say how it was handed over; of what was posted, under which number."""
    method, mail = acted.act.text("method") or "", acted.act.text("mail_number")
    said = _METHODS.get(method, _METHODS["in_person"])
    return said if mail is None else Bilingual(zh=f"{said.zh}（邮件编号{mail}）", en=f"{said.en} (mail number {mail})")


def _documents(context: Context, acted: Acted) -> tuple[HandedPaper, ...]:
    """Give what is handed over: the result under its number, or the decision that there is none."""
    name, state, item = item_name(acted), acted.before.state, acted.before.item
    if state.service_owed and state.ended_by is not None:
        return (HandedPaper(name=decision_name(state.ended_by, item.procedure, item.name)),)
    outcomes = context.catalogue.outcomes
    given = [both(outcomes[code].name) for code in acted.before.item.provides if code in outcomes]
    number = issued_number(context, acted)
    return tuple(HandedPaper(name=one, number=number) for one in given or [name])


def _taker(context: Context, acted: Acted) -> str:
    """Name who took the result, when it was somebody other than the applicant."""
    taker = acted.act.text("recipient")
    found = subjects(context.connection, context.hall_id, [UUID(taker)]) if taker else {}
    return next((row.name for row in found.values()), "")


def withdrawal(context: Context, acted: Acted, number: Number) -> Letter:
    """Confirm that the application was taken back."""
    return Withdrawal(
        **common(context, acted, number(LetterKind.WITHDRAWAL)),
        items=(item_name(acted),),
        received_on=received_on(acted),
        withdrawn_on=acted.act.day,
        reason=reasons_of(acted)[0] if acted.act.reason else None,
        returned=papers_in(context, about_of(context, acted.row.request_id), kept=True),
    )


def termination(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell that the procedure ends without a decision, and why."""
    return Termination(
        **common(context, acted, number(LetterKind.TERMINATION)),
        items=(item_name(acted),),
        received_on=received_on(acted),
        ended_on=acted.act.day,
        reasons=reasons_of(acted),
        articles=articles_of(acted),
        returned=papers_in(context, about_of(context, acted.row.request_id), kept=True),
        remedies=remedies_of(context, acted),
    )


def not_required(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell that nothing has to be applied for."""
    return NotRequired(
        **common(context, acted, number(LetterKind.NOT_REQUIRED)),
        received_on=received_on(acted),
        not_needed=item_name(acted),
        reasons=reasons_of(acted),
        articles=articles_of(acted),
        returned=papers_in(context, about_of(context, acted.row.request_id), kept=True),
        remedies=remedies_of(context, acted),
    )


def not_ours(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell who is in charge; where nobody was named, the hall finds out."""
    whom = acted.act.text("to_whom")
    office = _NOT_NAMED if whom is None else Bilingual(zh=whom)
    return NotOurs(
        **common(context, acted, number(LetterKind.NOT_OURS)),
        received_on=received_on(acted),
        reasons=reasons_of(acted),
        right_office=Office(name=office),
        articles=articles_of(acted),
        returned=papers_in(context, about_of(context, acted.row.request_id), kept=True),
        remedies=remedies_of(context, acted),
    )


def grant(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell what is granted and which certificates come of it; who asked or complained is answered instead."""
    if acted.before.item.procedure in ANSWERED:
        return _answer(context, acted, number)
    outcomes = context.catalogue.outcomes
    given = [outcomes[code] for code in acted.before.item.provides if code in outcomes]
    return Grant(
        **common(context, acted, number(LetterKind.GRANT)),
        granted=item_name(acted),
        **_decided(acted, wording(acted.before.item.procedure).granted),
        accepted_on=accepted_on(acted),
        articles=articles_of(acted),
        certificates=tuple(Certificate(name=both(outcome.name)) for outcome in given),
    )


def _answer(context: Context, acted: Acted, number: Number) -> Letter:
    """Answer in the department's words what was said at the counter; who left no name is not named."""
    row = request_of(context, acted.row.request_id)
    told = common(context, acted, number(LetterKind.ENQUIRY_REPLY))
    return EnquiryReply(
        **told | ({} if row.applicant else {"applicant": None}),
        asked_on=received_on(acted),
        told=None if acted.before.item.procedure == ENQUIRY else said_in_both(TOLD.get(row.kind, TOLD_OTHERWISE)),
        question=Bilingual(zh=row.words or row.title),
        answer=tuple(
            Bilingual(zh=line, en=reason.en) for reason in reasons_of(acted) for line in reason.zh.splitlines() if line
        ),
    )


def non_acceptance(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell that the application is not taken on, why, and where to turn."""
    return NonAcceptance(
        **common(context, acted, number(LetterKind.NON_ACCEPTANCE)),
        received_on=received_on(acted),
        items=(item_name(acted),),
        reasons=reasons_of(acted),
        articles=articles_of(acted),
        remedies=remedies_of(context, acted),
    )
