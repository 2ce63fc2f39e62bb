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
from casework.packs.sets import asked_in_every_set
from casework.packs.substitutes import read_paper_class_rules, read_result_rules
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


def test_a_line_of_two_papers_is_taken_apart_and_the_second_stands_as_the_correction_says() -> None:
    demands, notes = read_papers(
        page(("--", "Dự thảo giao dịch. Trong trường hợp có tài sản thì nộp bản sao giấy A", 1))
    )
    second = {"head": "Bản sao giấy A", "condition": "Trường hợp có tài sản", "originals": 0, "copies": 1}
    entry = {"code": "1", "paper": "Dự thảo", "split_before": "Trong trường", "split_off": second, "reason": "x"}
    corrected, _ = Corrections([entry]).applied("1", demands, notes)
    assert [(item.head, item.condition, item.originals, item.copies) for item in corrected] == [
        ("Dự thảo giao dịch", "", 1, 0),
        ("Bản sao giấy A", "Trường hợp có tài sản", 0, 1),
    ]
    assert [item.name.split()[0] for item in corrected] == ["Dự", "Trong"]
    with pytest.raises(ValueError, match="haed"):
        Corrections([{**entry, "split_off": {"haed": "x"}}])


MOVE, LEASE = "Trường hợp chuyển đến", "Trường hợp thuê nhà"


def standing(*lines: tuple[str, str, int | None]) -> list[tuple[str, str, bool]]:
    demands, _ = read_papers(page(*lines))
    return [(item.head, item.condition, bool(item.alternatives)) for item in asked_in_every_set(demands)]


def test_what_stands_in_every_set_is_asked_of_everybody_once() -> None:
    lines = ((MOVE, "(1) Tờ khai.", 1), (MOVE, "Giấy A", 1), (LEASE, "2) Tờ khai", 1), (LEASE, "Hợp đồng", 1))
    assert standing(*lines) == [("Tờ khai", "", False), ("Giấy A", MOVE, False), ("Hợp đồng", LEASE, False)]


def test_what_each_set_says_otherwise_about_the_same_paper_is_kept() -> None:
    lines = ((MOVE, "Tờ khai cư trú theo mẫu", 1), (LEASE, "Tờ khai cư trú theo mẫu, của từng người", 1))
    assert standing(*lines) == [("Tờ khai cư trú", "", True), ("Tờ khai cư trú", LEASE, True)]


@pytest.mark.parametrize(
    "lines",
    [
        ((MOVE, "Tờ khai", 1), (LEASE, "Đơn", 1)),
        ((MOVE, "Tờ khai", 1), (MOVE, "Tờ khai khác", 1)),
        ((MOVE, "Bản sao giấy A đối với người nước ngoài", 1), (LEASE, "Bản sao giấy A đối với người nước ngoài", 1)),
        ((MOVE, "Tờ khai (nếu có)", 1), (LEASE, "Tờ khai (nếu có)", 1)),
        ((MOVE, "Tờ khai", 1), ("Trường hợp ủy quyền thực hiện thủ tục", "Tờ khai", 1)),
    ],
)
def test_nothing_is_asked_of_everybody_that_some_set_lacks_or_names_for_some(
    lines: tuple[tuple[str, str, int], ...],
) -> None:
    assert all(condition for _, condition, _ in standing(*lines))


def test_cases_beside_something_asked_of_everybody_need_not_be_all_there_are() -> None:
    lines = (("--", "Đơn", 1), (MOVE, "Giấy A", 1), (LEASE, "Giấy A", 1))
    assert standing(*lines) == [("Đơn", "", False), ("Giấy A", MOVE, False), ("Giấy A", LEASE, False)]


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


def test_who_may_ask_is_not_torn_within_brackets() -> None:
    words = "Tổ chức (không bao gồm doanh nghiệp, HTX), Công dân Việt Nam, Cán bộ, công chức, viên chức"
    assert procedure_facts.subjects({"subjects": words}) == (
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Công dân Việt Nam",
        "Cán bộ, công chức, viên chức",
    )
