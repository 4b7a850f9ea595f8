"""Laws every condition keeps, tried on conditions made at random."""

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.workflow.conditions.condition import (
    MAX_CHARACTERS,
    UNKNOWN,
    Condition,
    FactRef,
    FactType,
    Truth,
    from_table,
    parse,
    to_table,
)
from desktop.workflow.conditions.tree import (
    Age,
    Agree,
    Always,
    Claim,
    Compare,
    Constant,
    Contains,
    Count,
    Days,
    Each,
    Holds,
    Known,
    MemberValue,
    Months,
    Negative,
    Product,
    Read,
    Sort,
    Sum,
    Today,
    Value,
    Within,
    all_parts,
    any_parts,
    opposite,
    walk,
)
from desktop.workflow.conditions.truth import negate
from tests.workflow.test_conditions import NAMES, TODAY

Held = Mapping[FactRef, object]

SUBJECTS = ("anna", "bo")
BOOLS = ("open_fire", "cold_store", "married")
OWNERS = (None, "groom", "bride")

# ---- conditions, built as trees so that every kind of node occurs --------------------------------------------------

numbers = st.one_of(
    st.integers(-50, 50).map(Decimal), st.decimals(-100, 100, places=2, allow_nan=False).map(lambda d: d.normalize())
).map(lambda number: Constant(Sort.NUMBER, number + 0))
days = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(lambda day: Constant(Sort.DATE, day))
options = st.sampled_from(["chengguan", "xintian", "beijie"]).map(lambda code: Constant(Sort.ENUM, code, "district"))
trades = st.sampled_from(["hot", "cold", "bakery"]).map(lambda code: Constant(Sort.ENUM, code, "trades"))
texts = st.sampled_from(["老王", 'a"b', "back\\slash", "且 或", "“引”", "(特)", " "]).map(
    lambda text: Constant(Sort.TEXT, text)
)
orders = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
sameness = st.sampled_from(["==", "!="])


def reads(code: str, kind: FactType, variable: str | None) -> st.SearchStrategy[Read]:
    owned = st.sampled_from(OWNERS).map(lambda role: Read(code, kind, role))
    return owned if variable is None else st.one_of(owned, st.just(Read(code, kind, None, variable)))


@st.composite
def quantities(draw: st.DrawFn, variable: str | None) -> Value:
    """Numbers without money: facts, ages, counts, and what is reckoned from them."""
    return draw(_quantities(variable))


@functools.cache
def _quantities(variable: str | None) -> st.SearchStrategy[Value]:
    leaves = st.one_of(
        reads("staff", FactType.INT, variable),
        reads("age", FactType.INT, variable),
        reads("premises.area", FactType.DECIMAL, variable),
        numbers,
        dates(variable).map(Age),
        st.builds(Days, dates(variable), dates(variable)),
        st.builds(Months, dates(variable), dates(variable)),
        reads("children", FactType.SET, variable).map(Count),
    )
    return st.recursive(leaves, reckoned, max_leaves=4)


def reckoned(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.one_of(
        st.lists(st.tuples(st.sampled_from([1, -1]), inner), min_size=2, max_size=3).map(
            lambda terms: Sum(((1, terms[0][1]), *terms[1:]), _sort([term for _, term in terms]))
        ),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda factors: Product(
                tuple(factors), Sort.NUMBER if any(f.sort is Sort.NUMBER for f in factors) else Sort.QUANTITY
            )
        ),
        inner.filter(lambda value: not isinstance(value, Constant | Negative)).map(
            lambda value: Negative(value, value.sort)
        ),
    )


def _sort(values: list[Value]) -> Sort:
    return Sort.QUANTITY if any(value.sort is Sort.QUANTITY for value in values) else Sort.NUMBER


@st.composite
def dates(draw: st.DrawFn, variable: str | None) -> Value:
    """Days: facts, constants, today, and days moved by a number."""
    return draw(_dates(variable))


@functools.cache
def _dates(variable: str | None) -> st.SearchStrategy[Value]:
    plain = st.one_of(
        reads("birth_date", FactType.DATE, variable),
        reads("licence_until", FactType.DATE, variable),
        days,
        st.just(Today()),
    )
    whole = st.integers(0, 400).map(lambda number: Constant(Sort.NUMBER, Decimal(number)))
    moved = st.tuples(plain, st.sampled_from([1, -1]), whole).map(
        lambda parts: Sum(((1, parts[0]), (parts[1], parts[2])), Sort.DATE)
    )
    return st.one_of(plain, plain, moved)


@st.composite
def simple(draw: st.DrawFn, variable: str | None, *, known: bool) -> Claim:
    """One comparison, or a yes-or-no fact, of every kind."""
    return draw(st.one_of(_simple(variable, known)))


@functools.cache
def _simple(variable: str | None, known: bool) -> list[st.SearchStrategy[Claim]]:  # noqa: FBT001 - cached by position
    district = reads("district", FactType.ENUM, variable)
    name = reads("trade_name", FactType.TEXT, variable)
    kinds: list[st.SearchStrategy[Claim]] = [
        st.booleans().map(Always),
        st.sampled_from(BOOLS).flatmap(lambda code: reads(code, FactType.BOOL, variable)).map(Holds),
        st.builds(Compare, orders, quantities(variable), quantities(variable)),
        st.builds(Compare, orders, quantities(variable), numbers),
        st.builds(Compare, orders, dates(variable), dates(variable)),
        st.builds(Compare, orders, reads("capital", FactType.MONEY, variable), numbers),
        st.builds(Compare, sameness, district, options),
        st.builds(Compare, sameness, district, district),
        st.builds(Compare, sameness, name, texts),
        st.builds(Within, district, st.lists(options, min_size=1, max_size=3).map(tuple)),
        st.builds(Within, name, st.lists(texts, min_size=1, max_size=2).map(tuple)),
        st.builds(Contains, reads("trades", FactType.SET, variable), trades),
        st.builds(Contains, reads("words", FactType.SET, variable), st.one_of(texts, name)),
    ]
    if known:
        kinds.append(reads("birth_date", FactType.DATE, variable).map(Known))
    return kinds


def joined(inner: st.SearchStrategy[Claim]) -> st.SearchStrategy[Claim]:
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(all_parts),
        st.lists(inner, min_size=2, max_size=3).map(any_parts),
        inner.map(opposite),
        st.tuples(inner, inner, st.booleans())
        .filter(lambda sides: not isinstance(sides[0], Always) and not isinstance(sides[1], Always))
        .map(lambda sides: Agree(*sides)),
    )


@st.composite
def claims(draw: st.DrawFn, *, known: bool) -> Claim:
    """Any condition; without "known", which is the one claim that learning a fact may turn."""
    return draw(_claims(known))


@functools.cache
def _claims(known: bool) -> st.SearchStrategy[Claim]:  # noqa: FBT001 - cached by position
    inside = st.recursive(simple("子", known=known), joined, max_leaves=3)
    quantified = st.builds(Each, st.booleans(), st.just("子"), st.just(Read("children", FactType.SET, "bride")), inside)
    of_trades = st.builds(
        lambda every, option: Each(
            every,
            "项",
            Read("trades", FactType.SET),
            Compare("==", MemberValue("项", "trades", Sort.ENUM), option),
        ),
        st.booleans(),
        trades,
    )
    return st.recursive(st.one_of(simple(None, known=known), quantified, of_trades), joined, max_leaves=5)


# ---- facts: some known, some not -----------------------------------------------------------------------------------

VALUES: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(BOOLS, st.booleans()),
    **dict.fromkeys(("staff", "age"), st.integers(-20, 60)),
    **dict.fromkeys(("premises.area", "capital"), st.decimals(-60, 60, places=2, allow_nan=False)),
    **dict.fromkeys(("birth_date", "licence_until"), st.dates(date(1990, 1, 1), date(2030, 12, 31))),
    "district": st.sampled_from(["chengguan", "xintian", "beijie"]),
    "trade_name": st.sampled_from(["老王", 'a"b', "back\\slash", "（特）", "别的"]),
    "children": st.frozensets(st.sampled_from(SUBJECTS)),
    "trades": st.frozensets(st.sampled_from(["hot", "cold", "bakery"])),
    "words": st.frozensets(st.sampled_from(["老王", "（特）", " "])),
}
ALL_REFS = tuple(
    FactRef(owner, code) for code in VALUES for owner in (*OWNERS, *(f"@{subject}" for subject in SUBJECTS))
)


@st.composite
def fully_known(draw: st.DrawFn) -> Held:
    return {ref: draw(VALUES[ref.code]) for ref in ALL_REFS}


def fewer(held: Held, hidden: frozenset[FactRef]) -> Held:
    return {ref: UNKNOWN if ref in hidden else value for ref, value in held.items()}


hidden_facts = st.one_of(
    st.frozensets(st.sampled_from(ALL_REFS)),
    st.frozensets(st.sampled_from(ALL_REFS)).map(lambda kept: frozenset(ALL_REFS) - kept),
)


def condition(claim: Claim) -> Condition:
    return Condition(claim, "")


# ---- the laws ------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(claims(known=False), fully_known(), hidden_facts, hidden_facts)
def test_learning_a_fact_never_turns_a_decided_answer(
    claim: Claim, held: Held, hidden: frozenset[FactRef], learnt: frozenset[FactRef]
) -> None:
    before = condition(claim).evaluate(fewer(held, hidden).__getitem__, TODAY)
    after = condition(claim).evaluate(fewer(held, hidden - learnt).__getitem__, TODAY)
    assert before.truth in {Truth.UNKNOWN, after.truth}


@settings(max_examples=300)
@given(claims(known=False), fully_known(), hidden_facts)
def test_a_fact_that_is_not_missing_changes_nothing(claim: Claim, held: Held, hidden: frozenset[FactRef]) -> None:
    before = condition(claim).evaluate(fewer(held, hidden).__getitem__, TODAY)
    after = condition(claim).evaluate(fewer(held, hidden & before.missing).__getitem__, TODAY)
    assert after == before


@given(claims(known=True), fully_known(), hidden_facts)
def test_exactly_the_undecided_lack_something_and_only_what_is_unknown(
    claim: Claim, held: Held, hidden: frozenset[FactRef]
) -> None:
    verdict = condition(claim).evaluate(fewer(held, hidden).__getitem__, TODAY)
    assert bool(verdict.missing) is (verdict.truth is Truth.UNKNOWN)
    assert verdict.missing <= hidden


@given(claims(known=True), fully_known())
def test_with_every_fact_known_every_condition_is_decided(claim: Claim, held: Held) -> None:
    assert condition(claim).evaluate(held.__getitem__, TODAY).truth is not Truth.UNKNOWN


@given(claims(known=True), fully_known(), hidden_facts)
def test_only_the_facts_named_beforehand_are_read(claim: Claim, held: Held, hidden: frozenset[FactRef]) -> None:
    seen: set[FactRef] = set()
    values = fewer(held, hidden)

    def lookup(ref: FactRef) -> object:
        seen.add(ref)
        return values[ref]

    judged = condition(claim)
    judged.evaluate(lookup, TODAY)
    assert {ref for ref in seen if ref.subject is None} <= judged.reads
    each = {ref.code for ref in judged.reads if ref.each_of == "bride.children"}
    assert {ref.code for ref in seen if ref.subject is not None} <= each


@given(claims(known=True), fully_known(), hidden_facts)
def test_the_opposite_has_the_opposite_value_and_lacks_the_same(
    claim: Claim, held: Held, hidden: frozenset[FactRef]
) -> None:
    values = fewer(held, hidden)
    verdict = condition(claim).evaluate(values.__getitem__, TODAY)
    other = condition(claim).negated()
    assert other.evaluate(values.__getitem__, TODAY) == (negate(verdict.truth), verdict.missing)
    assert other.negated() == condition(claim)


@settings(max_examples=300)
@given(claims(known=True))
def test_written_in_either_language_and_read_again_it_is_the_same_tree(claim: Claim) -> None:
    for language in ("zh", "en"):
        text = condition(claim).to_text(language, NAMES)
        if len(text) <= MAX_CHARACTERS:
            assert parse(text, NAMES).tree == claim


@given(claims(known=True))
def test_full_width_signs_change_nothing(claim: Claim) -> None:
    text = condition(claim).to_text("zh", NAMES)
    wide = text.translate(str.maketrans("()[]><=+*:,", "（）［］＞＜＝＋＊：，"))
    if len(text) <= MAX_CHARACTERS:
        assert parse(wide, NAMES).tree == claim


# ---- tables --------------------------------------------------------------------------------------------------------

_cells = st.one_of(
    st.sampled_from(BOOLS).map(lambda code: Holds(Read(code, FactType.BOOL))),
    st.builds(Compare, orders, reads("staff", FactType.INT, None), numbers),
    st.builds(Within, reads("district", FactType.ENUM, None), st.lists(options, min_size=1, max_size=2).map(tuple)),
    st.builds(Contains, reads("trades", FactType.SET, None), trades),
)
_tables: st.SearchStrategy[Claim] = st.recursive(
    _cells,
    lambda inner: joined(inner).filter(lambda claim: not any(isinstance(n, Agree) for n in walk(claim))),
    max_leaves=6,
)


@given(_tables, fully_known(), hidden_facts)
def test_a_table_means_what_the_condition_means(claim: Claim, held: Held, hidden: frozenset[FactRef]) -> None:
    rows = to_table(condition(claim))
    again = from_table(rows)
    values = fewer(held, hidden)
    assert again.evaluate(values.__getitem__, TODAY).truth is condition(claim).evaluate(values.__getitem__, TODAY).truth
    assert to_table(again) == rows


# ---- missing facts are exactly those that matter, where every fact occurs once -------------------------------------

_LETTERS = tuple(FactRef(owner, code) for code in BOOLS for owner in OWNERS)


@st.composite
def each_fact_once(draw: st.DrawFn) -> Claim:
    """Make an and/or/not tree in which no fact occurs twice."""
    parts: list[Claim] = [
        Holds(Read(ref.code, FactType.BOOL, ref.role))
        for ref in draw(st.permutations(_LETTERS))[: draw(st.integers(1, 6))]
    ]
    while len(parts) > 1:
        size = draw(st.integers(2, min(3, len(parts))))
        taken, parts = parts[:size], parts[size:]
        joint = draw(st.sampled_from([all_parts, any_parts]))(taken)
        parts.insert(draw(st.integers(0, len(parts))), opposite(joint) if draw(st.booleans()) else joint)
    return parts[0]


def completions(unknown: list[FactRef]) -> Iterator[dict[FactRef, bool]]:
    for choice in product((False, True), repeat=len(unknown)):
        yield dict(zip(unknown, choice, strict=True))


@settings(max_examples=200)
@given(each_fact_once(), st.dictionaries(st.sampled_from(_LETTERS), st.booleans(), max_size=6))
def test_what_is_missing_is_exactly_what_can_change_the_answer(claim: Claim, held: dict[FactRef, bool]) -> None:
    judged = condition(claim)
    verdict = judged.evaluate(lambda ref: held.get(ref, UNKNOWN))
    unknown = sorted(judged.reads - held.keys(), key=str)
    answers = {
        tuple(filled.values()): judged.evaluate((held | filled).__getitem__).truth for filled in completions(unknown)
    }
    outcomes = set(answers.values())
    assert outcomes == ({Truth.TRUE, Truth.FALSE} if verdict.truth is Truth.UNKNOWN else {verdict.truth})
    matters = {
        ref
        for place, ref in enumerate(unknown)
        for filled, answer in answers.items()
        if answers[(*filled[:place], not filled[place], *filled[place + 1 :])] is not answer
    }
    assert verdict.missing == matters
