"""The one search: whatever part of a name or number is typed finds its document, in the file and on the server."""

import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData, inspect, text

from db.base import Base
from db.ids import new_id
from db.open import Database
from db.search import create_search, drop_search, index_document, search
from db.search_words import document_words, fold, spoken
from tests.db.compared import differences

TOKEN = "0f1e" * 16
SIGNS = "王李张伟芳娜单曾临洮县阿买提·• 𠮷𬎆䶮㛃\U00031350\U0002ebf0\ue863ぁ한"
OTHERS = "abcxyzABCéüñ'-. 0123456789"
names = st.text(st.sampled_from(SIGNS + OTHERS), min_size=1, max_size=12)
once_per_example = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction on records that can be searched."""
    with database.write() as lent:
        if not inspect(lent).has_table("search_document"):
            create_search(lent)
        yield lent


@pytest.fixture
def hall() -> UUID:
    return new_id()


def _logged(connection: Connection, hall: UUID, kind: str = "request", **values: list[str]) -> UUID:
    """Put a new document into the index and return its id."""
    ref_id = new_id()
    index_document(connection, hall, kind, ref_id, **values)
    return ref_id


def _found(connection: Connection, hall: UUID, query: str) -> list[UUID]:
    return [hit.ref_id for hit in search(connection, hall, query)]


@once_per_example
@given(name=names, others=st.lists(names, max_size=3), data=st.data())
def test_every_part_of_a_name_of_one_to_four_characters_finds_it(
    connection: Connection, name: str, others: list[str], data: st.DataObject
) -> None:
    hall = new_id()
    wanted = _logged(connection, hall, names=[*others, name], texts=["食品经营许可"], phones=["13800138000"])
    for other in others:
        _logged(connection, hall, names=[other])
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : start + data.draw(st.integers(1, 4))]
    assume(fold(part))
    assert wanted in _found(connection, hall, part)


@once_per_example
@given(
    text_=st.text(st.sampled_from(SIGNS + OTHERS + ",。()"), max_size=30),
    query=st.text(st.sampled_from(SIGNS), min_size=1, max_size=4),
)
def test_what_is_found_holds_every_word_and_what_holds_them_is_found(
    connection: Connection, text_: str, query: str
) -> None:
    hall = new_id()
    wanted = [_logged(connection, hall, texts=[text_, "临洮"]) for _ in range(2)]
    words = [fold(word) for word in query.split() if fold(word)]
    holds = bool(words) and all(any(word in fold(value) for value in (text_, "临洮")) for word in words)
    assert _found(connection, hall, query) == (wanted[::-1] if holds else [])


@once_per_example
@given(
    query=st.text(st.characters(), max_size=40)
    | st.text(st.sampled_from("\"'*()^:+-{}[]\\%_;,?$ ANDORTNE王1a\x00\ud800"), max_size=40)
)
def test_whatever_is_typed_is_harmless(connection: Connection, query: str) -> None:
    hall = new_id()
    _logged(connection, hall, names=["王伟"], codes=["LT202607010012"])
    assert len(_found(connection, hall, query)) <= 1


@pytest.mark.parametrize(
    "query", ['王"', "王*", "(王", "王 AND", "王 OR 李", "NEAR(王 伟)", "pieces:王", "^王", "王%", "王_", "-王"]
)
def test_signs_of_a_query_language_mean_nothing(connection: Connection, hall: UUID, query: str) -> None:
    wanted = _logged(connection, hall, names=["王伟"])
    assert _found(connection, hall, query) == ([wanted] if fold(query) == "王" else [])


@pytest.mark.parametrize(
    "query",
    ["LT20260701-0012", "lt202607010012", "LT2026", "0012", "701-00", "010", "T20", "ＬＴ２０", "lt", "L", "2607 0012"],
)
def test_a_part_of_a_request_number_finds_it(connection: Connection, hall: UUID, query: str) -> None:
    _logged(connection, hall, codes=["XQ20250630-0045"])
    wanted = _logged(connection, hall, codes=["LT20260701-0012"])
    assert _found(connection, hall, query) == [wanted]


@pytest.mark.parametrize("query", ["8000", "138", "13800138000", "138-0013", "138 8000", "001 380"])
def test_the_last_digits_of_a_phone_or_any_others_find_it(connection: Connection, hall: UUID, query: str) -> None:
    _logged(connection, hall, phones=["13900139111"])
    wanted = _logged(connection, hall, phones=["138-0013-8000"])
    assert _found(connection, hall, query) == [wanted]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("单雄信", "shan"),
        ("单雄信", "dan"),
        ("单雄信", "sxx"),
        ("单雄信", "shanxiongxin"),
        ("曾国藩", "zeng"),
        ("曾国藩", "zgf"),
        ("曾国藩", "zengg"),
        ("尉迟恭", "yuchi"),
        ("张丽", "zl"),
        ("张丽", "li"),
        ("张丽", "z"),
        ("张丽", "ZHANG li"),
        ("张乐", "zhangyue"),
        ("单乐", "shanyue"),
        ("吕布", "lv"),
        ("临洮县兴宏建材有限公司", "xinghong"),
        ("临洮县兴宏建材有限公司", "xhjc"),
        ("𠮷田", "tian"),
        ("Nguyễn Thị", "nguyen"),
        ("Nguyễn Thị", "yễn t"),
    ],
)
def test_a_name_is_found_by_its_pinyin_and_initials(connection: Connection, hall: UUID, name: str, query: str) -> None:
    _logged(connection, hall, names=["欧阳"])
    wanted = _logged(connection, hall, names=[name])
    assert _found(connection, hall, query) == [wanted]


def test_a_text_has_no_pinyin(connection: Connection, hall: UUID) -> None:
    _logged(connection, hall, texts=["张丽"])
    assert _found(connection, hall, "zl") == []


def test_a_surname_comes_before_the_rest_when_a_name_can_be_said_in_many_ways() -> None:
    ways = ["".join(way) for way in spoken("单行重都")]
    assert len(ways) <= 12
    assert {way[:3] for way in ways} >= {"dan", "sha", "cha"}


@pytest.mark.parametrize(
    "query", ["北大街12号", "大街12", "街1", "12号", "2号楼", "12-3", "大街 单元", "号楼3单", "座A", "a座1"]
)
def test_characters_and_digits_together_are_found(connection: Connection, hall: UUID, query: str) -> None:
    _logged(connection, hall, texts=["北大街21号3楼"])
    wanted = _logged(connection, hall, texts=["洮阳镇北大街12号楼3单元，座A座1 (12-3)"])
    assert _found(connection, hall, query) == [wanted]


@pytest.mark.parametrize("query", ["大街2号", "临洮许可", "洮县 大街9", "王芳"])
def test_pieces_that_stand_apart_are_not_taken_for_the_whole(connection: Connection, hall: UUID, query: str) -> None:
    _logged(connection, hall, names=["王伟", "李芳"], texts=["临洮县", "食品许可", "大街12号"])
    assert _found(connection, hall, query) == []


@pytest.mark.parametrize("query", ["王小明", "大街2号", "12345", "王小 小明 小明天"])
def test_a_word_whose_every_piece_stands_somewhere_else_is_not_found(
    connection: Connection, hall: UUID, query: str
) -> None:
    _logged(connection, hall, names=["王小", "小明"], texts=["大街", "街2楼", "2号", "明天"], codes=["123", "345"])
    assert _found(connection, hall, query) == []


@pytest.mark.parametrize("query", ["ＷＩＦＩ", "wifi", "企業", "葛飾", "㍿", "Strasse"])
def test_one_writing_stands_for_another(connection: Connection, hall: UUID, query: str) -> None:
    wanted = _logged(connection, hall, texts=["WiFi", "企業\u3000株式会社", "葛\U000e0100飾", "Straße"])
    assert _found(connection, hall, query) == [wanted]


def test_a_document_put_in_again_is_found_by_its_new_values_only(connection: Connection, hall: UUID) -> None:
    first, second = (_logged(connection, hall, names=["王伟"]) for _ in range(2))
    index_document(connection, hall, "request", first, names=["王芳"])
    assert _found(connection, hall, "王伟") == [second]
    assert _found(connection, hall, "王芳") == [first]
    assert _found(connection, hall, "王") == [second, first]


@pytest.mark.parametrize("window", [2, 2_000])
def test_pages_follow_each_other_from_the_newest_and_miss_nothing(
    connection: Connection, hall: UUID, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr("db.search._WINDOW", window)
    wanted = [_logged(connection, hall, names=["王伟" if number % 3 else "李芳"]) for number in range(30)]
    wanted = [ref_id for number, ref_id in enumerate(wanted) if number % 3][::-1]
    seen: list[UUID] = []
    before = None
    while hits := search(connection, hall, "王", limit=7, before=before):
        assert len(hits) == min(7, 20 - len(seen))
        seen += [hit.ref_id for hit in hits]
        before = hits[-1].place
        _logged(connection, hall, names=["王新"])
    assert seen == wanted


@pytest.mark.parametrize("window", [1, 2_000])
def test_only_the_kinds_asked_for_are_found(
    connection: Connection, hall: UUID, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr("db.search._WINDOW", window)
    person, request, letter = (
        _logged(connection, hall, kind, names=["王伟"]) for kind in ("person", "request", "sent_letter")
    )
    assert [hit.kind for hit in search(connection, hall, "王")] == ["sent_letter", "request", "person"]
    assert [hit.ref_id for hit in search(connection, hall, "王", kinds=["person"])] == [person]
    assert [hit.ref_id for hit in search(connection, hall, "王", kinds={"sent_letter", "request"})] == [letter, request]
    assert search(connection, hall, "王", kinds=[]) == []
    assert _found(connection, hall, "person") == []


def test_one_row_of_two_kinds_is_two_documents(connection: Connection, hall: UUID) -> None:
    ref_id = new_id()
    for kind in ("person", "request"):
        index_document(connection, hall, kind, ref_id, names=["王伟"])
    assert [hit.kind for hit in search(connection, hall, "王")] == ["request", "person"]


@pytest.mark.parametrize("window", [1, 2_000])
def test_a_hall_finds_its_own_documents_only(
    connection: Connection, hall: UUID, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr("db.search._WINDOW", window)
    ours = _logged(connection, hall, names=["王伟"])
    other_hall = UUID(int=hall.int ^ (1 << 100))  # the same in its last digits, which mark the index
    theirs = _logged(connection, other_hall, names=["王伟"])
    assert _found(connection, hall, "王伟") == [ours]
    assert _found(connection, other_hall, "王伟") == [theirs]


def test_an_identity_number_is_found_by_its_keyed_token_as_a_whole(connection: Connection, hall: UUID) -> None:
    wanted = _logged(connection, hall, codes=[TOKEN, "LT20260701-0012"], names=["王伟"])
    assert _found(connection, hall, TOKEN) == [wanted]
    assert _found(connection, hall, TOKEN.upper()) == [wanted]
    assert _found(connection, hall, TOKEN[:16]) == _found(connection, hall, "0f1") == []
    assert TOKEN[:8] not in document_words([TOKEN], [], [], []).folded


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ", "110105491231002"]
)
def test_a_long_number_in_a_text_is_not_indexed(connection: Connection, hall: UUID, number: str) -> None:
    wanted = _logged(connection, hall, texts=[f"证号{number}有误，电话13800138000"])
    assert _found(connection, hall, "有误 8000") == [wanted]
    assert _found(connection, hall, "1949") == _found(connection, hall, "110105") == []


@pytest.mark.parametrize("query", ["", "  ", "·", "，。", "\u200b", "😀", "\ud800"])
def test_a_query_of_nothing_finds_nothing(connection: Connection, hall: UUID, query: str) -> None:
    _logged(connection, hall, names=["王·伟"])
    assert search(connection, hall, query) == []


def test_no_page_is_no_page(connection: Connection, hall: UUID) -> None:
    _logged(connection, hall, names=["王伟"])
    assert search(connection, hall, "王", limit=0) == []


def test_a_paste_of_five_megabytes_is_bounded(connection: Connection, hall: UUID) -> None:
    wanted = _logged(connection, hall, texts=["开头" + "王伟1a" * 1_000_000])
    assert len(document_words([], [], [], ["王伟1a" * 1_000_000]).folded) <= 20_000
    began = time.perf_counter()
    assert _found(connection, hall, "王伟1a" * 1_000_000) == [wanted]
    assert time.perf_counter() - began < 2


def test_the_file_is_walked_in_its_own_order_without_sorting(sqlite_database: Database, hall: UUID) -> None:
    with sqlite_database.write() as connection:
        if not inspect(connection).has_table("search_document"):
            create_search(connection)
        for _ in range(20):
            _logged(connection, hall, names=["王伟"])
        connection.execute(text("ANALYZE"))
        plans: list[str] = []
        handle = connection.connection.dbapi_connection
        assert handle is not None
        statements: list[str] = []
        handle.set_trace_callback(statements.append)
        search(connection, hall, "王伟", kinds=["request"], before=10**6)
        handle.set_trace_callback(None)
        asked = next(statement for statement in statements if "MATCH" in statement)
        plans = [row[3] for row in handle.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert plans[0].startswith("SCAN search_index VIRTUAL TABLE")
    assert plans[1].startswith("SEARCH search_document USING INTEGER PRIMARY KEY")
    assert len(plans) == 2


def test_the_index_can_be_taken_away_and_made_again(connection: Connection, hall: UUID) -> None:
    _logged(connection, hall, names=["王伟"])
    drop_search(connection)
    assert not inspect(connection).has_table("search_document")
    create_search(connection)
    assert _found(connection, hall, "王伟") == []
    wanted = _logged(connection, hall, names=["王伟"])
    assert _found(connection, hall, "王伟") == [wanted]


def test_the_table_as_made_is_the_table_as_defined(connection: Connection) -> None:
    ours = MetaData(naming_convention=Base.metadata.naming_convention)
    Base.metadata.tables["search_document"].to_metadata(ours)
    assert [found for found in differences(connection, ours) if "search" in str(found)] == []
