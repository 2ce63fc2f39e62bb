# SPDX-License-Identifier: GPL-3.0-or-later
"""How forms of all generations word the same label (TT 08.a/2010, TT 15/2015, TT 04/2020, TT 04/2024 and others)."""

from __future__ import annotations

from typing import Final

_BEFORE_ROLES: Final = (
    "Thông tin",
    "Thông tin về",
    "Thông tin của",
    "Phần khai về",
    "Phần khai của",
    "Phần ghi về",
    "Phần ghi của",
    "Phần kê khai của",
    "Phần dành cho",
    "Phần",
    "Về",
)


def of(texts: tuple[str, ...], *whose: str) -> tuple[str, ...]:
    """Add to labels whose they are: ``Họ và tên`` and ``mẹ`` give ``Họ và tên mẹ``."""
    return tuple(f"{text} {each}" for each in whose for text in texts)


def headings(*roles: str) -> tuple[str, ...]:
    """Give what may stand above the labels of a person: the role alone or in a few words."""
    return (*(f"{role}:" for role in roles), *of(_BEFORE_ROLES, *roles))


def roles(*names: str) -> tuple[str, ...]:
    """Give roles as labels of names: with a colon, or in a cell of their own beside the name."""
    return (*(f"{name}:" for name in names), *(f"{name}|" for name in names))


_OF_CHILD: Final = ("của trẻ", "của con", "của cháu", "trẻ", "của người được khai sinh")
_MOTHERS: Final = ("mẹ", "người mẹ", "mẹ đẻ")
_FATHERS: Final = ("cha", "người cha", "bố", "cha đẻ", "bố đẻ")
MOTHER: Final = (*_MOTHERS, "bà mẹ", "sản phụ", *(f"của {each}" for each in _MOTHERS), *of(_MOTHERS, *_OF_CHILD))
"""How forms end the label of something of the mother: ``Họ và tên mẹ của trẻ``."""
FATHER: Final = (*_FATHERS, *(f"của {each}" for each in _FATHERS), *of(_FATHERS, *_OF_CHILD))
NAME: Final = (
    "Họ, chữ đệm, tên",
    "Họ, chữ đệm và tên",
    "Họ, chữ đệm, tên khai sinh",
    "Họ, chữ đệm và tên khai sinh",
    "Họ và tên",
    "Họ và tên khai sinh",
    "Họ tên",
    "Họ, tên",
    "Tên tôi là",
    "Tôi tên là",
    "Tôi là",
)
NUMBER: Final = ("#",)
"""Identity papers are named in too many ways to list; see ``scanning.extract.labels``."""
NAME_OF: Final = tuple(f"{text} …" for text in NAME[:8])
"""With more words, as a last resort: ``Họ và tên người giám hộ:``."""
BIRTH_DATE: Final = (
    "Ngày, tháng, năm sinh",
    "Ngày tháng năm sinh",
    "Ngày sinh",
    "Sinh ngày",
    "Sinh ngày, tháng, năm",
    "Sinh vào ngày",
    "Ngày, tháng, năm sinh (dương lịch)",
    "Ngày tháng năm sinh …",
    "Sinh ngày tháng năm",
    "Sinh",
)
SEX: Final = ("Giới tính", "Nam/Nữ", "Nam, nữ", "Nam hay nữ", "Nam hoặc nữ", "Giới")
RESIDENCE: Final = (
    "Nơi thường trú",
    "Nơi cư trú",
    "Nơi đăng ký thường trú",
    "Địa chỉ thường trú",
    "Nơi thường trú/tạm trú",
    "Nơi thường trú hoặc tạm trú",
    "Nơi đăng ký hộ khẩu thường trú",
    "Nơi ĐKHK thường trú",
    "Hộ khẩu thường trú",
    "Thường trú tại",
    "Thường trú",
    "Cư trú tại",
    "Địa chỉ cư trú",
    "Nơi cư trú hiện nay",
    "Nơi ở hiện tại",
    "Nơi ở hiện nay",
    "Chỗ ở hiện nay",
    "Nơi thường trú …",
    "Nơi cư trú …",
    "Nơi ở …",
    "Trú tại",
    "Trú quán",
    "Ngụ tại",
    "Hiện cư trú tại",
    "Hiện trú tại",
    "Đăng ký thường trú tại",
    "Có nơi thường trú tại",
    "Địa chỉ liên hệ",
    "Địa chỉ liên lạc",
    "Địa chỉ",
    "Địa chỉ …",
)
PHONE: Final = (
    "Số điện thoại liên hệ",
    "Số điện thoại",
    "Điện thoại liên hệ",
    "Điện thoại",
    "Điện thoại liên lạc",
    "Số ĐT",
    "ĐT",
    "SĐT",
    "Di động",
    "Số điện thoại di động",
    "Số máy",
    "Tel",
    "Liên hệ:",
)
DOCUMENT_NUMBER: Final = ("Số", "Số đăng ký", "Số hiệu")
ISSUER: Final = (
    "Nơi đăng ký",
    "Cơ quan đăng ký",
    "Cơ quan cấp",
    "Nơi cấp giấy",
    "Đăng ký tại",
)
_DIED: Final = ("chết", "tử vong", "từ trần", "mất", "qua đời")
_AT: Final = ("lúc", "vào lúc", "hồi", "vào hồi", "ngày", "vào ngày")
_WHEN: Final = ("Thời gian", "Thời điểm", "Ngày", "Ngày, tháng, năm", "Ngày, giờ", "Ngày giờ", "Giờ, ngày, tháng, năm")
DEATH_DATE: Final = (
    *(f"{said} {at}".capitalize() for died in _DIED for said in (died, f"đã {died}") for at in _AT),
    *(f"Đã {died}" for died in _DIED),
    *(f"{when} {died}" for died in _DIED for when in _WHEN),
    "Qua đời",
    "Tử vong",
    "Thời gian chết …",
    "Giờ phút, ngày, tháng, năm chết",
)
DEATH_PLACE: Final = (
    *(f"{where} {died}" for died in _DIED for where in ("Nơi", "Địa điểm")),
    *(f"{said} tại".capitalize() for died in _DIED for said in (died, f"đã {died}")),
)

OTHERS: Final = (
    "Dân tộc",
    "Quốc tịch",
    "Tôn giáo",
    "Quê quán",
    "Nguyên quán",
    "Nơi sinh",
    "Năm sinh",
    "Sinh năm",
    "Tuổi",
    "Nghề nghiệp",
    "Nghề nghiệp, nơi làm việc",
    "Trình độ học vấn",
    "Ngày cấp",
    "Cấp ngày",
    "Nơi cấp",
    "Cơ quan cấp",
    "Email",
    "Fax",
    "Website",
    "Ghi bằng chữ",
    "Viết bằng chữ",
    "Bằng chữ",
    "Ghi chú",
    "Lý do",
    "Quan hệ",
    "Quan hệ với người được khai sinh",
    "Quan hệ với người chết",
    "Quan hệ với người đã chết",
    "Quan hệ với chủ hộ",
    "Mối quan hệ với chủ hộ",
    "Nguyên nhân chết",
    "Nguyên nhân tử vong",
    "Quyển số",
    "Nơi nhận",
    "Kính gửi",
    "Trân trọng",
    "Nơi tạm trú",
    "Nơi cư trú cuối cùng",
    "Nơi thường trú trước khi chuyển đến",
    "Nơi thường trú trước đây",
    "Nơi ở trước khi chuyển đến",
    "Nơi chuyển đến",
    "Nơi đăng ký khai sinh",
    "Nơi thường trú cuối cùng",
    "Hình thức sử dụng",
    "Mục đích sử dụng",
    "Mục đích sử dụng đất",
    "Loại đất",
    "Thời hạn sử dụng",
    "Thời hạn sử dụng đất",
    "Nguồn gốc sử dụng",
    "Nguồn gốc sử dụng đất",
    "Tình trạng hôn nhân",
    "Tại",
    "Hồ sơ hộ khẩu số",
    "Tờ số",
    "Mã số thuế",
    "Số",
)
"""Labels of what is no field; values end before them."""
