# SPDX-License-Identifier: GPL-3.0-or-later
"""By what a person is identified at the counter: a number or any one document, never an electronic account.

In civil status the personal number, or number and day of issue of a document, is enough (QĐ 163/QĐ-BTP). VNeID may be
shown by who likes to; nobody is asked for it when handing in in person.
"""

from __future__ import annotations

import enum
from typing import Final

from casework.records.person import Person


class IdentityDocument(enum.StrEnum):
    """What may be shown; those of foreigners follow those of citizens.

    ``PERMANENT_RESIDENCE_CARD`` and ``TEMPORARY_RESIDENCE_CARD`` are named by no source at hand; the clerk decides
    whether they are enough.
    """

    IDENTITY_CARD = "identity-card"
    CITIZEN_IDENTITY_CARD = "citizen-identity-card"
    IDENTITY_CERTIFICATE = "identity-certificate"
    ELECTRONIC_IDENTITY = "electronic-identity"
    PASSPORT = "passport"
    FOREIGN_PASSPORT = "foreign-passport"
    TRAVEL_DOCUMENT = "travel-document"
    PERMANENT_RESIDENCE_CARD = "permanent-residence-card"
    TEMPORARY_RESIDENCE_CARD = "temporary-residence-card"
    OTHER_WITH_PHOTO = "other-with-photo"


UNCERTAIN: Final = frozenset({IdentityDocument.PERMANENT_RESIDENCE_CARD, IdentityDocument.TEMPORARY_RESIDENCE_CARD})
"""Documents that no source at hand names."""


def is_identified(person: Person, shown: IdentityDocument | None) -> bool:
    """Whether a person at the counter is identified: by any document shown, or by the number given."""
    return shown is not None or bool(person.id_number)
