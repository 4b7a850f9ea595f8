"""The bench itself is kept in working order; its figures are never judged by a test."""

from pathlib import Path

from tests.bench import desk


def test_a_bare_window_says_when_it_is_painted() -> None:
    assert desk._start("bare")["painted"] > 0


def test_the_program_says_when_it_takes_keys(tmp_path: Path) -> None:
    times = desk._start(str(tmp_path))
    assert 0 < times["painted"] < times["takes keys"]


def test_a_figure_past_its_goal_does_not_hold() -> None:
    assert desk._figure("start", "s", 2.4, 2.5)["holds"]
    assert not desk._figure("start", "s", 2.6, 2.5)["holds"]
