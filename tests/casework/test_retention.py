# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.catalogue import Catalogue
from casework.retention import Retention, _rules, retention_of

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(("code", "until"), [("2.000884", dt.date(2028, 12, 31)), ("2.001035", dt.date(2046, 12, 31))])
def test_what_the_decree_says_is_kept_so_long_to_the_end_of_the_year(code: str, until: dt.date) -> None:
    assert retention_of(code, DAY) == Retention("NĐ 23/2015/NĐ-CP", until)


def test_nothing_is_decided_where_no_source_says_anything() -> None:
    assert retention_of("1.001193", DAY) == Retention("", None)


def test_a_day_at_the_end_of_february_has_its_years_too() -> None:
    assert retention_of("2.000884", dt.date(2028, 2, 29)).until == dt.date(2030, 12, 31)


def test_every_rule_is_about_a_certification_of_the_catalogue() -> None:
    catalogue = Catalogue.shipped()
    assert {catalogue.get(code).field for code in _rules()} == {"Chứng thực"}
