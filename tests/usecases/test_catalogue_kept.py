"""The catalogue kept from the last start is used only when it is whole and of these very files."""

import json
import os
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

import desktop.workflow
from desktop.authoring import build, load_catalogue, read_folder
from desktop.authoring.kept import NAME, kept_catalogue, key_of
from desktop.workflow.catalogue.definitions import Catalogue

SHOP = """\
departments: {market: {zh: 市场监管局, en: Market}}
outcomes: {licence: {zh: 许可证, en: Licence, kind: permit, about: case}}
items:
  licence_new: {zh: 许可证新办, en: New licence, department: market, about: case, provides: [licence],
    procedure: permit, kind: promised, limits: {promised: 3 workdays}}
demands:
  open_shop: {zh: 开店, en: Open a shop, words: [开店], wants: [{outcome: licence}],
    roles: {applicant: {zh: 申请人, en: Applicant}}}
"""


class Reader:
    """Reads a folder and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path) -> Catalogue:
        self.times += 1
        return build(read_folder(folder))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_the_second_reading_is_spared_and_gives_the_same(shop: Path, cache: Path) -> None:
    read = Reader()
    first = kept_catalogue(shop, cache, read)
    second = kept_catalogue(shop, cache, read)
    assert (read.times, second) == (1, first)
    assert [path.name for path in cache.iterdir()] == [NAME]


def test_the_shipped_catalogue_comes_back_as_it_was(cache: Path) -> None:
    shipped = load_catalogue()
    with as_file(files("resources") / "catalogue") as folder:
        kept_catalogue(folder, cache, lambda _folder: shipped)
        again = kept_catalogue(folder, cache, lambda _folder: pytest.fail("it is kept"))
    assert again == shipped
    assert again.model_dump_json() == shipped.model_dump_json()


def test_a_changed_file_is_read_again(shop: Path, cache: Path) -> None:
    read = Reader()
    kept_catalogue(shop, cache, read)
    (shop / "shop.yaml").write_text(SHOP.replace("3 workdays", "5 workdays"), encoding="utf-8")
    changed = kept_catalogue(shop, cache, read)
    assert (read.times, str(changed.items["licence_new"].promised)) == (2, "5 workdays")
    (shop / "more.yaml").write_text("departments: {mca: {zh: 民政局, en: Civil Affairs}}\n", encoding="utf-8")
    assert set(kept_catalogue(shop, cache, read).departments) == {"market", "mca"}


def test_the_key_knows_the_program_that_read_the_files(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    before = key_of(shop)
    copy = tmp_path / "workflow"
    shutil.copytree(next(iter(desktop.workflow.__path__)), copy)
    os.utime(copy / "catalogue" / "definitions.py", ns=(1, 1))
    monkeypatch.setattr(desktop.workflow, "__path__", [str(copy)])
    assert key_of(shop) != before


def _cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def _flip(raw: bytes) -> bytes:
    place = len(raw) - 20
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


def _other_limit(raw: bytes) -> bytes:
    return raw.replace(b'"n":3', b'"n":9')


def _no_catalogue(raw: bytes) -> bytes:
    import hashlib

    body = json.dumps({"items": {"a": 1}}).encode()
    return raw[:64] + b" " + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize(
    "damage",
    [_cut, _flip, _other_limit, _no_catalogue, lambda _raw: b"", lambda _raw: b"\xff" * 100, lambda _raw: b"{}"],
)
def test_a_damaged_file_is_as_if_it_were_not_there(shop: Path, cache: Path, damage: Callable[[bytes], bytes]) -> None:
    read = Reader()
    first = kept_catalogue(shop, cache, read)
    file = cache / NAME
    file.write_bytes(damage(file.read_bytes()))
    assert kept_catalogue(shop, cache, read) == first
    assert read.times == 2
    kept_catalogue(shop, cache, read)
    assert read.times == 2


def test_a_place_that_cannot_be_written_only_costs_time(shop: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    read = Reader()
    for _time in range(2):
        assert "open_shop" in kept_catalogue(shop, blocked / "cache", read).demands
    assert read.times == 2
