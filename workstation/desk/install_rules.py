# SPDX-License-Identifier: GPL-3.0-or-later
"""Install a catalogue or local decisions that the province published; it counts from the next sign-in on."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.catalogue import Catalogue
from casework.catalogue_changes import Change, changes_between
from casework.errors import KnownError
from casework.local_decisions import LocalDecisions, lengthened
from casework.publications import Publication, PublicationKind, read_publication
from casework.records.rules_in_force import CatalogueVersion
from casework.rights import Right
from localdb import catalogue_versions
from workstation.desk import publisher_keys, rule_shelf
from workstation.desk.load_rules import DECISIONS_PREFIX, note_version
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class InstalledRules:
    """What was installed.

    Attributes:
        version: Its name here.
        publication: Who published it, and when.
        is_new: False when it was installed before.
        changes: Of a catalogue: what is different from the one in force until now.
        unknown_codes: Of decisions: procedures that the catalogue does not have.
        too_long: Of decisions: procedures for which more time is promised than the law allows; there the law stays.
    """

    version: str
    publication: Publication
    is_new: bool
    changes: tuple[Change, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()


def install_rules(session: DeskSession, data: bytes, publishers: Sequence[Ed25519PublicKey]) -> InstalledRules:
    """Check a publication, lay it on the shelf and note it in the store and its trail.

    Args:
        session: The desk.
        data: The published file.
        publishers: Public keys that this computer trusts.

    Raises:
        KnownError: ``not-allowed``; ``no-publisher-trusted`` when this computer trusts none; ``publication-damaged``,
            ``publication-version``, ``publication-not-trusted``; ``catalogue-unreadable``, ``decisions-unreadable``,
            ``decisions-empty``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.CHANGE_SETTINGS)
    if not publishers:
        raise KnownError("no-publisher-trusted")
    publication = read_publication(data, functools.partial(publisher_keys.is_signed_by, publishers))
    if publication.kind is PublicationKind.CATALOGUE:
        return _install_catalogue(session, publication)
    return _install_decisions(session, publication)


def installed_rules(session: DeskSession) -> tuple[CatalogueVersion, ...]:
    """Give every version of catalogue and decisions that was installed here, newest first."""
    session.require(Right.READ_SETTINGS)
    with session.store.reading() as connection:
        known = catalogue_versions.known(connection)
    installed = [version for version in known if version.installed_at is not None]
    return tuple(sorted(installed, key=lambda version: str(version.installed_at), reverse=True))


def _install_catalogue(session: DeskSession, publication: Publication) -> InstalledRules:
    catalogue = Catalogue.from_bytes(publication.body)
    for code in catalogue.codes:
        _require_readable(catalogue, code)
    is_new = _put(session, publication, catalogue.version, len(catalogue.codes))
    return InstalledRules(catalogue.version, publication, is_new, changes=changes_between(session.catalogue, catalogue))


def _require_readable(catalogue: Catalogue, code: str) -> None:
    try:
        catalogue.versions_of(code)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError):
        raise KnownError("catalogue-unreadable") from None


def _install_decisions(session: DeskSession, publication: Publication) -> InstalledRules:
    decisions = LocalDecisions.from_bytes(publication.body)
    if not decisions.decisions:
        raise KnownError("decisions-empty")
    codes = sorted({code for decision in decisions.decisions for code in decision.codes})
    known = [code for code in codes if code in session.catalogue.codes]
    version = DECISIONS_PREFIX + decisions.version
    is_new = _put(session, publication, version, len(codes))
    return InstalledRules(
        version,
        publication,
        is_new,
        unknown_codes=tuple(code for code in codes if code not in known),
        too_long=tuple(code for code in known if lengthened(decisions, session.catalogue.get(code))),
    )


def _put(session: DeskSession, publication: Publication, version: str, procedure_count: int) -> bool:
    content_hash = rule_shelf.keep(session.folder, publication.kind, publication.body)
    noted = CatalogueVersion(version, content_hash, procedure_count, session.clock())
    return note_version(session.store, noted, session.clerk.clerk_id)
