"""A county's list of items: each can be found, logged, receipted and worked on at once, and nothing is doubled."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from db.models import HallItem
from db.open import Database
from desktop.usecases.imports.items import ImportItems, import_items
from desktop.usecases.imports.report import ImportReport
from desktop.usecases.imports.words import NOTES, note_words, summary_words
from desktop.usecases.letters.letters import list_letters
from desktop.usecases.needs.needs import NeedQuery, find_needs, read_catalogue
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Form, Handed, LogRequest, log_request, see_request
from desktop.usecases.work.work import DoAct, WorkQuery, do_act, list_work
from desktop.workflow.catalogue.definitions import Department, Text
from desktop.workflow.checking.check import check
from desktop.workflow.checking.findings import Severity
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.limits import Limit, Unit
from tests.usecases.conftest import CALENDAR, CATALOGUE, SmallHall

HEAD = "部门,事项名称,事项类型,事项编码,办件类型,法定时限,承诺时限,申请材料,部门编码"
CODE = "511A0138600000-511602000000-000-115113010833722043-1-00"
CARD = f"市民政局,残疾人两项补贴审核,5,{CODE},承诺件,20个工作日,10个工作日,身份证；残疾人证（非必要）；1.申请表,"
LICENCE = "县林业局,林木采伐许可,1,511A0138600001-511602000000-000-115113010833722043-1-00,承诺件,20个工作日,,申请书,"


@pytest.fixture
def taken(hall: SmallHall, tmp_path: Path) -> "Taking":
    return Taking(hall, tmp_path)


class Taking:
    """Takes lists in as the administrator."""

    def __init__(self, hall: SmallHall, folder: Path) -> None:
        self.hall, self.file = hall, folder / "items.csv"

    def __call__(self, *lines: str, head: str = HEAD, **how: Any) -> ImportReport:
        self.file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
        session = how.pop("session", self.hall.administrator)
        command = ImportItems(self.file, dry=how.pop("dry", False))
        return import_items(self.hall.performer, session=session, command=command, **how)

    def catalogue(self) -> Any:
        return self.hall.read(self.hall.clerk, read_catalogue)


def codes(report: ImportReport) -> list[tuple[int, str, bool]]:
    return [(note.line, note.code, note.taken) for note in report.notes]


def test_an_item_of_the_list_is_offered_with_its_department_limits_and_papers(taken: Taking) -> None:
    report = taken(CARD, LICENCE)
    assert (report.rows, report.added, report.refused, report.notes) == (2, 2, 0, ())
    assert report.new_departments == ("县林业局",)
    (found,) = taken.hall.read(taken.hall.clerk, find_needs, NeedQuery("两项补贴"))
    catalogue = taken.catalogue()
    item = catalogue.items[f"{found.code}_item"]
    assert (item.department, item.procedure, item.plain_item, item.base_code) == ("mca", "benefit", True, CODE)
    assert (item.statutory, item.promised) == (Limit(20, Unit.WORKDAYS), Limit(10, Unit.WORKDAYS))
    papers = {catalogue.materials[leaf.code].name.zh: leaf.optional for leaf in item.requires["accept"].parts}
    assert papers == {"身份证": False, "残疾人证": True, "申请表": False}
    assert catalogue.departments["xian_lin_ye_ju"].name.zh == "县林业局"


def test_the_offer_passes_the_check_of_every_catalogue(taken: Taking) -> None:
    taken(CARD, LICENCE)
    assert [finding for finding in check(taken.catalogue()) if finding.severity is Severity.ERROR] == []


def test_an_item_is_found_by_words_pinyin_and_its_code(taken: Taking) -> None:
    taken(CARD, LICENCE)
    for words in ("林木采伐", "lmcf", "linmu", "511A0138600001"):
        found = taken.hall.read(taken.hall.clerk, find_needs, NeedQuery(words))
        assert [need.name.zh for need in found] == ["林木采伐许可"], words


def test_an_item_is_logged_receipted_and_worked_on_at_once(taken: Taking) -> None:
    taken(CARD)
    hall = taken.hall
    (need,) = hall.read(hall.clerk, find_needs, NeedQuery("两项补贴"))
    paper = next(m.code for m in taken.catalogue().materials.values() if m.name.zh == "身份证")
    form = next(m.code for m in taken.catalogue().materials.values() if m.name.zh == "申请表")
    handed = (Handed("case", paper), Handed("case", form))
    logged = hall.write(hall.clerk, log_request, LogRequest(Form(need.code, papers=handed)))
    view = hall.read(hall.clerk, see_request, logged.request)
    assert view.row.title == "残疾人两项补贴审核"
    assert [letter.kind for letter in hall.read(hall.clerk, list_letters, logged.request)] == ["receipt"]
    (task,) = hall.read(hall.reviewer, list_work, WorkQuery())
    for act in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        plan = hall.write(hall.reviewer, do_act, DoAct(task.id, act))
    hall.write(hall.clerk, do_act, DoAct(task.id, ActKind.SERVE, values={"method": "in_person"}))
    assert plan.tasks[0].state.state.value == "issued"
    assert hall.read(hall.clerk, see_request, logged.request).row.status == "done"


def test_the_same_list_a_second_time_doubles_nothing_and_a_newer_one_changes(taken: Taking) -> None:
    taken(CARD, LICENCE)
    before = taken.catalogue()
    again = taken(CARD, LICENCE)
    assert (again.added, again.changed, again.known, again.new_departments) == (0, 0, 2, ())
    assert taken.catalogue().version == before.version
    newer = taken(CARD.replace("10个工作日", "5个工作日"), LICENCE)
    assert (newer.added, newer.changed, newer.known) == (0, 1, 1)
    assert len(taken.catalogue().items) == 2
    assert taken.catalogue().version != before.version


def test_a_trial_writes_nothing_and_says_the_same(taken: Taking) -> None:
    trial = taken(CARD, LICENCE, dry=True)
    assert (trial.dry, trial.added) == (True, 2)
    assert taken.catalogue().items == {}
    assert next(iter(summary_words(trial))) == "试运行，什么也没有写入。"


def test_every_odd_line_is_told_and_the_others_are_taken(taken: Taking) -> None:
    report = taken(
        CARD,
        CARD,
        "市民政局,,5,X,承诺件,20个工作日,,,",
        ",没有部门,5,X,承诺件,20个工作日,,,",
        f"市民政局,{'长' * 110},5,512-1,承诺件,尽快办理,5,,1151130108778239R",
        f"市民政局,{'长' * 201},5,512-2,承诺件,20个工作日,,,",
        "市民政局,残疾人两项补贴审核,99,,快办,,,,,,多余",
    )
    assert codes(report) == [
        (3, "item_twice", False),
        (4, "name_missing", False),
        (5, "department_missing", False),
        (6, "name_long", True),
        (6, "code_odd", True),
        (6, "limit_unknown", True),
        (6, "limit_bare", True),
        (6, "department_code_odd", True),
        (7, "too_long", False),
        (8, "cells_beyond", True),
        (8, "code_missing", True),
        (8, "limit_missing", True),
        (8, "type_unknown", True),
        (8, "kind_unknown", True),
        (8, "name_twice", True),
    ]


def test_a_limit_without_a_unit_is_taken_as_working_days_with_a_remark(taken: Taking) -> None:
    report = taken(f"市民政局,甲事,20,{CODE},承诺件,20,10,,")
    assert codes(report) == [(2, "limit_bare", True), (2, "limit_bare", True)]
    assert note_words(report.notes[1]).endswith("没有写单位，按10个工作日计。")
    (need,) = taken.hall.read(taken.hall.clerk, find_needs, NeedQuery("甲事"))
    item = taken.catalogue().items[f"{need.code}_item"]
    assert (item.statutory, item.promised) == (Limit(20, Unit.WORKDAYS), Limit(10, Unit.WORKDAYS))


def test_a_department_is_counted_once_by_whichever_of_its_names(taken: Taking) -> None:
    hall = taken.hall
    bureau = Department(code="amr", name=Text(zh="市场监督管理局", en="Market"), short=Text(zh="市监局", en="Market"))
    offered = {**hall.performer.catalogue.departments, "amr": bureau}
    hall.performer.catalogue = hall.performer.catalogue.model_copy(update={"departments": offered})
    report = taken(
        "市监局,甲,20,512-1,承诺件,20个工作日,,,",
        "市场监督管理局,乙,20,512-2,承诺件,20个工作日,,,",
        "临洮县市监局,丙,20,512-3,承诺件,20个工作日,,,",
    )
    assert report.kinds == {"市场监督管理局": 3}
    assert report.new_departments == ()


def test_every_note_has_its_sentence_in_words() -> None:
    assert all("{" not in note_words(_note(code)) for code in NOTES)
    assert note_words(_note("item_twice")) == "第7行：这个编码与第3行重复。请给每个事项各自的编码。"


def _note(code: str) -> Any:
    from desktop.usecases.imports.report import Note

    values = dict.fromkeys(("first", "name", "length", "code", "department", "type", "kind", "column", "limit", "n"), 3)
    return Note(7, code, values)


def test_a_list_without_limits_and_papers_says_so_once(taken: Taking) -> None:
    report = taken("市民政局,甲,20,512-3", "市民政局,乙,20,512-4", head="部门,事项名称,事项类型,事项编码")
    assert [code for _line, code, _taken in codes(report)][:2] == ["no_column_of_limits", "no_column_of_papers"]
    assert report.added == 2


def test_departments_are_known_by_full_and_short_names_with_or_without_their_place(taken: Taking) -> None:
    lines = [
        f"{name},事项{n},20,512-{n},,,,,"
        for n, name in enumerate(("市场监督管理局", "广安区市场监督管理局", "县民政局"))
    ]
    taken(*lines)
    assert sorted({item.department for item in taken.catalogue().items.values()}) == ["amr", "mca"]


def test_stopped_half_way_whole_batches_stay_and_the_next_run_goes_on(taken: Taking) -> None:
    lines = [f"市民政局,事项{n},20,512{n:04d},,,,," for n in range(450)]
    said: list[tuple[int, int]] = []

    def once(done: int, of: int) -> bool:
        said.append((done, of))
        return done < 200

    report = taken(*lines, progress=once)
    assert (report.stopped, report.added, said) == (True, 200, [(0, 450), (200, 450)])
    assert len(taken.catalogue().items) == 200
    rest = taken(*lines)
    assert (rest.stopped, rest.added, rest.known) == (False, 250, 200)


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR])
def test_only_administrators_and_experts_may(taken: Taking, role: Role) -> None:
    with pytest.raises(Refused) as refused:
        taken(CARD, session=taken.hall.sessions[role])
    assert refused.value.code == "not_allowed"
    assert taken(CARD, session=taken.hall.sessions[Role.EXPERT]).added == 1


def test_another_seat_offers_the_new_items_without_a_restart(taken: Taking, database: Database) -> None:
    calendar: WorkCalendar = CALENDAR
    other = Performer(database, CATALOGUE, calendar, taken.hall.clock)
    assert other.read(taken.hall.clerk, find_needs, NeedQuery("补贴")) == ()
    taken(CARD)
    assert len(other.read(taken.hall.clerk, find_needs, NeedQuery("补贴"))) == 1


def test_after_a_restore_the_items_are_those_of_the_records_put_back(taken: Taking, database: Database) -> None:
    taken(CARD)
    assert taken.hall.read(taken.hall.clerk, find_needs, NeedQuery("林地")) == ()
    with database.write() as connection:  # the records put back count as many changes, and tell of another item
        connection.execute(update(HallItem).values(name="林地占用审核"))
    taken.hall.performer.take_records(database)
    assert len(taken.hall.read(taken.hall.clerk, find_needs, NeedQuery("林地"))) == 1


def test_markup_and_formulas_in_a_list_stay_text(taken: Taking) -> None:
    taken('市民政局,<b>=1+1</b>,20,512-9,,,,"<img src=x>；=cmd()",')
    (need,) = taken.hall.read(taken.hall.clerk, find_needs, NeedQuery("=1+1"))
    assert need.name.zh == "<b>=1+1</b>"
