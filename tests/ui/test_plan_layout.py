"""The picture of a plan before any pixel: what must hold of every plan, whatever it joins to what."""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.ui.widgets.plan_layout import Box, Kind, Layout, PlanEdge, PlanNode, PlanPicture, State, layout
from desktop.ui.widgets.plan_walk import Row, as_list, first_to_do, step
from tests.ui.plan_samples import picture

calmly = settings(deadline=None)
KINDS: tuple[Kind, ...] = ("outcome", "task", "paper", "question", "gate", "have")
STATES: tuple[State, ...] = ("done", "ready", "overdue")


def node(name: str, kind: Kind = "task") -> PlanNode:
    return PlanNode(id=name, kind=kind, label=name, state="waiting")


def size_of(vertex: PlanNode) -> tuple[float, float]:
    """Give every vertex a size of its own that depends on nothing but its name."""
    number = sum(vertex.id.encode())
    return 8 + number % 9, 3 + number % 7


def laid_out(plan: PlanPicture, previous: Layout | None = None) -> Layout:
    return layout(plan.nodes, plan.edges, size_of, previous=previous)


@st.composite
def plans(draw: st.DrawFn, *, circles: bool = True) -> PlanPicture:
    count = draw(st.integers(0, 24))
    nodes = tuple(node(f"v{i}", draw(st.sampled_from(KINDS))) for i in range(count))
    pairs = draw(st.sets(st.tuples(st.integers(0, max(0, count - 1)), st.integers(0, max(0, count - 1))), max_size=40))
    joined = sorted((a, b) if circles else (min(a, b), max(a, b)) for a, b in pairs if a != b and count)
    edges = tuple(PlanEdge(f"v{a}", f"v{b}") for a, b in dict.fromkeys(joined))
    return PlanPicture(nodes, edges)


@st.composite
def trees(draw: st.DrawFn) -> PlanPicture:
    """Draw a plan in which every vertex is needed by one thing only."""
    count = draw(st.integers(1, 24))
    nodes = tuple(node(f"v{i}", "outcome" if i == 0 else "task") for i in range(count))
    edges = tuple(PlanEdge(f"v{i}", f"v{draw(st.integers(0, i - 1))}") for i in range(1, count))
    return PlanPicture(nodes, tuple(draw(st.permutations(edges))))


def apart(a: Box, b: Box) -> bool:
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


def crossings(picture_: Layout) -> int:
    """Count the pairs of lines that cross between two columns; lines that share an end do not cross."""
    steps = {(a, b) for route in picture_.routes for a, b in list(pairwise(route.points))[::2]}
    total = 0
    for (a, b), (c, d) in combinations(sorted(steps), 2):
        if a[0] == c[0] and b[0] == d[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0:
            total += 1
    return total


@calmly
@given(plans())
def test_no_two_vertices_of_a_plan_touch(plan: PlanPicture) -> None:
    boxes = laid_out(plan).boxes
    assert boxes.keys() == {n.id for n in plan.nodes}
    assert all(apart(a, b) for a, b in combinations(boxes.values(), 2))
    assert all((boxes[n.id].w, boxes[n.id].h) >= size_of(n) for n in plan.nodes)


@calmly
@given(plans())
def test_every_box_and_line_lies_inside_the_picture(plan: PlanPicture) -> None:
    found = laid_out(plan)
    points = [p for route in found.routes for p in route.points]
    corners = [c for b in found.boxes.values() for c in ((b.x, b.y), (b.right, b.bottom))]
    for x, y in points + corners:
        assert -1e-6 <= x <= found.width + 1e-6
        assert -1e-6 <= y <= found.height + 1e-6


@calmly
@given(plans())
def test_every_line_runs_from_left_to_right_unless_it_is_marked_as_turned(plan: PlanPicture) -> None:
    found = laid_out(plan)
    assert [route.edge for route in found.routes] == list(plan.edges)
    for route in found.routes:
        source, target = found.boxes[route.edge.source], found.boxes[route.edge.target]
        left, right = (target, source) if route.turned else (source, target)
        assert route.points[0] == (left.right, left.middle)
        assert route.points[-1] == (right.x, right.middle)
        assert all(a[0] <= b[0] for a, b in pairwise(route.points))


@calmly
@given(plans(circles=False))
def test_a_plan_without_a_circle_turns_no_line(plan: PlanPicture) -> None:
    assert not any(route.turned for route in laid_out(plan).routes)


@calmly
@given(plans())
def test_no_line_runs_through_a_vertex(plan: PlanPicture) -> None:
    found = laid_out(plan)
    for route in found.routes:
        for (x1, y1), (x2, y2) in pairwise(route.points):
            for box in found.boxes.values():
                beside = box.right <= x1 + 1e-6 or x2 - 1e-6 <= box.x
                assert beside or not box.y < max(y1, y2) or not min(y1, y2) < box.bottom


@calmly
@given(plans())
def test_the_same_plan_gives_the_same_picture(plan: PlanPicture) -> None:
    assert laid_out(plan) == laid_out(plan)


@calmly
@given(plans())
def test_what_is_wanted_and_needed_for_nothing_else_stands_at_the_far_right(plan: PlanPicture) -> None:
    found = laid_out(plan)
    needed = {edge.source for edge in plan.edges}
    wanted = [n.id for n in plan.nodes if n.kind == "outcome" and n.id not in needed]
    last = max((box.x for box in found.boxes.values()), default=0)
    circle_ends = {route.edge.target for route in found.routes if route.turned}
    assert all(found.boxes[name].x == last for name in wanted if name not in circle_ends)


@calmly
@given(plans(), st.sampled_from(STATES), st.booleans())
def test_a_change_of_state_moves_nothing(plan: PlanPicture, state: State, critical: bool) -> None:  # noqa: FBT001
    before = laid_out(plan)
    nodes = tuple(replace(n, state=state, critical=critical) for n in plan.nodes)
    edges = tuple(replace(e, style="holds", critical=critical) for e in plan.edges)
    after = laid_out(PlanPicture(nodes, edges), before)
    for name, box in before.boxes.items():
        assert (after.boxes[name].x, after.boxes[name].y) == pytest.approx((box.x, box.y), abs=1e-6)


@calmly
@given(trees())
def test_where_nothing_is_shared_no_lines_cross(plan: PlanPicture) -> None:
    assert crossings(laid_out(plan)) == 0


@calmly
@given(st.integers(2, 12))
def test_a_chain_is_drawn_straight(count: int) -> None:
    nodes = tuple(node(f"v{i}") for i in range(count))
    found = laid_out(PlanPicture(nodes, tuple(PlanEdge(a.id, b.id) for a, b in pairwise(nodes))))
    assert len({round(box.middle, 6) for box in found.boxes.values()}) == 1


def test_three_papers_of_one_step_stand_evenly_and_the_middle_one_is_level_with_it() -> None:
    plan = picture("small", "zh")
    boxes = laid_out(plan).boxes
    assert boxes["birth"].middle == pytest.approx(boxes["reg"].middle)
    assert boxes["reg"].middle == pytest.approx(boxes["book"].middle)


@pytest.mark.parametrize(("name", "most"), [("small", 0), ("restaurant", 3), ("factory", 16)])
def test_the_sample_plans_have_few_crossings(name: str, most: int) -> None:
    assert crossings(laid_out(picture(name, "zh").shown(unfolded=False))) <= most


@pytest.mark.parametrize("name", ["small", "restaurant", "factory"])
def test_the_critical_path_is_a_spine_and_not_a_detour(name: str) -> None:
    plan = picture(name, "zh").shown(unfolded=False)
    found = laid_out(plan)
    critical = [route.points for route in found.routes if route.edge.critical]
    climbs = [abs(a[1] - b[1]) for points in critical for a, b in pairwise(points)]
    assert len(critical) >= 2
    assert sum(climbs) <= 0.2 * found.height


@pytest.mark.parametrize("target", ["food", "setup", "fire", "tax"])
def test_one_more_paper_moves_the_others_no_further_than_its_own_height(target: str) -> None:
    plan = picture("factory", "zh")
    before = laid_out(plan)
    paper = PlanNode(id="new", kind="paper", label="new", state="ready")
    more = replace(plan, nodes=(*plan.nodes, paper), edges=(*plan.edges, PlanEdge("new", target)))
    after = laid_out(more, before)
    room = size_of(paper)[1] + 2.0 + 1e-6
    assert all(abs(after.boxes[v].middle - box.middle) <= room for v, box in before.boxes.items())
    assert all(after.boxes[v].x == pytest.approx(box.x, abs=9) for v, box in before.boxes.items())


@calmly
@given(plans(), plans())
def test_a_picture_that_remembers_another_plan_is_still_sound(plan: PlanPicture, other: PlanPicture) -> None:
    found = laid_out(plan, laid_out(other))
    assert all(apart(a, b) for a, b in combinations(found.boxes.values(), 2))


def test_a_plan_of_sixty_vertices_is_laid_out_in_the_blink_of_an_eye() -> None:
    nodes = tuple(node(f"v{i}", "outcome" if i > 56 else "task") for i in range(60))
    edges = tuple(PlanEdge(f"v{i}", f"v{min(59, i + hop)}") for i in range(59) for hop in (1 + i % 5, 6 + i % 7))
    plan = PlanPicture(nodes, tuple(e for e in edges if e.source != e.target))
    taken = []
    for _ in range(5):
        start = time.process_time()
        laid_out(plan)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.1


# --- walking and reading


def walk(name: str, vertex: str, *ways: str) -> list[str | None]:
    """Walk by keys through a sample plan."""
    plan = picture(name, "zh").shown(unfolded=False)
    found = laid_out(plan)
    reached: list[str | None] = [vertex]
    for way in ways:
        assert way in {"left", "right", "up", "down"}
        here = reached[-1]
        assert here is not None
        reached.append(step(found, plan.edges, here, way))  # type: ignore[arg-type]  # one of the four ways
    return reached[1:]


def test_left_goes_to_what_is_needed_and_right_to_what_needs_it() -> None:
    assert walk("small", "book", "left", "left", "right", "right") == ["reg", "birth", "reg", "book"]


def test_up_and_down_go_through_the_column() -> None:
    assert walk("small", "birth", "up", "down", "down") == ["id", "birth", "name"]


def test_at_an_end_of_the_picture_there_is_no_further_step() -> None:
    assert walk("small", "book", "right") == [None]
    assert walk("small", "id", "left") == [None]
    assert walk("small", "id", "up") == [None]


def test_the_way_back_leads_where_one_came_from() -> None:
    plan = picture("restaurant", "zh").shown(unfolded=False)
    found = laid_out(plan)
    assert step(found, plan.edges, "lic", "right", came_from="ad") == "ad"
    assert step(found, plan.edges, "lic", "right", came_from="food") in {"check", "fire", "ad"}


def test_a_reader_first_meets_what_can_be_done_now() -> None:
    plan = picture("small", "zh")
    assert first_to_do(plan, ["book", "id", "name"]) == "name"
    assert first_to_do(plan, ["book", "id"]) == "book"
    assert first_to_do(plan, []) is None


def rows_of(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from rows_of(row.rows)


@calmly
@given(plans())
def test_the_list_says_every_vertex_and_every_line_of_the_picture(plan: PlanPicture) -> None:
    rows = list(rows_of(as_list(plan)))
    assert {row.node.id for row in rows} == {n.id for n in plan.nodes}
    assert sorted((r.line.source, r.line.target) for r in rows if r.line) == sorted(
        (e.source, e.target) for e in plan.edges
    )


@calmly
@given(plans())
def test_the_needs_of_a_vertex_are_listed_once_and_later_rows_say_so(plan: PlanPicture) -> None:
    rows = list(rows_of(as_list(plan)))
    for vertex in plan.nodes:
        own = [row for row in rows if row.node.id == vertex.id]
        needs = sum(edge.target == vertex.id for edge in plan.edges)
        assert [len(row.rows) for row in own if row.rows] == ([needs] if needs else [])
        assert sum(row.again for row in own) == (len(own) - 1 if needs else 0)


def test_the_list_begins_with_what_the_person_wants() -> None:
    top = as_list(picture("restaurant", "zh").shown(unfolded=False))
    assert [row.node.id for row in top] == ["foodlic", "fireok", "adok"]


def test_what_is_folded_away_takes_its_lines_with_it() -> None:
    plan = picture("restaurant", "zh")
    shown = plan.shown(unfolded=False)
    hidden = {n.id for n in plan.folded}
    assert not hidden & {end for e in shown.edges for end in (e.source, e.target)}
    assert {n.id for n in plan.shown(unfolded=True).nodes} == {n.id for n in plan.nodes} | hidden


def test_what_changed_is_named() -> None:
    plan = picture("small", "zh")
    more = replace(plan, nodes=(*(replace(n, state="done") for n in plan.nodes), node("new")))
    assert more.changed_since(plan) == {"name", "reg", "book", "new"}
