"""Nothing a seat asks in a day makes the embedded store read a large table whole."""

from collections.abc import Iterator

import pytest

from db.keys import Keys
from db.migrate import open_up_to_date
from db.open import Database, open_database
from desktop.authoring import load_catalogue, shipped_calendar
from desktop.usecases.perform import Performer
from desktop.usecases.sample import make_sample_hall
from tests.databases import copy_of_template
from tests.usecases.query_paths import Asked, Listening, faults, grow, work_a_day


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A practice hall that believes itself old."""
    place = copy_of_template(tmp_path_factory.mktemp("large"))
    database = open_up_to_date(place, Keys.load(place.folder))
    make_sample_hall(Performer(database, load_catalogue(), shipped_calendar()), lambda done, _of: done < 4)
    grow(database)
    database.close()
    database = open_database(place, Keys.load(place.folder))  # without taking stock
    yield database
    database.close()


def test_a_day_of_a_large_hall_finds_everything_by_its_index(large: Database) -> None:
    listening = Listening(Performer(large, load_catalogue(), shipped_calendar()))
    work_a_day(listening)
    asked = {each.sql: each for each in listening.heard}
    assert len(asked) > 60
    with large.read() as connection:
        found = {each.use_case: faults(connection, each) for each in asked.values()}
    assert {use_case: steps for use_case, steps in found.items() if steps} == {}


def test_a_question_without_an_index_is_seen(large: Database) -> None:
    with large.read() as connection:
        hall = connection.exec_driver_sql("SELECT hall_id FROM request LIMIT 1").scalar_one()
        whole = Asked("by title", "SELECT id FROM request WHERE hall_id = ? AND title = ?", (hall, "x"))
        assert faults(connection, whole) != []
