# SPDX-License-Identifier: GPL-3.0-or-later
"""Read and change what may be settled for this workstation while it is open."""

from __future__ import annotations

from casework.records.settings import Settings
from casework.rights import Right
from localdb import audit, record_hash, settings
from workstation.desk.session import DeskSession


def read_settings(session: DeskSession) -> Settings:
    """Give the settings; everybody works by them.

    Raises:
        KnownError: ``not-allowed``.
    """
    session.require(Right.READ_SETTINGS)
    with session.store.reading() as connection:
        return settings.load(connection)


def change_settings(session: DeskSession, wanted: Settings) -> None:
    """Put new settings in the place of the earlier ones.

    Raises:
        KnownError: ``not-allowed``; ``setting-out-of-range`` (details ``setting``, ``lowest``, ``highest``);
            ``disk-full``.
    """
    session.require(Right.CHANGE_SETTINGS)
    with session.store.transaction() as connection:
        before = settings.load(connection)
        settings.save(connection, wanted)
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="settings.changed",
            subject_id=session.workstation.device_id,
            before_hash=record_hash.of(connection, before),
            after_hash=record_hash.of(connection, wanted),
        )
