# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules that this desk works by: the shipped catalogue, noted by its hash, and the calendar as decided here."""

from __future__ import annotations

import datetime as dt

from casework.catalogue import Catalogue
from casework.records.rules_in_force import CatalogueVersion
from casework.work_calendar import WorkCalendar
from localdb import audit, calendar_days, catalogue_versions, opening_hours
from localdb.store import Store


def load_catalogue(store: Store, clerk_id: str, now: dt.datetime) -> Catalogue:
    """Give the catalogue, and note in the store and its trail when it is new here.

    Raises:
        KnownError: ``disk-full``, ``disk-error``, ``database-busy``.
    """
    catalogue = Catalogue.shipped()
    version = CatalogueVersion(catalogue.version, catalogue.content_hash, len(catalogue.codes), now)
    with store.reading() as connection:
        is_noted = version.content_hash in {known.content_hash for known in catalogue_versions.known(connection)}
    if not is_noted:
        with store.transaction() as connection:
            before = catalogue_versions.install(connection, version)
            if before is not None:
                audit.append(
                    connection,
                    at=now,
                    actor_id=clerk_id,
                    action="catalogue.installed",
                    subject_id=version.version,
                    before_hash=before,
                    after_hash=version.content_hash,
                )
    return catalogue


def load_calendar(store: Store) -> WorkCalendar:
    """Give the calendar of the unit: what ships, and what was decided here since."""
    with store.reading() as connection:
        return WorkCalendar.shipped().amended(calendar_days.decided(connection), opening_hours.written(connection))
