# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.guard.black_list import ForbiddenPaper, bare_words, find_forbidden, is_household_book

ADDRESS, SAME = ForbiddenPaper.ADDRESS_CONFIRMATION, ForbiddenPaper.SAME_PERSON
VNEID, BOOK, COPY = ForbiddenPaper.VNEID, ForbiddenPaper.HOUSEHOLD_BOOK, ForbiddenPaper.CERTIFIED_COPY

FORBIDDEN = {
    ADDRESS: [
        "Giấy xác nhận địa chỉ cũ và địa chỉ mới",
        "xac nhan dia chi cu",
        "xácnhận địachỉ mới",
        "XÁC MINH ĐỊA CHỈ CŨ",
        "giấy về địa chỉ mới",
        "chứng minh địa chỉ trước đây",
        "minh chứng địa chỉ trước kia",
        "thông báo thay đổi địa chỉ",
        "văn bản chuyển đổi địa chỉ",
        "công văn về địa chỉ tương ứng",
        "chứng nhận hai địa chỉ là một",
        "đơn xin địa chỉ cũ",
        "đối chiếu địa chỉ cũ",
        "Địa chỉ cũ, địa chỉ mới: xin xác nhận của xã",
        "giấy xác nậhn địa chhi moiis",
        "Xác nhận tên đơn vị hành chính sau sáp nhập",
        "đơn vị hành chính sát nhập",
        "giấy xác nhận thông tin địa giới hành chính sau sắp xếp",
        "địa danh sau hợp nhất",
        "giấy nơi cư trú sau khi chia tách",
        "giấy nơi thường trú đổi tên",
        "giấy quê quán: nay là",
        "tên xã nay thuộc",
        "tên phường trước là",
        "giấy tên huyện cũ",
        "giấy tên quận cũ",
        "giấy tên tỉnh cũ",
        "giấy tên thôn cũ",
        "giấy tên đường cũ",
        "giấy tên tổ dân phố cũ",
        "giấy xác nhận ĐVHC cũ",
        "Giấy xác nhận xã Hoằng Phú nay là xã Hoằng Lộc",
        "Giấy xác nhận phường sau sáp nhập",
        "Giấy xác nhận huyện sau sáp nhập",
        "Giấy xác nhận quận sau sáp nhập",
        "Giấy xác nhận thị trấn sau sáp nhập",
        "Giấy xác nhận tỉnh sau sáp nhập",
        "Giấy xác nhận địa chỉ trụ sở sau sáp nhập",
        "confirmation of old address",
        "address confirming new",
        "confirm former address",
        "certificate of previous address",
        "certification: change of address",
        "proof of changed addresses",
        "letter on address merger",
        "document: merged address",
        "document: merging address",
        "renamed administrative unit",
        "reorganisation of administrative units",
        "reorganization, administrative name",
        "letter about administrative names, old",
        "letter on administrative boundary, new",
        "letter on administrative boundaries, new",
        "letter on old commune name",
        "letter on old ward names",
        "letter on old province name",
        "letter on old district names",
    ],
    SAME: [
        "giấy xác nhận là một người",
        "Xác nhận hai tên cùng một người",
        "hai giấy tờ chỉ một công dân",
        "hai số đều là cùng 1 cá nhân",
        "hai tên là chỉ một người",
        "đều một người",
        "số CMND 9 số và CCCD là một",
        "chứng minh nhân dân cũ với căn cước mới này là một",
        "chung minh voi can cuoc la mot",
        "the same person letter",
    ],
    VNEID: [
        "VNeID",
        "vneid mức 2",
        "VNeID2",
        "cài ứng dụng VNeID",
        "V-NeID",
        "VN eID",
        "V N e I D",
        "vne1d",
        "VN3ID",
        "VNelD",
        "vnied",
        "vneidd",
        "vneeid",
        "venid",
        "nveid",
        "vnedi",
        "tài khoản định danh",
        "TK định danh",
        "ứng dụng định danh",
        "app định danh",
        "căn cước điện tử",
        "định danh điện tử mức độ 2",
        "dinh danh muc 2",
        "định danh ĐT cấp 2",
        "định danh số level 2",
        "tài khoản ĐDĐT",
        "tk ddt",
        "tk dd",
        "xác thực điện tử mức 2",
        "xác thực điện tử cấp 2",
        "eID account",
        "e-ID level",
        "electronic identity app",
        "electronic identification application",
        "electronic ID account",
        "digital identity account",
        "digital id app",
        "level 2 account",
        "level two eid",
        "level II identification",
        "level 2 identity",
    ],
    BOOK: [
        "Sổ hộ khẩu",
        "so ho khau photo",
        "bản sao sổ tạm trú",
        "hộ khẩu",
        "hộ khẩu giấy",
        "hộ khẩu gốc",
        "sổ nhân khẩu",
        "sổ KHKD",
        "SHK",
        "S.H.K",
        "s h k",
        "SHKGĐ",
        "SHKTT",
        "sổ HK",
        "sổ HKGĐ",
        "sổ HKTT",
        "HKTT",
        "S. hộ khẩu",
        "KT3",
        "so hokhau",
        "sohokhau",
        "s0 h0 khau",
        "soor hooj khaaur",
        "sổ hộ khảu",
        "sổ hộ khuẩ",
        "sổ hộ kahu",
        "sổ  hộ\tkhẩu",
        "sổ hộ kh\u200bẩu",
        "sổ h\u034fộ khẩu",
        "s\u00adổ hộ khẩu",
        "h\u043e khau",
        "ΗΟ ΚΗΑU",
        "ＳＨＫ",
        "𝐒𝐇𝐊",
        "household book",
        "household registration book",
        "household register",
        "family register booklet",
        "residence registration register",
        "hukou",
    ],
    COPY: [
        "bản sao giấy khai sinh có chứng thực",
        "bản sao được công chứng",
        "bản photo phải chứng thực",
        "bản photocopy đã công chứng",
        "bản chụp có chứng thực",
        "photo CCCD có công chứng",
        "photocopy có công chứng",
        "bản sao chứng thực",
        "bản photo công chứng",
        "bản chụp công chứng",
        "photo công chứng",
        "photocopy công chứng",
        "sao chứng thực",
        "công chứng bản sao",
        "bản công chứng",
        "giấy khai sinh công chứng",
        "CCCD công chứng",
        "căn cước chứng thực",
        "CMND chứng thực",
        "sao y bản chính",
        "certified copy of birth certificate",
        "certified true copies",
        "notarised photocopy",
        "notarized photocopies",
        "authenticated copy",
    ],
}


@pytest.mark.parametrize(("paper", "words"), [(paper, words) for paper, texts in FORBIDDEN.items() for words in texts])
def test_a_forbidden_paper_is_found_however_it_is_written(paper: ForbiddenPaper, words: str) -> None:
    assert find_forbidden(words) == (paper,)
    assert find_forbidden(f"cần nộp {words.upper()} trong hôm nay") == (paper,)


@pytest.mark.parametrize(
    "words",
    [
        "Giấy chứng nhận đăng ký địa chỉ trụ sở mới của hộ kinh doanh",
        "Giấy chứng nhận địa chỉ kinh doanh mới",
        "giấy về địa chỉ mới của doanh nghiệp",
        "giấy về địa chỉ mới của chi nhánh",
        "giấy về địa chỉ mới của hợp tác xã",
        "giấy về địa chỉ mới của HTX",
        "giấy về địa chỉ mới của văn phòng",
        "giấy về địa chỉ mới của công ty",
        "giấy về địa chỉ mới của kho",
        "giấy về địa chỉ mới của cửa hàng",
        "giấy về địa chỉ mới của nhà máy",
        "giấy về địa chỉ mới của cơ sở",
        "letter on the new address of the business",
        "letter on the new address of the company",
        "letter on the new address of the office",
        "văn bản xác nhận địa chỉ của cơ sở",
        "Giấy xác nhận địa chỉ của mỗi thành viên",
        "Giấy xác nhận địa chỉ, mọi trang",
        "Giấy xác nhận địa chỉ (cụ Nguyễn Văn A)",
        "Giấy xác nhận địa chỉ: cư dân",
        "Giấy xác nhận địa chỉ chung cư",
        "Giấy xác nhận địa chỉ định cư",
        "Giấy xác nhận địa chỉ trong dữ liệu dân cư",
        "Giấy xác nhận địa chỉ cu tru",
        "giay dia chi moi truong",
        "giay dia chi moi gioi",
        "Tờ khai thay đổi địa chỉ",
        "Giấy tờ chứng minh nơi cư trú mới",
        "Giấy tờ chứng minh thay đổi quê quán",
        "Giấy chứng nhận doanh nghiệp sau sáp nhập tại tỉnh",
        *(f"giấy địa chỉ {word}" for word in ("cứ", "cử", "cụ", "củ", "cừ", "mỗi", "mọi", "môi", "mối", "mồi", "mời")),
        "Giấy chứng nhận hợp tác xã sáp nhập",
        "Giấy xác nhận công tác xã hội sau sáp nhập trường",
        "Biên bản sáp nhập xã",
        "Giấy xác nhận của đơn vị hành chính cấp xã",
        "Tờ khai thay đổi đơn vị hành chính",
        "Giấy tờ chứng minh nơi cư trú",
        "Giấy khai sinh",
        "Giấy xác nhận của tổ dân phố",
        "Số định danh cá nhân",
        "Thẻ căn cước",
        "chứng từ cho khấu trừ thuế",
        "bản kê các hộ khấu trừ",
        "Danh sách số hộ khác",
        "Sổ hộ nghèo",
        "Chủ hộ khai báo",
        "Văn bản ủy quyền có chứng thực",
        "Hợp đồng thuê nhà có công chứng",
        "văn bản chứng thực",
        "Bản sao giấy khai sinh",
        "Giấy xác nhận tình trạng hôn nhân",
        "Giấy phép môi trường",
        "",
    ],
)
def test_other_papers_are_not_taken_for_forbidden_ones(words: str) -> None:
    assert find_forbidden(words) == ()


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("giấy địa chỉ {} mới", 81),
        ("mới {} địa chỉ, giấy", 85),
        ("mới địa chỉ {} giấy", 81),
        ("giấy {} địa chỉ mới", 84),
    ],
)
def test_words_further_apart_than_ninety_characters_are_two_demands(text: str, longest: int) -> None:
    assert find_forbidden(text.format("b" * longest)) == (ADDRESS,)
    assert find_forbidden(text.format("b" * (longest + 1))) == ()


def test_several_forbidden_papers_are_told_in_order() -> None:
    text = "bản sao chứng thực sổ hộ khẩu, VNeID, giấy xác nhận là một người, giấy xác nhận địa chỉ cũ"
    assert find_forbidden(text) == (ADDRESS, SAME, VNEID, BOOK, COPY)


@pytest.mark.parametrize(
    ("name", "is_book"),
    [
        ("Sổ hộ khẩu", True),
        ("Sổ tạm trú", True),
        ("Hộ khẩu giấy", True),
        ("Hộ khẩu gốc", True),
        ("Sổ nhân khẩu", True),
        ("Sổ KHKD", True),
        ("SHK", True),
        ("SHKGĐ", True),
        ("Sổ HK", True),
        ("Sổ SHK", True),
        ("Phiếu báo thay đổi hộ khẩu, nhân khẩu", False),
        ("Giấy khai sinh", False),
    ],
)
def test_of_the_catalogue_only_the_book_itself_is_meant(name: str, is_book: bool) -> None:
    assert is_household_book(name) is is_book


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Giấy\u00a0khai-sinh (bản chính) ", "giay khai sinh ban chinh"),
        ("ĐƯỜNG Đồng", "duong dong"),
        ("CT01, mẫu 3", "cto 1 mau 3"),
        ("a b c1", "abc 1"),
        ("\u3164SHK", "shk"),
        ("ø ħ ł", "ohl"),
        ("αικνορτυ авсԁеһіјкмнорѕтухѵ", "aikvoptu abcdehijkmhopstyxv"),
        ("ΑΒΕΗΙΚΜΝΟΡΤΥΧ", "abehikmnoptyx"),
        ("đðɖıɩøħłɡɑ", "dddiiohlga"),
    ],
)
def test_text_is_brought_to_bare_words(text: str, words: str) -> None:
    assert bare_words(text) == words


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_bare_words_are_letters_digits_and_single_spaces(text: str) -> None:
    words = bare_words(text)
    assert words == " ".join(words.split())
    assert all(sign == " " or (sign.isascii() and sign.isalnum() and sign == sign.lower()) for sign in words)


HOSTILE = [
    "xac nhan dia chi ",
    "so ho kha ",
    "k",
    "ho ",
    "ban sao co ",
    "a\u0323\u0301",
    "a b ",
    "giay ",
    "0",
    "\u0301",
    "cmnd ",
    "v ",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_text_is_read_within_the_time_of_a_test(part: str) -> None:
    find_forbidden((part * 40_000)[:40_000])


def test_forbidden_papers_are_known_by_the_names_of_their_reasons() -> None:
    assert [paper.value for paper in ForbiddenPaper] == [
        "address-confirmation",
        "same-person",
        "vneid-in-person",
        "household-book",
        "certified-copy",
    ]
