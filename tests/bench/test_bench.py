"""The bench itself is kept in working order; its figures are never judged by a test."""

from pathlib import Path

from tests.bench import desk, engine, peers


def test_a_bare_window_says_when_it_is_painted() -> None:
    assert desk._start("bare")["painted"] > 0


def test_the_program_says_when_it_takes_keys(tmp_path: Path) -> None:
    times = desk._start(str(tmp_path))
    assert 0 < times["painted"] < times["takes keys"]


def test_a_figure_past_its_goal_does_not_hold() -> None:
    assert desk._figure("start", "s", 2.4, 2.5)["holds"]
    assert not desk._figure("start", "s", 2.6, 2.5)["holds"]


def test_every_engine_plays_the_same_case_to_its_end() -> None:
    assert engine.ours(10)() == engine.ours(10, by_json=True)() == peers.counting(10)() == 10


def test_the_figures_of_the_engine_say_whether_they_hold() -> None:
    figures = {figure["name"]: figure for figure in engine.measure((10,), 20)["figures"]}
    assert figures["vertices valued for a finished task, 20 tasks"]["holds"]
    assert figures["evaluating a condition"]["value"] > 0
    assert not engine._figure("growth", "×", 2.5, at_most=2)["holds"]
    assert not engine._figure("ahead", "×", 19, at_least=20)["holds"]
