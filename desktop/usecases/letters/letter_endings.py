"""The letters by which what was decided ends again: revoked, withdrawn, struck off, annulled; and their names."""

from typing import Final

from desktop.letters.content import Annulment, Ending, Letter, LetterKind
from desktop.letters.parts import Certificate
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import said_in_both
from desktop.usecases.letters.letter_missing import both
from desktop.usecases.letters.letter_pieces import (
    Acted,
    Number,
    accepted_on,
    articles_of,
    common,
    issued_number,
    item_name,
    reasons_of,
    remedies_of,
)
from desktop.usecases.letters.procedure_words import wording
from desktop.workflow.catalogue.definitions import Text
from desktop.workflow.procedure.legal_states import ActKind

_VERBS: Final = {
    ActKind.REVOKE_UNLAWFUL: Bilingual(zh="撤销", en="revoke"),
    ActKind.WITHDRAW_PERMIT: Bilingual(zh="撤回", en="withdraw"),
    ActKind.REVOKE_PENALTY: Bilingual(zh="吊销", en="revoke as a penalty"),
    ActKind.DEREGISTER: Bilingual(zh="注销", en="strike off"),
}
_THINGS: Final = {
    "permit": Bilingual(zh="行政许可", en="the permit"),
    "registration": Bilingual(zh="登记", en="the registration"),
    "confirmation": Bilingual(zh="行政确认", en="the confirmation"),
    "benefit": Bilingual(zh="行政给付", en="the benefit"),
    "filing": Bilingual(zh="备案", en="the filing"),
}
_THING: Final = Bilingual(zh="办理结果", en="the result")
_SERIES: Final = {
    ActKind.REVOKE_UNLAWFUL: "撤销",
    ActKind.WITHDRAW_PERMIT: "撤回许可",
    ActKind.REVOKE_PENALTY: "吊销",
    ActKind.DEREGISTER: "注销",
}
_NOTES: Final = {
    ActKind.REVOKE_UNLAWFUL: Bilingual(
        zh="因本机关的原因撤销，使合法权益受到损害的，可以依法要求赔偿。",
        en="If it is revoked because of a fault of this authority and lawful interests suffer, you may claim damages.",
    ),
    ActKind.WITHDRAW_PERMIT: Bilingual(
        zh="因撤回造成财产损失的，可以依法要求补偿。",
        en="For loss of property caused by the withdrawal you may claim compensation.",
    ),
}
_NOTICES: Final = {
    ActKind.NOT_ACCEPT: Bilingual(zh="不予受理通知书", en="Notice of non-acceptance"),
    ActKind.NOT_REQUIRED: Bilingual(zh="不需要许可告知书", en="Notice that no permit is required"),
    ActKind.NOT_OURS: Bilingual(zh="不属本机关职权告知书", en="Notice that another authority decides"),
    ActKind.TERMINATE: Bilingual(zh="终止办理告知书", en="Notice that the procedure ends"),
    ActKind.LAPSE: Bilingual(zh="终止办理告知书", en="Notice that the procedure ends"),
}
_REFUSAL: Final = Bilingual(zh="不予批准决定书", en="Decision to refuse")


def ending_series(act: ActKind) -> str:
    """Name the series in which the decision of an ending is numbered."""
    return _SERIES[act]


def decision_name(act: ActKind, procedure: str, item: Text) -> Bilingual:
    """Name the decision against the person, with its item, as the letter of the act is called."""
    title = _title(act, procedure)
    return Bilingual(zh=f"{title.zh}（{item.zh}）", en=f"{title.en}: {item.en or item.zh}")


def _title(act: ActKind, procedure: str) -> Bilingual:
    if act in _VERBS:
        verb, thing = _VERBS[act], _THINGS.get(procedure, _THING)
        return Bilingual(zh=f"{verb.zh}{thing.zh}决定书", en=f"Decision to {verb.en} {thing.en}")
    refused = wording(procedure).refused
    if act is ActKind.REFUSE and refused is not None:
        return said_in_both(refused.title)
    return _NOTICES.get(act, _REFUSAL)


def ending(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell that what was granted ends, why, what is to be given back, and where to turn."""
    act, item = acted.act, acted.before.item
    verb = _VERBS[act.kind]
    outcomes = context.catalogue.outcomes
    given = [outcomes[code] for code in item.provides if code in outcomes]
    held = given if acted.before.state.issued_on is not None else []
    said = issued_number(context, acted)
    return Ending(
        **common(context, acted, number(LetterKind.ENDING)),
        title=_title(act.kind, item.procedure),
        item=item_name(acted),
        decision=Bilingual(zh=f"{verb.zh}“{item.name.zh}”", en=f"{verb.en} “{item.name.en or item.name.zh}”"),
        decided_on=acted.before.state.decided_on or accepted_on(acted),
        ended_on=act.day,
        reasons=reasons_of(acted),
        articles=articles_of(acted),
        certificates=tuple(Certificate(name=both(outcome.name), number=said) for outcome in held),
        note=_NOTES.get(act.kind),
        barred_until=acted.now.state.barred_until,
        remedies=remedies_of(context, acted),
    )


def annulment(context: Context, acted: Acted, number: Number) -> Letter:
    """Tell that a review or a court annulled the decision, and whether it is taken anew."""
    state = acted.before.state
    return Annulment(
        **common(context, acted, number(LetterKind.ANNULMENT)),
        item=item_name(acted),
        decided_on=state.decided_on or state.ended_on or acted.act.day,
        annulled_on=acted.act.day,
        reasons=reasons_of(acted),
        articles=articles_of(acted),
        redo=acted.now.state.redo_ordered,
        remedies=remedies_of(context, acted),
    )
