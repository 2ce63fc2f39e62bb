# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.text import fold
from casework.units import Commune, UnitMatchKind, Units, find_new_unit

HOANG_PHU = Commune("15889", "Xã Hoằng Phú", "38", "Tỉnh Thanh Hóa")
CONVERTED, CURRENT, AMBIGUOUS, UNKNOWN = (
    UnitMatchKind.CONVERTED,
    UnitMatchKind.CURRENT,
    UnitMatchKind.AMBIGUOUS,
    UnitMatchKind.UNKNOWN,
)


def test_there_are_34_provinces_and_3321_communes() -> None:
    communes = Units.shipped().communes
    assert len(communes) == len({commune.code for commune in communes}) == 3321
    assert len({commune.province_code for commune in communes}) == 34
    assert Units.shipped().commune("15889") == HOANG_PHU
    assert Units.shipped().commune("99999") is None


@pytest.mark.parametrize(
    "address",
    [
        "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
        "Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa",
        "Thôn Trung Hậu, xã Hoằng Trung, huyện Hoằng Hoá, Thanh Hoá",
        "Thôn Trung Hậu; Xã Hoằng Trung; Huyện Hoằng Hóa; Tỉnh Thanh Hóa; Việt Nam",
        "Thôn Trung Hậu, X. Hoằng Trung, H. Hoằng Hóa, T. Thanh Hóa",
        "Thôn Trung Hậu xã Hoằng Trung huyện Hoằng Hóa tỉnh Thanh Hóa",
        "Thôn Trung Hậu xã Hoằng Trung, huyện Hoằng Hóa, Thanh Hóa",
    ],
)
def test_a_former_ward_leads_to_its_commune_however_it_is_written(address: str) -> None:
    match = find_new_unit(address)
    assert (match.kind, match.commune) == (CONVERTED, HOANG_PHU)
    assert match.former == "Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
    assert match.rest == "Thôn Trung Hậu"
    assert match.new_address == "Thôn Trung Hậu, Xã Hoằng Phú, Tỉnh Thanh Hóa"
    assert find_new_unit(fold(address)).commune == HOANG_PHU


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("12 Nguyễn Du, Phường Trúc Bạch, Quận Ba Đình, Hà Nội", "00004"),
        ("Phường Bến Nghé, Quận 1, TP.HCM", "26740"),
        ("P. Bến Nghé, Q.1, TP Hồ Chí Minh", "26740"),
        ("Phường 9, Thành phố Đà Lạt, Tỉnh Lâm Đồng", "24778"),
        ("P.9, TP. Đà Lạt, Lâm Đồng", "24778"),
        ("Phường 09, Đà Lạt, Lâm Đồng", "24778"),
        ("Tổ 5, Vĩ Dạ, Thành phố Huế, Thừa Thiên Huế", "19777"),
        ("Xã Nghi Ân, Huyện Nghi Lộc, Nghệ An", "16702"),
        ("Xã Hải Ninh, Huyện Tĩnh Gia, Thanh Hóa", "16576"),
        ("Thảo Điền, Quận 2, TP Hồ Chí Minh", "27094"),
        ("Thôn Tây, Huyện Lý Sơn, Quảng Ngãi", "21548"),
        ("Phường Ba Đình, Thành phố Thanh Hóa", "14797"),
        ("Xã Ea H'leo, Huyện Ea H'leo, Đắk Lắk", "24184"),
        # Without its type the former ward of that district is meant, though a commune of today is called so as well.
        ("Đông Sơn, Thành phố Thanh Hóa, Thanh Hóa", "14797"),
    ],
)
def test_renamed_districts_numbered_wards_islands_and_abbreviations(address: str, code: str) -> None:
    match = find_new_unit(address)
    assert match.kind is CONVERTED
    assert match.commune is not None
    assert match.commune.code == code


@pytest.mark.parametrize("address", ["Thôn 3, xã Hoằng Phú, tỉnh Thanh Hóa", "Thôn 3, Hoằng Phú, Thanh Hóa"])
def test_an_address_of_today_stays_as_it_is(address: str) -> None:
    match = find_new_unit(address)
    assert (match.kind, match.commune, match.rest, match.former) == (CURRENT, HOANG_PHU, "Thôn 3", "")


@pytest.mark.parametrize(
    "address",
    [
        "Thôn Trung Hậu - Hoằng Trung - Hoằng Hóa - Thanh Hóa",
        "Thôn Trung Hậu/Hoằng Trung/Hoằng Hóa/Thanh Hóa",
        "Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa.",
        "Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa 440000",
        "Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa, 40000, Vietnam.",
        "Nơi thường trú: Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa",
        "Địa chỉ: Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa",
        "Thôn Trung Hậu, X.Hoằng Trung, H.Hoằng Hóa, T.Thanh Hóa",
        "Thôn Trung Hậu,\nXã Hoằng Trung,\nHuyện Hoằng Hóa, Tỉnh Thanh Hóa",
    ],
)
def test_what_forms_and_clerks_put_around_an_address_does_not_hide_it(address: str) -> None:
    match = find_new_unit(address)
    assert (match.kind, match.commune, match.rest) == (CONVERTED, HOANG_PHU, "Thôn Trung Hậu")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Xã Ea Tu, TP Buôn Ma Thuột, Đăk Lăk", "24163"),
        ("Xã Ea Tu, TP Buôn Ma Thuột, Đắc Lắc", "24163"),
        ("Phường 1, TP Vũng Tàu, BR-VT", "26506"),
        ("Khu phố 3, P. Hiệp Bình Chánh, TP. Thủ Đức, TP. HCM", "26809"),
        ("Ben Nghe, Quan 1, Ho Chi Minh City, Vietnam", "26740"),
        ("P. Trúc Bạch, Q. Ba Đình, T.P Hà Nội", "00004"),
        ("P. Trúc Bạch, Q. Ba Đình, T. P. Hà Nội", "00004"),
        ("P. Vĩ Dạ, T.P. Huế, TT. Huế", "19777"),
        ("Vĩ Dạ, TP Huế, T.T Huế", "19777"),
        ("Xã Nam Mẫu, Ba Bể, Bắc Cạn", "01906"),
        ("Huyện đảo Lý Sơn, Quảng Ngãi", "21548"),
        ("huyen dao Ly Son, Quang Ngai", "21548"),
        ("Xã Ea Tu, TP. Buôn Mê Thuột, Đắk Lắk", "24163"),
        ("Xã Ea Tu, TP BMT, Đắk Lắk", "24163"),
    ],
)
def test_provinces_and_districts_are_known_by_their_other_spellings(address: str, code: str) -> None:
    match = find_new_unit(address)
    assert match.commune is not None
    assert (match.kind, match.commune.code) == (CONVERTED, code)


@pytest.mark.parametrize(
    "address",
    [
        "Đường Trần Phú, TP Hà Tĩnh, Hà Tĩnh",
        "Phố Hàng Bạc, Hoàn Kiếm, Hà Nội",
        "12 Hàng Bạc, Hoàn Kiếm, Hà Nội",
        "Đ. Kim Liên, Đống Đa, Hà Nội",
        "duong kim lien dong da ha noi",
        "Đường Hạc Thành, tỉnh Thanh Hóa",
        "Thôn Hoằng Trung, Hoằng Hóa, Thanh Hóa",
        "Thôn Hoằng Phú, Thanh Hóa",
        "Khu phố Lái Thiêu, Thuận An, Bình Dương",
        "Làng Vạn Phúc, Hà Đông, Hà Nội",
        "Buôn Ea Tu, TP Buôn Ma Thuột, Đắk Lắk",
    ],
)
def test_a_street_or_a_hamlet_that_bears_the_name_of_a_commune_is_not_taken_for_it(address: str) -> None:
    assert find_new_unit(address).commune is None


@pytest.mark.parametrize(
    ("address", "candidates", "rest"),
    [
        ("Xóm 5 Hoằng Trung, Hoằng Hóa, Thanh Hóa", ["Xã Hoằng Phú", "Xã Hoằng Hóa"], "Xóm 5 Hoằng Trung"),
        ("Xóm 5 Hoằng Trung, huyện Hoằng Hóa, Thanh Hóa", ["Xã Hoằng Phú"], "Xóm 5 Hoằng Trung"),
        ("xom 5 hoang trung huyen hoang hoa tinh thanh hoa", ["Xã Hoằng Phú"], "xom 5 hoang trung"),
        ("Thôn Hoằng Trung, Huyện Hoằng Hóa, Thanh Hóa", ["Xã Hoằng Phú"], "Thôn Hoằng Trung"),
        ("12 Hàng Bạc, Hoàn Kiếm, Hà Nội", ["Phường Hoàn Kiếm"], "12 Hàng Bạc"),
        ("Đường Trần Phú, TP Hà Tĩnh, Hà Tĩnh", ["Phường Thành Sen"], "Đường Trần Phú"),
        ("Ấp Tân Thạnh, Huyện Thới Lai, Cần Thơ", ["Xã Trường Thành", "Xã Tân Thạnh"], "Ấp Tân Thạnh"),
        ("Thôn 5 Hoằng Phú, Thanh Hóa", ["Xã Hoằng Phú"], "Thôn 5 Hoằng Phú"),
        ("Đường Hạc Thành, tỉnh Thanh Hóa", ["Phường Hạc Thành"], "Đường Hạc Thành"),
        ("Phường 5 Hoằng Trung, huyện Hoằng Hóa, Thanh Hóa", [], "Phường 5 Hoằng Trung, huyện Hoằng Hóa, Thanh Hóa"),
    ],
)
def test_a_commune_behind_a_number_or_a_hamlet_is_offered_for_the_clerk_to_confirm(
    address: str, candidates: list[str], rest: str
) -> None:
    match = find_new_unit(address)
    assert (match.kind, match.former) == (AMBIGUOUS if candidates else UNKNOWN, "")
    assert [commune.name for commune in match.candidates] == candidates
    assert match.rest == rest


@pytest.mark.parametrize(
    "address", ["Thôn Trung Hậu Hoằng Trung, Hoằng Hóa, Thanh Hóa", "Hoằng Trung Hoằng Hóa Thanh Hóa"]
)
def test_behind_the_name_of_a_hamlet_a_commune_is_seen(address: str) -> None:
    assert find_new_unit(address).commune == HOANG_PHU


def test_house_numbers_with_a_slash_stay_as_they_are() -> None:
    assert find_new_unit("Số 3/xã Hoằng Trung/Hoằng Hóa/Thanh Hóa").rest == "Số 3"
    assert find_new_unit("12/3 Nguyễn Trãi, P.2, Q.5, TPHCM").rest == "12/3 Nguyễn Trãi"


def test_a_divided_ward_is_a_choice_and_never_a_guess() -> None:
    match = find_new_unit("Ấp 1, Xã Tân Thạnh, Huyện Thới Lai, Cần Thơ")
    assert (match.kind, match.commune, match.new_address) == (AMBIGUOUS, None, "")
    assert [commune.name for commune in match.candidates] == ["Xã Trường Thành", "Xã Tân Thạnh"]
    assert match.address_in(match.candidates[0]) == "Ấp 1, Xã Trường Thành, Thành phố Cần Thơ"


def test_every_divided_ward_of_the_country_is_ambiguous_and_every_other_is_certain() -> None:
    units = Units.shipped()
    wrong = []
    divided = 0
    for province, _, districts in units._former:
        for district, _, _, wards in districts:
            for ward, _, _, targets in wards:
                address = ", ".join(part for part in (ward, district, province) if part)
                match = units.find(address)
                expected = {units.communes[target].code for target in targets}
                found = {commune.code for commune in (match.commune, *match.candidates) if commune}
                divided += len(targets) > 1
                if found != expected or match.kind is not (AMBIGUOUS if len(targets) > 1 else CONVERTED):
                    wrong.append(address)
    assert divided == 471
    assert wrong == []


def bare(name: str) -> str:
    kinds = ("Thị trấn ", "Thị xã ", "Thành phố ", "Phường ", "Xã ", "Huyện ", "Quận ", "Tỉnh ")
    short = next((name.removeprefix(kind) for kind in kinds if name.startswith(kind)), name)
    return name if short.isdigit() else short


def test_no_careless_spelling_of_a_former_address_leads_to_a_wrong_commune() -> None:
    units = Units.shipped()
    wrong, unknown = [], []
    for province, _, districts in units._former:
        for district, _, _, wards in districts:
            for ward, _, _, targets in wards[::7]:
                expected = {units.communes[target].code for target in targets}
                full = f"Thôn 5, {ward}, {district}, {province}"
                for address in (
                    full.replace(",", ""),
                    fold(full),
                    fold(full.replace(",", "")),
                    f"Thôn 5, {bare(ward)}, {bare(district)}, {bare(province)}",
                ):
                    match = units.find(address)
                    if match.commune and {match.commune.code} != expected:
                        wrong.append(address)
                    unknown += [address] if match.kind is UNKNOWN else []
    assert wrong == []
    assert unknown == []


def test_every_commune_of_today_is_found_by_its_full_name() -> None:
    wrong = []
    for commune in Units.shipped().communes:
        match = find_new_unit(f"Số 1, {commune.name}, {commune.province_name}")
        if match.commune != commune or match.rest != "Số 1":
            wrong.append(commune)
    assert wrong == []


@pytest.mark.parametrize(
    ("address", "candidates"),
    [
        # A commune of today with the province that is no more, and a former ward of the same name.
        ("Thôn 1, Phường Nghĩa Lộ, Tỉnh Yên Bái", ["Phường Nghĩa Lộ", "Phường Trung Tâm"]),
        ("Thôn 1, Xã Ba Bể, Bắc Kạn", ["Xã Ba Bể"]),
        ("Thôn 1, Xã Thác Bà, Yên Bái", ["Xã Thác Bà"]),
        # With the district that is no more: the type is that of today, the former ward was a town.
        ("Thôn 1, Xã Khánh Yên, Huyện Văn Bàn, Lào Cai", ["Xã Văn Bàn", "Xã Khánh Yên"]),
        # The accents are those of another name.
        ("Thôn 1, Xã Thiệu Hóa, Huyện Thiệu Hóa, Thanh Hóa", ["Xã Thiệu Toán", "Xã Thiệu Hóa"]),
        ("Thôn 1, Xã Hoàng Trung, Huyện Hoằng Hóa, Thanh Hóa", ["Xã Hoằng Phú"]),
    ],
)
def test_old_and_new_names_in_one_address_are_a_choice(address: str, candidates: list[str]) -> None:
    match = find_new_unit(address)
    assert (match.kind, match.rest) == (AMBIGUOUS, "Thôn 1")
    assert [commune.name for commune in match.candidates] == candidates


def test_a_commune_of_today_with_a_former_province_is_always_among_what_is_offered() -> None:
    units = Units.shipped()
    wrong = []
    for province, _, districts in units._former:
        heirs = {target for _, _, _, wards in districts for _, _, _, targets in wards for target in targets}
        for commune in (units.communes[target] for target in sorted(heirs)[::5]):
            match = units.find(f"Thôn 1, {commune.name}, {province}")
            if commune not in (match.commune, *match.candidates):
                wrong.append((commune.name, province))
    assert wrong == []


def test_without_accents_a_namesake_is_a_choice() -> None:
    spelled = find_new_unit("Xã Phú Thạnh, Huyện Phú Tân, An Giang")
    assert spelled.kind is CONVERTED
    bare = find_new_unit("xa phu thanh, huyen phu tan, an giang")
    assert {commune.code for commune in (bare.commune, *bare.candidates) if commune} >= {
        spelled.commune and spelled.commune.code
    }


@pytest.mark.parametrize(
    ("address", "candidates"),
    [
        ("Xã Hoằng Vinh, Huyện Hoằng Hóa, Thanh Hóa", ["Xã Hoằng Hóa"]),
        ("Xã Hoằng Trung, Thanh Hóa", ["Xã Hoằng Phú"]),
        ("Thôn 1, Hoằng Hóa, Thanh Hóa", ["Xã Hoằng Hóa"]),
    ],
)
def test_an_older_name_or_a_missing_district_is_to_be_confirmed(address: str, candidates: list[str]) -> None:
    match = find_new_unit(address)
    assert match.kind is AMBIGUOUS
    assert [commune.name for commune in match.candidates] == candidates


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "Berlin",
        "Thanh Hóa",
        "Thôn 1, Huyện Hoằng Hóa, Thanh Hóa",
        "Xã Lạ Trung, Huyện Hoằng Hóa, Thanh Hóa",
        "Xã Hoằng Trung, Huyện Nga Sơn, Tỉnh Thanh Hóa",
        "Xã Không Có, Tỉnh Thanh Hóa",
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(address: str) -> None:
    match = find_new_unit(address)
    assert (match.kind, match.commune, match.candidates) == (UNKNOWN, None, ())


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    match = find_new_unit(text)
    assert (match.commune is not None) is (match.kind in {CURRENT, CONVERTED})
    assert bool(match.candidates) is (match.kind is AMBIGUOUS)


@pytest.mark.parametrize("text", ["," * 5000, "-, " * 2000 + "x", "." * 5000 + "x", "x / " * 2000, "P." * 2000])
def test_a_pasted_heap_of_signs_names_no_unit(text: str) -> None:
    assert find_new_unit(text).kind is UNKNOWN
