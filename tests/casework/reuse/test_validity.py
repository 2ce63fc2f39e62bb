# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.records.kept_paper import KeptPaper, ReuseSource
from casework.records.paper import PaperClass
from casework.reuse.validity import VALIDITY_RULES, Standing, Validity, validity

DAY = dt.date.fromisoformat
MARITAL = PaperClass.MARITAL_STATUS_CONFIRMATION


def kept(
    title: str = "Giấy tờ",
    paper_class: PaperClass = PaperClass.UNKNOWN,
    issued: str | None = None,
    valid_until: str | None = None,
    result_code: str = "",
) -> KeptPaper:
    return KeptPaper(
        kept_id="k",
        source=ReuseSource.OWN_DOSSIER,
        owner_number="038190000001",
        owner_name="Nguyễn Thị Hoa",
        title=title,
        paper_class=paper_class,
        result_code=result_code,
        issued_on=DAY(issued) if issued else None,
        valid_until=DAY(valid_until) if valid_until else None,
    )


@pytest.mark.parametrize(
    "paper",
    [
        kept("x", MARITAL, "2026-05-22"),
        kept("x", issued="2026-05-22", result_code="KQ.G15.000038"),
        kept("Giấy xác nhận tình trạng hôn nhân", issued="2026-05-22"),
        kept("GIẤY KHÁM SỨC KHỎE", issued="2026-05-22"),
        kept("Giấy chứng nhận sức khoẻ", issued="2026-05-22"),
        kept("Phiếu khám sức khoẻ", issued="2026-05-22"),
    ],
)
def test_what_is_believed_for_six_months_ends_on_the_corresponding_day(paper: KeptPaper) -> None:
    assert validity(paper, DAY("2026-11-22")).standing is Standing.VALID
    expired = validity(paper, DAY("2026-11-23"))
    assert (expired.standing, expired.until) == (Standing.EXPIRED, DAY("2026-11-22"))
    assert expired.legal_basis


def test_other_papers_do_not_age() -> None:
    assert validity(kept("Giấy khai sinh", issued="1990-01-01"), DAY("2026-11-22")) == Validity(Standing.VALID)
    assert validity(kept("Giấy chứng nhận kết hôn"), DAY("2026-11-22")) == Validity(Standing.VALID)


@pytest.mark.parametrize(
    ("on", "standing"),
    [("2026-11-21", Standing.VALID), ("2026-11-22", Standing.VALID), ("2026-11-23", Standing.EXPIRED)],
)
def test_the_last_day_that_a_paper_states_is_a_day_on_which_it_counts(on: str, standing: Standing) -> None:
    assert validity(kept("Thẻ", valid_until="2026-11-22"), DAY(on)) == Validity(standing, DAY("2026-11-22"))


@pytest.mark.parametrize(
    ("valid_until", "until", "has_basis"),
    [("2026-08-01", "2026-08-01", False), ("2027-01-01", "2026-11-22", True), ("2026-11-22", "2026-11-22", False)],
)
def test_of_the_papers_own_last_day_and_the_laws_the_earlier_one_counts(
    valid_until: str, until: str, has_basis: bool
) -> None:
    stands = validity(kept("x", MARITAL, "2026-05-22", valid_until), DAY("2026-07-01"))
    assert (stands.until, bool(stands.legal_basis)) == (DAY(until), has_basis)


def test_without_a_day_of_issue_a_person_has_to_look() -> None:
    assert validity(kept("x", MARITAL), DAY("2026-11-22")).standing is Standing.UNCERTAIN
    assert validity(kept("x", MARITAL, valid_until="2026-11-21"), DAY("2026-11-22")).standing is Standing.EXPIRED


@pytest.mark.parametrize("paper_class", [MARITAL, PaperClass.UNKNOWN])
def test_a_paper_from_the_future_was_misread(paper_class: PaperClass) -> None:
    paper = kept("x", paper_class, "2026-11-23")
    assert validity(paper, DAY("2026-11-22")).standing is Standing.UNCERTAIN
    assert validity(paper, DAY("2026-11-23")).standing is Standing.VALID


def test_no_rule_claims_to_be_certain_that_was_not_seen() -> None:
    assert not any(rule.is_certain for rule in VALIDITY_RULES)
