# SPDX-License-Identifier: GPL-3.0-or-later
"""Read an identity card's QR text into the reception form, with the address in today's units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework import identity_card
from casework.identity_card import CardWarning
from casework.units import UnitMatch, find_new_unit
from workstation.desk.keep_draft import DraftField, date_as_typed


@dataclass(frozen=True, slots=True)
class CardOnDesk:
    """A card as the form takes it.

    Attributes:
        fields: What to put into the form.
        unit: Where the address lies today.
        warnings: What does not fit together on the card; shown, never a ground to refuse.
    """

    fields: Mapping[DraftField, str]
    unit: UnitMatch
    warnings: tuple[CardWarning, ...]


def read_card(qr_text: str) -> CardOnDesk:
    """Read the text that the reader typed.

    Raises:
        KnownError: ``card-unreadable``, ``card-other-qr``, ``card-two-at-once``.
    """
    card = identity_card.read_card(qr_text)
    unit = find_new_unit(card.address)
    fields = {
        DraftField.FULL_NAME: card.full_name,
        DraftField.ID_NUMBER: card.id_number,
        DraftField.FORMER_ID_NUMBER: card.former_id_number or "",
        DraftField.BIRTH_DATE: date_as_typed(card.birth_date),
        DraftField.SEX: card.sex.value,
        DraftField.ID_ISSUED_ON: date_as_typed(card.issued_on),
        DraftField.ADDRESS: card.address,
        DraftField.UNIT_CODE: unit.commune.code if unit.commune else "",
    }
    return CardOnDesk(fields, unit, card.warnings)
