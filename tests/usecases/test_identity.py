"""Numbers people bring to the counter: what is taken, what is questioned, and that nothing else ever happens."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.identity import (
    Checked,
    IdentityFault,
    IdentityKind,
    check_birth,
    check_foreign_pr_2017,
    check_hk_mo_permit,
    check_identity,
    check_landline,
    check_mobile,
    check_phone,
    check_resident_id,
    check_tw_permit,
    check_uscc,
    division_name,
    divisions,
    organisation_check_digit,
    resident_check_digit,
    upgrade_15,
)
from desktop.masking import mask_id, mask_phone

VECTORS = json.loads((Path(__file__).parent / "id_vectors.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])
FAULTS = {
    "format": {"format", "length"},
    "checksum": {"checksum"},
    "province": {"province"},
    "birth date": {"birth_impossible", "birth_implausible"},
    "birth in future": {"birth_future"},
}
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

Check = Callable[[str], Checked]


def _identity(text: str) -> Checked:
    return check_identity(text, TODAY)


def _resident(text: str) -> Checked:
    return check_resident_id(text, TODAY)


CHECKS: dict[str, Check] = {
    "resident_id": _resident,
    "uscc": check_uscc,
    "foreign_pr_2017": check_foreign_pr_2017,
    "mobile": check_mobile,
    "hk_mo_permit": check_hk_mo_permit,
    "tw_permit": check_tw_permit,
}
EVERY_CHECK: list[Check] = [*CHECKS.values(), _identity, check_landline, check_phone]


def _fault(check: Check, text: str) -> IdentityFault:
    with pytest.raises(IdentityFault) as raised:
        check(text)
    return raised.value


def test_the_list_of_vectors_is_whole() -> None:
    assert len(VECTORS["vectors"]) == 48


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: f"{vector['fn']}-{vector['input']}")
@pytest.mark.bad_input("an impossible identity number")
def test_every_vector_is_judged_as_written(vector: dict[str, str | dict[str, str]]) -> None:
    check, text, expected = CHECKS[str(vector["fn"])], str(vector["input"]), str(vector["expect"])
    if expected != "ok":
        assert _fault(check, text).code in FAULTS[expected]
        return
    checked = check(text)
    said = {**vars(checked.fields), "kind": checked.kind, "birth": str(checked.fields.birth)}
    wanted = vector.get("fields", {})
    assert isinstance(wanted, dict)
    assert {name: said[name] for name in wanted} == wanted


@pytest.mark.parametrize("mask", VECTORS["masks"], ids=lambda mask: str(mask["input"]))
def test_every_mask_is_as_written(mask: dict[str, str]) -> None:
    masks = {"id": mask_id, "mobile": mask_phone}
    assert masks[mask["fn"]](mask["input"]) == mask["expect"]


births = st.dates(date(1900, 1, 1), TODAY)
residents = st.builds(
    lambda area, birth, sequence: _whole(f"{area}{birth:%Y%m%d}{sequence:03}"),
    st.sampled_from(["621124", "110105", "440105", "330113", "810000", "830000", "911124"]),
    births,
    st.integers(0, 999),
)
credit_codes = st.builds(
    lambda head, area, organisation: _credit(head + area + organisation + organisation_check_digit(organisation)),
    st.sampled_from(["91", "11", "12", "52", "N2", "A1"]),
    st.sampled_from(["621124", "440300"]),
    st.text(CREDIT_ALPHABET, min_size=8, max_size=8),
)


def _whole(body: str) -> str:
    return body + resident_check_digit(body)


def _credit(body: str) -> str:
    for last in CREDIT_ALPHABET:
        try:
            return check_uscc(body + last).normal
        except IdentityFault:
            continue
    raise AssertionError(body)


@given(residents)
def test_a_well_made_number_is_taken_and_says_its_birth_and_sex(number: str) -> None:
    fields = _resident(number).fields
    assert f"{fields.birth:%Y%m%d}" == number[6:14]
    assert fields.sex == ("M" if number[16] in "13579" else "F")


@given(residents, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_in_an_identity_number_is_always_noticed(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    _fault(_resident, number[:place] + digit + number[place + 1 :])


@given(residents, st.integers(0, 16))
def test_two_neighbours_swapped_in_an_identity_number_are_always_noticed(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    _fault(_resident, number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@given(credit_codes, st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_sign_in_a_credit_code_is_always_noticed(code: str, place: int, sign: str) -> None:
    assume(code[place] != sign)
    _fault(check_uscc, code[:place] + sign + code[place + 1 :])


@given(credit_codes, st.integers(0, 16))
def test_two_neighbours_swapped_in_a_credit_code_are_always_noticed(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    _fault(check_uscc, code[:place] + code[place + 1] + code[place] + code[place + 2 :])


near_numbers = st.text(st.sampled_from("0123456789０９XxHMCAN+-( )年月日.转　²①٣一\ud800\u200b"), max_size=24)


def _outcome(check: Callable[[str], object], text: str) -> str:
    """Return the fault's code, or nothing when the text is taken; any other exception fails the test."""
    try:
        assert check(text)
    except IdentityFault as fault:
        return fault.code
    return ""


@given(st.text(st.characters(), max_size=80) | near_numbers)
def test_whatever_is_typed_gives_a_number_or_a_fault_and_nothing_else(text: str) -> None:
    codes = {"", "birth_future"}.union(*FAULTS.values())
    assert {_outcome(check, text) for check in EVERY_CHECK} <= codes


@given(st.text(st.characters(), max_size=30) | near_numbers)
def test_whatever_is_typed_as_a_birth_gives_a_date_or_a_fault(text: str) -> None:
    codes = {"", "format", "length", "birth_impossible", "birth_future", "birth_implausible"}
    assert _outcome(lambda typed: check_birth(typed, TODAY), text) in codes


@given(residents)
def test_a_number_checked_twice_stays_the_same(number: str) -> None:
    assert _resident(_resident(number).normal) == _resident(number)


def test_a_paste_of_five_megabytes_is_a_fault_of_length() -> None:
    for check in EVERY_CHECK:
        fault = _fault(check, "1" * 5_000_000)
        assert fault.code == "too_long"
        assert set(fault.values) == {"length", "limit"}, "the sentence says both"


def test_a_fault_tells_neither_the_number_nor_the_right_digit() -> None:
    fault = _fault(_resident, "110105194912310021")
    assert fault.code == "checksum"
    assert fault.values == {}
    assert str(fault) == "checksum"


@pytest.mark.parametrize("typed", ["11010519491231002x", "110105-19491231-002X", "１１０１０５\u200b19491231002Ｘ\n"])
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert _resident(typed).normal == "11010519491231002X"


@pytest.mark.parametrize(
    "typed", ["11010519491231002²", "11010519491231002一", "11010519491231002٣", "1101051949123100X2"]
)
def test_signs_that_are_no_digits_are_a_fault_of_format(typed: str) -> None:
    assert _fault(_resident, typed).code == "format"


def test_a_resident_of_hong_kong_macau_or_taiwan_is_told_apart() -> None:
    kinds = [_resident(_whole(f"{area}0000199001010" + "01")).kind for area in ("81", "82", "83")]
    assert kinds == [IdentityKind.HK_RESIDENCE, IdentityKind.MO_RESIDENCE, IdentityKind.TW_RESIDENCE]


def test_a_foreigners_card_says_province_and_nationality() -> None:
    fields = _resident("911124198108030024").fields
    assert (fields.area, fields.nationality, fields.birth, fields.sex) == ("110000", "124", date(1981, 8, 3), "F")


def test_a_historic_number_of_fifteen_digits_is_upgraded_and_warned_of() -> None:
    assert upgrade_15("110105491231002") == "11010519491231002X"
    checked = _resident("110105491231002")
    assert checked.normal == "11010519491231002X"
    assert checked.warnings == ("upgraded_from_15",)


def test_an_impossible_historic_birth_is_a_fault() -> None:
    assert _fault(_resident, "110105490230002").code == "birth_impossible"


def test_a_retired_area_is_only_warned_of() -> None:
    assert _resident(_whole("51022119800101001")).warnings == ("area_unknown",)
    assert _resident(_whole("62112419800101001")).warnings == ()
    assert _resident(_whole("83000019800101001")).warnings == ()


@pytest.mark.parametrize("area", ["105555", "161124", "725555", "845555", "995555"])
def test_a_province_the_table_does_not_know_is_only_warned_of(area: str) -> None:
    assert _resident(_whole(f"{area}19800101123")).warnings == ("area_unknown",)


@pytest.mark.bad_input("a date in 1880")
def test_a_person_born_in_1880_is_questioned() -> None:
    assert _fault(_resident, "440524188001010014").code == "birth_implausible"


def test_a_person_older_than_a_hundred_and_thirty_is_questioned_from_the_day_after() -> None:
    assert check_birth(date(1905, 3, 1), date(2035, 3, 1)) == date(1905, 3, 1)
    with pytest.raises(IdentityFault, match="birth_implausible"):
        check_birth(date(1905, 3, 1), date(2035, 3, 2))


def test_a_person_born_today_is_taken_and_tomorrow_is_not() -> None:
    assert check_birth(TODAY, TODAY) == TODAY
    with pytest.raises(IdentityFault, match="birth_future"):
        check_birth(TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    "typed", ["1980-01-02", "19800102", "1980年1月2日", "1980/1/2", "１９８０．０１．０２", "1980 年 1 月 2 日"]
)
def test_a_birth_is_read_however_it_is_typed(typed: str) -> None:
    assert check_birth(typed, TODAY) == date(1980, 1, 2)


@pytest.mark.parametrize("typed", ["1980112", "80-01-02", "1980-1", "", "今天"])
def test_a_birth_that_can_be_read_two_ways_is_not_guessed(typed: str) -> None:
    with pytest.raises(IdentityFault, match="format"):
        check_birth(typed, TODAY)


def test_a_wrong_organisation_code_inside_a_credit_code_only_warns() -> None:
    code = _credit("93621124MA1234560")
    assert check_uscc(code).warnings == ("organisation_code",)
    assert check_uscc("914403001922038216").warnings == ()


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("0932-2241234", "0932-2241234"),
        ("（0932）2241234转801", "0932-2241234-801"),
        ("+86 932 224 1234", "0932-2241234"),
        ("010-6552-9988", "010-65529988"),
        ("02065529988", "020-65529988"),
        ("0932-2241234-8", "0932-2241234-8"),
    ],
)
def test_a_landline_is_read_however_it_is_typed(typed: str, normal: str) -> None:
    checked = check_phone(typed)
    assert (checked.kind, checked.normal, checked.warnings) == (IdentityKind.LANDLINE, normal, ())
    assert check_landline(normal).normal == normal


def test_a_landline_without_its_area_is_warned_of() -> None:
    assert check_phone("224-1234").warnings == ("area_code_missing",)


@pytest.mark.parametrize("typed", ["8613800138000", "0086 13800138000", "１３８００１３８０００", "138-0013-8000"])
def test_a_mobile_is_read_however_it_is_typed(typed: str) -> None:
    assert check_phone(typed).normal == "13800138000"


@pytest.mark.parametrize("typed", ["1380013800", "12800138000", "0932-1241234", "12", "", "+86"])
def test_what_is_no_phone_is_a_fault(typed: str) -> None:
    assert _fault(check_phone, typed).code in {"format", "length"}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("H01234567", "hk_mo_permit"),
        ("m0123456701", "hk_mo_permit"),
        ("01234567", "tw_permit"),
        ("can110078102103", "foreign_pr_2017"),
        ("911124198108030024", "foreign_pr_2023"),
        ("11010519491231002X", "resident"),
    ],
)
def test_a_number_tells_its_kind_by_its_shape(typed: str, kind: str) -> None:
    assert _identity(typed).kind == kind


def test_a_division_is_named_from_the_province_down() -> None:
    assert division_name("621124") == "甘肃省 定西市 临洮县"
    assert division_name("110105") == "北京市 朝阳区"
    assert division_name("620000") == "甘肃省"
    assert division_name("621199") is None


def test_every_division_has_its_parent() -> None:
    assert len(divisions()) == 3212
    assert all(row.parent in divisions() for row in divisions().values() if row.level > 1)


@given(st.text(st.characters(), max_size=120))
def test_a_mask_is_never_empty_and_hides_something(text: str) -> None:
    for mask in (mask_id, mask_phone):
        assert "*" in mask(text)


def test_short_numbers_keep_almost_nothing() -> None:
    assert mask_id("H01234567") == "H*******7"
    assert mask_phone("2241234") == "*****34"
    assert mask_id("12") == "**"
