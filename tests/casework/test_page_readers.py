# SPDX-License-Identifier: GPL-3.0-or-later
"""How the readers of procedure pages tell choices, delegation, look-ups, fragments and facts about the whole page."""

from __future__ import annotations

import dataclasses

import pytest

from casework.packs import alternatives, look_ups, procedure_facts
from casework.packs.corrections import Corrections
from casework.packs.delegation import is_for_delegation
from casework.packs.fragments import mended, papers_named
from casework.packs.papers import read_papers
from casework.packs.substitutes import read_paper_class_rules, read_result_rules
from casework.packs.ways import NOTE_OF_THE_PAGE, read_fee, read_time_limit
from casework.records.paper import PaperClass
from casework.records.procedure import Channel, DataSource, Duty, Fee, Route, TimeLimit, TimeUnit, Way


@pytest.mark.parametrize(
    ("line", "options"),
    [
        (
            "Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản của người làm chứng xác nhận về việc "
            "sinh; nếu không có người làm chứng thì phải có giấy cam đoan về việc sinh.",
            ("Giấy chứng sinh", "Văn bản của người làm chứng xác nhận về việc sinh", "Giấy cam đoan về việc sinh"),
        ),
        (
            "Hộ chiếu/Thẻ căn cước/Giấy chứng nhận căn cước hoặc các giấy tờ khác có dán ảnh (sau đây gọi tắt là "
            "giấy tờ tùy thân) để chứng minh về nhân thân",
            ("Hộ chiếu", "Thẻ căn cước", "Giấy chứng nhận căn cước", "Các giấy tờ khác có dán ảnh"),
        ),
        (
            "Một trong các giấy tờ sau: Căn cước điện tử; bản chính hoặc bản sao của Thẻ căn cước công dân hoặc "
            "Hộ chiếu còn giá trị sử dụng (Không yêu cầu nộp khi khai thác được thông tin về Thẻ căn cước hoặc Hộ "
            "chiếu)",
            ("Căn cước điện tử", "Bản chính hoặc bản sao của Thẻ căn cước công dân", "Hộ chiếu còn giá trị sử dụng"),
        ),
        (
            "Văn bản tặng cho quyền sử dụng đất hoặc biên bản họp giữa đại diện thôn với người sử dụng đất",
            ("Văn bản tặng cho quyền sử dụng đất", "Biên bản họp giữa đại diện thôn với người sử dụng đất"),
        ),
        ("Bản chính hoặc bản sao có chứng thực hợp đồng thuê nhà ở", ()),
        ("Đơn đề nghị cấp giấy phép xây dựng hoặc giấy phép di dời", ()),
        ("Tờ khai theo Mẫu số 01 hoặc văn bản điện tử", ()),
        ("Giấy tờ do cơ quan A cấp hoặc xác nhận hợp lệ chứng minh sự kiện chết", ()),
        ("Giấy tờ chứng minh theo một trong các trường hợp sau: (1) có quyết định hoặc văn bản phân phối", ()),
        ("Giấy khai sinh", ()),
    ],
)
def test_a_line_names_its_choices_in_its_own_words_and_order(line: str, options: tuple[str, ...]) -> None:
    assert alternatives.options(line) == options


@pytest.mark.parametrize(
    ("group", "line", "has_a_name"),
    [
        ("Trường hợp ủy quyền thì hồ sơ phải kèm theo một trong những giấy tờ sau", "(i) Văn bản ủy quyền", True),
        (
            "Trường hợp ủy quyền thì hồ sơ phải kèm theo một trong những giấy tờ sau",
            "Trường hợp chưa có tài khoản định danh điện tử thì kèm theo bản sao thẻ Căn cước",
            False,
        ),
        ("Trường hợp thành viên ủy quyền cho một trong các thành viên còn lại làm chủ hộ", "Giấy đề nghị", False),
        ("Giấy tờ phải nộp", "Giấy đề nghị", False),
    ],
)
def test_only_a_heading_that_says_one_of_the_papers_makes_its_lines_a_choice(
    group: str, line: str, has_a_name: bool
) -> None:
    assert bool(alternatives.name_of_group(group, line)) == has_a_name


@pytest.mark.parametrize(
    ("group", "condition", "head", "expected"),
    [
        ("Giấy tờ phải nộp", "Trường hợp ủy quyền thực hiện việc đăng ký khai sinh", "Văn bản ủy quyền", True),
        ("Giấy tờ phải nộp", "Trường hợp ủy quyền", "Giấy ủy quyền", True),
        ("--", "Trường hợp thực hiện thủ tục thông qua người đại diện", "Văn bản về việc đại diện", True),
        ("Trường hợp ủy quyền thực hiện thủ tục", "Trường hợp chưa có tài khoản", "Bản sao thẻ Căn cước", True),
        ("- Trường hợp người đại diện theo ủy quyền của tổ hợp tác nộp thông báo", "", "Hợp đồng hợp tác", True),
        ("--", "Trường hợp do các thành viên", "Bản sao văn bản ủy quyền của thành viên cho một thành viên", False),
        ("--", "Trường hợp các thành viên ủy quyền cho một trong các thành viên còn lại", "Giấy đề nghị", False),
        ("--", "Trường hợp đã xuất cảnh ra nước ngoài", "Văn bản ủy quyền", False),
        ("Giấy tờ phải nộp", "", "Giấy chứng sinh", False),
    ],
)
def test_a_paper_of_delegation_is_one_that_nobody_needs_who_comes_herself(
    group: str, condition: str, head: str, expected: bool
) -> None:
    assert is_for_delegation(group, condition, head) is expected


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("… không khai thác được thông tin trong Cơ sở dữ liệu quốc gia về dân cư", (DataSource.POPULATION,)),
        ("khi khai thác được thông tin trên Cơ sở dữ liệu hộ tịch điện tử", (DataSource.CIVIL_STATUS,)),
        ("được khai thác trong Cơ sở dữ liệu về cư trú", (DataSource.RESIDENCE,)),
        ("các thông tin này được thay thế bằng dữ liệu Cơ sở dữ liệu quốc gia về đất đai", (DataSource.LAND,)),
        (
            "giấy chứng nhận đăng ký doanh nghiệp (trong trường hợp chưa được tích hợp, kết nối và chia sẻ dữ liệu "
            "quốc gia)",
            (DataSource.BUSINESS, DataSource.OTHER),
        ),
        ("đã khai thác được dữ liệu điện tử có ký số của Giấy báo tử", (DataSource.OTHER,)),
        ("phát hiện thông tin trong Cơ sở dữ liệu về đăng ký hộ kinh doanh bị thiếu", ()),
        ("Giấy khai sinh", ()),
    ],
)
def test_what_the_office_looks_up_itself_is_marked_with_the_database(
    text: str, sources: tuple[DataSource, ...]
) -> None:
    assert look_ups.sources_looked_up(text) == sources


def page(*lines: tuple[str, str, int | None]) -> list[dict[str, object]]:
    return [{"group": group, "name": name, "originals": originals} for group, name, originals in lines]


def test_information_of_a_database_becomes_the_paper_to_be_shown_when_it_is_not_found() -> None:
    text = (
        "Thông tin chứng minh về chỗ ở hợp pháp được khai thác trong Cơ sở dữ liệu về cư trú. Trường hợp không "
        "khai thác được thông tin thì công dân xuất trình giấy tờ, tài liệu chứng minh chỗ ở hợp pháp theo quy định."
    )
    ((demand,), _) = read_papers(page(("Hồ sơ", text, 1)))
    assert (demand.head, demand.duty) == ("Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp", Duty.PRESENT)
    assert demand.condition == "Trường hợp không khai thác được thông tin"
    assert demand.looked_up_in == (DataSource.RESIDENCE,)


def test_a_note_of_the_page_marks_the_paper_it_speaks_of_and_no_other() -> None:
    note = (
        "Trường hợp giấy tờ tùy thân sử dụng là: Hộ chiếu, Thẻ căn cước thì cơ quan đăng ký hộ tịch có trách nhiệm "
        "tra cứu thông tin thông qua kết nối với Cơ sở dữ liệu quốc gia về dân cư"
    )
    identity = "Hộ chiếu/Thẻ căn cước (sau đây gọi tắt là giấy tờ tùy thân) để chứng minh về nhân thân"
    demands, notes = read_papers(page(("--", note, 0), ("--", identity, 1), ("--", "Giấy báo tử.", 1)))
    assert notes == [note]
    assert {demand.head: demand.looked_up_in for demand in demands} == {
        "Giấy tờ tùy thân": (DataSource.POPULATION,),
        "Giấy báo tử": (),
    }


def test_a_request_of_the_citizen_is_in_no_database() -> None:
    text = "Đơn đề nghị; giấy chứng tử, trừ khi khai thác được trong Cơ sở dữ liệu hộ tịch điện tử"
    ((demand,), _) = read_papers(page(("--", text, 1)))
    assert demand.looked_up_in == ()


def test_a_sentence_torn_over_four_lines_is_whole_again() -> None:
    lines: list[dict[str, object]] = [
        {"group": "Hồ sơ", "name": "Hợp đồng bảo đảm (", "originals": 1},
        {"group": "Hồ sơ", "name": "hoặc", "originals": None, "copies": 1},
        {"group": "Hồ sơ", "name": "có chứng thực) (khoản 2 Điều 27).", "originals": 0, "copies": 1},
        {"group": "Hồ sơ", "name": "Giấy chứng nhận (bản gốc)", "originals": 1},
    ]
    whole = mended(lines)
    assert [line and line["name"] for line in whole] == [
        "Hợp đồng bảo đảm (01 bản chính hoặc 01 bản sao có chứng thực) (khoản 2 Điều 27).",
        None,
        None,
        "Giấy chứng nhận (bản gốc)",
    ]


def test_a_lone_or_and_another_group_join_nothing() -> None:
    lines: list[dict[str, object]] = [
        {"group": "A", "name": "Giấy phép (", "originals": 1},
        {"group": "B", "name": "hoặc", "copies": 1},
    ]
    assert mended(lines) == lines
    assert mended(lines[1:]) == lines[1:]


def test_a_line_of_several_papers_behind_dashes_is_taken_apart() -> None:
    assert papers_named("Đơn theo Mẫu số 01. - Biên bản họp theo Mẫu số 02. - Dự án theo Mẫu số 03.") == [
        "Đơn theo Mẫu số 01",
        "Biên bản họp theo Mẫu số 02",
        "Dự án theo Mẫu số 03.",
    ]
    assert papers_named("Đơn; - Lý lịch cán bộ") == ["Đơn; - Lý lịch cán bộ"]


def test_land_certificates_beside_the_line_that_asks_for_one_of_them_are_its_alternatives() -> None:
    group = "(1.7) Đối với công trình nhà ở riêng lẻ"
    anchor = "Một trong những giấy tờ hợp pháp về đất đai theo Điều 53 bao gồm: + Giấy chứng nhận quyền sử dụng đất."
    looked_up = (
        "Giấy chứng nhận quyền sử dụng đất. Trường hợp đã có trong Cơ sở dữ liệu quốc gia về đất đai thì các thông tin "
        "này được thay thế bằng dữ liệu"
    )
    demands, notes = read_papers(page((group, looked_up, 1), (group, anchor, 1), (group, "Đơn đề nghị", 1)))
    assert notes == []
    assert len({demand.alternatives for demand in demands if demand.head != "Đơn đề nghị"} - {""}) == 1
    assert [demand.alternatives for demand in demands if demand.head == "Đơn đề nghị"] == [""]


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Biên lai nộp lệ phí đối với phương tiện thuộc diện phải nộp lệ phí.", "Đối với phương tiện thuộc diện"),
        ("Giấy cam kết (áp dụng đối với chuyển đổi ngành nghề)", "Áp dụng đối với chuyển đổi ngành nghề"),
        ("Báo cáo quá trình mở thừa kế đối với di sản", ""),
        ("không quy định", None),
    ],
)
def test_a_kind_named_at_the_end_is_a_case_and_nothing_asked_is_no_demand(text: str, case: str | None) -> None:
    demands, _ = read_papers(page(("--", text, 1)))
    found = next((demand.condition for demand in demands), None)
    assert found == case or (case and found and found.startswith(case))


def test_a_correction_finds_its_line_and_changes_only_what_it_names() -> None:
    demands, notes = read_papers(
        page(("--", "Đơn đề nghị", 1), ("--", "Giấy khai sinh; Sổ hộ khẩu", 1), ("--", "Ảnh", 2))
    )
    corrections = Corrections(
        [
            {"code": "1", "paper": "Giấy khai sinh", "cut_before": "; Sổ", "note": "Không yêu cầu.", "reason": "x"},
            {"code": "1", "lines": [3, 3], "condition": "Nếu có", "looked_up_in": ["land"], "reason": "x"},
            {"code": "1", "paper": "Đơn", "becomes_note": True, "reason": "x"},
            {"code": "2", "paper": "Đơn", "duty": "present", "reason": "x"},
        ]
    )
    corrected, added = corrections.applied("1", demands, notes)
    assert [(demand.name, demand.condition, demand.looked_up_in) for demand in corrected] == [
        ("Giấy khai sinh", "", ()),
        ("Ảnh", "Nếu có", (DataSource.LAND,)),
    ]
    assert set(added) == {"Không yêu cầu.", "Đơn đề nghị"}
    assert corrections.unused == ("2",)


def test_a_result_satisfies_the_paper_it_is_but_not_a_demand_for_the_very_original() -> None:
    (rule,) = read_result_rules(
        [{"results": ["KQ.1"], "head": "^giay khai sinh", "not_in": "cap truoc day", "codes": ["1.1"], "reason": "x"}]
    )
    assert rule.matches(("Giấy khai sinh",), "Giấy khai sinh", "1.1")
    assert rule.matches(("Giấy tờ", "Giấy khai sinh"), "Giấy tờ hoặc giấy khai sinh", "1.1")
    assert not rule.matches(("Giấy khai sinh",), "Giấy khai sinh", "1.2")
    assert not rule.matches(("Giấy khai sinh",), "Giấy khai sinh được cấp trước đây", "1.1")
    assert not rule.matches(("Giấy khai sinh",), "Bản chính Giấy khai sinh", "1.1")
    assert rule.matches(("Giấy khai sinh",), "Bản chính hoặc bản sao Giấy khai sinh", "1.1")
    assert not rule.matches(("Giấy khai sinh",), "phải nộp lại Giấy khai sinh", "1.1")
    assert not rule.matches(("Giấy chứng sinh",), "Giấy chứng sinh", "1.1")


def test_a_class_of_paper_is_confined_to_the_fields_of_its_rule() -> None:
    (rule,) = read_paper_class_rules([{"class": "land-use-certificate", "head": "^giay", "fields": ["Đất đai"]}])
    assert rule.paper_class is PaperClass.LAND_USE_CERTIFICATE
    assert rule.matches("Giấy chứng nhận", "Đất đai")
    assert not rule.matches("Giấy chứng nhận", "Hộ tịch")


WAY = Way(Channel.COUNTER, TimeLimit(1, TimeUnit.WORKING_DAY), Fee(0, is_certain=True))
ONLINE_WAY = dataclasses.replace(WAY, channel=Channel.ONLINE)


def test_the_route_is_offline_without_an_online_way_and_undecided_when_nobody_has_said() -> None:
    rules = procedure_facts.read_route_rules([{"fields": ["Cư trú"], "route": "ministry-system", "basis": "x"}])
    assert procedure_facts.route("Cư trú", [WAY], rules) is Route.OFFLINE
    assert procedure_facts.route("Cư trú", [WAY, ONLINE_WAY], rules) is Route.MINISTRY_SYSTEM
    assert procedure_facts.route("Hộ tịch", [ONLINE_WAY], rules) is Route.UNDECIDED
    assert procedure_facts.route("Hộ tịch", [], rules) is Route.UNDECIDED


def test_flags_are_unknown_unless_the_page_says_so() -> None:
    anywhere = dataclasses.replace(WAY, note="Trực tiếp tại Công an cấp xã trong cả nước không phụ thuộc nơi cư trú.")
    verified = dataclasses.replace(WAY, note="cơ quan đăng ký cư trú phải tiến hành xác minh thông tin")
    assert procedure_facts.is_boundary_free([WAY]) is None
    assert procedure_facts.is_boundary_free([WAY, anywhere]) is True
    assert procedure_facts.may_come_without_appointment([WAY]) is None
    assert procedure_facts.may_come_without_appointment([verified]) is False


@pytest.mark.parametrize(
    ("text", "note", "limit"),
    [
        (
            None,
            "05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            TimeLimit(5, TimeUnit.WORKING_DAY, "05 ngày làm việc kể từ ngày nhận đủ hồ sơ", NOTE_OF_THE_PAGE),
        ),
        (None, "a) 02 ngày làm việc; b) 33 ngày làm việc", TimeLimit(None, TimeUnit.UNSTATED)),
        ("7 Ngày", "07 ngày làm việc, kể từ ngày nhận đủ hồ sơ", TimeLimit(7, TimeUnit.UNSTATED, "7 Ngày")),
        ("25 Ngày làm việc", "25 ngày kể từ ngày thẩm định", TimeLimit(25, TimeUnit.UNSTATED, "25 Ngày làm việc")),
        ("7 Ngày làm việc", "07 ngày làm việc", TimeLimit(7, TimeUnit.WORKING_DAY, "7 Ngày làm việc")),
        ("10 Ngày", "20 ngày làm việc đối với cây cần bảo tồn", TimeLimit(10, TimeUnit.CALENDAR_DAY, "10 Ngày")),
        ("1", "", TimeLimit(1, TimeUnit.UNSTATED, "1")),
    ],
)
def test_the_note_completes_a_blank_and_casts_doubt_on_a_contradiction(
    text: str | None, note: str, limit: TimeLimit
) -> None:
    assert read_time_limit(text, note) == limit


@pytest.mark.parametrize(
    ("text", "note", "amount", "is_certain", "per"),
    [
        ("Miễn phí", "(Miễn lệ phí. Phí cấp bản sao Trích lục kết hôn (nếu có yêu cầu) thực hiện theo quy định tại "
         "Thông tư số 281/2016/TT-BTC ngày 14/11/2016.)", 0, True, ""),
        ("Miễn phí", "(Miễn lệ phí cho người thuộc hộ nghèo; người khuyết tật.)", 0, False, ""),
        ("Miễn phí", "(Chưa quy định.)", 0, False, ""),
        ("Miễn phí", "(Không)", 0, True, ""),
        ("5,000 Việt Nam Đồng", "(nộp qua cổng dịch vụ công trực tuyến thu 7.000 đồng/lần đăng ký.)", 5000, False,
         "lần đăng ký"),
        ("10,000 Việt Nam Đồng", "(thu 10.000 đồng/lần đăng ký;)", 10000, True, "lần đăng ký"),
        ("10,000 Việt Nam Đồng", "(theo danh sách: 10.000 đồng/người/lần)", 10000, False, "người"),
        ("50,000 VNĐ", "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", 50000, False, ""),
        ("8,000 VNĐ", "(8.000 đồng/Văn bản xác nhận về một việc.)", 8000, False, "Văn bản xác nhận về một việc"),
        ("2,000 Việt Nam Đồng", "(2.000 đồng/trang; từ trang thứ 3 thu 1.000 đồng/trang)", 2000, False, "trang"),
        ("70,000 VNĐ", "(70.000 đồng/Giấy chứng nhận)", 70000, True, "Giấy chứng nhận"),
        ("40 Việt Nam Đồng", "(4.000 đ/giấy thông hành)", None, False, "giấy thông hành"),
    ],
)  # fmt: skip
def test_a_fee_is_believed_only_as_far_as_the_note_beside_it_agrees(
    text: str, note: str, amount: int | None, is_certain: bool, per: str
) -> None:
    assert read_fee(text, note) == Fee(amount, is_certain, text, per)
