"""What each letter of the hall says: one model per kind, with exactly the data its words need.

Receipts are the hall's own. Every other letter is an act of a department, dated, with a place for its seal.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from desktop.letters.parts import (
    AcceptedItem,
    Agent,
    Applicant,
    Certificate,
    Due,
    Hall,
    HandedPaper,
    Limit,
    Missing,
    NextVisit,
    Office,
    Owing,
    Remedies,
)
from desktop.letters.text import Bilingual, Line, Part, SaidLine


class LetterKind(StrEnum):
    """The kinds of letters a hall and its departments give to people."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    NON_ACCEPTANCE = "non_acceptance"
    SUPPLEMENT = "supplement"
    DEFERRED_ACCEPTANCE = "deferred_acceptance"
    PROMISE = "promise"
    SUSPENSION = "suspension"
    EXTENSION = "extension"
    GRANT = "grant"
    REFUSAL = "refusal"
    RESULT_HANDOVER = "result_handover"
    WITHDRAWAL = "withdrawal"
    ENQUIRY_REPLY = "enquiry_reply"
    NOT_REQUIRED = "not_required"
    NOT_OURS = "not_ours"
    RESUMPTION = "resumption"
    PROMISE_BROKEN = "promise_broken"
    TERMINATION = "termination"
    CHECK_FAILED = "check_failed"
    WAY_OUT = "way_out"
    ENDING = "ending"
    ANNULMENT = "annulment"
    HEARING = "hearing"
    REMINDER = "reminder"


Several = Annotated[tuple[Bilingual, ...], Field(min_length=1)]
"""At least one sentence, each its own entry."""


class BaseLetter(Part):
    """What every letter has: the hall, its number, its day, and the matter it is about."""

    hall: Hall
    number: SaidLine
    request_number: SaidLine
    dated: date
    matter: Bilingual
    agent: Agent | None = None
    asked: Bilingual | None = None
    """What the person came with, where it is no application: a question, a complaint."""


class DepartmentLetter(BaseLetter):
    """An act of a department, addressed to the applicant."""

    department: Bilingual
    applicant: Applicant
    contact: Bilingual | None = None

    @property
    def issuer(self) -> Bilingual:
        """Whose letter this is."""
        return self.department


class Receipt(BaseLetter):
    """收件回执: which papers the hall took in; it says nothing about acceptance."""

    kind: Literal[LetterKind.RECEIPT] = LetterKind.RECEIPT
    applicant: Applicant
    items: tuple[Bilingual, ...] = ()
    counter: Bilingual
    clerk: SaidLine
    papers: tuple[HandedPaper, ...] = ()
    missing: tuple[Missing, ...] = ()
    """What the person still sees to."""
    under_way: tuple[Missing, ...] = ()
    """What departments, the hall or other authorities see to: nothing of it is the person's to bring."""
    next_visit: NextVisit | None = None
    """Where to bring the papers that are listed; None while none is."""
    papers_open: bool = False
    """Whether answers that are still open may call for papers that no list names yet."""
    answer_by: Due | None = None

    @property
    def issuer(self) -> Bilingual:
        """Whose letter this is: a receipt is the hall's."""
        return self.hall.name


class Acceptance(DepartmentLetter):
    """受理通知书: the department takes the request on, and the limits run."""

    kind: Literal[LetterKind.ACCEPTANCE] = LetterKind.ACCEPTANCE
    received_on: date
    accepted_on: date
    items: Annotated[tuple[AcceptedItem, ...], Field(min_length=1)]
    notice_was_missed: bool = False
    pauses: tuple[Bilingual, ...] = ()
    articles: tuple[Bilingual, ...] = ()


class NonAcceptance(DepartmentLetter):
    """不予受理通知书: the department does not take the request on; remedies where the law gives them."""

    kind: Literal[LetterKind.NON_ACCEPTANCE] = LetterKind.NON_ACCEPTANCE
    received_on: date
    items: tuple[Bilingual, ...] = ()
    reasons: Several
    articles: Several
    other_way: Bilingual | None = None
    returned: tuple[HandedPaper, ...] = ()
    remedies: Remedies | None = None


class Supplement(DepartmentLetter):
    """补正材料一次性告知书: everything that is missing, told once."""

    kind: Literal[LetterKind.SUPPLEMENT] = LetterKind.SUPPLEMENT
    received_on: date
    items: tuple[Bilingual, ...] = ()
    missing: tuple[Missing, ...]
    """What the person sees to; in older letters everything."""
    under_way: tuple[Missing, ...] = ()
    """What departments, the hall or other authorities get themselves: nothing of it is the person's to bring."""
    next_visit: NextVisit
    if_not: Bilingual | None = None
    articles: tuple[Bilingual, ...] = ()

    @model_validator(mode="after")
    def _lists_something(self) -> Self:
        if not (self.missing or self.under_way):
            raise ValueError("a notice of what is missing that lists nothing")
        return self


class DeferredAcceptance(DepartmentLetter):
    """容缺受理通知书: taken on with papers owing that the applicant has promised."""

    kind: Literal[LetterKind.DEFERRED_ACCEPTANCE] = LetterKind.DEFERRED_ACCEPTANCE
    received_on: date
    accepted_on: date
    items: Annotated[tuple[AcceptedItem, ...], Field(min_length=1)]
    owing: Annotated[tuple[Owing, ...], Field(min_length=1)]
    where: Bilingual
    if_not_kept: Bilingual
    articles: tuple[Bilingual, ...] = ()


class Promise(DepartmentLetter):
    """容缺受理承诺书: the applicant's word to hand in what is owing, told and kept by the department."""

    kind: Literal[LetterKind.PROMISE] = LetterKind.PROMISE
    items: tuple[Bilingual, ...] = ()
    owing: Annotated[tuple[Owing, ...], Field(min_length=1)]
    if_not_kept: Bilingual


class Suspension(DepartmentLetter):
    """特别程序（暂停计时）告知书: why the clock stands still, and until when."""

    kind: Literal[LetterKind.SUSPENSION] = LetterKind.SUSPENSION
    item: Bilingual
    accepted_on: date
    ground: Bilingual
    started_on: date
    expected_end: Due
    time_left: Limit | None = None
    articles: Several


class Extension(DepartmentLetter):
    """延期告知书: the limit is moved once, with the reason and who approved it."""

    kind: Literal[LetterKind.EXTENSION] = LetterKind.EXTENSION
    item: Bilingual
    accepted_on: date
    reason: Bilingual
    approver: Bilingual
    extended_by: Limit
    old_due: Due
    new_due: Due
    articles: Several


class Grant(DepartmentLetter):
    """准予决定书: what is granted, on what conditions, and how the result is received."""

    kind: Literal[LetterKind.GRANT] = LetterKind.GRANT
    granted: Bilingual
    title: Bilingual | None = None
    led: Bilingual | None = None
    decision: Bilingual | None = None
    """The decision in the words of its procedure, and what leads to it; older letters have none."""
    accepted_on: date
    articles: Several
    conditions: tuple[Bilingual, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    deliver_by: Due | None = None
    delivery: Bilingual | None = None


class Refusal(DepartmentLetter):
    """不予决定书: what is not granted, why, under which articles, and where to turn."""

    kind: Literal[LetterKind.REFUSAL] = LetterKind.REFUSAL
    refused: Bilingual
    title: Bilingual | None = None
    led: Bilingual | None = None
    decision: Bilingual | None = None
    """As of a grant."""
    accepted_on: date
    reasons: Several
    articles: Several
    other_way: Bilingual | None = None
    remedies: Remedies | None = None


class ResultHandover(DepartmentLetter):
    """送达回证: what was handed to whom, where, how, and when, against a signature."""

    kind: Literal[LetterKind.RESULT_HANDOVER] = LetterKind.RESULT_HANDOVER
    documents: Annotated[tuple[HandedPaper, ...], Field(min_length=1)]
    method: Bilingual
    place: Bilingual
    delivered_on: date
    recipient: SaidLine
    relation: Bilingual | None = None
    deliverer: SaidLine
    witness: Line = ""
    refused_note: Bilingual | None = None
    reconsider_by: Due | None = None
    sue_by: Due | None = None
    """The last days to dispute what was served, counted from its service."""


class Withdrawal(DepartmentLetter):
    """撤回申请确认书: the department confirms that the applicant took the request back."""

    kind: Literal[LetterKind.WITHDRAWAL] = LetterKind.WITHDRAWAL
    items: tuple[Bilingual, ...] = ()
    received_on: date
    withdrawn_on: date
    reason: Bilingual | None = None
    returned: tuple[HandedPaper, ...] = ()


class EnquiryReply(BaseLetter):
    """答复: an answer to a question; the person who asked may stay unnamed."""

    kind: Literal[LetterKind.ENQUIRY_REPLY] = LetterKind.ENQUIRY_REPLY
    department: Bilingual
    applicant: Applicant | None = None
    contact: Bilingual | None = None
    asked_on: date
    told: Bilingual | None = None
    """What the person told who asked no question: a complaint, a suggestion."""
    question: Bilingual
    answer: Several
    articles: tuple[Bilingual, ...] = ()

    @property
    def issuer(self) -> Bilingual:
        """Whose letter this is."""
        return self.department


class NotRequired(DepartmentLetter):
    """不需要许可告知书: the law asks for no permit here."""

    kind: Literal[LetterKind.NOT_REQUIRED] = LetterKind.NOT_REQUIRED
    received_on: date
    not_needed: Bilingual
    reasons: Several
    articles: tuple[Bilingual, ...] = ()
    other_way: Bilingual | None = None
    returned: tuple[HandedPaper, ...] = ()
    remedies: Remedies | None = None


class NotOurs(DepartmentLetter):
    """不属本机关职权告知书: another authority decides this, and where it is."""

    kind: Literal[LetterKind.NOT_OURS] = LetterKind.NOT_OURS
    received_on: date
    reasons: tuple[Bilingual, ...] = ()
    right_office: Office
    articles: tuple[Bilingual, ...] = ()
    returned: tuple[HandedPaper, ...] = ()
    remedies: Remedies | None = None


class Resumption(DepartmentLetter):
    """恢复计时告知书: the ground of a pause is over, and the limit goes on from where it stopped."""

    kind: Literal[LetterKind.RESUMPTION] = LetterKind.RESUMPTION
    item: Bilingual
    ground: Bilingual
    started_on: date
    resumed_on: date
    new_due: Due | None = None
    articles: tuple[Bilingual, ...] = ()


class PromiseBroken(DepartmentLetter):
    """容缺承诺未履行告知书: what was promised did not come, and what follows from it."""

    kind: Literal[LetterKind.PROMISE_BROKEN] = LetterKind.PROMISE_BROKEN
    items: tuple[Bilingual, ...] = ()
    owing: Annotated[tuple[Owing, ...], Field(min_length=1)]
    reasons: Several
    consequence: Bilingual


class Reminder(DepartmentLetter):
    """容缺材料补交提醒书: the day of a promise is past without the paper; the hall asks for it and decides nothing."""

    kind: Literal[LetterKind.REMINDER] = LetterKind.REMINDER
    items: tuple[Bilingual, ...] = ()
    owing: Annotated[tuple[Owing, ...], Field(min_length=1)]
    where: Bilingual
    if_not_kept: Bilingual


class Termination(DepartmentLetter):
    """终止办理告知书: the procedure ends without a decision, why, and how to apply again."""

    kind: Literal[LetterKind.TERMINATION] = LetterKind.TERMINATION
    items: tuple[Bilingual, ...] = ()
    received_on: date
    ended_on: date
    reasons: Several
    articles: tuple[Bilingual, ...] = ()
    returned: tuple[HandedPaper, ...] = ()
    remedies: Remedies | None = None


class CheckFailed(DepartmentLetter):
    """核查不符告知书: the check after a decision found that a promise is not kept, and by when to put it right."""

    kind: Literal[LetterKind.CHECK_FAILED] = LetterKind.CHECK_FAILED
    item: Bilingual
    decided_on: date
    checked_on: date
    reasons: Several
    put_right_by: Due
    articles: tuple[Bilingual, ...] = ()


class WayOut(DepartmentLetter):
    """办理去向告知书: as things are now the matter cannot go on here, and where it leads."""

    kind: Literal[LetterKind.WAY_OUT] = LetterKind.WAY_OUT
    received_on: date
    outcome: Bilingual
    under_way: tuple[Bilingual, ...] = ()
    returned: tuple[HandedPaper, ...] = ()


class Ending(DepartmentLetter):
    """撤销（撤回、吊销、注销）决定书: what was granted ends by a decision of its own, why, and what follows."""

    kind: Literal[LetterKind.ENDING] = LetterKind.ENDING
    title: Bilingual
    item: Bilingual
    decision: Bilingual
    decided_on: date
    ended_on: date
    reasons: Several
    articles: Several
    certificates: tuple[Certificate, ...] = ()
    """What was handed over and is to be given back."""
    note: Bilingual | None = None
    """What the law gives whom the ending harms."""
    barred_until: date | None = None
    remedies: Remedies | None = None


class Annulment(DepartmentLetter):
    """决定被撤销告知书: a review or a court annulled a decision, and whether it is taken anew."""

    kind: Literal[LetterKind.ANNULMENT] = LetterKind.ANNULMENT
    item: Bilingual
    decided_on: date
    annulled_on: date
    reasons: Several
    articles: Several
    redo: bool = False
    remedies: Remedies | None = None


class Hearing(DepartmentLetter):
    """听证通知书: when and where people are heard before the decision, told seven days before."""

    kind: Literal[LetterKind.HEARING] = LetterKind.HEARING
    item: Bilingual
    held_on: date
    place: SaidLine
    articles: Several


Letter = Annotated[
    Receipt
    | Acceptance
    | NonAcceptance
    | Supplement
    | DeferredAcceptance
    | Promise
    | Suspension
    | Extension
    | Grant
    | Refusal
    | ResultHandover
    | Withdrawal
    | EnquiryReply
    | NotRequired
    | NotOurs
    | Resumption
    | PromiseBroken
    | Termination
    | CheckFailed
    | WayOut
    | Ending
    | Annulment
    | Hearing
    | Reminder,
    Field(discriminator="kind"),
]
"""Any letter of the hall."""

_ANY_LETTER: TypeAdapter[Letter] = TypeAdapter(Letter)


def letter_from_json(stored: str | bytes) -> Letter:
    """Read back a letter as it was kept, so that it can be printed again with the same words."""
    return _ANY_LETTER.validate_json(stored)
