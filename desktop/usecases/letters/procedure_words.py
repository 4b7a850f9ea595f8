"""What each procedure calls its acts, its states and its decisions: a filing is put on file, a complaint is answered.

The one table of it, for buttons, lists, timeline, refusals and letters alike. What a procedure does not name has the
common word (`act_words`, `timeline`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.words import gettext_noop
from desktop.workflow.procedure.legal_states import ActKind, LegalState

_A, _S = ActKind, LegalState


@dataclass(frozen=True, slots=True)
class Decided:
    """How a letter tells a decision: its title, what leads to it, the decision itself, and the name of its series."""

    title: str
    led: str
    decision: str
    series: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one procedure; `sentences` are the lines of the timeline, `asked` what the person came with."""

    acts: Mapping[ActKind, str] = field(default_factory=dict)
    states: Mapping[LegalState, str] = field(default_factory=dict)
    sentences: Mapping[ActKind, str] = field(default_factory=dict)
    granted: Decided | None = None
    refused: Decided | None = None
    asked: str = ""


_MEETS: Final = gettext_noop("It meets the conditions and standards of the law. It is decided to")
_DECIDED: Final = gettext_noop("It is decided to")
_REQUEST: Final = gettext_noop("request")
_ENDS: Final = {_A.REVOKE_UNLAWFUL: gettext_noop("Revoke an unlawful decision")}
_ENDED: Final = {_S.REVOKED_UNLAWFUL: gettext_noop("Decision revoked as unlawful")}
_ENDING: Final = {_A.REVOKE_UNLAWFUL: gettext_noop("{department} revoked an unlawful decision: {item}.")}
_ANSWER_ACTS: Final = {
    _A.ISSUE: gettext_noop("Send the answer out"),
    _A.SERVE: gettext_noop("Give the answer to the person"),
    _A.ANNUL: gettext_noop("Annul the answer"),
}
_ANSWER_STATES: Final = {
    _S.ISSUED: gettext_noop("Answer is out"),
    _S.SERVED: gettext_noop("Answer given"),
    _S.ANNULLED: gettext_noop("Answer annulled"),
}
_ANSWER_SENTENCES: Final = {
    _A.ISSUE: gettext_noop("{department} sent the answer out: {item}."),
    _A.SERVE: gettext_noop("The answer was given to the person: {item}."),
    _A.ANNUL: gettext_noop("{department} annulled the answer: {item}."),
}

PROCEDURES: Final[Mapping[str, Wording]] = {
    "permit": Wording(
        acts={_A.GRANT: gettext_noop("Grant the permit"), _A.REFUSE: gettext_noop("Refuse the permit")},
        states={
            _S.GRANTED: gettext_noop("Permit granted, result not out yet"),
            _S.REFUSED: gettext_noop("Permit refused"),
        },
        sentences={
            _A.GRANT: gettext_noop("{department} granted the permit: {item}."),
            _A.REFUSE: gettext_noop("{department} refused the permit: {item}."),
        },
        granted=Decided(
            gettext_noop("Decision to grant the permit"), _MEETS, gettext_noop("grant the permit: {item}"), "准予许可"
        ),
        refused=Decided(
            gettext_noop("Decision to refuse the permit"),
            _DECIDED,
            gettext_noop("refuse the permit: {item}"),
            "不予许可",
        ),
    ),
    "confirmation": Wording(
        acts={**_ENDS, _A.GRANT: gettext_noop("Confirm it"), _A.REFUSE: gettext_noop("Do not confirm it")},
        states={
            **_ENDED,
            _S.GRANTED: gettext_noop("Confirmed, result not out yet"),
            _S.REFUSED: gettext_noop("Not confirmed"),
        },
        sentences={
            **_ENDING,
            _A.GRANT: gettext_noop("{department} confirmed: {item}."),
            _A.REFUSE: gettext_noop("{department} did not confirm: {item}."),
        },
        granted=Decided(gettext_noop("Decision to confirm"), _MEETS, gettext_noop("confirm: {item}"), "确认"),
        refused=Decided(
            gettext_noop("Decision not to confirm"), _DECIDED, gettext_noop("not confirm: {item}"), "不予确认"
        ),
    ),
    "benefit": Wording(
        acts={
            **_ENDS,
            _A.GRANT: gettext_noop("Grant the benefit"),
            _A.REFUSE: gettext_noop("Refuse the benefit"),
        },
        states={
            **_ENDED,
            _S.GRANTED: gettext_noop("Benefit granted, result not out yet"),
            _S.REFUSED: gettext_noop("Benefit refused"),
        },
        sentences={
            **_ENDING,
            _A.GRANT: gettext_noop("{department} granted the benefit: {item}."),
            _A.REFUSE: gettext_noop("{department} refused the benefit: {item}."),
        },
        granted=Decided(
            gettext_noop("Decision to grant the benefit"), _MEETS, gettext_noop("grant the benefit: {item}"), "批准给付"
        ),
        refused=Decided(
            gettext_noop("Decision to refuse the benefit"),
            _DECIDED,
            gettext_noop("refuse the benefit: {item}"),
            "不予给付",
        ),
    ),
    "registration": Wording(
        acts={
            **_ENDS,
            _A.GRANT: gettext_noop("Enter in the register"),
            _A.REFUSE: gettext_noop("Refuse to register it"),
            _A.REVOKE_PENALTY: gettext_noop("Revoke the registration as a penalty"),
        },
        states={
            **_ENDED,
            _S.GRANTED: gettext_noop("Registered, result not out yet"),
            _S.REFUSED: gettext_noop("Registration refused"),
            _S.PENALTY_REVOKED: gettext_noop("Registration revoked as a penalty"),
        },
        sentences={
            **_ENDING,
            _A.GRANT: gettext_noop("{department} registered: {item}."),
            _A.REFUSE: gettext_noop("{department} refused to register: {item}."),
            _A.REVOKE_PENALTY: gettext_noop("{department} revoked the registration as a penalty: {item}."),
        },
        granted=Decided(gettext_noop("Notice of registration"), _MEETS, gettext_noop("register: {item}"), "准予登记"),
        refused=Decided(
            gettext_noop("Notice that registration is refused"),
            _DECIDED,
            gettext_noop("refuse to register: {item}"),
            "不予登记",
        ),
    ),
    "filing": Wording(
        acts={**_ENDS, _A.GRANT: gettext_noop("Put on file"), _A.REFUSE: gettext_noop("Do not put on file")},
        states={
            **_ENDED,
            _S.GRANTED: gettext_noop("Put on file, result not out yet"),
            _S.REFUSED: gettext_noop("Not put on file"),
        },
        sentences={
            **_ENDING,
            _A.GRANT: gettext_noop("{department} put on file: {item}."),
            _A.REFUSE: gettext_noop("{department} did not put on file: {item}."),
        },
        granted=Decided(gettext_noop("Notice of filing"), _MEETS, gettext_noop("put on file: {item}"), "备案"),
        refused=Decided(
            gettext_noop("Notice that it is not put on file"),
            _DECIDED,
            gettext_noop("not put on file: {item}"),
            "不予备案",
        ),
    ),
    "public_service": Wording(
        acts={**_ENDS, _A.GRANT: gettext_noop("Finish it"), _A.REFUSE: gettext_noop("Decline to do it")},
        states={
            **_ENDED,
            _S.GRANTED: gettext_noop("Done, result not out yet"),
            _S.REFUSED: gettext_noop("Not done, with reasons"),
        },
        sentences={
            **_ENDING,
            _A.GRANT: gettext_noop("{department} finished: {item}."),
            _A.REFUSE: gettext_noop("{department} decided not to do it: {item}."),
        },
        granted=Decided(
            gettext_noop("Notice of completion"),
            gettext_noop("The papers meet the rules. It is now"),
            gettext_noop("done: {item}"),
            "办结",
        ),
        refused=Decided(
            gettext_noop("Notice that it is not done"), _DECIDED, gettext_noop("not do it: {item}"), "不予办理"
        ),
    ),
    "enquiry": Wording(
        acts={
            **_ANSWER_ACTS,
            _A.GRANT: gettext_noop("Answer it"),
            _A.REFUSE: gettext_noop("Say why there is no answer"),
        },
        states={
            **_ANSWER_STATES,
            _S.GRANTED: gettext_noop("Answered, answer not out yet"),
            _S.REFUSED: gettext_noop("Not answered, with reasons"),
        },
        sentences={
            **_ANSWER_SENTENCES,
            _A.GRANT: gettext_noop("{department} answered: {item}."),
            _A.REFUSE: gettext_noop("{department} said why there is no answer: {item}."),
        },
        granted=Decided("", "", "", "答复"),
        refused=Decided(
            gettext_noop("Notice that there is no answer"), _DECIDED, gettext_noop("give no answer: {item}"), "不予答复"
        ),
        asked=_REQUEST,
    ),
    "complaint": Wording(
        acts={
            **_ANSWER_ACTS,
            _A.GRANT: gettext_noop("Deal with it and answer"),
            _A.REFUSE: gettext_noop("Do not deal with it"),
        },
        states={
            **_ANSWER_STATES,
            _S.GRANTED: gettext_noop("Dealt with, answer not out yet"),
            _S.REFUSED: gettext_noop("Not dealt with, with reasons"),
        },
        sentences={
            **_ANSWER_SENTENCES,
            _A.GRANT: gettext_noop("{department} dealt with it and answered: {item}."),
            _A.REFUSE: gettext_noop("{department} did not deal with it: {item}."),
        },
        granted=Decided("", "", "", "答复"),
        refused=Decided(
            gettext_noop("Notice that it is not dealt with"),
            _DECIDED,
            gettext_noop("not deal with it: {item}"),
            "不予处理",
        ),
        asked=_REQUEST,
    ),
    "verification": Wording(
        acts={
            _A.GRANT: gettext_noop("It agrees"),
            _A.REFUSE: gettext_noop("It does not agree"),
            _A.ISSUE: gettext_noop("Tell the other department"),
            _A.ANNUL: gettext_noop("Annul the check"),
        },
        states={
            _S.GRANTED: gettext_noop("Agrees, not told yet"),
            _S.REFUSED: gettext_noop("Does not agree"),
            _S.ISSUED: gettext_noop("Checked"),
            _S.ANNULLED: gettext_noop("Check annulled"),
        },
        sentences={
            _A.GRANT: gettext_noop("{department} checked, and it agrees: {item}."),
            _A.REFUSE: gettext_noop("{department} checked, and it does not agree: {item}."),
            _A.ISSUE: gettext_noop("{department} told the outcome of the check: {item}."),
            _A.ANNUL: gettext_noop("{department} annulled the check: {item}."),
        },
    ),
}

COMMON: Final = Wording()
"""The words of an item whose procedure nobody knows any more: only the common ones."""

TOLD: Final[Mapping[str, str]] = {
    "help": gettext_noop("what you asked help for"),
    "complaint": gettext_noop("what you complained about"),
    "report": gettext_noop("what you reported"),
    "suggestion": gettext_noop("what you suggested"),
    "not_done": gettext_noop("what you could not get done"),
}
"""What somebody told who did not ask a question, by the kind of the request."""
TOLD_OTHERWISE: Final = gettext_noop("what you told us")


def wording(procedure: str) -> Wording:
    """Give the words of a procedure."""
    return PROCEDURES.get(procedure, COMMON)
