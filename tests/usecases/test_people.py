"""People, enterprises and bodies: registered once, found in any way, shown masked."""

from datetime import date
from typing import Any, get_args
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from db.ids import new_id
from db.models import Event, Subject, SubjectIdentifier
from db.search import SearchDocument
from desktop.identity import resident_check_digit
from desktop.usecases.people.identifiers import token, unseal
from desktop.usecases.people.people import (
    AddIdentifier,
    ChangePhone,
    FoundPerson,
    NewBody,
    NewEnterprise,
    NewPerson,
    NewThing,
    NoIdentifier,
    PeopleQuery,
    PersonCard,
    Registered,
    Rename,
    Sex,
    add_identifier,
    change_phone,
    find_people,
    person_card,
    register_body,
    register_enterprise,
    register_person,
    register_thing,
    rename,
    reveal_identifier,
)
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from tests.usecases.conftest import SmallHall

BODY = "62112419800102001"
NUMBER = BODY + resident_check_digit(BODY)
"""A man of Lintao, born on 2 January 1980."""
OTHER = "62112419900305002" + resident_check_digit("62112419900305002")
CODE = "91620100MA71C58K8L"
MOBILE = "13809321234"


def register(hall: SmallHall, name: str = "王伟", identifier: str | None = NUMBER, **more: Any) -> Registered:
    done = hall.write(hall.clerk, register_person, NewPerson(name, identifier, **more))
    assert isinstance(done, Registered)
    return done


def refused(hall: SmallHall, *act: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.clerk, *act)
    return refusal.value


def find(hall: SmallHall, text: str) -> list[UUID]:
    found: tuple[FoundPerson, ...] = hall.read(hall.clerk, find_people, PeopleQuery(text))
    return [line.subject for line in found]


def card(hall: SmallHall, subject: UUID) -> PersonCard:
    shown = hall.read(hall.clerk, person_card, subject)
    assert isinstance(shown, PersonCard)
    return shown


def credit_code() -> str:
    """Make a code of an enterprise whose two check signs are right."""
    from desktop.identity import IdentityFault, check_uscc, organisation_check_digit

    body = "91621124" + "MA71C58K" + organisation_check_digit("MA71C58K")
    for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        try:
            return check_uscc(body + sign).normal
        except IdentityFault:
            continue
    raise LookupError(body)


def test_a_number_tells_birth_sex_and_place(hall: SmallHall) -> None:
    shown = card(hall, register(hall).subject)
    assert (shown.birth, shown.sex, shown.area, shown.area_name) == (
        date(1980, 1, 2), "M", "621124", "甘肃省 定西市 临洮县",
    )  # fmt: skip
    assert not shown.provisional


def test_a_card_shows_the_number_masked(hall: SmallHall) -> None:
    shown = card(hall, register(hall).subject)
    (number,) = shown.identifiers
    assert number.masked == f"621124********{NUMBER[-4:]}"
    assert NUMBER not in repr(shown)


def test_the_same_number_is_registered_once_however_it_is_typed(hall: SmallHall) -> None:
    first = register(hall).subject
    for typed in (NUMBER, f" {NUMBER[:6]} {NUMBER[6:]} ", "".join(chr(ord(sign) + 0xFEE0) for sign in NUMBER)):
        refusal = refused(hall, register_person, NewPerson("王维", typed))
        assert (refusal.code, refusal.values) == ("already_known", {"subject": first})


def test_a_number_of_fifteen_digits_is_the_same_as_its_eighteen(hall: SmallHall) -> None:
    first = register(hall).subject
    refusal = refused(hall, register_person, NewPerson("王伟", NUMBER[:6] + NUMBER[8:17]))
    assert refusal.values == {"subject": first}


def test_two_people_of_one_name_are_two(hall: SmallHall) -> None:
    assert register(hall).subject != register(hall, identifier=OTHER).subject


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (NewPerson("王伟", NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")), "identifier_checksum"),
        (NewPerson("王伟", "6211"), "identifier_length"),
        (NewPerson("王伟", "x" * 5_000_000), "identifier_too_long"),
        (NewPerson("王伟"), "identifier_or_reason_needed"),
        (NewPerson("", NUMBER), "name_missing"),
        (NewPerson("", no_identifier=NoIdentifier.LOST), "name_missing"),
        (NewPerson("王" * 201, NUMBER), "name_too_long"),
        (NewPerson("王\ud800", NUMBER), "name_lone_surrogate"),
        (NewPerson("王伟", NUMBER, phone="12345678901"), "phone_format"),
        (NewPerson("王伟", NUMBER, phone="999"), "phone_format"),
        (NewPerson("王伟", birth="2026-03-03", no_identifier=NoIdentifier.NEWBORN), "birth_future"),
        (NewPerson("王伟", birth="1880-01-01", no_identifier=NoIdentifier.LOST), "birth_implausible"),
        (NewPerson("王伟", birth="昨天", no_identifier=NoIdentifier.NEWBORN), "birth_format"),
        (NewPerson("王伟", "!!!!", "passport"), "identifier_format"),
    ],
)
def test_a_person_who_cannot_be_registered_like_that(hall: SmallHall, form: NewPerson, code: str) -> None:
    assert refused(hall, register_person, form).code == code
    with hall.performer.database.read() as connection:
        assert connection.execute(select(Subject.id)).all() == []


def test_somebody_who_gives_no_name_is_an_applicant_like_any_other(hall: SmallHall) -> None:
    done = hall.write(hall.clerk, register_person, NewPerson(no_identifier=NoIdentifier.ANONYMOUS))
    again = hall.write(hall.clerk, register_person, NewPerson(no_identifier=NoIdentifier.ANONYMOUS))
    shown = card(hall, done.subject)
    assert (shown.kind, shown.anonymous, shown.provisional, shown.no_identifier) == ("person", True, True, "anonymous")
    assert again.subject != done.subject


@pytest.mark.parametrize("reason", NoIdentifier)
def test_nobody_is_turned_away_for_want_of_a_card(hall: SmallHall, reason: NoIdentifier) -> None:
    subject = register(hall, "买买提", None, no_identifier=reason, witness="村主任 李强").subject
    shown = card(hall, subject)
    assert (shown.no_identifier, shown.witness, shown.identifiers) == (reason.value, "村主任 李强", ())
    assert find(hall, "买买提") == [subject]


def test_a_number_brought_later_makes_the_record_firm(hall: SmallHall) -> None:
    subject = register(hall, identifier=None, no_identifier=NoIdentifier.LOST).subject
    assert hall.write(hall.clerk, add_identifier, AddIdentifier(subject, NUMBER)) == ()
    shown = card(hall, subject)
    assert (shown.provisional, shown.no_identifier, shown.birth) == (False, None, date(1980, 1, 2))
    assert find(hall, NUMBER) == [subject]


def test_what_the_clerk_should_look_at_again_is_said(hall: SmallHall) -> None:
    body = "62009919800102001"  # a county that the table does not know
    done = register(hall, "王伟2", body + resident_check_digit(body), birth="1981-01-02", sex="F")
    assert set(done.warnings) == {"area_unknown", "name_digits", "birth_differs", "sex_differs"}
    assert card(hall, done.subject).birth == date(1980, 1, 2)


@pytest.mark.parametrize("sex", get_args(Sex))
def test_what_the_number_does_not_say_is_taken_from_the_person(hall: SmallHall, sex: Sex) -> None:
    shown = card(hall, register(hall, "John Smith", "E12345678", identifier_kind="passport", sex=sex).subject)
    assert (shown.sex, shown.identifiers[0].kind, shown.identifiers[0].warnings) == (sex, "passport", ("unchecked",))


@pytest.mark.parametrize("text", [NUMBER, NUMBER.lower(), "王伟", "伟", "wangwei", "ww", MOBILE, "1234"])
def test_a_person_is_found(hall: SmallHall, text: str) -> None:
    subject = register(hall, phone="138 0932 1234").subject
    register(hall, "李娜", OTHER)
    assert find(hall, text) == [subject]


@pytest.mark.parametrize("text", ["", "19800102", NUMBER[:10], NUMBER[-4:], "张", "621124********0019"])
def test_a_part_of_a_number_finds_nobody(hall: SmallHall, text: str) -> None:
    register(hall, phone=MOBILE)
    assert find(hall, text) == []


def test_a_line_that_was_found_is_masked(hall: SmallHall) -> None:
    register(hall, phone=MOBILE)
    (line,) = hall.read(hall.clerk, find_people, PeopleQuery(NUMBER))
    assert (line.phone, line.identifiers) == ("138****1234", (f"621124********{NUMBER[-4:]}",))
    assert not any(secret in repr(line) for secret in (NUMBER, MOBILE))


def test_no_number_lies_in_the_records_in_clear(hall: SmallHall) -> None:
    register(hall)
    with hall.performer.database.read() as connection:
        tables = (Subject, SubjectIdentifier, Event, SearchDocument)
        rows = [str(connection.execute(select(table.__table__)).all()) for table in tables]
    assert not any(NUMBER in row for row in rows)
    assert "王伟" not in rows[2]


def test_a_sealed_number_opens_only_in_its_own_row(hall: SmallHall) -> None:
    register(hall)
    register(hall, "李娜", OTHER)
    keys = hall.performer.database.keys
    with hall.performer.database.read() as connection:
        asked = select(SubjectIdentifier.token, SubjectIdentifier.sealed).order_by(SubjectIdentifier.id)
        (mine, sealed), (hers, _) = connection.execute(asked).all()
    assert mine == token(keys, "resident", NUMBER)
    assert unseal(keys, mine, sealed) == NUMBER
    with pytest.raises(InvalidTag):
        unseal(keys, hers, sealed)


def test_a_number_is_shown_whole_to_who_asks_and_that_is_logged(hall: SmallHall) -> None:
    subject = register(hall).subject
    (number,) = card(hall, subject).identifiers
    assert hall.read(hall.clerk, reveal_identifier, number.id) == NUMBER
    with hall.performer.database.read() as connection:
        asked = select(Event.kind, Event.actor_id).where(Event.subject_id == subject).order_by(Event.seq)
        rows = [tuple(row) for row in connection.execute(asked)]
    clerk = hall.clerk.account_id
    assert rows == [("person_registered", clerk), ("person_seen", clerk), ("identifier_seen", clerk)]


@pytest.mark.parametrize("act", [person_card, reveal_identifier])
def test_what_is_not_there_is_not_shown(hall: SmallHall, act: Any) -> None:
    with pytest.raises(Refused, match="unknown_"):
        hall.read(hall.clerk, act, new_id())


def test_a_second_number_is_kept_beside_the_first(hall: SmallHall) -> None:
    subject = register(hall).subject
    permit = AddIdentifier(subject, "H12345678", valid_from=date(2020, 1, 1), valid_to=date(2030, 1, 1))
    assert hall.write(hall.clerk, add_identifier, permit) == ()
    assert [number.kind for number in card(hall, subject).identifiers] == ["resident", "hk_mo_permit"]
    assert find(hall, "h12345678") == find(hall, NUMBER) == [subject]


def test_a_number_of_somebody_else_or_ones_own_is_not_added(hall: SmallHall) -> None:
    subject, other = register(hall).subject, register(hall, "李娜", OTHER).subject
    refusal = refused(hall, add_identifier, AddIdentifier(subject, OTHER))
    assert (refusal.code, refusal.values) == ("already_known", {"subject": other})
    assert refused(hall, add_identifier, AddIdentifier(subject, NUMBER)).code == "already_has"
    backwards = AddIdentifier(subject, "H12345678", valid_from=date(2030, 1, 1), valid_to=date(2020, 1, 1))
    assert refused(hall, add_identifier, backwards).code == "validity_ends_before_it_begins"


def test_somebody_renamed_is_found_by_both_names(hall: SmallHall) -> None:
    subject = register(hall).subject
    hall.write(hall.clerk, rename, Rename(subject, "王卫国", date(2026, 2, 1), "改名"))
    shown = card(hall, subject)
    (former,) = shown.former_names
    assert (shown.name, former.name, former.valid_to, former.reason) == ("王卫国", "王伟", date(2026, 2, 1), "改名")
    assert find(hall, "王卫国") == find(hall, "王伟") == find(hall, NUMBER) == [subject]
    assert refused(hall, rename, Rename(subject, " 王卫国")).code == "name_unchanged"


def test_somebody_who_gave_no_name_may_give_it_later(hall: SmallHall) -> None:
    subject = hall.write(hall.clerk, register_person, NewPerson(no_identifier=NoIdentifier.ANONYMOUS)).subject
    hall.write(hall.clerk, rename, Rename(subject, "赵敏"))
    assert (card(hall, subject).name, card(hall, subject).former_names) == ("赵敏", ())


def test_an_old_phone_finds_nobody_any_more(hall: SmallHall) -> None:
    subject = register(hall, phone=MOBILE).subject
    hall.write(hall.clerk, change_phone, ChangePhone(subject, "0932-2241234"))
    assert (find(hall, MOBILE), find(hall, "2241234"), card(hall, subject).phone) == ([], [subject], "0932-2241234")
    hall.write(hall.clerk, change_phone, ChangePhone(subject, None))
    assert card(hall, subject).phone is None


def test_the_phone_on_file_is_no_new_phone(hall: SmallHall) -> None:
    subject = register(hall, phone=MOBILE).subject
    assert refused(hall, change_phone, ChangePhone(subject, "138 0932 1234")).code == "phone_unchanged"


def test_a_card_of_another_day_of_birth_is_to_be_looked_at_again(hall: SmallHall) -> None:
    told = NewPerson("王伟", birth=date(1990, 1, 1), sex="F", no_identifier=NoIdentifier.NOT_AT_HAND)
    subject = hall.write(hall.clerk, register_person, told).subject
    warnings = hall.write(hall.clerk, add_identifier, AddIdentifier(subject, NUMBER))
    assert set(warnings) == {"birth_differs", "sex_differs"}
    assert card(hall, subject).birth == date(1990, 1, 1)


def test_an_enterprise_is_known_by_its_code(hall: SmallHall) -> None:
    form = NewEnterprise("临洮县洮河马铃薯有限公司", credit_code(), phone="0932-2241234")
    subject = hall.write(hall.clerk, register_enterprise, form).subject
    assert (card(hall, subject).kind, card(hall, subject).area) == ("enterprise", "621124")
    assert refused(hall, register_body, NewBody("别名", credit_code())).values == {"subject": subject}
    assert find(hall, credit_code()) == find(hall, "马铃薯") == [subject]


def test_an_enterprise_still_to_be_established_has_no_code_yet(hall: SmallHall) -> None:
    form = NewEnterprise("洮砚工作室", kind="sole_trader", no_identifier=NoIdentifier.NOT_ESTABLISHED)
    subject = hall.write(hall.clerk, register_enterprise, form).subject
    assert (card(hall, subject).kind, card(hall, subject).provisional) == ("sole_trader", True)
    hall.write(hall.clerk, add_identifier, AddIdentifier(subject, credit_code()))
    assert not card(hall, subject).provisional
    assert refused(hall, register_enterprise, NewEnterprise("无码公司")).code == "identifier_or_reason_needed"


def test_a_code_with_a_wrong_check_sign_is_refused(hall: SmallHall) -> None:
    assert refused(hall, register_body, NewBody("村民委员会", CODE[:-1] + "0")).code == "identifier_checksum"


def test_a_house_has_a_file_but_no_number(hall: SmallHall) -> None:
    house = hall.write(hall.clerk, register_thing, NewThing("premises", "洮阳镇 12 号", "621124", {"floor": 2}))
    assert dict(card(hall, house.subject).details) == {"floor": 2}
    assert find(hall, "洮阳镇") == []
    found = hall.read(hall.clerk, find_people, PeopleQuery("洮阳镇", kinds=("premises",)))
    assert [line.subject for line in found] == [house.subject]
    assert refused(hall, add_identifier, AddIdentifier(house.subject, NUMBER)).code == "wrong_identifier_kind"


def test_what_one_seat_registers_another_finds(hall: SmallHall) -> None:
    subject = register(hall).subject
    other = Performer(hall.performer.database, hall.performer.catalogue, hall.performer.calendar, hall.clock)
    (line,) = other.read(hall.reviewer, find_people, PeopleQuery("王伟"))
    assert line.subject == subject
