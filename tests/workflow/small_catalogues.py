"""Small catalogues written as authors write them, for tests."""

from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.authoring import load_catalogue
from desktop.workflow.catalogue.definitions import Catalogue

TEXT = """
departments:
  bureau: {zh: 某局, en: Bureau}
scenes:
  daily_life: {zh: 生活, en: Daily life, audience: personal}
facts:
  area: {type: decimal, about: case, zh: 经营面积, en: Floor area, question: {zh: 多少平方米？, en: How large?}}
  kitchen: {type: bool, about: case, zh: 有厨房, en: Kitchen, question: {zh: 有厨房吗？, en: Is there a kitchen?}}
  style:
    type: enum
    about: case
    zh: 业态
    en: Style
    options: {shop: {zh: 店, en: shop}, stall: {zh: 摊, en: stall}}
    question: {zh: 哪一种？, en: Which kind?}
materials:
  id_card: {zh: 身份证, en: Identity card}
  plan: {zh: 平面图, en: Floor plan, about: case}
outcomes:
  licence: {zh: 许可证, en: Licence}
items:
  licence_new:
    zh: 许可证新办
    en: New licence
    department: bureau
    for: [enterprise]
    provides: [licence]
    requires:
      accept:
        - id_card
        - {need: plan, when: 经营面积 > 50 且 有厨房}
    procedure: permit
    kind: promised
    limits: {statutory: 20 workdays, promised: 10 workdays}
demands:
  open_shop:
    zh: 开店
    en: Open a shop
    scene: daily_life
    lead: bureau
    roles: {applicant: {zh: 申请人, en: Applicant, kinds: [enterprise]}}
    wants: [{outcome: licence, when: 业态 = 店}]
    order: [style, area, kitchen]
    promised: 10 workdays
"""
"""A town with one demand, one item, and nothing wrong with it."""


def changed(*changes: tuple[str, str]) -> str:
    """Give the town's text with pieces replaced; each piece must stand in it."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def catalogue_of(text: str = TEXT) -> Catalogue:
    """Build the catalogue of a YAML text."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "town.yaml").write_text(text, encoding="utf-8")
        return load_catalogue(Path(folder))


def town(*changes: tuple[str, str]) -> Catalogue:
    """Build the town's catalogue with pieces of its text replaced."""
    return catalogue_of(changed(*changes))
