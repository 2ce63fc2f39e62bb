# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules that this desk works by: the catalogue in force with the province's decisions, and the calendar.

The catalogue is the one that began last of those that ship with the program or were installed here. Every one that was
worked by stays on the shelf, and the database knows its hash.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from casework.catalogue import Catalogue, shipped_pack
from casework.errors import KnownError
from casework.local_decisions import LocalDecisions
from casework.publications import PublicationKind
from casework.records.rules_in_force import CatalogueVersion
from casework.rights import Right
from casework.work_calendar import VIET_NAM, WorkCalendar
from localdb import audit, calendar_days, catalogue_versions, opening_hours
from localdb.connection import Connection
from localdb.store import Store
from workstation.desk import rule_shelf
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.session import DeskSession

DECISIONS_PREFIX: Final = "decisions-"
"""Begins the name under which a file of decisions is noted among the versions."""

_WITH_DECISIONS: Final = "+"


def load_catalogue(store: Store, folder: DeskFolder, clerk_id: str, now: dt.datetime) -> tuple[Catalogue, bool]:
    """Give the catalogue in force, and note in the store and its trail what of it is new here.

    Returns:
        The catalogue, and whether a file that was installed here is damaged or gone, so that it had to do without.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``, ``database-busy``.
    """
    shipped = Catalogue.shipped()
    rule_shelf.keep(folder, PublicationKind.CATALOGUE, shipped_pack())
    note_version(store, CatalogueVersion(shipped.version, shipped.content_hash, len(shipped.codes), now), clerk_id)
    with store.reading() as connection:
        installed = [known for known in catalogue_versions.known(connection) if known.installed_at is not None]
    catalogue, lost_pack = _newest(folder, installed, now.astimezone(VIET_NAM).date())
    decisions, lost_decisions = _decisions(folder, installed)
    if decisions.decisions:
        catalogue = catalogue.with_decisions(decisions)
    return catalogue, lost_pack or lost_decisions


def note_version(store: Store, version: CatalogueVersion, clerk_id: str) -> bool:
    """Note that this desk works by a version; nothing happens when it is noted with this content.

    Returns:
        Whether it is new here.
    """
    with store.reading() as connection:
        noted = {(known.version, known.content_hash) for known in catalogue_versions.known(connection)}
    if (version.version, version.content_hash) in noted:
        return False
    assert version.installed_at is not None  # noqa: S101 - of both callers
    with store.transaction() as connection:
        before = catalogue_versions.install(connection, version)
        if before is not None:
            audit.append(
                connection,
                at=version.installed_at,
                actor_id=clerk_id,
                action="catalogue.installed",
                subject_id=version.version,
                before_hash=before,
                after_hash=version.content_hash,
            )
    return True


def catalogue_of(session: DeskSession, version: str) -> Catalogue:
    """Give the catalogue that a dossier was received under; today's when this desk does not have it.

    Raises:
        KnownError: ``database-busy``.
    """
    session.require(Right.LOOK_UP_PROCEDURES)
    if version == session.catalogue.version:
        return session.catalogue
    base, _, decided = version.partition(_WITH_DECISIONS)
    with session.store.reading() as connection:
        pack_hash = _hash_of(connection, base)
        decisions_hash = _hash_of(connection, DECISIONS_PREFIX + decided)
    pack = rule_shelf.read(session.folder, PublicationKind.CATALOGUE, pack_hash)
    decisions = rule_shelf.read(session.folder, PublicationKind.DECISIONS, decisions_hash)
    if pack is None or (decided and decisions is None):
        return session.catalogue
    catalogue = Catalogue.from_bytes(pack)
    return catalogue.with_decisions(LocalDecisions.from_bytes(decisions)) if decisions is not None else catalogue


def decisions_in_force(installed: Iterable[CatalogueVersion]) -> CatalogueVersion | None:
    """Give the file of decisions that was installed last, or None when none was."""
    files = [version for version in installed if version.version.startswith(DECISIONS_PREFIX)]
    return max(files, key=_installed_at, default=None)


def load_calendar(store: Store) -> WorkCalendar:
    """Give the calendar of the unit: what ships, and what was decided here since."""
    with store.reading() as connection:
        return WorkCalendar.shipped().amended(calendar_days.decided(connection), opening_hours.written(connection))


def _newest(folder: DeskFolder, installed: list[CatalogueVersion], today: dt.date) -> tuple[Catalogue, bool]:
    """Give the pack that began last, of several of one day the one installed last.

    The name of a version starts with the day from which it counts.
    """
    shipped = Catalogue.shipped()
    is_damaged = False
    packs = [version for version in installed if not version.version.startswith(DECISIONS_PREFIX)]
    for version in sorted(packs, key=lambda version: (version.version[:10], _installed_at(version)), reverse=True):
        if version.version[:10] > today.isoformat():
            continue
        if version.content_hash == shipped.content_hash:
            return shipped, is_damaged
        pack = rule_shelf.read(folder, PublicationKind.CATALOGUE, version.content_hash)
        if pack is not None:
            return Catalogue.from_bytes(pack), is_damaged
        is_damaged = True
    return shipped, is_damaged


def _decisions(folder: DeskFolder, installed: list[CatalogueVersion]) -> tuple[LocalDecisions, bool]:
    newest = decisions_in_force(installed)
    if newest is None:
        return LocalDecisions(), False
    body = rule_shelf.read(folder, PublicationKind.DECISIONS, newest.content_hash)
    return (LocalDecisions(), True) if body is None else (LocalDecisions.from_bytes(body), False)


def _installed_at(version: CatalogueVersion) -> dt.datetime:
    return version.installed_at or dt.datetime.min.replace(tzinfo=dt.UTC)


def _hash_of(connection: Connection, version: str) -> str:
    try:
        return catalogue_versions.get(connection, version).content_hash
    except KnownError:
        return ""
