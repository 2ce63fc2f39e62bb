# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the sheet of paper that opens the store when every password is lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.rights import Right
from localdb import audit, known_key_file
from workstation.desk.session import DeskSession
from workstation.forms.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A sheet that was just made; it exists in memory only, until somebody prints or exports it.

    Attributes:
        number: Eight hexadecimal digits, printed on it, that tell it from an older one.
        document: PDF/A-2b, one A4 page.
    """

    number: str
    document: bytes = field(repr=False)


def make_recovery_sheet(session: DeskSession) -> RecoverySheet:
    """Draw new words and typeset their sheet; only when it is typeset does an older sheet open nothing any more.

    Raises:
        KnownError: ``not-allowed``; ``key-file-changed``, ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.MAKE_RECOVERY_SHEET)
    now = session.clock()
    typeset: list[RecoverySheet] = []

    def typeset_and_tell(words: tuple[str, ...], number: str) -> None:
        facts = RecoverySheetFacts(
            unit=session.workstation.unit,
            device_id=session.workstation.device_id,
            number=number,
            made_at=now,
            made_by=session.clerk.full_name,
            words=words,
        )
        typeset.append(RecoverySheet(number, recovery_sheet_pdf(facts)))
        # The trail first: it rather names a sheet that a power cut prevented than leaves one out.
        with session.store.transaction() as connection:
            audit.append(
                connection,
                at=now,
                actor_id=session.clerk.clerk_id,
                action="keys.recovery-sheet-made",
                subject_id=session.workstation.device_id,
            )

    session.key_file.make_recovery_words(now, typeset_and_tell)
    with session.store.transaction() as connection:
        known_key_file.note(connection, session.key_file.revision)
    (sheet,) = typeset
    return sheet
