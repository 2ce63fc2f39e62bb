# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.records.kept_paper import AcceptedReuse, KeptPaper, ReuseSource
from casework.records.paper import PaperClass, PaperForm
from casework.records.person import Person
from casework.records.procedure import Channel, DataSource, Duty, Procedure, Requirement
from casework.reuse.offers import MatchedBy, ReuseOffer, accept, may_be_shown_to, reuse_offers
from casework.reuse.validity import Standing

TODAY = dt.date(2026, 11, 22)
HOA = Person("p1", "Nguyễn Thị Hoa", id_number="038190000001", former_id_number="171234567")
MARRIAGE = PaperClass.MARRIAGE_CERTIFICATE
BIRTH_RESULT = "KQ.G15.000031"

Local = Callable[[str], dt.datetime]


def kept(kept_id: str = "k", **changes: Any) -> KeptPaper:
    values: dict[str, Any] = {
        "source": ReuseSource.OWN_DOSSIER,
        "owner_number": "038190000001",
        "owner_name": "Nguyễn Thị Hoa",
        "title": "Giấy chứng nhận kết hôn",
        "paper_class": MARRIAGE,
        "object_id": "o",
    } | changes
    return KeptPaper(kept_id=kept_id, **values)


def requirement(**changes: Any) -> Requirement:
    values: dict[str, Any] = {
        "requirement_id": "p/01",
        "name": "Giấy chứng nhận kết hôn",
        "short_name": "Giấy chứng nhận kết hôn",
        "duty": Duty.SUBMIT,
        "originals": 1,
        "copies": 0,
        "paper_classes": (MARRIAGE,),
        "replaced_by": ("KQ.G15.000032",),
    } | changes
    return Requirement(**values)


def offer(asked: Requirement, *papers: KeptPaper, person: Person = HOA) -> ReuseOffer:
    procedure: Procedure = replace(Catalogue.shipped().get("1.001193"), requirements=(asked,))
    (only,) = reuse_offers(person, procedure, Channel.COUNTER, papers, TODAY)
    return only


def names(found: ReuseOffer) -> list[str]:
    return [item.kept.kept_id for item in found.papers]


def test_a_paper_of_an_earlier_dossier_is_offered_by_its_class() -> None:
    found = offer(requirement(), kept())
    (candidate,) = found.papers
    assert (candidate.requirement_id, candidate.matched_by) == ("p/01", MatchedBy.PAPER_CLASS)
    assert candidate.kept.source is ReuseSource.OWN_DOSSIER
    assert not candidate.must_be_fetched
    assert (found.databases, found.expired) == ((), ())


def test_a_result_that_replaces_the_paper_is_offered_by_its_code() -> None:
    result = kept(
        source=ReuseSource.OWN_RESULT, paper_class=PaperClass.UNKNOWN, result_code="KQ.G15.000032", object_id=None
    )
    (candidate,) = offer(requirement(), result).papers
    assert candidate.matched_by is MatchedBy.RESULT_CODE
    assert candidate.must_be_fetched


@pytest.mark.parametrize(
    "paper",
    [
        kept(paper_class=PaperClass.UNKNOWN),
        kept(paper_class=PaperClass.LAND_USE_CERTIFICATE),
        kept(paper_class=PaperClass.UNKNOWN, result_code=BIRTH_RESULT),
    ],
)
def test_what_does_not_fit_is_not_offered(paper: KeptPaper) -> None:
    assert offer(requirement(), paper).papers == ()


def test_an_unknown_class_and_an_empty_code_fit_nothing() -> None:
    asked = requirement(paper_classes=(PaperClass.UNKNOWN,), replaced_by=("",))
    assert offer(asked, kept(paper_class=PaperClass.UNKNOWN)).papers == ()


def test_the_same_requirement_of_an_earlier_dossier_fits_without_a_class() -> None:
    asked = requirement(name="Giấy khám sức khỏe", paper_classes=(), replaced_by=())
    paper = kept(
        title="Giấy khám sức khỏe",
        paper_class=PaperClass.UNKNOWN,
        satisfied="GIẤY KHÁM SỨC KHỎE",
        issued_on=dt.date(2026, 9, 1),
    )
    (candidate,) = offer(asked, paper).papers
    assert candidate.matched_by is MatchedBy.SAME_REQUIREMENT
    assert offer(asked, replace(paper, satisfied="")).papers == ()
    assert offer(asked, replace(paper, satisfied="Giấy khám")).papers == ()


@pytest.mark.parametrize(
    "name",
    [
        "Tờ khai đăng ký kết hôn",
        "Đơn đề nghị",
        "Mẫu hộ tịch điện tử tương tác",
        "Phiếu lý lịch",
        "Giấy đề nghị đăng ký",
        "Văn bản đề nghị",
        "Giấy ủy quyền",
        "Văn bản uỷ quyền",
        "Văn bản cam đoan",
        "Dự thảo giao dịch",
    ],
)
def test_what_is_stated_for_one_dossier_is_stated_anew_for_the_next(name: str) -> None:
    asked = requirement(name=name)
    assert offer(asked, kept(), kept("same", satisfied=name)).papers == ()
    assert names(offer(asked, kept("result", result_code="KQ.G15.000032"))) == ["result"]


def test_an_authorisation_is_not_reused() -> None:
    assert offer(requirement(is_for_delegation=True), kept()).papers == ()


def test_a_card_that_is_presented_shows_who_stands_there_and_a_scan_does_not() -> None:
    card = kept(paper_class=PaperClass.IDENTITY_CARD)
    asked = requirement(paper_classes=(PaperClass.IDENTITY_CARD,))
    assert offer(replace(asked, duty=Duty.PRESENT), card).papers == ()
    assert names(offer(asked, card)) == ["k"]
    assert names(offer(requirement(duty=Duty.PRESENT), kept())) == ["k"]


def test_what_the_office_looks_up_itself_is_offered_beside_papers() -> None:
    found = offer(requirement(looked_up_in=(DataSource.CIVIL_STATUS, DataSource.POPULATION)), kept())
    assert found.databases == (DataSource.CIVIL_STATUS, DataSource.POPULATION)
    assert names(found) == ["k"]


def test_candidates_come_best_first_in_whatever_order_they_are_known() -> None:
    code = "KQ.G15.000032"
    confirmation = PaperClass.MARITAL_STATUS_CONFIRMATION
    papers = [
        kept("1", source=ReuseSource.OWN_RESULT, result_code=code),
        kept("2", source=ReuseSource.NATIONAL_STORE, result_code=code),
        kept("3", result_code=code),
        kept("4", signature_level="B-B", issued_on=dt.date(2026, 1, 2)),
        kept("5", signature_level="B-T", issued_on=dt.date(2026, 1, 1)),
        kept("6", signature_level="B-B", form=PaperForm.CERTIFIED_COPY, issued_on=dt.date(2026, 1, 2)),
        kept("7", signature_level="B-B", form=PaperForm.PHOTOCOPY, issued_on=dt.date(2026, 1, 2)),
        kept("8", issued_on=dt.date(2026, 1, 2)),
        kept("9", source=ReuseSource.OWN_RESULT, paper_class=confirmation, result_code=code),
    ]
    asked = requirement(paper_classes=(MARRIAGE, confirmation))
    for order in itertools.islice(itertools.permutations(papers), 0, 362880, 40009):
        found = offer(asked, *order)
        assert names(found) == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
        assert found.papers[-1].validity.standing is Standing.UNCERTAIN


def test_an_expired_paper_is_shown_as_such_and_not_offered() -> None:
    old = kept(paper_class=PaperClass.MARITAL_STATUS_CONFIRMATION, issued_on=dt.date(2026, 5, 21))
    found = offer(requirement(paper_classes=(PaperClass.MARITAL_STATUS_CONFIRMATION,)), old)
    assert found.papers == ()
    assert [item.kept.kept_id for item in found.expired] == ["k"]


def test_another_persons_paper_is_never_shown() -> None:
    other = kept("other", owner_number="038190000002", owner_name="Nguyễn Thị Hoa")
    expired = replace(other, valid_until=dt.date(2020, 1, 1))
    found = offer(requirement(), other, expired)
    assert (found.papers, found.expired) == ((), ())


def test_a_childs_birth_certificate_is_shown_to_a_parent_only_when_the_link_is_on_record() -> None:
    child = kept(
        owner_number="038226000009",
        owner_name="Nguyễn Văn An",
        paper_class=PaperClass.UNKNOWN,
        result_code=BIRTH_RESULT,
    )
    asked = requirement(replaced_by=(BIRTH_RESULT,))
    assert offer(asked, child).papers == ()
    assert names(offer(asked, replace(child, linked_numbers=frozenset({"038190000001"})))) == ["k"]
    assert offer(asked, replace(child, linked_numbers=frozenset({"038190000002"}))).papers == ()


@pytest.mark.parametrize(
    ("person", "owner_number", "owner_name", "is_shown"),
    [
        (HOA, "038190000001", "", True),
        (HOA, "171234567", "Nguyễn Thị Hoa", True),
        (HOA, "171234567", "NGUYỄN THỊ HOA", True),
        # Nine digits were given out twice in different provinces, and "Hoa" is not "Hòa".
        (HOA, "171234567", "Trần Văn Bình", False),
        (HOA, "171234567", "Nguyễn Thị Hòa", False),
        (Person("p", "Anna Schmidt", id_number="C01X00T47"), "C01X00T47", "ANNA SCHMIDT", True),
        (Person("p", "Anna Schmidt", id_number="C01X00T47"), "C01X00T47", "Paul Meier", False),
        (Person("p", "Nguyễn Thị Hoa"), "", "Nguyễn Thị Hoa", False),
        (Person("p", "Nguyễn Thị Hoa", id_number=""), "", "Nguyễn Thị Hoa", False),
    ],
)
def test_whose_paper_it_is(person: Person, owner_number: str, owner_name: str, is_shown: bool) -> None:
    assert may_be_shown_to(person, kept(owner_number=owner_number, owner_name=owner_name)) is is_shown


def test_a_number_that_is_not_unique_opens_no_linked_paper() -> None:
    child = kept(owner_number="038226000009", owner_name="Nguyễn Thị Hoa", linked_numbers=frozenset({"171234567", ""}))
    assert not may_be_shown_to(HOA, child)
    assert not may_be_shown_to(Person("p", "Nguyễn Thị Hoa", id_number=""), child)


def test_every_requirement_of_the_channel_gets_its_offer_in_catalogue_order(catalogue: Catalogue) -> None:
    procedure = catalogue.get("1.001193")
    for channel in Channel:
        asked = [item.requirement_id for item in procedure.requirements if item.is_asked_through(channel)]
        offers = reuse_offers(HOA, procedure, channel, [], TODAY)
        assert [item.requirement.requirement_id for item in offers] == asked


def test_an_accepted_paper_is_put_on_record_without_personal_data(local: Local) -> None:
    (candidate,) = offer(requirement(), kept(source=ReuseSource.OWN_RESULT, result_code="KQ.G15.000032")).papers
    accepted = accept(candidate, "d2", "lan", local("2026-11-22 09:00"))
    assert accepted == AcceptedReuse(
        "d2", "p/01", ReuseSource.OWN_RESULT, "k", "KQ.G15.000032", "lan", local("2026-11-22 09:00")
    )
    assert "Hoa" not in repr(accepted)
    assert "038190000001" not in repr(accepted)


def test_a_paper_of_uncertain_validity_is_used_only_after_a_look(local: Local) -> None:
    confirmation = PaperClass.MARITAL_STATUS_CONFIRMATION
    (candidate,) = offer(requirement(paper_classes=(confirmation,)), kept(paper_class=confirmation)).papers
    with pytest.raises(KnownError, match="kept-paper-validity-unconfirmed"):
        accept(candidate, "d2", "lan", local("2026-11-22 09:00"))
    assert accept(candidate, "d2", "lan", local("2026-11-22 09:00"), is_validity_confirmed=True).kept_id == "k"


def test_an_expired_paper_is_used_by_nobody(local: Local) -> None:
    (candidate,) = offer(requirement(), kept(valid_until=dt.date(2026, 11, 21))).expired
    with pytest.raises(KnownError, match="kept-paper-expired"):
        accept(candidate, "d2", "lan", local("2026-11-22 09:00"), is_validity_confirmed=True)


def test_what_an_office_has_issued_stands_in_wherever_the_shipped_catalogue_says_so(catalogue: Catalogue) -> None:
    replaced = 0
    for procedure in map(catalogue.get, catalogue.codes):
        for asked in procedure.requirements:
            for code in asked.replaced_by:
                issued = kept(source=ReuseSource.OWN_RESULT, result_code=code)
                assert [item.matched_by for item in offer(asked, issued).papers] == [MatchedBy.RESULT_CODE]
                replaced += 1
    assert replaced > 80
