"""Scans and photographs on both kinds of store: taken in whole or not at all, bound, turned, taken back, swept."""

import os
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, update

from db.faults import Fault, StorageFault
from db.ids import new_id
from db.models.account import Account
from db.models.event import Event
from db.models.hall import Hall
from db.models.paper import Attachment, AttachmentChunk
from db.models.writing import Draft
from db.open import Database
from desktop.usecases.context import Session
from desktop.usecases.papers.attachment_intake import Added, FileToAttach, attach
from desktop.usecases.papers.attachments import (
    Place,
    Turn,
    attachment_limit,
    list_attachments,
    remove_attachment,
    restore_attachment,
    see_attachment,
    sweep_attachments,
    turn_attachment,
)
from desktop.usecases.papers.file_kinds import Media, check_file, clean_file_name, read_file
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import GRANTED, Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import Answer, Form, Handed
from desktop.usecases.requests.requests import LogRequest, ReceivePapers, log_request, receive_papers, see_request
from desktop.usecases.requests.timeline import lines_of, see_case
from desktop.words import in_language
from tests.usecases.conftest import CALENDAR, SHANGHAI, Clock, SmallHall
from tests.usecases.scans import jpeg, pdf, png, png_bomb
from tests.usecases.small_case import STALL, stall_request

MB = 1024 * 1024
FORM = Place()
USE_CASES: dict[Callable[..., Any], Permission] = {
    attachment_limit: Permission.ATTACH,
    list_attachments: Permission.SEE_ATTACHMENT,
    see_attachment: Permission.SEE_ATTACHMENT,
    turn_attachment: Permission.ATTACH,
    remove_attachment: Permission.ATTACH,
    restore_attachment: Permission.ATTACH,
}


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


def go_on(_done: int, _of: int) -> bool:
    return True


def bring(
    hall: SmallHall, content: bytes = b"", name: str = "身份证.png", place: Place = FORM, who: Session | None = None
) -> Added:
    """Let the clerk attach some content."""
    return attach(hall.performer, who or hall.clerk, FileToAttach(name, place, content=content or png()), go_on)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def logged(hall: SmallHall) -> UUID:
    request: UUID = hall.write(hall.clerk, log_request, stall_request()).request
    return request


def paper_of(hall: SmallHall, request: UUID) -> UUID:
    (paper,) = hall.read(hall.clerk, see_request, request).papers
    found: UUID = paper.id
    return found


def count(hall: SmallHall, table: Any) -> int:
    with hall.performer.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def kinds(hall: SmallHall) -> list[str]:
    with hall.performer.database.read() as connection:
        rows = connection.execute(select(Event.kind).where(Event.kind.like("attachment%")).order_by(Event.seq))
        return list(rows.scalars())


# -- taken in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "media"),
    [
        (png(), "照片.png", Media.PNG),
        (jpeg(), "照片.JPG", Media.JPEG),
        (jpeg(), "照片.jpeg", Media.JPEG),
        (pdf(), "合同.pdf", Media.PDF),
    ],
)
def test_a_file_comes_back_as_it_was_brought(hall: SmallHall, content: bytes, name: str, media: Media) -> None:
    added = bring(hall, content, name)
    assert (added.row.media, added.row.size) == (media, len(content))
    assert hall.read(hall.clerk, see_attachment, added.row.id).content == content


def test_a_file_of_many_pieces_comes_back_whole_and_tells_how_far_it_is(hall: SmallHall, tmp_path: Path) -> None:
    content, told = pdf(os.urandom(3 * MB)), list[tuple[int, int]]()

    def report(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    file = tmp_path / "合同.pdf"
    file.write_bytes(content)
    added = attach(hall.performer, hall.clerk, FileToAttach(file.name, FORM, str(file)), report)
    assert hall.read(hall.clerk, see_attachment, added.row.id).content == content
    assert count(hall, AttachmentChunk) == 7
    figures = [done for done, of in told if of]
    assert figures == sorted(figures)
    assert (figures[0], figures[-1]) == (0, len(content))


def test_nothing_readable_of_a_scan_lies_in_the_records(hall: SmallHall) -> None:
    mark = b"the number of an identity card 11010519491231002X"
    bring(hall, pdf(mark), "证.pdf")
    with hall.performer.database.read() as connection:
        pieces = connection.execute(select(AttachmentChunk.content)).scalars().all()
    assert pieces
    assert not any(mark in bytes(piece) for piece in pieces)


def test_an_altered_piece_is_damage_and_not_shown(hall: SmallHall) -> None:
    added = bring(hall)
    with hall.performer.database.write() as connection:
        (piece,) = connection.execute(select(AttachmentChunk.content)).scalars()
        altered = bytearray(bytes(piece))
        altered[-1] ^= 1
        connection.execute(update(AttachmentChunk).values(content=bytes(altered)))
    with pytest.raises(StorageFault) as caught:
        hall.read(hall.clerk, see_attachment, added.row.id)
    assert caught.value.code is Fault.DAMAGED


def test_a_piece_put_in_another_file_is_damage(hall: SmallHall) -> None:
    first, second = bring(hall), bring(hall, png(shade=3))
    with hall.performer.database.write() as connection:
        other = select(AttachmentChunk.content).where(AttachmentChunk.attachment_id == second.row.id)
        content = connection.execute(other).scalar_one()
        place = AttachmentChunk.attachment_id == first.row.id
        connection.execute(update(AttachmentChunk).where(place).values(content=content))
    with pytest.raises(StorageFault):
        hall.read(hall.clerk, see_attachment, first.row.id)


def test_stopped_half_way_nothing_is_left(hall: SmallHall) -> None:
    content = pdf(os.urandom(2 * MB))
    file = FileToAttach("合同.pdf", FORM, content=content)
    assert (
        code_of(lambda: attach(hall.performer, hall.clerk, file, lambda done, _of: done < MB)) == "attachment_stopped"
    )
    assert (count(hall, Attachment), count(hall, AttachmentChunk), kinds(hall)) == (0, 0, [])


def test_what_a_killed_seat_has_half_written_is_not_seen_and_goes_after_a_day(hall: SmallHall) -> None:
    class Killed(BaseException):
        pass

    def die(done: int, _of: int) -> bool:
        if done > MB:
            # What would tidy up is gone too: the seat itself is no longer allowed to write.
            with hall.performer.database.write() as connection:
                connection.execute(update(Account).where(Account.login == "clerk").values(active=False))
            raise Killed
        return True

    with pytest.raises(Killed):
        attach(hall.performer, hall.clerk, FileToAttach("合同.pdf", FORM, content=pdf(os.urandom(2 * MB))), die)
    with hall.performer.database.write() as connection:
        connection.execute(update(Account).values(active=True))
        (half,) = connection.execute(select(Attachment.id)).scalars()
    assert count(hall, AttachmentChunk) > 0
    assert hall.read(hall.clerk, list_attachments, Place(form=(half,))) == ()
    assert code_of(lambda: hall.read(hall.clerk, see_attachment, half)) == "attachment_unknown"
    assert hall.write(None, sweep_attachments) == 0
    hall.clock.move(days=2)
    assert hall.write(None, sweep_attachments) == 1
    assert (count(hall, Attachment), count(hall, AttachmentChunk)) == (0, 0)


# -- refused ----------------------------------------------------------------------------------------------------


@pytest.mark.bad_input("an attachment of 0 bytes")
def test_an_empty_file_is_refused(hall: SmallHall, tmp_path: Path) -> None:
    file = tmp_path / "空.pdf"
    file.touch()
    wish = FileToAttach(file.name, FORM, str(file))
    assert code_of(lambda: attach(hall.performer, hall.clerk, wish, go_on)) == "attachment_empty"
    assert count(hall, Attachment) == 0


@pytest.mark.bad_input("of 1 GB")
def test_a_file_of_one_gigabyte_is_refused_by_its_size_alone(hall: SmallHall, tmp_path: Path) -> None:
    file = tmp_path / "录像.pdf"
    with file.open("wb") as written:
        written.truncate(1 << 30)
    looked: list[int] = []

    def report(done: int, _of: int) -> bool:
        looked.append(done)
        return True

    wish = FileToAttach(file.name, FORM, str(file))
    with pytest.raises(Refused) as refusal:
        attach(hall.performer, hall.clerk, wish, report)
    assert (refusal.value.code, refusal.value.values) == ("attachment_too_large", {"size": "1 GB", "limit": "20 MB"})
    assert looked == []  # not a byte of it was read
    assert count(hall, Attachment) == 0


def test_the_hall_sets_how_large_a_file_may_be(hall: SmallHall) -> None:
    assert hall.read(hall.clerk, attachment_limit) == 20 * MB
    with hall.performer.database.write() as connection:
        settings = connection.execute(select(Hall.settings)).scalar_one()
        connection.execute(update(Hall).values(settings={**settings, "attachment_mb": 1}))
    assert code_of(lambda: bring(hall, pdf(b"x" * MB), "合同.pdf")) == "attachment_too_large"


@pytest.mark.bad_input("of a wrong type")
@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\0" * 50, "发票.pdf", "attachment_kind"),
        (b"PK\3\4" * 50, "表格.docx", "attachment_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.png", "attachment_kind"),
        (b"GIF89a" + b"\0" * 50, "图.gif", "attachment_kind"),
        (png(), "发票.pdf", "attachment_name_differs"),
        (pdf(), "照片.exe", "attachment_name_differs"),
        (png()[:-20], "照片.png", "attachment_cut"),
        (jpeg()[:-2], "照片.jpg", "attachment_cut"),
        (jpeg()[:30], "照片.jpg", "attachment_cut"),
        (b"%PDF-1.4\n1 0 obj", "合同.pdf", "attachment_cut"),
        (png()[:40] + b"\1" + png()[41:], "照片.png", "attachment_damaged"),
        (b"\xff\xd8\xff\xe0\0\x04ab" + b"noise" * 9, "照片.jpg", "attachment_damaged"),
        (png_bomb(), "照片.png", "attachment_too_many_pixels"),
        (jpeg(65000, 65000), "照片.jpg", "attachment_too_many_pixels"),
        (pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "合同.pdf", "attachment_active"),
        (pdf(b"<</S/Launch/F(cmd.exe)>>"), "合同.pdf", "attachment_active"),
    ],
)
def test_a_file_that_is_not_what_may_be_attached_is_refused(
    hall: SmallHall, content: bytes, name: str, code: str
) -> None:
    assert code_of(lambda: bring(hall, content, name)) == code
    assert (count(hall, Attachment), count(hall, AttachmentChunk), kinds(hall)) == (0, 0, [])


def test_no_cut_or_altered_byte_of_a_picture_passes_for_the_whole(hall: SmallHall) -> None:
    whole = png(9, 9)
    for length in range(8, len(whole) - 1):
        assert code_of(partial(check_file, "a.png", whole[:length])) in {"attachment_cut", "attachment_damaged"}
    for place in range(8, len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 0x10
        with pytest.raises(Refused):
            check_file("a.png", bytes(altered))


def test_a_small_picture_inside_a_photograph_is_not_taken_for_its_end() -> None:
    inner = jpeg()
    thumb = b"\xff\xe1" + (len(inner) + 2).to_bytes(2, "big") + inner
    photograph = b"\xff\xd8" + thumb + jpeg()[2:]
    assert check_file("a.jpg", photograph).media is Media.JPEG
    assert code_of(lambda: check_file("a.jpg", photograph[:-2])) == "attachment_cut"


@pytest.mark.bad_input("with a path trick")
@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("..\\..\\Windows\\win.png", "win.png"),
        ("/etc/cron.d/task.png", "task.png"),
        ("C:\\Users\\me\\证件.png", "证件.png"),
        ("..png", "png.png"),
        ("...", "scan.png"),
        ("", "scan.png"),
        (".bashrc", "bashrc.png"),
        ("invoice\u202egnp.exe.png", "invoicegnp.exe.png"),
        ("a\0b\n\x1bc.png", "ab c.png"),
        ("con.png", "_con.png"),
        ("a:b*?.png", "a_b__.png"),
        ("名" * 300 + ".png", "名" * 100 + ".png"),
        ("bad\udcffname.png", "bad_name.png"),
        ("𠮷㐂.png", "𠮷㐂.png"),
        ("<b>a&b</b>.png", "b_.png"),
        ("photo", "photo.png"),
    ],
)
def test_a_name_is_only_a_name(hall: SmallHall, name: str, clean: str) -> None:
    added = bring(hall, png(), name)
    assert added.row.name == clean
    assert "/" not in clean_file_name(name)


@pytest.mark.bad_input("with a path trick")
def test_a_folder_a_pipe_a_socket_and_a_device_are_no_files(tmp_path: Path) -> None:
    pipe, listener = tmp_path / "a.png", tmp_path / "b.png"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(listener))
        codes = [code_of(partial(read_file, str(at), MB)) for at in (tmp_path, pipe, "/dev/zero")]
        assert codes == ["attachment_not_a_file"] * 3
        for gone in (str(listener), str(tmp_path / "none.png"), "a\0b.png", str(pipe) + "/../../x.png"):
            assert code_of(partial(read_file, gone, MB)) == "attachment_gone"


def test_a_file_that_grows_while_it_is_read_is_stopped_at_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"x" * MB)

    def grow(_done: int, _of: int) -> bool:
        with file.open("ab") as written:
            written.write(b"x" * MB)
        return True

    assert code_of(lambda: read_file(str(file), 3 * MB, grow)) == "attachment_too_large"


def test_a_file_of_the_system_that_says_it_is_empty_is_empty() -> None:
    assert code_of(lambda: read_file("/proc/self/environ", MB)) == "attachment_empty"


def test_the_same_file_twice_is_noticed_at_its_place_and_said_elsewhere(hall: SmallHall) -> None:
    first = bring(hall)
    assert code_of(lambda: bring(hall, place=Place(form=(first.row.id,)))) == "attachment_twice"
    assert bring(hall).elsewhere == ()  # another form of the day
    request = logged(hall)
    bring(hall, place=Place(request))
    assert code_of(lambda: bring(hall, place=Place(request))) == "attachment_twice"
    assert bring(hall, place=Place(logged(hall))).elsewhere == ("20260302-0001",)


def test_what_was_taken_back_may_be_attached_again(hall: SmallHall) -> None:
    request = logged(hall)
    added = bring(hall, place=Place(request))
    hall.write(hall.clerk, remove_attachment, added.row.id)
    assert bring(hall, place=Place(request)).row.id != added.row.id


# -- bound ------------------------------------------------------------------------------------------------------


def with_files(*attachments: UUID, words: str = "") -> LogRequest:
    """A stall whose site plan was scanned."""
    papers = (Handed("case", "site_plan", attachments=attachments),)
    return LogRequest(Form("open_stall", answers=(Answer("case", "sells_food", True),), papers=papers), words=words)


def test_what_lay_on_the_form_is_bound_to_its_paper_when_the_request_is_logged(hall: SmallHall) -> None:
    first, second = bring(hall), bring(hall, pdf(), "平面图.pdf")
    request = hall.write(hall.clerk, log_request, with_files(first.row.id, second.row.id)).request
    found = hall.read(hall.reviewer, list_attachments, Place(request, paper_of(hall, request)))
    assert [row.name for row in found] == ["身份证.png", "平面图.pdf"]
    assert kinds(hall) == ["attachment_added", "attachment_added", "attachment_bound", "attachment_bound"]
    history = hall.read(hall.clerk, see_case, request).view.history
    told = [line.sentence for line in lines_of(history, STALL, SHANGHAI, in_language("zh"))]
    assert told.count("附上了扫描件或文件。") == 2
    assert not any("attachment" in sentence for sentence in told)


@pytest.mark.parametrize("spoil", ["removed", "bound", "somebody", "invented"])
def test_a_request_is_not_logged_without_a_file_that_was_to_be_bound(hall: SmallHall, spoil: str) -> None:
    added = bring(hall, who=hall.supervisor if spoil == "somebody" else None)
    attachment = uuid4() if spoil == "invented" else added.row.id
    if spoil == "removed":
        hall.write(hall.clerk, remove_attachment, attachment)
    if spoil == "bound":
        hall.write(hall.clerk, log_request, with_files(attachment))
    before = count(hall, Event)
    wish = with_files(attachment, words="再办一个")
    assert code_of(lambda: hall.write(hall.clerk, log_request, wish)) == "attachment_unknown"
    assert count(hall, Event) == before


def test_a_paper_brought_later_is_kept_with_its_scan(hall: SmallHall) -> None:
    request, scan = logged(hall), bring(hall)
    later = ReceivePapers(request, (Handed("case", "health_card", attachments=(scan.row.id,)),))
    hall.write(hall.clerk, receive_papers, later)
    (row,) = hall.read(hall.clerk, list_attachments, Place(request))
    papers = {paper.id: paper.code for paper in hall.read(hall.clerk, see_request, request).papers}
    assert papers[row.paper_id] == "health_card"


def test_a_file_on_somebody_elses_form_is_not_seen(hall: SmallHall) -> None:
    added = bring(hall)
    assert hall.read(hall.supervisor, list_attachments, Place(form=(added.row.id,))) == ()
    for use_case in (see_attachment, remove_attachment, restore_attachment):
        assert code_of(partial(hall.write, hall.supervisor, use_case, added.row.id)) == "attachment_unknown"


def test_a_paper_that_is_there_takes_files_and_others_do_not_show_them(hall: SmallHall) -> None:
    request = logged(hall)
    paper = paper_of(hall, request)
    on_paper, beside = bring(hall, place=Place(request, paper)), bring(hall, png(shade=9), place=Place(request))
    of_paper = hall.read(hall.reviewer, list_attachments, Place(request, paper))
    assert [row.id for row in of_paper] == [on_paper.row.id]
    of_request = hall.read(hall.reviewer, list_attachments, Place(request))
    assert [row.id for row in of_request] == [on_paper.row.id, beside.row.id]


def test_a_place_that_is_not_there_takes_nothing(hall: SmallHall) -> None:
    assert code_of(lambda: bring(hall, place=Place(new_id()))) == "request_unknown"
    assert code_of(lambda: bring(hall, place=Place(None, new_id()))) == "paper_unknown"
    request = logged(hall)
    hall.clock.move(minutes=1)
    other = paper_of(hall, logged(hall))
    assert code_of(lambda: bring(hall, place=Place(request, other))) == "paper_unknown"


# -- turned, taken back, swept ----------------------------------------------------------------------------------


def test_a_turn_stays_and_the_file_is_untouched(hall: SmallHall) -> None:
    added = bring(hall)
    for quarters in (1, 1, -3):
        hall.write(hall.clerk, turn_attachment, Turn(added.row.id, quarters))
    seen = hall.read(hall.clerk, see_attachment, added.row.id)
    assert (seen.row.turned, seen.content) == (3, png())


def test_taking_back_can_be_undone(hall: SmallHall) -> None:
    request = logged(hall)
    added = bring(hall, place=Place(request))
    hall.write(hall.clerk, remove_attachment, added.row.id)
    assert hall.read(hall.clerk, list_attachments, Place(request)) == ()
    assert code_of(lambda: hall.read(hall.clerk, see_attachment, added.row.id)) == "attachment_unknown"
    hall.write(hall.clerk, restore_attachment, added.row.id)
    assert hall.read(hall.clerk, see_attachment, added.row.id).content == png()
    assert kinds(hall) == ["attachment_added", "attachment_removed", "attachment_restored", "attachment_seen"]


def draft(hall: SmallHall, form: dict[str, Any]) -> None:
    """Keep a half-typed form as it lies in the records."""
    row = {
        "hall_id": hall.clerk.hall_id, "id": new_id(), "account_id": hall.clerk.account_id, "form": form,
        "title": "摆摊", "parked": True, "updated_at": hall.clock.now,
    }  # fmt: skip
    with hall.performer.database.write() as connection:
        connection.execute(insert(Draft).values(**row))


def test_the_sweep_takes_what_nothing_holds_and_nothing_else(hall: SmallHall) -> None:
    request = logged(hall)
    bound = bring(hall, place=Place(request))
    on_draft, loose = bring(hall, png(shade=1)), bring(hall, png(shade=2))
    removed = bring(hall, png(shade=4), place=Place(request))
    hall.write(hall.clerk, remove_attachment, removed.row.id)
    draft(hall, {"papers": [{"code": "site_plan", "scans": [str(on_draft.row.id)]}]})
    hall.clock.move(days=29)
    assert hall.write(None, sweep_attachments) == 0
    hall.clock.move(days=2)
    assert hall.write(None, sweep_attachments) == 2
    with hall.performer.database.read() as connection:
        left = set(connection.execute(select(Attachment.id)).scalars())
    assert left == {bound.row.id, on_draft.row.id}
    assert loose.row.id not in left
    assert hall.write(None, sweep_attachments) == 0


def test_before_there_is_a_hall_there_is_nothing_to_sweep(performer: Performer) -> None:
    assert performer.write(None, sweep_attachments, None).value == 0


# -- who may, and what is noted ---------------------------------------------------------------------------------


def test_a_look_at_a_persons_paper_is_noted_and_the_log_holds_no_name(hall: SmallHall) -> None:
    request = logged(hall)
    added = bring(hall, name="王小明身份证.png", place=Place(request))
    hall.read(hall.reviewer, see_attachment, added.row.id)
    with hall.performer.database.read() as connection:
        events = connection.execute(select(Event.kind, Event.request_id, Event.data)).all()
    noted = [event for event in events if event.kind == "attachment_seen"]
    assert [event.request_id for event in noted] == [request]
    assert not any("王小明" in str(event.data) for event in events)


def test_only_those_on_the_case_may(hall: SmallHall) -> None:
    untouched = object()
    for use_case, permission in USE_CASES.items():
        for role in Role:
            if role in GRANTED[permission]:
                continue
            with pytest.raises(Refused) as refusal:
                hall.write(hall.sessions[role], use_case, untouched)
            assert refusal.value.values == {"permission": permission.value}
        assert code_of(partial(hall.write, None, use_case, untouched)) == "not_signed_in"
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.EXPERT):
        assert code_of(partial(bring, hall, who=hall.sessions[role])) == "not_allowed"
