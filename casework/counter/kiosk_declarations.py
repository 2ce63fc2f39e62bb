# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations from a kiosk: read from its file or QR code, so that nothing is typed again at the counter.

No description of a kiosk's file is at hand, so the form is our own: JSON ``{"format": 1, "reference", "declared_at",
"procedure", "card", "answers", "signed", "ticket"}`` with the card's QR text as it was read; the last three may be
missing. A declaration is a help, never a condition: whatever is wrong with it, the reception goes on without it.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Mapping
from typing import Any, Final

from casework.errors import KnownError
from casework.identity_card import CardReading, read_card
from casework.records.kiosk_declaration import KioskDeclaration
from casework.records.procedure import Procedure
from casework.text import NameMatch, clean, compare_names
from casework.work_calendar import local_day

LONGEST_DECLARATION: Final = 20_000
"""Signs; a declaration is a page of text."""

_FORMAT: Final = 1


class DeclarationTrouble(enum.StrEnum):
    """Why a declaration could not be read."""

    UNREADABLE = "unreadable"
    ANOTHER_FORMAT = "another-format"
    CARD_UNREADABLE = "card-unreadable"


class DeclarationDoubt(enum.StrEnum):
    """What the clerk should look at before she takes a declaration over."""

    PROCEDURE_NOT_HERE = "procedure-not-here"
    ANOTHER_DAY = "another-day"
    ANOTHER_PERSON = "another-person"
    NAME_DISAGREES = "name-disagrees"
    NOT_SIGNED = "not-signed"


def read_declaration(text: str) -> KioskDeclaration | DeclarationTrouble:
    """Read a declaration from a kiosk's file or QR code."""
    if len(text) > LONGEST_DECLARATION:
        return DeclarationTrouble.UNREADABLE
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            return DeclarationTrouble.ANOTHER_FORMAT
        return _declaration(content)
    except KnownError:
        return DeclarationTrouble.CARD_UNREADABLE
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return DeclarationTrouble.UNREADABLE


def doubts_about(
    declaration: KioskDeclaration, procedure: Procedure | None, card: CardReading | None, now: dt.datetime
) -> tuple[DeclarationDoubt, ...]:
    """Tell what to look at; none of it keeps the person from being received.

    Args:
        declaration: As read.
        procedure: The declared one as it is in force today, or None when there is none.
        card: The card that was laid down at the counter, or None when none was.
        now: Aware moment.
    """
    person = declaration.person
    is_another = card is not None and card.id_number != person.id_number
    is_so = {
        DeclarationDoubt.PROCEDURE_NOT_HERE: procedure is None or not procedure.offered_at_counter,
        DeclarationDoubt.ANOTHER_DAY: local_day(declaration.declared_at) != local_day(now),
        DeclarationDoubt.ANOTHER_PERSON: is_another,
        DeclarationDoubt.NAME_DISAGREES: card is not None
        and not is_another
        and compare_names(card.full_name, person.full_name) is NameMatch.MISMATCH,
        DeclarationDoubt.NOT_SIGNED: not declaration.is_signed,
    }
    return tuple(doubt for doubt, is_there in is_so.items() if is_there)


def _declaration(content: Mapping[str, Any]) -> KioskDeclaration:
    declared_at = dt.datetime.fromisoformat(content["declared_at"])
    signed = content.get("signed", False)
    texts = (content["reference"], content["procedure"], content["card"], content.get("ticket", ""))
    answers = tuple((name, value) for name, value in content.get("answers", {}).items())
    if (
        declared_at.tzinfo is None
        or not isinstance(signed, bool)
        or not all(isinstance(part, str) for part in (*texts, *(value for _, value in answers)))
    ):
        raise ValueError
    reference, procedure_code, card, ticket = texts
    return KioskDeclaration(
        reference=clean(reference),
        declared_at=declared_at,
        procedure_code=clean(procedure_code),
        person=read_card(card).person(""),
        answers=tuple((clean(name), clean(value)) for name, value in answers),
        is_signed=signed,
        ticket=clean(ticket),
    )
