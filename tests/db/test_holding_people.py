"""Who changes a person on the server keeps other writers away, and nobody who only points at the person."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, text

from db.faults import StorageFault
from db.ids import new_id
from db.keys import Keys
from db.models import Subject
from db.models.hall import Hall
from db.models.subject import FormerName
from db.open import Database, open_database
from db.queries.people import hold_subject
from db.queries.shared_record import hold_subjects

AT = datetime(2026, 1, 1, tzinfo=UTC)
HALL, WHO = new_id(), new_id()


@pytest.fixture
def seats(postgres_database: Database) -> Iterator[tuple[Database, Database]]:
    """Two seats of one hall that has somebody on file."""
    with postgres_database.write() as connection:
        hall = {"id": HALL, "name_zh": "临洮县政务大厅", "name_en": "", "sample": False, "settings": {}}
        connection.execute(insert(Hall), {**hall, "founded_at": AT})
        who = {"hall_id": HALL, "id": WHO, "kind": "person", "name": "陈小妹", "provisional": True, "created_at": AT}
        connection.execute(insert(Subject), who)
    other = open_database(postgres_database.place, Keys.load(postgres_database.place.folder))
    yield postgres_database, other
    other.close()


@pytest.mark.parametrize("one_by_one", [True, False])
def test_who_is_being_changed_may_be_pointed_at_and_not_changed(
    seats: tuple[Database, Database], *, one_by_one: bool
) -> None:
    one, other = seats
    with one.write() as changing:
        if one_by_one:
            assert hold_subject(changing, HALL, WHO) is not None
        else:
            hold_subjects(changing, HALL, {WHO}, ())
        with other.write() as pointing:
            pointing.execute(text("SET LOCAL lock_timeout = '2s'"))
            former = {"subject_id": WHO, "name": "陈小", "valid_to": None, "reason": "更名", "added_at": AT}
            pointing.execute(insert(FormerName), {"hall_id": HALL, **former})
        with pytest.raises(StorageFault):
            _change(other)


def _change(seat: Database) -> None:
    with seat.write() as waiting:
        waiting.execute(text("SET LOCAL lock_timeout = '50ms'"))
        hold_subject(waiting, HALL, WHO)
