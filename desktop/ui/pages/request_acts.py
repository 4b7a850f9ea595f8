"""The acts the law knows for a task in words: those that may be done now, and why not the others."""

from collections.abc import Sequence

from desktop.ui.refusals import SENTENCES, refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work import Offer
from desktop.words import _, gettext_noop

ACT_WORDS = {
    "submit": gettext_noop("Pass on to the department"),
    "correct": gettext_noop("Correct on the spot"),
    "not_required": gettext_noop("No need to apply"),
    "not_ours": gettext_noop("Not in our charge"),
    "supplement": gettext_noop("Ask for more papers"),
    "resupply": gettext_noop("Take in the papers asked for"),
    "promise": gettext_noop("Let papers follow under a promise"),
    "accept": gettext_noop("Accept"),
    "not_accept": gettext_noop("Do not accept"),
    "assign": gettext_noop("Give to a reviewer"),
    "object": gettext_noop("Hear somebody with an interest"),
    "hearing_open": gettext_noop("Open a hearing"),
    "hearing_close": gettext_noop("Close the hearing"),
    "suspend": gettext_noop("Pause the count of days"),
    "resume": gettext_noop("Take up again"),
    "extend": gettext_noop("Extend the limit"),
    "note_report": gettext_noop("Note a report"),
    "keep_promise": gettext_noop("Take in a paper promised"),
    "break_promise": gettext_noop("Note that a promised paper did not come"),
    "grant": gettext_noop("Grant"),
    "refuse": gettext_noop("Refuse"),
    "issue": gettext_noop("Issue the result"),
    "serve": gettext_noop("Hand over the result"),
    "observe": gettext_noop("Note a decision of another system"),
    "withdraw": gettext_noop("Withdraw"),
    "terminate": gettext_noop("End the procedure"),
    "lapse": gettext_noop("Note that it lapsed"),
    "annul": gettext_noop("Annul the decision"),
    "revoke_unlawful": gettext_noop("Revoke an unlawful permit"),
    "withdraw_permit": gettext_noop("Withdraw the permit"),
    "revoke_penalty": gettext_noop("Revoke the permit as a penalty"),
    "deregister": gettext_noop("Strike off the register"),
}
WHY_NOT = {
    "not_from_state": gettext_noop("Not as the item stands now"),
    "role_may_not": gettext_noop("Somebody else has to do this"),
    "gate_closed": gettext_noop("Something is still missing before it"),
    "already_notified": gettext_noop("The notice of missing papers has been given already"),
    "no_open_promise": gettext_noop("No paper is promised"),
    "no_listed_ground": gettext_noop("The item names no ground for a pause"),
    "already_paused": gettext_noop("It is paused already"),
    "nothing_to_resume": gettext_noop("Nothing is paused"),
    "hearing_not_closed": gettext_noop("The hearing is still open"),
    "no_open_hearing": gettext_noop("No hearing is open"),
    "no_extension": gettext_noop("The law allows no extension here"),
    "already_extended": gettext_noop("It was extended once already"),
    "extension_too_late": gettext_noop("The date is past, it can be extended no more"),
    "not_instant": gettext_noop("Only for what is done at once"),
    "no_rule_to_lapse": gettext_noop("No rule lets it lapse"),
    "resupply_still_open": gettext_noop("The time to bring the papers is not over"),
}


def offer_rows(offers: Sequence[Offer]) -> list[tuple[str, str]]:
    """Name every act, those that may be done first, and say of the others why not."""
    ordered = sorted(offers, key=lambda offer: not offer.allowed)
    return [(_(ACT_WORDS[offer.act.value]), _answer(offer)) for offer in ordered]


def _answer(offer: Offer) -> str:
    if offer.allowed:
        return _("May be done; a reason is needed") if offer.needs_reason else _("May be done")
    code = offer.code or ""
    if code in WHY_NOT:
        return _(WHY_NOT[code])
    if code in SENTENCES:
        return refusal_words(Refused(code, **offer.values))
    return _("Not now (reason {code})").format(code=code)
