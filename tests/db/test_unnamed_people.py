"""Records of an earlier form call people by their role; the fifth form takes such names away and no other."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from db.ids import new_id
from db.migrate import bring_up_to_date, change_version
from db.models import Subject
from db.models.hall import Hall
from db.open import Database

AT = datetime(2026, 1, 1, tzinfo=UTC)


def put_on_file(database: Database, hall: UUID, name: str, **more: Any) -> UUID:
    """Somebody as an earlier program wrote them down."""
    found = new_id()
    row = {"hall_id": hall, "id": found, "kind": "person", "name": name, "provisional": True, "created_at": AT}
    with database.write() as connection:
        connection.execute(insert(Subject), row | more)
    return found


def test_a_role_that_stood_as_a_name_is_taken_away(database: Database) -> None:
    hall = new_id()
    with database.write() as connection:
        row = {"id": hall, "name_zh": "临洮县政务大厅", "name_en": "", "sample": False, "settings": {}}
        connection.execute(insert(Hall), {**row, "founded_at": AT})
    change_version(database, 4)
    unnamed = put_on_file(database, hall, "申请人")
    lost = put_on_file(database, hall, "王秀英", no_identifier="lost")
    reached = put_on_file(database, hall, "A00045581", phone="13993200001")
    proper = put_on_file(database, hall, "陈小妹", provisional=False)
    bring_up_to_date(database)
    with database.read() as connection:
        names = {row.id: row.name for row in connection.execute(select(Subject.id, Subject.name))}
    assert names == {unnamed: "", lost: "王秀英", reached: "A00045581", proper: "陈小妹"}
