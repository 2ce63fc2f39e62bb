# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from casework.catalogue import Catalogue
from casework.sensitive_fields import SENSITIVE_FIELDS, SensitiveField, is_sensitive


def test_the_sensitive_fields_are_named_as_in_the_catalogue(catalogue: Catalogue) -> None:
    named = {catalogue.get(code).field for code in catalogue.codes}
    assert set(SENSITIVE_FIELDS) == set(SensitiveField)
    for sensitive in set(SensitiveField) - {SensitiveField.HEALTH}:
        assert SENSITIVE_FIELDS[sensitive] <= named
    assert SENSITIVE_FIELDS[SensitiveField.HEALTH]
    assert sum(map(len, SENSITIVE_FIELDS.values())) == len(frozenset().union(*SENSITIVE_FIELDS.values()))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Đất đai", True),
        ("Hoạt động xây dựng", True),
        ("Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)", True),
        ("Y tế dự phòng", True),
        ("Hộ tịch", False),
        ("", False),
    ],
)
def test_land_construction_business_and_health_are_sensitive(field: str, expected: bool) -> None:
    assert is_sensitive(field) is expected
