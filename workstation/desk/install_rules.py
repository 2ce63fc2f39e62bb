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
from casework.publications import Check, Publication, PublicationKind, read_publication
from casework.records.rules_in_force import CatalogueVersion
from casework.rights import Right
from localdb import catalogue_versions
from workstation.desk import publisher_keys, rule_shelf
from workstation.desk.load_rules import DECISIONS_PREFIX, decisions_in_force, note_version
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
            ``publication-version``, ``publication-not-trusted``; ``publication-older`` (details ``version``: in
            force) when the decisions in force were published later or have replaced these;
            ``catalogue-unreadable``, ``decisions-unreadable``, ``decisions-empty``; ``disk-full``, ``no-access``,
            ``disk-error``.
    """
    session.require(Right.CHANGE_SETTINGS)
    if not publishers:
        raise KnownError("no-publisher-trusted")
    check = functools.partial(publisher_keys.is_signed_by, publishers)
    publication = read_publication(data, check)
    if publication.kind is PublicationKind.CATALOGUE:
        return _install_catalogue(session, publication)
    _require_not_older(session, publication, check)
    installed = _install_decisions(session, publication)
    if installed.is_new or not rule_shelf.read_published(session.folder, publication.content_hash):
        rule_shelf.keep_published(session.folder, publication, data)
    return installed


def installed_rules(session: DeskSession) -> tuple[CatalogueVersion, ...]:
    """Give every version of catalogue and decisions that was installed here, newest first."""
    session.require(Right.READ_SETTINGS)
    return tuple(sorted(_installed(session), key=lambda version: str(version.installed_at), reverse=True))


def _installed(session: DeskSession) -> list[CatalogueVersion]:
    with session.store.reading() as connection:
        return [version for version in catalogue_versions.known(connection) if version.installed_at is not None]


def _require_not_older(session: DeskSession, publication: Publication, check: Check) -> None:
    """See that decisions do not take the place of later ones; a catalogue carries the day from which it counts.

    What was replaced before is laid on the shelf again where it was lost, since dossiers were received under it.
    """
    installed = _installed(session)
    in_force = decisions_in_force(installed)
    if in_force is None or in_force.content_hash == publication.content_hash:
        return
    was_replaced = publication.content_hash in {version.content_hash for version in installed}
    if was_replaced:
        rule_shelf.keep(session.folder, publication.kind, publication.body)
    if was_replaced or _was_published_before(publication, session, in_force, check):
        raise KnownError("publication-older", version=in_force.version)


def _was_published_before(
    publication: Publication, session: DeskSession, in_force: CatalogueVersion, check: Check
) -> bool:
    try:
        latest = read_publication(rule_shelf.read_published(session.folder, in_force.content_hash), check)
    except KnownError:
        return False
    return latest.content_hash == in_force.content_hash and publication.issued_at < latest.issued_at


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
