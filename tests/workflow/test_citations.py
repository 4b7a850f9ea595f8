"""Articles of law are cited in both languages, by one table of the laws' names."""

import re

import pytest

from desktop.authoring import load_catalogue
from desktop.workflow.catalogue.citations import cited, number_of
from desktop.workflow.procedure.profiles import PROFILES

CATALOGUE = load_catalogue()
HANZI = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("行政许可法 第四十五条", "Administrative Licensing Law, Art. 45"),
        ("行政许可法 第三十二条第一款第四项", "Administrative Licensing Law, Art. 32 para. 1 item 4"),
        ("住房公积金管理条例第二十四条、第二十五条", "Housing Fund Regulations, Art. 24, Art. 25"),
        (
            "市场主体登记管理条例第十九条、第三十一条至第三十四条",
            "Regulations on the Registration of Market Entities, Art. 19, Art. 31 to Art. 34",
        ),
        (
            "婚姻登记条例第七条；民法典第一千零四十七条",
            "Marriage Registration Regulations, Art. 7; Civil Code, Art. 1047",
        ),
        ("中华人民共和国残疾人证管理办法", "Measures on Disability Certificates"),
        ("《食品安全法》第三十五条", "Food Safety Law, Art. 35"),
        ("本县办法第三条", "本县办法第三条"),
    ],
)
def test_a_law_is_named_in_english_with_its_article(zh: str, en: str) -> None:
    assert (cited(zh, CATALOGUE).zh, cited(zh, CATALOGUE).en) == (zh, en)


@pytest.mark.parametrize(
    ("written", "value"),
    [("七", 7), ("十", 10), ("十三", 13), ("四十五", 45), ("一百零二", 102), ("一千零四十七", 1047)],
)
def test_chinese_numbers_of_articles_are_read(written: str, value: int) -> None:
    assert number_of(written) == value


def test_every_basis_of_the_catalogue_and_of_the_procedures_has_its_english() -> None:
    items, demands = CATALOGUE.items.values(), CATALOGUE.demands.values()
    found = {item.basis for item in items} | {item.window.basis for item in items if item.window}
    found |= {pause.basis for item in items for pause in item.pauses}
    found |= {basis for demand in demands for basis in demand.basis}
    for profile in PROFILES.values():
        found |= {row.basis for row in profile.transitions.values()} | set(profile.silence.values())
        found |= {bar.basis for bar in profile.bars} | {pause.basis for pause in profile.pauses}
    assert [basis for basis in found if basis and HANZI.search(cited(basis, CATALOGUE).en)] == []
