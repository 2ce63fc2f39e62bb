# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign the papers of a dossier with the clerk's token, one PIN for all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from casework.records.paper import Paper
from casework.rights import Right
from localdb import audit, objects, papers
from signing.pdf_signature import SignatureRequest, SigningKey, sign_pdf
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import require_open
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class PaperSigned:
    """One paper is signed and stored.

    Attributes:
        paper: The paper as it is now.
        done: Number of papers signed so far in this run.
        total: Number of papers of this run.
        changes: What changed.
    """

    paper: Paper
    done: int
    total: int
    changes: ChangeSet


def unsigned_papers(session: DeskSession, dossier_id: str) -> tuple[Paper, ...]:
    """Give the papers of a dossier that wait for a signature."""
    session.require(Right.SIGN)
    with session.store.reading() as connection:
        return tuple(paper for paper in papers.of_dossier(connection, dossier_id) if not paper.signature_level)


def sign_papers(
    session: DeskSession, dossier_id: str, key: SigningKey, *, intermediates: tuple[bytes, ...] = ()
) -> Iterator[PaperSigned]:
    """Sign every unsigned paper; each is stored before the next is begun, so that a lost token loses nothing.

    Args:
        session: The desk.
        dossier_id: Whose papers.
        key: A signer program that is logged in, or any other key.
        intermediates: Certificates of authorities that the token does not hold, DER.

    Yields:
        After each paper.

    Raises:
        SigningError: The papers signed before stay signed.
        KnownError: ``no-such-draft``: what was received has been told to the gateway as it was; ``object-missing``,
            ``object-damaged``, ``disk-full``.
    """
    session.require(Right.SIGN)
    with session.store.reading() as connection:
        require_open(connection, session, dossier_id)
        waiting = unsigned_papers(session, dossier_id)
    for done, paper in enumerate(waiting, start=1):
        request = SignatureRequest(
            signing_time=session.clock(), unit=session.workstation.unit.parent_name, intermediates=intermediates
        )
        unsigned_id = paper.object_id or ""
        with session.store.reading() as connection:
            unsigned = objects.describe(connection, unsigned_id)
        signed = sign_pdf(session.store.objects.content(unsigned), request, key)
        stored = session.store.objects.write(signed.content, "application/pdf", session.random_bytes)
        paper = dataclasses.replace(
            paper,
            object_id=stored.object_id,
            signature_level=signed.level,
            signature_digest=signed.byte_range_digest,
            signed_by=key.certificate.subject_name,
        )
        with session.store.transaction() as connection:
            require_open(connection, session, dossier_id)
            objects.record(connection, stored)
            papers.update(connection, paper)
            forgotten = objects.forget(connection, unsigned_id)
            audit.append(
                connection,
                at=request.signing_time,
                actor_id=session.clerk.clerk_id,
                action="paper.signed",
                subject_id=paper.paper_id,
                before_hash=unsigned_id,
                after_hash=signed.byte_range_digest,
            )
        if forgotten is not None:  # the signed file begins with every byte of the unsigned one
            session.store.objects.discard(forgotten)
        yield PaperSigned(paper, done, len(waiting), ChangeSet(drafts=frozenset({dossier_id})))
