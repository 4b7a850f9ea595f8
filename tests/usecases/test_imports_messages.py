"""Citizens' messages become requests of their kinds, with their own dates and answers, each of them once."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from db.open import Database
from desktop.authoring import load_catalogue, shipped_calendar
from desktop.letters.content import EnquiryReply
from desktop.usecases.hall.halls import CounterForm, FoundHall, found_hall, save_counter
from desktop.usecases.imports.messages import BATCH, ImportMessages, import_messages
from desktop.usecases.imports.messages_read import demand_of
from desktop.usecases.imports.report import ImportReport
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.people.people import ChangePhone, PeopleQuery, Rename, change_phone, find_people, rename
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Answer, Form, inputs_of
from desktop.usecases.requests.requests import ListQuery, LogRequest, RequestRow, list_page, log_request, see_request
from desktop.usecases.requests.timeline import lines_of
from desktop.usecases.work.shared_record import MOVED
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.words import in_language
from desktop.workflow.catalogue.definitions import CASE
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from tests.usecases.conftest import PASSWORD, SHANGHAI, Clock, SmallHall

HEAD = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
PLAZA = [
    2549, "A00045581", "投诉广场舞扰民", "2026/2/3 9:32:09", "\n\t\t每晚在小区门口跳舞，\n\n音响很大。\n\t",
    "网友：您好！已请社区协商。\n每晚九点前结束。", "2026/2/10 14:56:53",
]  # fmt: skip
BUS = [2550, "A00023583", "咨询公交线路", "2026-02-04 08:00", "十六路改到哪里了？", "", ""]


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    """The shipped catalogue, because it has the kinds of messages."""
    return Performer(database, load_catalogue(), shipped_calendar(), clock)


@pytest.fixture
def hall(performer: Performer, clock: Clock) -> SmallHall:
    small = SmallHall(performer, clock)
    small.write(None, found_hall, FoundHall("临洮县政务大厅", "administrator", "马主任", PASSWORD, division="621124"))
    small.sessions[Role.ADMINISTRATOR] = small.sign_in("administrator")
    small.write(small.administrator, save_counter, CounterForm("A01", "一号"))
    for role in (Role.CLERK, Role.SUPERVISOR):
        small.sessions[role] = small.add(role, role.value)
    small.sessions[Role.REVIEWER] = small.add(Role.REVIEWER, "reviewer", "administrative_approval")
    return small


@pytest.fixture
def take(hall: SmallHall, tmp_path: Path) -> Any:
    def take_in(*rows: list[Any], head: list[str] | None = None, **how: Any) -> ImportReport:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in ([*(head or HEAD)], *rows):
            sheet.append(row)
        book.save(tmp_path / "messages.xlsx")
        session = how.pop("session", hall.supervisor)
        command = ImportMessages(tmp_path / "messages.xlsx", dry=how.pop("dry", False))
        return import_messages(hall.performer, session=session, command=command, **how)

    return take_in


def found(hall: SmallHall, words: str) -> tuple[RequestRow, ...]:
    rows = hall.read(hall.clerk, list_page, ListQuery(words))
    return tuple(rows)


def reasons(report: ImportReport) -> list[tuple[int, str, bool]]:
    return [(note.line, note.code, note.taken) for note in report.notes]


def test_an_answered_message_is_a_closed_request_of_its_kind_with_its_own_dates(hall: SmallHall, take: Any) -> None:
    report = take(PLAZA)
    assert (report.rows, report.added, dict(report.kinds), report.notes) == (1, 1, {"complaint": 1}, ())
    (row,) = found(hall, "广场舞")
    assert (row.kind, row.status, row.title) == ("complaint", "done", "投诉广场舞扰民")
    assert row.words == "每晚在小区门口跳舞，\n音响很大。"
    assert row.number == "20260203-0001"
    assert row.opened_at.astimezone(SHANGHAI) == datetime(2026, 2, 3, 9, 32, 9, tzinfo=SHANGHAI)
    assert row.closed_at is not None
    assert row.closed_at.astimezone(SHANGHAI).date() == date(2026, 2, 10)
    assert row.applicant == "A00045581"


def test_the_answer_is_kept_as_its_letter_of_that_day(hall: SmallHall, take: Any) -> None:
    take(PLAZA)
    (row,) = found(hall, "广场舞")
    (line,) = hall.read(hall.clerk, list_letters, row.id)
    letter = hall.read(hall.clerk, see_letter, line.id).letter
    assert isinstance(letter, EnquiryReply)
    assert (letter.dated, letter.asked_on) == (date(2026, 2, 10), date(2026, 2, 3))
    assert [part.zh for part in letter.answer] == ["网友：您好！已请社区协商。", "每晚九点前结束。"]
    assert line.number == "答复-20260210-0001"


def test_the_log_tells_when_it_happened_and_when_it_was_written_down(hall: SmallHall, take: Any) -> None:
    take(PLAZA)
    (row,) = found(hall, "广场舞")
    view = hall.read(hall.clerk, see_request, row.id)
    kinds = [(event.kind, event.legal_at.date(), event.recorded_at.date()) for event in view.history]
    today = hall.clock.now.date()
    assert kinds == [
        ("message_received", date(2026, 2, 3), today),
        ("message_answered", date(2026, 2, 10), today),
    ]
    said = [line.sentence for line in lines_of(view.history, load_catalogue(), SHANGHAI, in_language("zh"))]
    assert said == ["群众留言，由留言清单导入。", "留言已答复。"]


def test_a_message_is_found_by_its_numbers_writer_words_and_answer(hall: SmallHall, take: Any) -> None:
    take(PLAZA, BUS)
    for words in ("2549", "20260203-0001", "A00045581", "扰民", "音响", "社区协商"):
        assert [row.title for row in found(hall, words)] == ["投诉广场舞扰民"], words


def test_a_message_of_somebody_renamed_is_still_found_by_all_it_was_found_by(hall: SmallHall, take: Any) -> None:
    take(PLAZA, BUS)
    (row,) = found(hall, "广场舞")
    assert row.applicant_id is not None
    hall.write(hall.clerk, rename, Rename(row.applicant_id, "赵敏", reason="本人说明"))
    for words in ("2549", "20260203-0001", "A00045581", "赵敏", "扰民", "音响", "社区协商", "九点前结束"):
        assert [one.id for one in found(hall, words)] == [row.id], words


def test_a_message_without_an_answer_is_passed_on_and_nobody_is_asked_again(hall: SmallHall, take: Any) -> None:
    take(BUS)
    (row,) = found(hall, "公交")
    assert (row.status, row.demand, row.next_actor) == ("open", "enquiry", "department")
    view = hall.read(hall.clerk, see_request, row.id)
    assert view.plan is not None
    assert [question.key.code for question in view.plan.questions] == []
    assert [(task.state, task.readiness) for task in view.tasks] == [("submitted", "open")]


@pytest.mark.parametrize("title", ["投诉停水", "建议修路", "求助讨薪", "举报偷排", "请问怎么办证"])
def test_an_open_message_of_every_kind_is_ready_for_the_department(hall: SmallHall, take: Any, title: str) -> None:
    take([7, "UU0081", title, "2026-02-04 08:00", "如题。", None, None])
    (row,) = found(hall, title)
    assert row.next_actor == "department"


def test_a_later_list_brings_the_answer_and_ends_the_request(hall: SmallHall, take: Any) -> None:
    take(BUS)
    report = take([*BUS[:5], "改走丹阳路口。", "2026/2/20 10:00"])
    assert (report.added, report.changed, report.known) == (0, 1, 0)
    (row,) = found(hall, "丹阳路口")
    assert row.status == "done"
    assert row.closed_at is not None
    assert row.closed_at.astimezone(SHANGHAI).date() == date(2026, 2, 20)
    assert len(hall.read(hall.clerk, list_letters, row.id)) == 1
    again = take([*BUS[:5], "改走丹阳路口。", "2026/2/20 10:00"])
    assert (again.changed, again.known) == (0, 1)


ANSWERED = [*BUS[:5], "改走丹阳路口。", "2026/2/20 10:00"]


def test_an_answer_from_a_list_is_seen_and_not_decided_by_whoever_takes_the_list_in(hall: SmallHall, take: Any) -> None:
    take(BUS)
    take(ANSWERED)
    (row,) = found(hall, "丹阳路口")
    view = hall.read(hall.clerk, see_request, row.id)
    acts = [event for event in view.history if event.kind == "act" and (event.data or {})["act"] != "submit"]
    assert acts
    for event in acts:
        data = event.data or {}
        assert (data["role"], data["observed"]) == ("other_system", True)
        assert (data["values"]["source"], data["values"]["number"]) == ("messages.xlsx", "2550")
        assert event.legal_at == datetime(2026, 2, 20, 10, tzinfo=SHANGHAI)
    assert view.plan is not None
    (task,) = view.plan.tasks
    assert (task.state.state, task.state.served_on) == (LegalState.SERVED, date(2026, 2, 20))
    said = lines_of(view.history, load_catalogue(), SHANGHAI, in_language("zh"))
    assert "办理系统：messages.xlsx" in said[-2].more


def test_an_answer_older_than_what_the_department_did_here_follows_it(hall: SmallHall, take: Any) -> None:
    take(BUS)
    (row,) = found(hall, "公交")
    (work,) = hall.read(hall.clerk, see_request, row.id).tasks
    office = hall.add(Role.REVIEWER, "office", work.department)
    hall.write(office, do_act, DoAct(work.id, ActKind.ACCEPT))
    accepted = hall.clock.now
    hall.clock.move(days=1)
    hall.sessions[Role.SUPERVISOR] = hall.sign_in("supervisor")
    take(ANSWERED)
    hall.sessions[Role.CLERK] = hall.sign_in("clerk")
    (row,) = found(hall, "丹阳路口")
    assert row.status == "done"
    acts = [e for e in hall.read(hall.clerk, see_request, row.id).history if (e.data or {}).get("observed")]
    assert {event.legal_at for event in acts} == {accepted}
    assert "accept" not in {(event.data or {})["act"] for event in acts}, "accepted here already"


def test_an_answer_leaves_the_day_on_which_a_request_was_withdrawn(hall: SmallHall, take: Any) -> None:
    take(BUS)
    (row,) = found(hall, "公交")
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(row.id, "不问了"))
    (row,) = found(hall, "公交")
    take(ANSWERED)
    (after,) = found(hall, "丹阳路口")
    assert (after.status, after.closed_at) == ("withdrawn", row.closed_at)
    assert len(hall.read(hall.clerk, list_letters, row.id)) > 0


def test_a_message_does_not_take_the_telephone_of_a_known_writer(hall: SmallHall, take: Any) -> None:
    take(PLAZA)
    (writer,) = hall.read(hall.clerk, find_people, PeopleQuery("A00045581"))
    hall.write(hall.clerk, change_phone, ChangePhone(writer.subject, "13800138000"))
    take([2551, "A00045581", "再次投诉", "2026/2/5", "还是很吵。", "", ""])
    (row,) = found(hall, "还是很吵")
    inputs = hall.read(hall.clerk, inputs_of, row.id)
    assert {fact.value for fact in inputs.facts if fact.code == "contact_phone"} == {"13800138000"}


def test_the_writers_other_requests_hear_of_what_a_message_tells(hall: SmallHall, take: Any) -> None:
    take(PLAZA)
    (writer,) = hall.read(hall.clerk, find_people, PeopleQuery("A00045581"))
    form = Form("enquiry", {"applicant": (writer.subject,)}, (Answer(CASE, "request_text", "路灯谁管？"),))
    other = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request
    before = hall.read(hall.clerk, see_request, other).row.next_actor
    take([2551, "A00045581", "再次投诉", "2026/2/5", "还是很吵。", "", ""])
    view = hall.read(hall.clerk, see_request, other)
    assert [(event.data or {}).get("fact") for event in view.history if event.kind == MOVED] == ["contact_phone"]
    assert view.row.next_actor != before


def test_the_same_list_a_second_time_doubles_nothing(hall: SmallHall, take: Any) -> None:
    take(PLAZA, BUS)
    report = take(PLAZA, BUS)
    assert (report.added, report.known) == (0, 2)
    assert len(found(hall, "A000")) == 2


def test_one_account_is_one_person_and_a_bare_name_is_nobody_in_particular(hall: SmallHall, take: Any) -> None:
    other = [2551, "A00045581", "再次投诉", "2026/2/5", "还是很吵。", "", ""]
    names = [[n, "王女士", f"建议{n}", "2026/2/6", f"内容{n}", "", ""] for n in (2552, 2553)]
    take(PLAZA, other, *names)
    people = hall.read(hall.clerk, find_people, PeopleQuery("A00045581"))
    assert len(people) == 1
    assert len(hall.read(hall.clerk, find_people, PeopleQuery("王女士"))) == 2


def test_a_message_without_a_name_is_anonymous(hall: SmallHall, take: Any) -> None:
    take([1, "", "举报无证经营", "2026/2/5", "后街有人无证经营。", "", ""])
    (row,) = found(hall, "无证经营")
    assert (row.kind, row.applicant) == ("report", None)


def test_every_row_not_taken_is_told_with_its_line_and_reason(hall: SmallHall, take: Any) -> None:
    tomorrow = f"{hall.clock.now + timedelta(days=1):%Y-%m-%d %H:%M}"
    report = take(
        PLAZA,
        [1, "U1", "", "2026/2/3", "", "", ""],
        [2, "U1", "甲", "", "乙", "", ""],
        [3, "U1", "甲", "二月三日", "乙", "", ""],
        [4, "U1", "甲", "2026/2/30", "乙", "", ""],
        [5, "U1", "甲", tomorrow, "乙", "", ""],
        [6, "U1", "甲", "2026/2/3", "乙", "答", ""],
        [7, "U1", "甲", "2026/2/3", "乙", "答", "后天"],
        [8, "U1", "甲", "2026/2/3", "乙", "答", "2026/2/1"],
        [9, "U1", "甲", "2026/2/3", "乙", "", "2026/2/4"],
        PLAZA,
        [10, "U1", "甲", "2026/2/3", "长" * 20_001, "", ""],
        [11, "U1", "甲", "2026/2/3", "乙", "", ""],
    )
    assert reasons(report) == [
        (3, "text_missing", False),
        (4, "date_missing", False),
        (5, "date_unreadable", False),
        (6, "date_unreadable", False),
        (7, "date_in_future", False),
        (8, "reply_date_missing", False),
        (9, "reply_date_unreadable", False),
        (10, "reply_before_message", False),
        (11, "reply_missing", True),
        (12, "message_twice", False),
        (13, "too_long", False),
        (14, "text_twice", True),
    ]
    assert (report.added, report.refused) == (3, 10)


@pytest.mark.parametrize(
    ("kind", "title", "demand"),
    [
        ("投诉", "感谢", "complaint"),
        ("", "举报某厂偷排", "report"),
        ("", "建议增设站点", "suggestion"),
        ("", "求助：孩子上学", "help_request"),
        ("", "医保怎么转移？", "enquiry"),
        ("", "反映某路坑洼", "complaint"),
        ("", "第二次呼吁", "suggestion"),
        ("", "一封信", "help_request"),
    ],
)
def test_the_kind_is_the_lists_own_or_follows_from_the_title(kind: str, title: str, demand: str) -> None:
    assert demand_of(kind, title, "") == demand


def test_stopped_half_way_whole_batches_stay_and_the_next_run_goes_on(hall: SmallHall, take: Any) -> None:
    rows = [[n, f"U{n:05d}", f"建议{n}", "2026/2/3", f"内容{n}", "好", "2026/2/4"] for n in range(2 * BATCH + 10)]
    heard: list[tuple[int, int]] = []

    def once(done: int, of: int) -> bool:
        heard.append((done, of))
        return done < BATCH

    report = take(*rows, progress=once)
    assert (report.stopped, report.added) == (True, BATCH)
    assert heard == [(0, 2 * BATCH + 10), (BATCH, 2 * BATCH + 10)]
    rest = take(*rows)
    assert (rest.added, rest.known, rest.stopped) == (BATCH + 10, BATCH, False)


def test_a_trial_writes_nothing(hall: SmallHall, take: Any) -> None:
    assert take(PLAZA, dry=True).added == 1
    assert found(hall, "广场舞") == ()


def test_a_clerk_may_not_take_lists_in(hall: SmallHall, take: Any) -> None:
    for role in (Role.CLERK, Role.REVIEWER):
        with pytest.raises(Refused) as refused:
            take(PLAZA, session=hall.sessions[role])
        assert refused.value.code == "not_allowed"
    assert take(PLAZA, session=hall.administrator).added == 1


def test_a_catalogue_that_lacks_the_kind_refuses_the_whole_list(hall: SmallHall, take: Any) -> None:
    shipped = hall.performer.catalogue
    left = {code: demand for code, demand in shipped.demands.items() if code != "complaint"}
    hall.performer.catalogue = shipped.model_copy(update={"demands": left})
    with pytest.raises(Refused) as refused:
        take(PLAZA)
    assert (refused.value.code, refused.value.values) == ("demand_unknown", {"demand": "complaint"})
    assert found(hall, "广场舞") == ()
