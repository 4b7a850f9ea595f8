"""How fast and how large the search is on a county's years of requests; a bench to be run by hand, not judged here.

`python -m tests.db.test_search_figures 200000` prints the figures of the embedded store. The test below only keeps
the bench itself in working order.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, QueuePool, create_engine, event, text

from db.ids import new_id
from db.search import create_search, index_document, search
from db.search_words import Sought

HALL = UUID(int=1)
# Surnames with their share of a thousand people, by order of the census; the rest share what is left.
SURNAMES = dict(
    zip(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗",
        (72, 72, 68, 54, 45, 31, 22, 22, 20, 19, 15, 15, 13, 13, 12, 11, 11, 11, 10, 9),
        strict=True,
    )
)
RARER = (
    "郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦单仇解查"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红文建国志海燕春梅雪林峰宇浩然子轩梓涵欣怡佳豪俊晨思雨婷博"
    "一诺嘉怡天佑鹏飞龙翔凤鸣云贵福禄寿喜康宁安泰和顺永昌盛发财金银铜铁山水江河湖月星辰阳光东西南北中正义仁礼智信忠孝"
)
MATTERS = [
    "食品经营许可",
    "公司设立登记",
    "新生儿落户",
    "居民身份证补领",
    "城乡居民养老保险参保",
    "医保异地就医备案",
    "不动产转移登记",
    "建设工程规划许可",
    "烟草专卖零售许可",
    "残疾人两项补贴",
    "特困人员供养",
    "农村宅基地审批",
    "机动车注册登记",
    "个体工商户注销",
    "劳动能力鉴定",
    "失业金申领",
    "灵活就业社保补贴",
    "公共场所卫生许可",
    "药品经营许可",
    "林木采伐许可",
    "企业开办一件事",
    "退休一件事",
]
STREETS = [
    "洮阳镇北大街",
    "辛店镇中街",
    "太石镇三益村",
    "八里铺镇孙家大庄",
    "新添镇下街",
    "中铺镇马家山",
    "窑店镇四十铺",
]


class Sample:
    """Requests as a county hall logs them, always the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)  # noqa: S311 a sample, no secret

    def name(self) -> str:
        """Return a person's name; surnames as frequent as they are."""
        common = self._random.random() < sum(SURNAMES.values()) / 1000
        surname = (
            self._random.choices(list(SURNAMES), list(SURNAMES.values()))[0] if common else self._random.choice(RARER)
        )
        return surname + "".join(self._random.choices(GIVEN, k=self._random.choice((1, 2, 2, 2))))

    def phone(self) -> str:
        """Return a mobile number."""
        return f"1{self._random.choice('3578')}{self._random.randrange(10**9):09}"

    def request(self, number: int) -> dict[str, list[str]]:
        """Return what a request is found by: number, keyed token, one or two names, phone, matter and address."""
        day = 20200101 + number // 170 % 28 + number // 4760 % 12 * 100 + number // 57120 * 10000
        names = [self.name() for _ in range(self._random.choice((1, 1, 1, 2)))]
        address = f"临洮县{self._random.choice(STREETS)}{self._random.randrange(1, 400)}号"
        return {
            "codes": [f"LT{day}{number % 170:04}", f"{self._random.getrandbits(128):032x}"],
            "names": names,
            "phones": [self.phone()],
            "texts": [self._random.choice(MATTERS), address],
        }


@contextmanager
def _store(file: Path) -> Iterator[Connection]:
    """Lend a connection to a new encrypted file."""
    from sqlcipher3 import dbapi2

    def connect() -> object:
        handle = dbapi2.connect(str(file), isolation_level=None)
        handle.execute(f"PRAGMA key = \"x'{'17' * 32}'\"")
        handle.execute("PRAGMA journal_mode = WAL")
        handle.execute("PRAGMA temp_store = MEMORY")
        return handle

    engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def fill(connection: Connection, count: int, sample: Sample) -> float:
    """Put so many requests into the index; return the seconds it took."""
    began = time.perf_counter()
    for number in range(count):
        index_document(connection, HALL, "request", new_id(), **sample.request(number))
    return time.perf_counter() - began


def queries(sample: Sample) -> dict[str, Callable[[], str]]:
    """Return what is typed, by sort: parts of names and numbers as they occur in the sample."""
    chance = random.Random(11)  # noqa: S311 as above
    from pypinyin import lazy_pinyin

    def initials() -> str:
        return "".join(syllable[0] for syllable in lazy_pinyin(sample.name()))

    return {
        "1 character": lambda: sample.name()[0],
        "1 character, the commonest": lambda: chance.choice("县镇街临"),
        "1 character, found nowhere": lambda: "龘",
        "2 characters": lambda: sample.name()[:2],
        "2 characters, the commonest": lambda: "临洮",
        "4 characters": lambda: chance.choice(MATTERS)[:4],
        "4 characters, two bigrams but never together": lambda: "临洮许可",
        "pinyin initials": initials,
        "full pinyin": lambda: "".join(lazy_pinyin(sample.name())),
        "last 4 of a phone": lambda: sample.phone()[-4:],
        "part of a number": lambda: f"{chance.randrange(170):04}",
        "whole number": lambda: sample.request(chance.randrange(10**5))["codes"][0],
        "characters and digits": lambda: f"大街{chance.randrange(1, 400)}号",
        "keyed token, found nowhere": lambda: f"{chance.getrandbits(128):032x}",
    }


def measure(connection: Connection, make: Callable[[], str], times: int = 200) -> tuple[float, float, float, float]:
    """Return the median and p95 of the search, the p95 of the bare index query, in milliseconds, and hits."""
    whole: list[float] = []
    bare: list[float] = []
    hits: list[int] = []
    for _ in range(times):
        query = make()
        began = time.perf_counter()
        hits.append(len(search(connection, HALL, query)))
        whole.append((time.perf_counter() - began) * 1000)
        pieces = " ".join(f'"{piece}"' for piece in Sought(query).pieces)
        handle = connection.connection.dbapi_connection
        assert handle is not None
        began = time.perf_counter()
        handle.execute(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 50", (pieces,)
        ).fetchall()
        bare.append((time.perf_counter() - began) * 1000)
    return statistics.median(whole), _p95(whole), _p95(bare), statistics.mean(hits)


def _p95(figures: list[float]) -> float:
    return statistics.quantiles(figures, n=20)[-1]


def main(count: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, _store(Path(folder) / "bench.db") as connection:
        with connection.begin():
            create_search(connection)
            seconds = fill(connection, count, Sample())
        print(f"{count} requests in {seconds:.1f} s, {seconds / count * 1000:.2f} ms each")
        with connection.begin():
            pages = connection.execute(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
            print(f"{pages.scalar_one() / 1e6:.1f} MB in all")
            for sort, make in queries(Sample(99)).items():
                median, p95, bare, hits = measure(connection, make)
                times = f"median {median:6.2f} ms  p95 {p95:6.2f}  bare p95 {bare:6.2f}  x {p95 / bare:5.1f}"
                print(f"{sort:45} {times}  {hits:5.1f} hits")


def test_the_bench_measures_every_sort_of_query(tmp_path: Path) -> None:
    with _store(tmp_path / "bench.db") as connection, connection.begin():
        create_search(connection)
        assert fill(connection, 40, Sample()) > 0
        sorts = queries(Sample())
        figures = {sort: measure(connection, make, times=2) for sort, make in sorts.items()}
    assert all(p95 > 0 and bare > 0 for _, p95, bare, _ in figures.values())
    assert figures["2 characters, the commonest"][3] == 40
    assert figures["1 character, found nowhere"][3] == 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
