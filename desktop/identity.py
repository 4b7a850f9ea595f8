"""Whether a number somebody gives can be theirs: identity numbers, permits, organisation codes and phones.

What a number must look like and how it is checked are rules of format only; that it belongs to the person is for
the register to say. A fault never repeats the number or tells which sign would be right. `today` is always the
caller's: this module has no clock.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from desktop.cleaning import TextFault, clean_code

EARLIEST_BIRTH: Final = date(1900, 1, 1)
OLDEST_YEARS: Final = 130

_RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS: Final = "10X98765432"
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_BIRTHS: Final = (
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?"),
)
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE: Final = re.compile(
    r"(?:(0(?:10|2[0-9]|[3-9][0-9]{2}))-?)?([2-8][0-9]{2,3})-?([0-9]{4})(?:(?:-|转|#|X|EXT\.?)([0-9]{1,6}))?"
)


class IdentityKind(StrEnum):
    """What sort of number it is; kept in the database by value."""

    RESIDENT = "resident"
    HK_RESIDENCE = "hk_residence"
    MO_RESIDENCE = "mo_residence"
    TW_RESIDENCE = "tw_residence"
    FOREIGN_PR_2023 = "foreign_pr_2023"
    FOREIGN_PR_2017 = "foreign_pr_2017"
    HK_MO_PERMIT = "hk_mo_permit"
    TW_PERMIT = "tw_permit"
    CREDIT_CODE = "uscc"
    MOBILE = "mobile"
    LANDLINE = "landline"


_RESIDENCE_KINDS: Final = {
    "81": IdentityKind.HK_RESIDENCE,
    "82": IdentityKind.MO_RESIDENCE,
    "83": IdentityKind.TW_RESIDENCE,
}


class IdentityFault(Exception):
    """A number that cannot be right, by code; the values never hold the number or a part of it.

    Codes: `length`, `format`, `province`, `checksum`, `birth_impossible`, `birth_future`, `birth_implausible`.
    """

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Fields:
    """What a number itself says of its holder; None where this kind of number says nothing."""

    birth: date | None = None
    sex: str | None = None
    """M or F."""
    area: str | None = None
    """Six digits of GB/T 2260, perhaps retired ones."""
    nationality: str | None = None
    """Three letters or three digits of ISO 3166."""
    authority: str | None = None
    org_type: str | None = None


@dataclass(frozen=True)
class Checked:
    """A number that can be right: its kind, the one way it is written, what it says, and what to look at again."""

    kind: IdentityKind
    normal: str
    fields: Fields = field(default_factory=Fields)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Division:
    """One province, prefecture or county as the table of administrative divisions names it."""

    code: str
    name: str
    type: str
    parent: str
    level: int


def check_identity(text: str, today: date) -> Checked:
    """Check a person's number of any kind, told apart by its shape, or raise `IdentityFault`."""
    code = _plain(text)
    if re.fullmatch(r"[HM][0-9]*", code):
        return check_hk_mo_permit(code)
    if re.fullmatch(r"[A-Z]{3}[0-9]*", code):
        return check_foreign_pr_2017(code)
    if re.fullmatch(r"[0-9]{8}", code):
        return check_tw_permit(code)
    return check_resident_id(code, today)


def check_resident_id(text: str, today: date) -> Checked:
    """Check an 18-digit number: resident, HK/MO/TW resident, or foreign permanent resident of 2023 (GB 11643-1999).

    The check is ISO 7064 MOD 11-2. A historic 15-digit number is upgraded (19 and the check digit put in) and
    carries the warning `upgraded_from_15`, as it has no check of its own. An area that today's table does not
    know is the warning `area_unknown`: retired codes live on in people's numbers.
    """
    code = _plain(text)
    warnings: tuple[str, ...] = ()
    if len(code) == 15 and code.isdecimal():
        code, warnings = upgrade_15(code), ("upgraded_from_15",)
    _shaped(code, 18, r"[0-9]{17}[0-9X]")
    foreign = code[0] == "9"
    if code[0] == "0":  # GB/T 2260 numbers its great regions from 1: no place of any year begins so
        raise IdentityFault("province")
    if code[17] != resident_check_digit(code[:17]):
        raise IdentityFault("checksum")
    birth = _born(code[6:10], code[10:12], code[12:14], today)
    sex = "M" if int(code[16]) % 2 else "F"
    if foreign:
        area, nationality = code[1:3] + "0000", code[3:6]
        return Checked(
            IdentityKind.FOREIGN_PR_2023, code, Fields(birth, sex, area, nationality), warnings + _area_warnings(area)
        )
    kind = _RESIDENCE_KINDS.get(code[:2], IdentityKind.RESIDENT)
    return Checked(kind, code, Fields(birth, sex, code[:6]), warnings + _area_warnings(code[:6]))


def upgrade_15(text: str) -> str:
    """Return the 18 digits of a historic 15-digit resident number: the century 19 and the check digit are added."""
    code = _plain(text)
    _shaped(code, 15, r"[0-9]{15}")
    body = code[:6] + "19" + code[6:]
    return body + resident_check_digit(body)


def resident_check_digit(body: str) -> str:
    """Return the check digit (0–9 or X) of the first 17 digits of a number: ISO 7064 MOD 11-2, GB 11643-1999."""
    return _RESIDENT_CHECKS[
        sum(int(digit) * weight for digit, weight in zip(body, _RESIDENT_WEIGHTS, strict=True)) % 11
    ]


def check_foreign_pr_2017(text: str) -> Checked:
    """Check the format (3 letters of nationality, 12 digits) of a foreign permanent resident's card of 2017.

    Its check digit's rule is not published, so that only the format is checked.
    """
    code = _plain(text)
    _shaped(code, 15, r"[A-Z]{3}[0-9]{12}")
    return Checked(IdentityKind.FOREIGN_PR_2017, code, Fields(nationality=code[:3]), ("format_only",))


def check_hk_mo_permit(text: str) -> Checked:
    """Check the format of a Hong Kong or Macau resident's travel permit: H or M and 8 or 10 digits."""
    code = _plain(text)
    if len(code) not in {9, 11}:
        raise IdentityFault("length", expected="9/11", length=len(code))
    if not re.fullmatch(r"[HM][0-9]+", code):
        raise IdentityFault("format")
    return Checked(IdentityKind.HK_MO_PERMIT, code)


def check_tw_permit(text: str) -> Checked:
    """Check the format of a Taiwan resident's travel permit: 8 digits."""
    code = _plain(text)
    _shaped(code, 8, r"[0-9]{8}")
    return Checked(IdentityKind.TW_PERMIT, code)


def check_uscc(text: str) -> Checked:
    """Check a unified social credit code (GB 32100-2015): 18 signs, alphabet without I O S V Z, check modulo 31.

    The organisation code inside (GB 11714) with a wrong check is only the warning `organisation_code`.
    """
    code = _plain(text)
    _shaped(code, 18, f"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    if code[17] != _CREDIT_ALPHABET[-total % 31]:
        raise IdentityFault("checksum")
    warnings = () if code[16] == organisation_check_digit(code[8:16]) else ("organisation_code",)
    fields = Fields(area=code[2:8], authority=code[0], org_type=code[1])
    return Checked(IdentityKind.CREDIT_CODE, code, fields, warnings + _area_warnings(code[2:8]))


def organisation_check_digit(body: str) -> str:
    """Return the check sign (0–9 or X) of the first 8 signs of an organisation code: modulo 11, GB 11714."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def check_mobile(text: str) -> Checked:
    """Check a mobile number of the mainland: 11 digits beginning 13 to 19, with or without +86 or 0086."""
    code = _without_country(_plain(text))
    _shaped(code, 11, _MOBILE.pattern)
    return Checked(IdentityKind.MOBILE, code)


def check_landline(text: str) -> Checked:
    """Check a landline: area code, 7 or 8 digits, perhaps an extension; written 0932-2241234-801.

    Without an area code it carries the warning `area_code_missing`: it can be rung from its own town only.
    """
    typed = _plain(text, keep_dashes=True).replace("(", "").replace(")", "")
    code = _without_country(typed)
    if code != typed and not code.startswith("0"):
        code = "0" + code
    shape = _LANDLINE.fullmatch(code)
    if shape is None:
        raise IdentityFault("format")
    area, exchange, line, extension = shape.groups()
    normal = "-".join(part for part in (area, exchange + line, extension) if part)
    return Checked(IdentityKind.LANDLINE, normal, warnings=() if area else ("area_code_missing",))


def check_phone(text: str) -> Checked:
    """Check a phone of either kind: what begins with 1 has to be a mobile, all else a landline."""
    return check_mobile(text) if _without_country(_plain(text)).startswith("1") else check_landline(text)


def check_birth(typed: str | date, today: date) -> date:
    """Return a date of birth as typed (1980-01-02, 19800102, 1980年1月2日) if a living person can have it, or raise."""
    if isinstance(typed, date):
        return _plausible(typed, today)
    plain = _plain(typed, keep_dashes=True)
    shape = next((found for pattern in _BIRTHS if (found := pattern.fullmatch(plain))), None)
    if shape is None:
        raise IdentityFault("format")
    return _born(shape[1], shape[2], shape[3], today)


@cache
def divisions() -> Mapping[str, Division]:
    """Return the administrative divisions by their six digits, read once when first asked for."""
    lines = (files("resources") / "divisions.csv").read_text(encoding="utf-8").splitlines()
    return MappingProxyType({row["code"]: _division(row) for row in csv.DictReader(lines)})


def division_name(code: str) -> str | None:
    """Return a division's full name from the province down (甘肃省 定西市 临洮县), or None when the table lacks it."""
    names: list[str] = []
    row = divisions().get(code)
    while row is not None:
        names.insert(0, row.name)
        row = divisions().get(row.parent)
    return " ".join(names) or None


def _division(row: dict[str, str]) -> Division:
    """Read one row of the table of divisions."""
    return Division(row["code"], row["name"], row["type"], row["parent"], int(row["level"]))


def _area_warnings(area: str) -> tuple[str, ...]:
    """Warn of an area that the table of divisions does not hold."""
    return () if area in divisions() or area == "830000" else ("area_unknown",)


def _plain(text: str, *, keep_dashes: bool = False) -> str:
    """Return the number without blanks, hyphens and full-width signs, in capitals; a wild text is a fault."""
    try:
        code = clean_code(text)
    except TextFault as fault:
        raise IdentityFault(fault.code if fault.code == "too_long" else "format", **fault.values) from None
    return code if keep_dashes else code.replace("-", "")


def _without_country(code: str) -> str:
    """Take +86 or 0086 (or a bare 86 before a whole mobile number) off a phone."""
    return re.sub(r"\A(?:\+86|0086|86(?=1[0-9]{10}\Z))-?", "", code)


def _shaped(code: str, length: int, pattern: str) -> None:
    """Raise the fault of length, then of format, unless the code has both."""
    if len(code) != length:
        raise IdentityFault("length", expected=length, length=len(code))
    if not re.fullmatch(pattern, code):
        raise IdentityFault("format")


def _born(year: str, month: str, day: str, today: date) -> date:
    """Return the date of birth written in a number, or raise its fault."""
    try:
        birth = date(int(year), int(month), int(day))
    except ValueError:
        raise IdentityFault("birth_impossible") from None
    return _plausible(birth, today)


def _plausible(birth: date, today: date) -> date:
    """Return the date if a person living today can be born on it: not ahead, not before 1900, at most 130 years."""
    if birth > today:
        raise IdentityFault("birth_future")
    oldest = (birth.year + OLDEST_YEARS, birth.month, birth.day)
    if birth < EARLIEST_BIRTH or oldest < (today.year, today.month, today.day):
        raise IdentityFault("birth_implausible", earliest_year=EARLIEST_BIRTH.year, oldest_years=OLDEST_YEARS)
    return birth
