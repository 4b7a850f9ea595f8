"""Opening the records, and the faults a disk, a file or a person can cause."""

from sqlalchemy import text

from db.open import Database


def test_what_was_written_is_read(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("CREATE TABLE note (words TEXT)"))
        connection.execute(text("INSERT INTO note VALUES ('王伟')"))
    with database.read() as connection:
        assert connection.execute(text("SELECT words FROM note")).scalar_one() == "王伟"
