"""Procedure profiles: which act leads from which legal state to which, for permits and for everything that is not one.

The table is the law's small procedure inside one item. No rule of the permit law stands outside the permit profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from desktop.workflow.procedure.legal_states import AGAINST, FINAL, ActKind, ActorRole, Gate, LegalState
from desktop.workflow.procedure.procedures import (
    PERMIT_GROUNDS,
    Bar,
    Effect,
    Guard,
    ItemKind,
    ItemTiming,
    Letter,
    PauseGround,
    Profile,
    Renewal,
    SilenceCode,
    Standards,
    Transition,
)
from desktop.workflow.time.limits import Limit, Unit

__all__ = [
    "ANSWERED",
    "ENDING",
    "GRAVE",
    "PROFILES",
    "Bar",
    "Effect",
    "Guard",
    "ItemKind",
    "ItemTiming",
    "Letter",
    "PauseGround",
    "Profile",
    "Renewal",
    "SilenceCode",
    "Standards",
    "Transition",
]

_A, _S = ActKind, LegalState

_WHO = {
    "counter": (ActorRole.CLERK, ActorRole.APPLICANT),
    "officer": (ActorRole.CLERK, ActorRole.REVIEWER),
    "bringer": (ActorRole.CLERK, ActorRole.APPLICANT, ActorRole.REVIEWER),
    "staff": (ActorRole.CLERK, ActorRole.REVIEWER, ActorRole.APPROVER),
    "department": (ActorRole.REVIEWER, ActorRole.APPROVER),
    "chief": (ActorRole.APPROVER,),
    "anybody": (ActorRole.CLERK, ActorRole.APPLICANT, ActorRole.REVIEWER, ActorRole.APPROVER),
    "review_body": (ActorRole.REVIEWER, ActorRole.APPROVER, ActorRole.OTHER_SYSTEM),
    "elsewhere": (ActorRole.CLERK, ActorRole.OTHER_SYSTEM),
}
_STATES = {
    "work": (_S.ACCEPTED, _S.REVIEWING, _S.SUSPENDED),
    "decided": (_S.GRANTED, _S.ISSUED, _S.SERVED),
    "ended": (_S.REVOKED_UNLAWFUL, _S.PERMIT_WITHDRAWN, _S.PENALTY_REVOKED, _S.DEREGISTERED),
    "any": tuple(LegalState),
}
_FULL = frozenset({"permit", "confirmation", "benefit", "registration"})
_ANSWERED = frozenset({"enquiry", "complaint"})
_LIGHT = frozenset({"filing", "public_service", "verification"}) | _ANSWERED
_PROCEDURES = {
    "every": _FULL | _LIGHT,
    "full": _FULL,
    "light": _LIGHT,
    "applied_for": (_FULL | _LIGHT) - _ANSWERED - {"verification"},
    "outward": (_FULL | _LIGHT) - {"verification"},
    "permit": frozenset({"permit"}),
    "licence": frozenset({"permit", "registration"}),
}

# A guard, gate, letter or reason that is not wanted is "-"; "=" leaves the state as it is.
_TABLE = """
procedures  act             from                          to                effect            who         gates               reason guard           letter
every       submit          none                          submitted         open_acceptance   counter     submit              -      -               receipt
every       correct         none,submitted                =                 note              counter     -                   -      -               -
applied_for not_required    none,submitted                not_accepted      end               staff       -                   yes    -               not_required
every       not_ours        none,submitted                not_accepted      end               staff       -                   yes    -               not_ours
every       supplement      submitted                     supplement        hold_acceptance   staff       -                   -      one_notice      supplement
every       resupply        supplement                    submitted         resume_acceptance counter     -                   -      -               -
applied_for promise         submitted,supplement          =                 defer             officer     -                   -      deferrable      deferral
every       accept          submitted                     accepted          start_limit       staff       accept              -      -               acceptance
every       not_accept      submitted,supplement          not_accepted      end               staff       -                   yes    -               not_accepted
every       assign          accepted                      reviewing         note              department  -                   -      -               -
applied_for object          work                          =                 note              anybody     -                   -      -               -
permit      hearing_open    work                          =                 pause             department  -                   -      hearing_told    hearing
permit      hearing_close   work                          =                 resume            department  -                   -      open_hearing    -
every       suspend         work                          suspended         pause             department  -                   yes    listed_ground   suspension
every       resume          suspended                     reviewing         resume            department  -                   -      open_pause      resumption
every       extend          work                          =                 extend            chief       -                   yes    extendable      extension
every       note_report     work                          =                 note              department  -                   -      -               -
applied_for keep_promise    work                          =                 keep              bringer     -                   -      open_promise    -
applied_for break_promise   work                          =                 break             department  -                   yes    open_promise    promise_broken
every       grant           submitted                     issued            at_once           staff       accept,decide,issue -      instant         grant
every       refuse          submitted                     refused           at_once           staff       accept,decide       yes    instant         refusal
full        grant           reviewing                     granted           start_delivery    department  decide              -      no_open_hearing grant
full        refuse          reviewing                     refused           stop              department  decide              yes    no_open_hearing refusal
light       grant           accepted,reviewing            granted           start_delivery    department  decide              -      no_open_hearing grant
light       refuse          accepted,reviewing            refused           stop              department  decide              yes    no_open_hearing refusal
every       issue           granted                       issued            issue             staff       issue               -      -               -
applied_for clear_check     decided                       =                 check             department  -                   -      check_owed      -
applied_for fail_check      decided                       =                 check             department  -                   yes    check_owed      check_failed
outward     serve           issued                        served            deliver           staff       -                   -      -               proof_of_service
outward     serve           refused,not_accepted          =                 deliver           staff       -                   -      not_served      proof_of_service
outward     serve           terminated,lapsed             =                 deliver           staff       -                   -      not_served      proof_of_service
outward     serve           ended                         =                 deliver           staff       -                   -      not_served      proof_of_service
every       observe         any                           =                 note              elsewhere   -                   -      -               -
every       withdraw        submitted,supplement,work     withdrawn         end               counter     -                   -      -               withdrawal
every       terminate       submitted,supplement,work     terminated        end               department  -                   yes    -               termination
every       lapse           supplement                    lapsed            end               department  -                   yes    cited_rule      lapse
every       annul           not_accepted,refused,decided  annulled          end               review_body -                   yes    -               annulment
every       annul           terminated,lapsed             annulled          end               review_body -                   yes    -               annulment
applied_for revoke_unlawful decided                       revoked_unlawful  end               chief       -                   yes    -               ending
permit      withdraw_permit decided                       permit_withdrawn  end               chief       -                   yes    -               ending
licence     revoke_penalty  decided                       penalty_revoked   end               chief       -                   yes    -               ending
applied_for deregister      decided                       deregistered      end               chief       -                   yes    -               ending
"""  # noqa: E501 — a table is read across

_TO_THE_PERSON = frozenset({Letter.RECEIPT, Letter.SUPPLEMENT})
"""The letters of a check between departments: only the person can bring what is missing, all else stays inside."""
_GENERAL_BASIS = {_A.ANNUL: "行政复议法；行政诉讼法", _A.REVOKE_PENALTY: "行政处罚法 第九条"}
_PERMIT_BASIS = {
    _A.SUBMIT: "行政许可法 第二十九条",
    _A.NOT_REQUIRED: "行政许可法 第三十二条第一款第一项",
    _A.NOT_OURS: "行政许可法 第三十二条第一款第二项",
    _A.CORRECT: "行政许可法 第三十二条第一款第三项",
    _A.SUPPLEMENT: "行政许可法 第三十二条第一款第四项",
    _A.RESUPPLY: "行政许可法 第三十二条第一款第五项",
    _A.ACCEPT: "行政许可法 第三十二条第一款第五项",
    _A.NOT_ACCEPT: "行政许可法 第三十二条第二款",
    _A.ASSIGN: "行政许可法 第三十四条",
    _A.OBJECT: "行政许可法 第三十六条",
    _A.HEARING_OPEN: "行政许可法 第四十六条至第四十八条",
    _A.HEARING_CLOSE: "行政许可法 第四十八条",
    _A.SUSPEND: "行政许可法 第四十五条",
    _A.RESUME: "行政许可法 第四十五条",
    _A.EXTEND: "行政许可法 第四十二条",
    _A.GRANT: "行政许可法 第三十八条第一款",
    _A.REFUSE: "行政许可法 第三十八条第二款",
    _A.ISSUE: "行政许可法 第三十九条",
    _A.SERVE: "行政许可法 第四十四条",
    _A.CLEAR_CHECK: "行政许可法 第六十一条",
    _A.FAIL_CHECK: "行政许可法 第六十一条",
    _A.REVOKE_UNLAWFUL: "行政许可法 第六十九条",
    _A.WITHDRAW_PERMIT: "行政许可法 第八条",
    _A.DEREGISTER: "行政许可法 第七十条",
}
_PERMIT_STANDARDS = Standards(
    acceptance=Limit(5, Unit.WORKDAYS),  # 第三十二条
    decide=Limit(20, Unit.WORKDAYS),  # 第四十二条
    extend=Limit(10, Unit.WORKDAYS),
    joint_decide=Limit(45, Unit.WORKDAYS),
    joint_extend=Limit(15, Unit.WORKDAYS),
    delivery=Limit(10, Unit.WORKDAYS),  # 第四十四条
    hearing_request=Limit(5, Unit.WORKDAYS),  # 第四十七条
    hearing_organise=Limit(20, Unit.WORKDAYS),
    hearing_notice=Limit(7, Unit.WORKDAYS),  # 第四十八条第一款第一项, counted as 第八十二条 says
    reconsideration=Limit(60, Unit.DAYS),  # 行政复议法 第二十条
    litigation=Limit(6, Unit.MONTHS),  # 行政诉讼法 第四十六条
)
_DISPUTABLE = Standards(reconsideration=Limit(60, Unit.DAYS), litigation=Limit(6, Unit.MONTHS))
"""The time for the remedies against a decision that is no permit: 行政复议法 第二十条, 行政诉讼法 第四十六条."""
_PERMIT_SILENCE = {
    SilenceCode.DEEMED_ACCEPTED: "行政许可法 第三十二条第一款第四项",
    SilenceCode.DEEMED_GRANTED: "行政许可法 第五十条第二款",
}
_PERMIT_BARS = (
    Bar(_A.NOT_ACCEPT, Limit(1, Unit.YEARS), "行政许可法 第七十八条"),
    Bar(_A.REFUSE, Limit(1, Unit.YEARS), "行政许可法 第七十八条"),
    Bar(_A.REVOKE_UNLAWFUL, Limit(3, Unit.YEARS), "行政许可法 第七十九条"),
)
_PERMIT_PAUSES = tuple(PauseGround(ground, "行政许可法 第四十五条") for ground in PERMIT_GROUNDS)


def _read(table: str, procedure: str, basis: Mapping[ActKind, str]) -> dict[tuple[LegalState, ActKind], Transition]:
    """Read the rows of one procedure; a word that is no code of its column raises ValueError or KeyError."""
    rows: dict[tuple[LegalState, ActKind], Transition] = {}
    for line in table.strip().splitlines()[1:]:
        procedures, word, states, to, *rest = line.split()
        if procedure not in _PROCEDURES[procedures]:
            continue
        act = ActKind(word)
        for name in states.split(","):
            for state in _STATES.get(name) or (LegalState(name),):
                if (state, act) in rows:
                    raise ValueError(f"two rows for {act} from {state}")
                rows[state, act] = _transition(state if to == "=" else LegalState(to), rest, basis.get(act))
    reached = {_S.NONE} | {row.to for (state, _), row in rows.items() if row.to is not state}
    return {key: row for key, row in rows.items() if key[0] in reached}


def _transition(to: LegalState, words: list[str], basis: str | None) -> Transition:
    effect, who, gates, reason, guard, letter = words
    return Transition(
        to=to,
        effect=Effect(effect),
        roles=frozenset(_WHO[who]),
        gates=() if gates == "-" else tuple(Gate(gate) for gate in gates.split(",")),
        needs_reason=reason == "yes",
        guard=None if guard == "-" else Guard(guard),
        letter=None if letter == "-" else Letter(letter),
        basis=basis,
    )


def _profile(code: str) -> Profile:
    """Make a procedure's profile; only the permit's carries the permit law."""
    if code == "permit":
        rows, silence = _read(_TABLE, code, _GENERAL_BASIS | _PERMIT_BASIS), MappingProxyType(_PERMIT_SILENCE)
        return Profile(code, MappingProxyType(rows), _PERMIT_STANDARDS, silence, _PERMIT_BARS, _PERMIT_PAUSES)
    rows = _read(_TABLE, code, _GENERAL_BASIS)
    if code == "verification":
        rows = {key: row if row.letter in _TO_THE_PERSON else replace(row, letter=None) for key, row in rows.items()}
    standards = _DISPUTABLE if code in _FULL else Standards()
    return Profile(code, MappingProxyType(rows), standards, MappingProxyType({}), ())


PROFILES: Mapping[str, Profile] = MappingProxyType({code: _profile(code) for code in sorted(_FULL | _LIGHT)})
"""Every procedure by its code: permit, confirmation, benefit, registration, filing, public_service, enquiry, complaint
(what is dealt with and then answered) and verification (a check one department makes for another)."""
ANSWERED = _ANSWERED
"""The procedures in which nothing is granted: the person is answered."""


def _leading_to(states: frozenset[LegalState]) -> frozenset[ActKind]:
    """Give the acts that lead a round from another state into one of these."""
    rows = (pair for profile in PROFILES.values() for pair in profile.transitions.items())
    return frozenset(act for (state, act), row in rows if row.to is not state and row.to in states)


ENDING = _leading_to(AGAINST | FINAL)
"""The acts that end something for the person."""
GRAVE = ENDING | _leading_to(frozenset({_S.GRANTED})) | {_A.HEARING_OPEN}
"""The acts that decide or end, or call people in: nobody does one with a single press."""
