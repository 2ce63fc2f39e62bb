# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages without print: sheets written with a pen, and photographs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address
from demo.papers.made_up_trade import bare, beside, money, office_at, past_day
from demo.papers.plan import Block, Layout, PagePlan, column, handwriting, photo, row, space

_SHEET = "handwritten-sheet"
_PHOTO = "photo"
_PAPERS = ("#ffffff", "#fdfcf4", "#fbfaf0", "#f6f2e4")


def _centred(text: str) -> Block:
    """About in the middle, as a hand centres."""
    return row(space(0), handwriting(text), shares=(1, 2.2))


def _paper(made: MadeUp) -> str:
    return made.random.choice(_PAPERS)


def _born_and_lives(person: Person, made: MadeUp) -> str:
    return f"sinh năm {person.birth_date.year}, ở {address(person, past_day(made, 2020, 2026))}"


def _application(made: MadeUp) -> PagePlan:
    person, day = made.person(), past_day(made, 2019, 2026)
    wish = made.random.choice(
        (
            "xin xác nhận tôi có nhà ở ổn định tại địa phương, không tranh chấp với ai",
            "xin được hỗ trợ sửa chữa nhà bị tốc mái sau cơn bão vừa qua",
            "xin được cấp lại giấy tờ do bị mất trong lúc chuyển nhà",
            "xin miễn giảm học phí cho con tôi vì gia đình có hoàn cảnh khó khăn",
        )
    )
    blocks = [
        _centred("Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"),
        space(5),
        _centred(made.random.choice(("ĐƠN XIN XÁC NHẬN", "ĐƠN ĐỀ NGHỊ", "ĐƠN XIN"))),
        space(3),
        handwriting(
            f"Kính gửi: {office_at(person.place, day).name}\nTôi tên là {person.full_name},"
            f" {_born_and_lives(person, made)}.\n"
            f"Nay tôi viết đơn này {wish}. Gia đình tôi có {made.random.randrange(2, 8)} nhân khẩu, sống bằng nghề"
            f" {made.random.choice(('làm ruộng', 'buôn bán nhỏ', 'đánh cá', 'phụ hồ'))}, thu nhập không ổn định.\n"
            "Rất mong được các cấp xem xét giải quyết. Tôi xin chân thành cảm ơn."
        ),
        space(8),
        row(space(0), handwriting(f"{written_date(day).capitalize()}\nNgười làm đơn\n\n{person.full_name}")),
    ]
    return PagePlan(_SHEET, "application", blocks, fill=_paper(made), size_pt=made.random.choice((12.5, 14)))


def _witness(made: MadeUp) -> PagePlan:
    person, other = made.person(), made.person()
    blocks = [
        _centred("GIẤY LÀM CHỨNG"),
        space(4),
        handwriting(
            f"Chúng tôi gồm {person.full_name} {_born_and_lives(person, made)} và {other.full_name} là hàng xóm lâu"
            " năm.\n"
            f"Chúng tôi làm chứng rằng ông bà {made.name(is_female=True)} đã sử dụng mảnh đất này từ năm"
            f" {made.random.randrange(1975, 1995)} đến nay, trồng cây và làm nhà, không lấn chiếm của ai.\n"
            "Những điều nói trên là đúng sự thật, nếu sai chúng tôi xin chịu trách nhiệm."
        ),
        space(10),
        row(
            handwriting(f"Người làm chứng 1\n\n{person.full_name}"),
            handwriting(f"Người làm chứng 2\n\n{other.full_name}"),
        ),
    ]
    return PagePlan(_SHEET, "witness", blocks, fill=_paper(made), margins_mm=(25, 15, 15, 22))


def _letter(made: MadeUp) -> PagePlan:
    person = made.person()
    blocks = [
        row(space(0), handwriting(f"{bare(person.place.commune)}, {written_date(past_day(made, 2015, 2026))}")),
        space(6),
        handwriting(
            f"Anh chị {made.name(is_female=False)} kính mến,\n"
            "Lâu rồi em chưa viết thư thăm anh chị. Năm nay mưa nhiều, lúa chín muộn, nhưng cả nhà vẫn khỏe. Mẹ hay"
            " nhắc các"
            " cháu, mong tết này về đông đủ.\n"
            "Chuyện miếng vườn của bố để lại, em đã hỏi xã, họ bảo phải có giấy khai tử và chữ ký của tất cả anh em."
            " Em nhờ"
            " anh gửi về cho em bản sao giấy tờ. Tiền thuế năm nay hết"
            f" {money(made.random.randrange(100, 900) * 1000)} đồng.\n"
            "Thôi thư đã dài, em xin dừng bút. Chúc anh chị mạnh khỏe."
        ),
        space(6),
        row(space(0), handwriting(f"Em của anh chị\n{person.full_name}")),
    ]
    return PagePlan(_SHEET, "letter", blocks, fill=_paper(made), size_pt=made.random.choice((12, 13.5)))


def _short_note(made: MadeUp) -> PagePlan:
    person = made.person()
    lines = [
        made.random.choice(("Danh sách nhận gạo cứu trợ", "Tên các cháu trong nhà", "Những người đã nộp tiền")),
        *(
            f"{place}. {made.name(is_female=made.random.random() < 0.5)} - {made.random.randrange(1, 20)}"
            for place in range(1, made.random.randrange(4, 11))
        ),
    ]
    blocks = [
        space(made.random.randrange(0, 40)),
        handwriting("\n".join(lines)),
        space(5),
        handwriting(person.full_name),
    ]
    return PagePlan(_SHEET, "short-note", blocks, fill=_paper(made), format=made.random.choice(("a4", "a5")))


def _pledge(made: MadeUp) -> PagePlan:
    person = made.person()
    child = beside(made.person(born=(2000, 2006)), person)
    blocks = [
        _centred("BẢN CAM ĐOAN"),
        space(3),
        handwriting(
            f"Tên tôi là: {person.full_name}\nSinh ngày: {person.born}\nSố căn cước: {person.personal_number}\n"
            f"Nơi ở: {address(person, past_day(made, 2024, 2026))}\nĐiện thoại: {person.phone}\n"
            f"Tôi cam đoan cháu {child.full_name} là con đẻ của tôi, chưa đăng ký khai sinh ở nơi nào khác.\n"
            "Tôi xin chịu trách nhiệm trước pháp luật về lời cam đoan của mình."
        ),
        space(8),
        row(space(0), handwriting(f"Người cam đoan\n(đã ký)\n{person.full_name}")),
    ]
    return PagePlan(_SHEET, "pledge", blocks, fill=_paper(made), format=made.random.choice(("a4", "a4", "a5")))


def _statement(made: MadeUp) -> PagePlan:
    person, day = made.person(), past_day(made, 2018, 2026)
    blocks = [
        _centred("Cộng hòa xã hội chủ nghĩa Việt Nam"),
        _centred("Đơn trình bày"),
        handwriting(
            f"Tôi là {person.full_name} trú tại {address(person, day)} xin trình bày sự việc như sau. Vào khoảng"
            f" {made.random.randrange(5, 22)} giờ {written_date(day)}, gia đình ông {made.name(is_female=False)} xây"
            " tường"
            " rào sang phần đường đi chung của xóm, xe ba gác không vào được. Tôi đã sang nói chuyện nhưng không có"
            " kết quả."
            " Bà con trong xóm ai cũng biết việc này.\nVậy tôi làm đơn mong chính quyền về kiểm tra thực tế và hòa"
            " giải để tình"
            " làng nghĩa xóm được vui vẻ. Kèm theo đơn có hai tấm ảnh chụp hiện trường và chữ ký của các hộ xung quanh."
        ),
        handwriting(
            "\n".join(made.name(is_female=made.random.random() < 0.5) for _ in range(made.random.randrange(2, 5)))
        ),
    ]
    return PagePlan(_SHEET, "statement", blocks, fill=_paper(made), margins_mm=(15, 12, 12, 30))


def _one_portrait(made: MadeUp) -> PagePlan:
    width, height = made.random.choice(((30, 40), (40, 60), (20, 30)))
    blocks = [
        space(made.random.randrange(0, 140)),
        row(space(0), photo(width, height), shares=(made.random.uniform(0.05, 2), 1)),
    ]
    return PagePlan(_PHOTO, "one-portrait", blocks)


def _several_portraits(made: MadeUp) -> PagePlan:
    across, down = made.random.choice(((2, 2), (4, 2), (3, 3)))
    rows = [row(*(photo(30, 40) for _ in range(across)), shares=[1] * across) for _ in range(down)]
    blocks = [space(10), *(each for line in rows for each in (line, space(6)))]
    return PagePlan(_PHOTO, "several-portraits", blocks, fill=_paper(made))


def _landscape(made: MadeUp) -> PagePlan:
    width = made.random.choice((240, 255, 265))
    return PagePlan(
        _PHOTO, "landscape", [photo(width, round(width * 0.66))], format="a4-landscape", margins_mm=(12, 12, 10, 15)
    )


def _two_views(made: MadeUp) -> PagePlan:
    width = made.random.choice((130, 150, 165))
    height = round(width * made.random.choice((0.62, 0.7)))
    blocks = [space(8), column(photo(width, height)), space(made.random.randrange(6, 20)), column(photo(width, height))]
    return PagePlan(_PHOTO, "two-views", blocks)


def _large_portrait(made: MadeUp) -> PagePlan:
    height = made.random.choice((150, 180, 200))
    return PagePlan(
        _PHOTO, "large-portrait", [photo(round(height * 0.72), height)], format="a4", margins_mm=(15, 15, 15, 25)
    )


def _postcard(made: MadeUp) -> PagePlan:
    blocks = [photo(150, 105)] if made.random.random() < 0.5 else [photo(100, 140)]
    return PagePlan(
        _PHOTO,
        "postcard",
        blocks,
        format="a5-landscape" if blocks[0]["width_mm"] == 150 else "a5",
        margins_mm=(12, 12, 12, 16),
    )


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _SHEET: (_application, _witness, _letter, _short_note, _pledge, _statement),
    _PHOTO: (_one_portrait, _several_portraits, _landscape, _two_views, _large_portrait, _postcard),
}
