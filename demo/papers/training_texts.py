# SPDX-License-Identifier: GPL-3.0-or-later
"""What the model learns from: seen layouts of the generator, rough drafts of every form, other papers, and nothing.

The drafts are made of the titles and phrases that the rules know, in any order; they keep the model from taking the
few layouts it sees for all that there are. Names of other papers come from the procedures' own lists of papers.
"""

from __future__ import annotations

import functools
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import casework
from demo.papers.generator import plan_page
from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.misreading import dirt, laid_out
from demo.papers.press import printed_text
from scanning.classify.paper_class import PaperClass
from scanning.classify.phrases import SPOKEN_PHRASES
from scanning.classify.rules import Ground, by_title
from scanning.classify.titles_people import PEOPLE_TITLES
from scanning.classify.titles_property import PROPERTY_TITLES

WITHOUT_WORDS: Final = (PaperClass.PHOTO, PaperClass.HANDWRITTEN_SHEET)
"""Classes that are told by their look."""

LEARNT: Final = tuple(each for each in PaperClass if each not in WITHOUT_WORDS)
"""Classes that the model tells apart; ``UNKNOWN`` among them, so that noise has somewhere to go."""

_CATALOGUE: Final = Path(casework.__file__).parent / "packs" / "catalogue.json.gz"
_OTHER_STARTS: Final = (
    "Đơn ", "Tờ khai ", "Giấy ", "Biên bản ", "Bản ", "Quyết định ", "Hợp đồng ", "Văn bản ", "Phiếu ",
)  # fmt: skip
_AFTER_NAME: Final = re.compile(r"\(|;| theo ")
_LONGEST_NAME: Final = 90
_LONGEST_TITLE_LINE: Final = 38

_AGENCIES: Final = (
    "ỦY BAN NHÂN DÂN", "CÔNG AN TỈNH", "SỞ TƯ PHÁP", "PHÒNG KINH TẾ", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "TRẠM Y TẾ",
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "TRƯỜNG TIỂU HỌC", "TÒA ÁN NHÂN DÂN", "CÔNG TY TNHH", "BỆNH VIỆN ĐA KHOA",
    "HỘI NÔNG DÂN", "CHI CỤC THUẾ KHU VỰC", "NGÂN HÀNG NÔNG NGHIỆP", "BẢO HIỂM XÃ HỘI",
)  # fmt: skip
_SIGNERS: Final = (
    "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH", "NGƯỜI KHAI", "NGƯỜI YÊU CẦU", "NGƯỜI LÀM ĐƠN", "GIÁM ĐỐC",
    "TRƯỞNG PHÒNG", "NGƯỜI KÝ", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH", "TM. ỦY BAN NHÂN DÂN", "HIỆU TRƯỞNG",
    "THỦ TRƯỞNG ĐƠN VỊ",
)  # fmt: skip
_OTHER_TITLES: Final = (
    "QUYẾT ĐỊNH", "THÔNG BÁO", "TỜ TRÌNH", "BIÊN BẢN HỌP GIA ĐÌNH", "BIÊN BẢN XÁC MINH", "GIẤY MỜI", "CÔNG VĂN",
    "BÁO CÁO", "KẾ HOẠCH", "ĐƠN XIN XÁC NHẬN", "ĐƠN XIN NGHỈ PHÉP", "ĐƠN KHIẾU NẠI", "ĐƠN TỐ CÁO", "ĐƠN XIN VIỆC",
    "HÓA ĐƠN TIỀN ĐIỆN", "PHIẾU KHÁM BỆNH", "BẢNG ĐIỂM", "HỌC BẠ", "BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG",
    "GIẤY PHÉP LÁI XE", "HỢP ĐỒNG VAY TIỀN", "BẢN CAM KẾT", "BẢN TƯỜNG TRÌNH", "DANH SÁCH HỘ NGHÈO", "BẢN ÁN",
    "QUYẾT ĐỊNH LY HÔN", "PHIẾU XUẤT KHO", "GIẤY BÁO NHẬP HỌC", "THƯ MỜI", "LỊCH CÔNG TÁC", "GIẤY XÁC NHẬN HỘ NGHÈO",
    "GIẤY XÁC NHẬN KHUYẾT TẬT", "SỔ KHÁM SỨC KHỎE", "BẢNG KÊ",
)  # fmt: skip
_SENTENCES: Final = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Xét đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 15/TTr-VHXH,",
    "Điều 1. Công nhận kết quả xét duyệt đối với các cá nhân có tên trong danh sách kèm theo.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "Điều 3. Chánh Văn phòng và các ông bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
    "Ủy ban nhân dân xã thông báo đến toàn thể nhân dân được biết và thực hiện.",
    "Thời gian: 8 giờ 00 phút, ngày thứ Hai tuần sau tại hội trường.",
    "Thành phần tham dự gồm đại diện các ban ngành đoàn thể.",
    "Vậy tôi làm đơn này kính đề nghị quý cơ quan xem xét, giải quyết.",
    "Tôi xin chân thành cảm ơn.",
    "Trong quá trình thực hiện có vướng mắc, đề nghị phản ánh kịp thời.",
    "Số tiền phải thanh toán đã bao gồm thuế giá trị gia tăng.",
    "Cuộc họp kết thúc vào hồi 11 giờ 30 phút cùng ngày, biên bản đã được đọc lại cho mọi người cùng nghe.",
    "Nhà trường đề nghị phụ huynh phối hợp nhắc nhở các em học tập tốt.",
    "Gia đình tôi thuộc diện khó khăn, con còn nhỏ, bố mẹ già yếu.",
    "Hiện đang công tác tại đơn vị từ năm 2015 đến nay.",
    "Kết quả học tập: Giỏi. Hạnh kiểm: Tốt.",
    "Chẩn đoán: viêm phế quản cấp. Hướng điều trị: uống thuốc theo đơn.",
    "Đề nghị các đơn vị nghiêm túc triển khai thực hiện nội dung công văn này.",
    "Bên vay cam kết trả đủ cả gốc và lãi đúng thời hạn.",
    "Kỳ hóa đơn: tháng 10 năm 2026. Chỉ số cũ: 1250. Chỉ số mới: 1398.",
    "Nơi nhận: Như trên; Lưu: VT.",
    "Danh sách gồm có 12 hộ gia đình trên địa bàn thôn.",
    "Đại diện bên giao và bên nhận cùng ký tên dưới đây.",
    "Mùa này lúa chín vàng khắp cánh đồng, bọn trẻ chiều nào cũng ra đê thả diều.",
    "Mẹ em vẫn nhắc anh luôn, lúc nào về nhớ ghé ăn bữa cơm.",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to learn from.

    Attributes:
        paper_class: What it is.
        layout: Whose layout it is; empty for drafts.
        text: What is printed.
    """

    paper_class: PaperClass
    layout: str
    text: str


def generated(paper_class: PaperClass, count: int, *, seen: bool = True, start: int = 0) -> Iterator[Sample]:
    """Give pages of the generator; none for a class that it cannot make."""
    for seed in range(start, start + count):
        try:
            plan = plan_page(paper_class.value, seed, seen)
        except LookupError:
            return
        yield Sample(paper_class, plan.layout, printed_text(plan))


def drafts(paper_class: PaperClass, count: int) -> Iterator[Sample]:
    """Give rough drafts of a class."""
    for seed in range(count):
        chance = random.Random(f"draft {paper_class.value} {seed}")
        make = {PaperClass.OTHER: _other, PaperClass.UNKNOWN: _nothing}.get(paper_class)
        text = make(chance) if make else _draft(paper_class, chance)
        if text:
            yield Sample(paper_class, "", text)


def _draft(paper_class: PaperClass, chance: random.Random) -> str:
    titles = (PEOPLE_TITLES | PROPERTY_TITLES).get(paper_class, ())
    made_up = MadeUp(chance)
    person = made_up.person()
    lines = _letterhead(chance, made_up)
    if titles and chance.random() < 0.85:
        lines += _broken(chance.choice(titles[:1] * 3 + titles), chance)
    phrases = list(SPOKEN_PHRASES[paper_class])
    chosen = chance.sample(phrases, chance.randint(len(phrases) // 2, len(phrases)))
    body = [_with_value(phrase, person, chance) for phrase in chosen]
    body += [_common_entry(made_up.person(), chance) for _ in range(chance.randrange(8))]
    body += chance.sample(_SENTENCES, chance.randrange(3))
    chance.shuffle(body)
    return "\n".join(lines + body + _foot(chance, made_up))


def _other(chance: random.Random) -> str:
    made_up = MadeUp(chance)
    source = chance.random()
    if source < 0.3:
        title = chance.choice(_OTHER_TITLES)
    elif source < 0.6:
        title = chance.choice(PEOPLE_TITLES[PaperClass.OTHER] + PROPERTY_TITLES[PaperClass.OTHER])
    else:
        title = chance.choice(_names_of_other_papers()).upper()
    lines = _letterhead(chance, made_up) + (_broken(title, chance) if chance.random() < 0.9 else [])
    body = chance.sample(_SENTENCES, chance.randint(3, 12))
    body += [_common_entry(made_up.person(), chance) for _ in range(chance.randrange(10))]
    chance.shuffle(body)
    return "\n".join(lines + body + _foot(chance, made_up))


def _nothing(chance: random.Random) -> str:
    """Give what tells nothing: dirt, a letterhead, values without a form, a piece of running text."""
    made_up = MadeUp(chance)
    kind = chance.randrange(4)
    if kind == 0:
        lines = [dirt(chance, chance.randrange(3, 50)) for _ in range(chance.randint(1, 25))]
    elif kind == 1:
        lines = _letterhead(chance, made_up)
    elif kind == 2:
        lines = [_common_entry(made_up.person(), chance).split(": ", 1)[-1] for _ in range(chance.randint(3, 20))]
    else:
        lines = chance.sample(_SENTENCES, chance.randint(1, 4))
    return "\n".join(lines)


def _letterhead(chance: random.Random, made_up: MadeUp) -> list[str]:
    kind = chance.random()
    if kind < 0.15:
        return []
    national = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    if kind < 0.5:
        return national
    place = made_up.place()
    agency = [chance.choice(_AGENCIES), place.commune.upper()]
    number = f"Số: {chance.randrange(1, 900)}/{chance.choice(('UBND', 'TLKS-BS', 'QĐ-UBND', 'XN', 'TB'))}"
    day = made_up.date(2016, 2026)
    return [f"{agency[0]} {national[0]}", f"{agency[1]} {national[1]}", number, f"{place.commune}, {written_date(day)}"]


def _broken(title: str, chance: random.Random) -> list[str]:
    words, lines = title.split(), [""]
    limit = chance.choice((22, 30, _LONGEST_TITLE_LINE, 80))
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= limit:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _with_value(phrase: str, person: Person, chance: random.Random) -> str:
    about = (person.full_name, person.born, person.personal_number, person.place.today, person.origin)
    return f"{phrase}: {chance.choice((*about, 'Có', 'Không', ''))}"


def _common_entry(person: Person, chance: random.Random) -> str:
    return chance.choice(
        (
            f"Họ, chữ đệm, tên: {person.full_name.upper()}",
            f"Họ và tên: {person.full_name}",
            f"Ông (bà): {person.full_name}",
            f"Ngày, tháng, năm sinh: {person.born}",
            f"Sinh ngày: {person.born}",
            f"Giới tính: {person.sex_word} Dân tộc: {person.ethnic_group} Quốc tịch: Việt Nam",
            f"Nơi cư trú: {person.place.today}",
            f"Nơi thường trú: {person.place.before}",
            f"Địa chỉ: {person.place.today}",
            f"Giấy tờ tùy thân: Căn cước công dân số {person.personal_number}",
            f"Số định danh cá nhân: {person.personal_number}",
            f"Số CCCD: {person.personal_number} cấp ngày {person.born}",
            f"Điện thoại: {person.phone}",
            f"Kính gửi: Ủy ban nhân dân {person.place.commune}",
        )
    )


def _foot(chance: random.Random, made_up: MadeUp) -> list[str]:
    if chance.random() < 0.2:
        return []
    signer = made_up.person()
    place = f"{signer.place.commune}, {written_date(made_up.date(2016, 2026))}"
    return [place, chance.choice(_SIGNERS), "(Ký, ghi rõ họ tên)", signer.full_name]


@functools.cache
def _names_of_other_papers() -> Sequence[str]:
    """Give names of papers that procedures ask for and that are none of the classes."""
    names: set[str] = set()
    _collect(json.loads(gzip.decompress(_CATALOGUE.read_bytes())), names)
    return sorted(names)


def _collect(value: object, names: set[str]) -> None:
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str):
            names.update(filter(_is_other, [_AFTER_NAME.split(name)[0].strip(" .")]))
        for inner in value.values():
            _collect(inner, names)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, names)


def _is_other(name: str) -> bool:
    if not name.startswith(_OTHER_STARTS) or len(name) > _LONGEST_NAME:
        return False
    return by_title(laid_out([name.upper()])).ground is Ground.FOREIGN_TITLE
