# SPDX-License-Identifier: GPL-3.0-or-later
"""How the wording of the national procedure pages is read."""

from __future__ import annotations

import pytest

from casework.packs.papers import read_papers
from casework.packs.ways import read_fee, read_time_limit
from casework.packs.wording import head_of, restore_glued_count, shortened, split_demand, without_form_file
from casework.records.procedure import Channel, Duty, Fee, TimeLimit, TimeUnit


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (
            "Giấy đề nghị theo Quyết định số 24/2021/QĐ-TTgGiấy đề nghị.pdf",
            "Giấy đề nghị theo Quyết định số 24/2021/QĐ-TTg",
        ),
        ("Đơn xin nhận con nuôi;1.nxinnhnconnui.doc", "Đơn xin nhận con nuôi;"),
        ("Mẫu CT01 (Thông tư số 53/2025/TT-BCA).1.MuCT01banhnhkm (3).doc", "Mẫu CT01 (Thông tư số 53/2025/TT-BCA)."),
        ("Nghị định số 42/2026/NĐ-CPMẫu số 01.docx", "Nghị định số 42/2026/NĐ-CP"),
        (
            "theo Mẫu số 25.NT Phụ lục I ban hành kèm theo Nghị định số 41/2026/NĐ-CP;Mauso25.docx",
            "theo Mẫu số 25.NT Phụ lục I ban hành kèm theo Nghị định số 41/2026/NĐ-CP;",
        ),
        ("Đơn đề nghị theo quy địnhvăn bản đề nghị (vị trí).docx", "Đơn đề nghị theo quy định"),
        ("Giấy chứng sinh.", "Giấy chứng sinh."),
    ],
)
def test_the_name_of_an_attached_form_is_cut_off(text: str, cleaned: str) -> None:
    assert without_form_file(text).rstrip(";") == cleaned.rstrip(";")


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("Đơn theo Mẫu số", 181, ("Đơn theo Mẫu số 18", 1)),
        ("Nghị định 100/2020/NĐ-CP ngày 28/8/", 20202, ("Nghị định 100/2020/NĐ-CP ngày 28/8/2020", 2)),
        ("theo mẫu BM.NCC.20.", 31, ("theo mẫu BM.NCC.20.3", 1)),
        ("Đơn", 2, ("Đơn", 2)),
        ("Đơn", None, ("Đơn", None)),
    ],
)
def test_digits_that_slipped_into_the_count_go_back_into_the_name(
    text: str, count: int | None, expected: tuple[str, int | None]
) -> None:
    assert restore_glued_count(text, count) == expected


@pytest.mark.parametrize(
    ("text", "thing", "case"),
    [
        (
            "Trường hợp trẻ em bị bỏ rơi thì phải có biên bản về việc trẻ bị bỏ rơi.",
            "Biên bản về việc trẻ bị bỏ rơi.",
            "Trường hợp trẻ em bị bỏ rơi",
        ),
        (
            "Văn bản ủy quyền (được chứng thực) trong trường hợp ủy quyền. Trường hợp khác thì không.",
            "Văn bản ủy quyền (được chứng thực)",
            "Trường hợp ủy quyền",
        ),
        (
            "Giấy chứng nhận kết hôn nếu cha, mẹ đã đăng ký kết hôn.",
            "Giấy chứng nhận kết hôn",
            "Nếu cha, mẹ đã đăng ký kết hôn",
        ),
        ("Sơ đồ thửa đất (nếu có)", "Sơ đồ thửa đất", "Nếu có"),
        ("Đối với Quân đội nhân dân: Giấy giới thiệu.", "Giấy giới thiệu.", "Đối với Quân đội nhân dân"),
        (
            "Công dân Việt Nam đã ly hôn phải nộp bản sao trích lục hộ tịch",
            "Bản sao trích lục hộ tịch",
            "Công dân Việt Nam đã ly hôn",
        ),
        (
            "Giấy khám sức khỏe có giá trị nếu được cấp chưa quá 06 tháng",
            "Giấy khám sức khỏe có giá trị nếu được cấp chưa quá 06 tháng",
            "",
        ),
        (
            "Tờ khai trong trường hợp là cá nhân hoặc Văn bản trong trường hợp là tổ chức",
            "Tờ khai trong trường hợp là cá nhân hoặc Văn bản trong trường hợp là tổ chức",
            "",
        ),
        ("Tờ khai theo mẫu (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp)", "Tờ khai theo mẫu", ""),
    ],
)
def test_a_demand_is_split_into_thing_and_case(text: str, thing: str, case: str) -> None:
    assert split_demand(text) == (thing, case)


@pytest.mark.parametrize(
    ("thing", "head"),
    [
        ("Tờ khai đăng ký khai sinh theo mẫu", "Tờ khai đăng ký khai sinh"),
        ("Bản chính Giấy chứng sinh; trường hợp không có", "Giấy chứng sinh"),
        ("Hộ chiếu/Thẻ căn cước (sau đây gọi tắt là giấy tờ tùy thân) để chứng minh", "Giấy tờ tùy thân"),
        ("Bản chính hoặc bản sao có chứng thực của giấy chứng nhận quyền sở hữu", "Giấy chứng nhận quyền sở hữu"),
        ("a) Đơn đề nghị theo Mẫu số 04", "Đơn đề nghị"),
        ("Một trong các giấy tờ sau: Căn cước điện tử; bản chính hộ chiếu", "Căn cước điện tử; bản chính hộ chiếu"),
    ],
)
def test_the_head_names_the_paper(thing: str, head: str) -> None:
    assert head_of(thing) == head


def test_a_long_head_is_cut_at_a_word() -> None:
    text = "Văn bản xác nhận của cơ sở y tế đã thực hiện kỹ thuật hỗ trợ sinh sản cho việc mang thai hộ"
    assert shortened(text) == "Văn bản xác nhận của cơ sở y tế đã thực hiện kỹ thuật hỗ trợ sinh sản…"
    assert len(shortened("a" * 71 + " b" * 9)) <= 72


def page(*lines: tuple[str, str, int]) -> list[dict[str, object]]:
    return [{"group": group, "name": name, "originals": originals} for group, name, originals in lines]


def test_notes_intros_and_empty_lines_are_no_demands() -> None:
    demands, notes = read_papers(
        page(
            ("Lưu ý", "Người tiếp nhận có trách nhiệm tiếp nhận đúng.", 0),
            ("--", "Người có yêu cầu thực hiện việc nộp/xuất trình các giấy tờ sau:", 0),
            ("--", "*Lưu ý: - Không yêu cầu xuất trình Giấy khai sinh.", 1),
            ("Giấy tờ phải nộp", "Trường hợp đã nộp bản điện tử thì không phải nộp bản giấy.", 0),
            ("--", ",", 1),
            ("--", "hoặc", 1),
        )
    )
    assert demands == []
    assert notes == [
        "Người tiếp nhận có trách nhiệm tiếp nhận đúng.",
        "*Lưu ý: - Không yêu cầu xuất trình Giấy khai sinh.",
        "Trường hợp đã nộp bản điện tử thì không phải nộp bản giấy.",
    ]


def test_what_everybody_submits_comes_before_what_is_presented_and_what_depends() -> None:
    demands, _ = read_papers(
        page(
            ("Giấy tờ phải nộp", "Văn bản ủy quyền trong trường hợp ủy quyền.", 1),
            ("Giấy tờ phải xuất trình", "Hộ chiếu hoặc Căn cước.", 0),
            ("Giấy tờ phải nộp", "Giấy báo tử.", 1),
            ("--", "Tờ khai theo mẫu (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp)", 1),
            ("--", "Mẫu hộ tịch điện tử tương tác", 1),
        )
    )
    assert [(item.head, item.duty, item.condition) for item in demands] == [
        ("Tờ khai theo mẫu", Duty.SUBMIT, ""),
        ("Giấy báo tử", Duty.SUBMIT, ""),
        ("Hộ chiếu hoặc Căn cước", Duty.PRESENT, ""),
        ("Văn bản ủy quyền", Duty.SUBMIT, "Trường hợp ủy quyền"),
        ("Mẫu hộ tịch điện tử tương tác", Duty.SUBMIT, ""),
    ]
    assert demands[0].channels == (Channel.COUNTER, Channel.POST)
    assert demands[-1].channels == (Channel.ONLINE,)


def test_headings_name_cases_channels_and_alternatives() -> None:
    one_of = "Trường hợp ủy quyền thực hiện thủ tục thì hồ sơ phải kèm theo một trong những giấy tờ sau"
    demands, _ = read_papers(
        page(
            ("(1.7) Đối với công trình nhà ở riêng lẻ", "Đơn đề nghị", 1),
            ("Nộp trực tiếp", "Ủy nhiệm chi", 1),
            ("Trường hợp hồ sơ được gửi trên môi trường điện tử", "Giấy rút dự toán", 1),
            (one_of, "Giấy giới thiệu", 1),
        )
    )
    read = {item.head: (item.condition, item.channels, bool(item.alternatives)) for item in demands}
    assert read == {
        "Đơn đề nghị": ("Đối với công trình nhà ở riêng lẻ", (), False),
        "Ủy nhiệm chi": ("", (Channel.COUNTER, Channel.POST), False),
        "Giấy rút dự toán": ("", (Channel.ONLINE,), False),
        "Giấy giới thiệu": ("Trường hợp ủy quyền thực hiện thủ tục", (), True),
    }


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5 Ngày làm việc", TimeLimit(5, TimeUnit.WORKING_DAY, "5 Ngày làm việc")),
        ("15 Ngày", TimeLimit(15, TimeUnit.CALENDAR_DAY, "15 Ngày")),
        ("8 Giờ", TimeLimit(8, TimeUnit.HOUR, "8 Giờ")),
        ("1", TimeLimit(1, TimeUnit.UNSTATED, "1")),
        ("120,00", TimeLimit(120, TimeUnit.UNSTATED, "120,00")),
        (None, TimeLimit(None, TimeUnit.UNSTATED)),
        ("không quy định", TimeLimit(None, TimeUnit.UNSTATED, "không quy định")),
    ],
)
def test_a_time_limit_is_read_and_never_completed(text: str | None, limit: TimeLimit) -> None:
    assert read_time_limit(text) == limit


@pytest.mark.parametrize(
    ("text", "note", "fee"),
    [
        ("Miễn phí", "", Fee(0, True, "Miễn phí")),
        ("Miễn phí", "(Không)", Fee(0, True, "Miễn phí")),
        ("Miễn phí", "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định.)", Fee(0, False, "Miễn phí")),
        ("Miễn phí", "(Phí thẩm định: 100.000 đồng/lần)", Fee(0, False, "Miễn phí")),
        ("0 VNĐ", "", Fee(0, True, "0 VNĐ")),
        ("0 VNĐ", "(Theo quy định của Hội đồng nhân dân cấp tỉnh)", Fee(0, False, "0 VNĐ")),
        ("8,000 VNĐ", "", Fee(8000, True, "8,000 VNĐ")),
        ("50,000 Việt Nam Đồng", "(/giao dịch)", Fee(50000, True, "50,000 Việt Nam Đồng", "giao dịch")),
        ("2,000 Việt Nam Đồng", "(/trang)Tại Ủy ban", Fee(2000, False, "2,000 Việt Nam Đồng", "trang")),
        ("20 VNĐ", "(20.000 vnđ /tờ khai)", Fee(None, False, "20 VNĐ", "tờ khai")),
        ("10 USD", "(/bản)", Fee(None, False, "10 USD", "bản")),
        (None, "", Fee(None, False, "")),
    ],
)
def test_a_fee_is_certain_only_when_the_page_says_so(text: str | None, note: str, fee: Fee) -> None:
    assert read_fee(text, note) == fee
