# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose phone and account a dossier carries: never a helper's in place of the applicant's.

What looks odd is shown to the clerk and blocks nothing: families share a phone, and a broker is not proven by a number.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterable
from typing import Final

from casework.records.participation import Part, Participation
from casework.records.person import Person

_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_COUNTRY: Final = "84"
_NATIONAL_LENGTH: Final = 9


class Notice(enum.StrEnum):
    """What the clerk should look at; the order is that in which notices are given."""

    SAME_ID_NUMBER = "same-id-number"
    SAME_PHONE = "same-phone"
    HELPER_HANDS_IN = "helper-hands-in"
    HELPER_PHONE = "helper-phone"
    HELPER_ACCOUNT = "helper-account"
    NO_CONTACT = "no-contact"


def notices(
    applicant: Person, submitter: Person, participations: Iterable[Participation], account: str = ""
) -> tuple[Notice, ...]:
    """Give what looks odd about the people of a dossier.

    Args:
        applicant: Chủ hồ sơ.
        submitter: Người nộp; the applicant himself when he hands in.
        participations: Everybody who takes part.
        account: The account that stands for the applicant, or empty.
    """
    helpers = [taking for taking in participations if taking.part is Part.HELPER]
    is_other = applicant.person_id != submitter.person_id
    phone = comparable_phone(applicant.phone)
    seen = {
        Notice.SAME_ID_NUMBER: is_other and bool(applicant.id_number) and applicant.id_number == submitter.id_number,
        Notice.SAME_PHONE: is_other and bool(phone) and phone == comparable_phone(submitter.phone),
        Notice.HELPER_HANDS_IN: submitter.person_id in {helper.person_id for helper in helpers},
        Notice.HELPER_PHONE: phone in _phones(helpers),
        Notice.HELPER_ACCOUNT: bool(account) and account in {helper.account for helper in helpers},
        Notice.NO_CONTACT: not contact_phone(applicant, submitter, helpers),
    }
    return tuple(notice for notice in Notice if seen[notice])


def contact_phone(applicant: Person, submitter: Person, participations: Iterable[Participation]) -> str:
    """Give the phone that to call: the applicant's, else the submitter's, never a helper's; empty when none."""
    helped = _phones(taking for taking in participations if taking.part is Part.HELPER)
    for phone in (applicant.phone, submitter.phone):
        if comparable_phone(phone) and comparable_phone(phone) not in helped:
            return phone
    return ""


def comparable_phone(phone: str) -> str:
    """Bring a phone number to its national digits without the leading 0, or 84 for Viet Nam; empty when none."""
    digits = _NO_DIGIT.sub("", phone).lstrip("0")
    if digits.startswith(_COUNTRY) and len(digits) > _NATIONAL_LENGTH:
        return digits.removeprefix(_COUNTRY).lstrip("0")
    return digits


def _phones(helpers: Iterable[Participation]) -> Collection[str]:
    return {comparable_phone(helper.phone) for helper in helpers} - {""}
