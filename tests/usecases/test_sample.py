from db.open import Database
from desktop.authoring import load_catalogue, shipped_calendar
from desktop.usecases.hall.signing_in import SignIn, list_accounts_to_sign_in, sign_in
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import ListQuery, list_page
from desktop.usecases.sample import PASSWORD, make_sample_hall
from tests.usecases.conftest import Clock


def test_a_practice_hall_has_worked_for_two_weeks_and_lets_one_in(database: Database, clock: Clock) -> None:
    performer = Performer(database, load_catalogue(), shipped_calendar(), clock)
    heard: list[tuple[int, int]] = []

    def report(done: int, of: int) -> bool:
        heard.append((done, of))
        return len(heard) < 4

    made = make_sample_hall(performer, report)
    assert heard == [(1, 10), (2, 10), (3, 10), (4, 10)]
    logins = {account.login for account in performer.read(None, list_accounts_to_sign_in, None)}
    assert {"clerk", "supervisor", "administrator"} <= logins
    session = performer.write(None, sign_in, SignIn("clerk", PASSWORD)).value
    rows = performer.read(session, list_page, ListQuery(limit=200))
    assert len(rows) == made.requests > 5
    assert {row.status for row in rows} - {"open", "done", "ended"} == set()
    assert all(row.status != "open" or row.next_actor for row in rows)
