"""Empty, migrated records for a test: migrated once per session, copied per test, on both kinds of store.

Use: `from tests.databases import database` (and the others wanted) in a conftest.
"""

import functools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.keys import Keys
from db.migrate import open_up_to_date
from db.open import Database, Place
from tests import postgres


@functools.cache
def _template_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder with keys and an empty, migrated embedded store; it goes when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="yijian-template-")
    folder = Path(made.name)
    open_up_to_date(Place(folder), Keys.create(folder)).close()
    return made


@functools.cache
def _template_database() -> str:
    """Return the name of an empty, migrated database on the server, to be copied."""
    server = postgres.server()
    name = server.make_database()
    folder = Path(_template_folder().name)
    open_up_to_date(Place(folder, server.url(name)), Keys.load(folder)).close()
    return name


def copy_of_template(folder: Path) -> Place:
    """Put an empty, migrated embedded store with its keys into the folder."""
    shutil.copytree(_template_folder().name, folder, dirs_exist_ok=True)
    return Place(folder)


def server_or_skip() -> postgres.Server:
    """Return the server, or skip the test with the reason; where a server is required, fail instead."""
    try:
        return postgres.server()
    except postgres.NoServer as reason:
        if postgres.REQUIRED:
            raise
        pytest.skip(str(reason))


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """Empty, migrated records in a folder of the test."""
    place = copy_of_template(tmp_path / "hall")
    opened = open_up_to_date(place, Keys.load(place.folder))
    yield opened
    opened.close()


@pytest.fixture
def empty_url() -> Iterator[str]:
    """The address of a database on a server without any table."""
    server = server_or_skip()
    name = server.make_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def postgres_place(tmp_path: Path) -> Iterator[Place]:
    """An empty, migrated database on a server, and a folder with the keys."""
    server = server_or_skip()
    place = copy_of_template(tmp_path / "hall")
    name = server.make_database(_template_database())
    yield Place(place.folder, server.url(name))
    server.drop_database(name)


@pytest.fixture
def postgres_database(postgres_place: Place) -> Iterator[Database]:
    """Empty, migrated records on a server."""
    opened = open_up_to_date(postgres_place, Keys.load(postgres_place.folder))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Empty, migrated records, once in a file and once on a server."""
    opened = request.getfixturevalue("sqlite_database" if request.param == "sqlite" else "postgres_database")
    assert isinstance(opened, Database)
    return opened
