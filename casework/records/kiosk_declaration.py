# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person declared at a kiosk before she came to the counter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.records.person import Person


@dataclass(frozen=True, slots=True)
class KioskDeclaration:
    """A pre-filled declaration; what it says is declared and not yet seen by anybody.

    Attributes:
        reference: What the kiosk calls it.
        declared_at: Aware moment.
        procedure_code: The procedure that was chosen.
        person: Read from the card that was laid on the kiosk; its ``person_id`` is empty.
        answers: Field of the declaration and what was typed, in its order.
        is_signed: Whether the printed declaration was signed at the kiosk, as it says.
        ticket: Queue number that the kiosk gave, or empty.
    """

    reference: str
    declared_at: dt.datetime
    procedure_code: str
    person: Person
    answers: tuple[tuple[str, str], ...] = ()
    is_signed: bool = False
    ticket: str = ""
