"""The three values: no, not known yet, yes."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.workflow.conditions.truth import Truth, all_of, any_of, at_least, negate, truth_of

truths = st.sampled_from(Truth)


@given(st.lists(truths), st.integers(-1, 6))
def test_at_least_k_is_the_kth_largest(values: list[Truth], k: int) -> None:
    ranked = sorted(values, reverse=True)
    expected = Truth.TRUE if k < 1 else ranked[k - 1] if k <= len(ranked) else Truth.FALSE
    assert at_least(k, values) is expected


@given(st.lists(truths))
def test_all_and_any_are_least_and_greatest(values: list[Truth]) -> None:
    assert all_of(values) is min(values, default=Truth.TRUE)
    assert any_of(values) is max(values, default=Truth.FALSE)
    assert negate(all_of(values)) is any_of(map(negate, values))


def test_a_plain_yes_is_true_and_a_plain_no_is_false() -> None:
    assert (truth_of(holds=True), truth_of(holds=False)) == (Truth.TRUE, Truth.FALSE)
