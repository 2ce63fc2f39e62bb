# SPDX-License-Identifier: GPL-3.0-or-later
"""What the counter reads in the catalogue; the four commonest procedures are compared word by word with their pages."""

from __future__ import annotations

import pytest

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.records.paper import PaperClass
from casework.records.procedure import Channel, Duty, Fee, Procedure, TimeLimit, TimeUnit

SUBMIT, PRESENT = Duty.SUBMIT, Duty.PRESENT
COUNTER, ONLINE, POST = Channel.COUNTER, Channel.ONLINE, Channel.POST
NO_RESIDENCE_DATA = (
    "Trường hợp cơ quan đăng ký hộ tịch không thể khai thác được thông tin về nơi cư trú của công dân theo các phương "
    "thức quy định tại khoản 2 Điều 14 Nghị định số 104/2022/NĐ-CP ngày 21/12/2022 của Chính phủ"
)
Row = tuple[str, Duty, str, list[PaperClass], list[Channel]]
IDENTITY: Row = ("Giấy tờ tùy thân", PRESENT, "", [PaperClass.IDENTITY_CARD], [])
CT07 = [PaperClass.RESIDENCE_CONFIRMATION]
ATTORNEY = [PaperClass.POWER_OF_ATTORNEY]
RESIDENCE: Row = ("Giấy tờ có giá trị chứng minh thông tin về cư trú", PRESENT, NO_RESIDENCE_DATA, CT07, [])


def rows(procedure: Procedure) -> list[Row]:
    return [
        (item.short_name, item.duty, item.condition, list(item.paper_classes), list(item.channels))
        for item in procedure.requirements
    ]


def at(procedure: Procedure, channel: Channel = COUNTER) -> list[str]:
    return [item.short_name for item in procedure.requirements if item.is_asked_through(channel)]


def test_birth_registration(catalogue: Catalogue) -> None:
    procedure = catalogue.get("1.001193")
    assert (procedure.name, procedure.field, procedure.legal_basis) == (
        "Thủ tục đăng ký khai sinh",
        "Hộ tịch",
        "163/QĐ-BTP",
    )
    assert [(result.code, result.name) for result in procedure.results] == [("KQ.G15.000031", "Giấy khai sinh")]
    assert rows(procedure) == [
        (
            "Tờ khai đăng ký khai sinh",
            SUBMIT,
            "",
            [PaperClass.BIRTH_REGISTRATION_DECLARATION],
            [COUNTER, POST],
        ),
        ("Giấy chứng sinh", SUBMIT, "", [PaperClass.BIRTH_PROOF], []),
        IDENTITY,
        ("Biên bản về việc trẻ bị bỏ rơi", SUBMIT, "Trường hợp trẻ em bị bỏ rơi", [], []),
        ("Văn bản ủy quyền", SUBMIT, "Trường hợp ủy quyền thực hiện việc đăng ký khai sinh", ATTORNEY, []),
        (
            "Văn bản xác nhận của cơ sở y tế đã thực hiện kỹ thuật hỗ trợ sinh sản…",
            SUBMIT,
            "Trường hợp khai sinh cho trẻ em sinh ra do mang thai hộ",
            [],
            [],
        ),
        RESIDENCE,
        ("Mẫu hộ tịch điện tử tương tác đăng ký khai sinh", SUBMIT, "", [], [ONLINE]),
    ]
    assert procedure.requirements[1].name == (
        "Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản của người làm chứng xác nhận về việc "
        "sinh; nếu không có người làm chứng thì phải có giấy cam đoan về việc sinh."
    )
    assert [item.requirement_id for item in procedure.requirements][:2] == ["1.001193/01", "1.001193/02"]
    assert all((item.originals, item.copies) == (1, 0) for item in procedure.requirements)
    assert len(procedure.notes) == 21
    assert not any(note.endswith(":") for note in procedure.notes)
    way = procedure.way(COUNTER)
    assert way is not None
    assert way.time_limit == TimeLimit(1, TimeUnit.UNSTATED, "1")
    assert not way.time_limit.is_certain
    assert way.fee == Fee(0, is_certain=False, source_text="Miễn phí"), "free only when registered in time"


def test_confirmation_of_marital_status(catalogue: Catalogue) -> None:
    procedure = catalogue.get("1.004873")
    assert rows(procedure) == [
        (
            "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
            SUBMIT,
            "",
            [PaperClass.MARITAL_STATUS_DECLARATION],
            [COUNTER, POST],
        ),
        IDENTITY,
        (
            "Giấy xác nhận tình trạng hôn nhân đã được cấp trước đó",
            SUBMIT,
            "Trường hợp cá nhân yêu cầu cấp lại Giấy xác nhận tình trạng hôn nhân để sử dụng vào mục đích khác hoặc do "
            "Giấy xác nhận tình trạng hôn nhân đã hết thời hạn sử dụng theo quy định",
            [PaperClass.MARITAL_STATUS_CONFIRMATION],
            [],
        ),
        (
            "Văn bản ủy quyền",
            SUBMIT,
            "Trường hợp ủy quyền thực hiện việc cấp Giấy xác nhận tình trạng hôn nhân",
            ATTORNEY,
            [],
        ),
        RESIDENCE,
        ("Mẫu điện tử tương tác cấp Giấy xác nhận tình trạng hôn nhân", SUBMIT, "", [], [ONLINE]),
    ]
    way = procedure.way(COUNTER)
    assert way is not None
    assert way.time_limit == TimeLimit(3, TimeUnit.UNSTATED, "3")
    assert way.fee == Fee(0, is_certain=False, source_text="Miễn phí")
    assert way.note.startswith("(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh")


def test_copy_of_a_civil_status_extract(catalogue: Catalogue) -> None:
    procedure = catalogue.get("2.000635")
    assert rows(procedure) == [
        (
            "Tờ khai đề nghị bản sao Trích lục hộ tịch",
            SUBMIT,
            "",
            [PaperClass.CIVIL_STATUS_COPY_REQUEST],
            [COUNTER, POST],
        ),
        IDENTITY,
        (
            "Văn bản ủy quyền",
            SUBMIT,
            "Trường hợp ủy quyền thực hiện yêu cầu cấp bản sao Trích lục hộ tịch",
            ATTORNEY,
            [],
        ),
        RESIDENCE,
        ("Mẫu điện tử tương tác yêu cầu cấp bản sao Giấy khai sinh, bản sao…", SUBMIT, "", [], [ONLINE]),
    ]
    way = procedure.way(COUNTER)
    assert way is not None
    assert (way.time_limit.amount, way.time_limit.unit) == (0, TimeUnit.WORKING_DAY)
    assert way.time_limit.legal_basis == "Luật Hộ tịch 60/2014/QH13"
    assert way.fee == Fee(8000, is_certain=False, source_text="8,000 VNĐ", per="bản")


def test_certified_copy(catalogue: Catalogue) -> None:
    procedure = catalogue.get("2.000815")
    assert rows(procedure) == [
        ("Bản chính giấy tờ, văn bản làm cơ sở để chứng thực bản sao và bản sao…", PRESENT, "", [], []),
    ]
    assert [way.fee.source_text for way in procedure.ways_through(COUNTER)] == ["2,000 Việt Nam Đồng", "10 USD"]
    way = procedure.way(COUNTER)
    assert way is not None
    assert way.fee == Fee(2000, is_certain=False, source_text="2,000 Việt Nam Đồng", per="trang")
    assert way.time_limit.legal_basis == "NĐ 23/2015/NĐ-CP Điều 7"
    assert (procedure.way(ONLINE), procedure.notes) == (None, ())


def test_marriage_asks_for_no_proof_that_the_office_looks_up_itself(catalogue: Catalogue) -> None:
    assert at(catalogue.get("1.000894")) == [
        "Tờ khai đăng ký kết hôn",
        "Giấy tờ tùy thân",
        "Giấy tờ có giá trị chứng minh thông tin về cư trú",
    ]


def test_a_page_that_mixed_up_online_and_paper_is_corrected(catalogue: Catalogue) -> None:
    assert at(catalogue.get("1.004772"))[0] == "Tờ khai đăng ký khai sinh"
    assert at(catalogue.get("1.000893"))[0] == "Tờ khai đăng ký khai sinh"


def test_papers_of_which_one_is_enough_share_a_name(catalogue: Catalogue) -> None:
    proofs = [item for item in catalogue.get("1.001022").requirements if item.alternatives]
    assert {item.alternatives for item in proofs} == {"proof-of-parentage"}
    assert [item.condition for item in proofs] == ["", "Trường hợp không có văn bản nêu trên"]


def test_a_case_named_by_the_heading_is_the_condition(catalogue: Catalogue) -> None:
    conditions = {item.condition for item in catalogue.get("1.010038").requirements}
    assert conditions == {
        "",
        "Trường hợp thành viên hộ gia đình đăng ký tách hộ là vợ, chồng đã ly hôn mà vẫn được ở cùng chỗ ở hợp pháp",
        "Tách hộ để đăng ký thường trú tại cùng một chỗ ở hợp pháp",
    }


def test_a_building_permit_asks_for_papers_by_kind_of_building(catalogue: Catalogue) -> None:
    requirements = catalogue.get("1.013225").requirements
    conditions = {item.condition.split(";")[0] for item in requirements} - {""}
    assert len(conditions) == 7
    assert "Đối với công trình nhà ở riêng lẻ" in conditions
    assert [item.short_name for item in requirements if not item.condition] == ["Đơn đề nghị cấp giấy phép xây dựng"]


def test_a_land_certificate_satisfies_what_the_pages_call_it(catalogue: Catalogue) -> None:
    for code in ("2.001035", "1.012796", "1.013225"):
        classes = {kind for item in catalogue.get(code).requirements for kind in item.paper_classes}
        assert PaperClass.LAND_USE_CERTIFICATE in classes


@pytest.mark.parametrize(
    ("code", "satisfied_by"),
    [
        ("1.000656", {PaperClass.DEATH_REGISTRATION_DECLARATION, PaperClass.DEATH_NOTICE}),
        ("1.013225", {PaperClass.BUILDING_PERMIT_APPLICATION}),
    ],
)
def test_a_form_that_is_recognised_satisfies_the_demand_for_it(
    catalogue: Catalogue, code: str, satisfied_by: set[PaperClass]
) -> None:
    assert satisfied_by <= {kind for item in catalogue.get(code).requirements for kind in item.paper_classes}


def test_customs_and_tax_are_kept_but_not_offered_at_the_counter(catalogue: Catalogue) -> None:
    procedures = [catalogue.get(code) for code in catalogue.codes]
    hidden = [procedure for procedure in procedures if not procedure.offered_at_counter]
    assert (len(procedures), len(hidden)) == (588, 235)
    assert {procedure.field for procedure in hidden} == {"Hải quan", "Thuế"}


def test_what_nobody_may_demand_is_in_no_counter_procedure(catalogue: Catalogue) -> None:
    for code in catalogue.codes:
        for item in catalogue.get(code).requirements:
            assert "Sổ hộ khẩu của" not in item.name


def test_only_procedures_whose_pages_list_no_paper_ask_for_none_and_say_why(catalogue: Catalogue) -> None:
    """Social insurance pages list nothing; 2.001159 is a mere notice; 6.001435 says that nothing is laid down."""
    offered = [catalogue.get(code) for code in catalogue.codes if catalogue.get(code).offered_at_counter]
    empty = {procedure.code for procedure in offered if not procedure.requirements}
    assert {code for code in empty if "BH" not in catalogue.get(code).field} == {"2.001159", "6.001435"}
    assert len(empty) == 24
    for procedure in offered:
        assert bool(procedure.no_papers_because) == (not procedure.requirements), procedure.code
        assert procedure.requirements == () or at(procedure), procedure.code


def test_the_form_names_and_glued_digits_of_the_pages_are_gone(catalogue: Catalogue) -> None:
    for code in catalogue.codes:
        procedure = catalogue.get(code)
        for item in procedure.requirements if procedure.offered_at_counter else ():
            assert not item.name.endswith((".doc", ".docx", ".pdf"))
            assert item.originals <= 9
            assert 0 < len(item.short_name) <= 72
            assert item.short_name.rstrip("…").lower()[:12] in item.name.lower()
    declaration = catalogue.get("1.012796").requirements[0]
    assert declaration.name.endswith("theo Mẫu số 18")
    assert declaration.originals == 1


def test_an_unknown_procedure_is_a_known_error(catalogue: Catalogue) -> None:
    with pytest.raises(KnownError) as caught:
        catalogue.get("9.999999")
    assert caught.value.code == "procedure-unknown"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("khai sinh", "1.001193"),
        ("Khai Sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI SINH", "1.001193"),
        ("khai si", "1.001193"),
        ("ks", "1.001193"),
        ("dkks", "1.001193"),
        ("khia sinh", "1.001193"),
        ("khai sihn", "1.001193"),
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("001193", "1.001193"),
        ("kết hôn", "1.000894"),
        ("kh", "1.000656"),
        ("khai tử", "1.000656"),
        ("tinh trang hon nhan", "1.004873"),
        ("ban sao trich luc", "2.000635"),
        ("chung thuc ban sao", "2.000815"),
        ("thuong tru", "1.004222"),
        ("khai sinh nuoc ngoai", "2.000528"),
        ("tach ho", "1.010038"),
        ("ho tich xac nhan", "2.002516"),
        ("khai sinh luu dong ho tich", "1.003583"),
    ],
)
def test_a_procedure_is_found_as_a_clerk_types_it(query: str, first: str, catalogue: Catalogue) -> None:
    assert catalogue.find(query, 5)[0].code == first


def test_what_the_counter_offers_comes_first_and_a_limit_is_kept(catalogue: Catalogue) -> None:
    found = catalogue.find("dang ky", 600)
    offered = [procedure.offered_at_counter for procedure in found]
    assert offered == sorted(offered, reverse=True)
    assert not all(offered)
    assert len(catalogue.find("dang ky", 3)) == 3


def test_among_equal_matches_the_recently_used_comes_first(catalogue: Catalogue) -> None:
    assert catalogue.find("khai sinh", 1, recent=["2.000528", "1.003583"])[0].code == "2.000528"
    assert [item.code for item in catalogue.find("", 2, recent=["2.000528", "1.003583"])] == ["2.000528", "1.003583"]
    assert catalogue.find("kết hôn", 1, recent=["1.001193"])[0].code == "1.000894"


@pytest.mark.parametrize("query", ["zzzz qqq", "9.999999", "!!!zzz"])
def test_nothing_is_found_when_nothing_matches(query: str, catalogue: Catalogue) -> None:
    assert catalogue.find(query) == ()
