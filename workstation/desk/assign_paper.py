# SPDX-License-Identifier: GPL-3.0-or-later
"""Say which requirement a scanned paper satisfies, where the program could not know or was wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.records.paper import PaperClass
from casework.records.procedure import Requirement
from casework.rights import Right
from localdb import audit, papers, record_hash
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import require_open
from workstation.desk.session import DeskSession

_PARTS: Final[Mapping[PaperClass, frozenset[PaperClass]]] = {
    PaperClass.IDENTITY_CARD: frozenset({PaperClass.IDENTITY_CARD_FRONT, PaperClass.IDENTITY_CARD_BACK}),
    PaperClass.LAND_USE_CERTIFICATE: frozenset({PaperClass.LAND_USE_CERTIFICATE_CHANGES}),
}
"""Who takes one side for the whole paper does not say that the side was recognised wrongly."""


@dataclass(frozen=True, slots=True)
class PaperAssigned:
    """A paper was put to a requirement.

    Attributes:
        changes: What changed.
        is_correction: Whether it was recognised as something else than what it is; ``learn_class`` makes use of it.
    """

    changes: ChangeSet
    is_correction: bool


def assign_paper(session: DeskSession, dossier_id: str, paper_id: str, requirement: Requirement) -> PaperAssigned:
    """Put a paper of a draft to a requirement; it takes the requirement's name, and the clerk's word is certain.

    Where only one class of paper satisfies the requirement, the paper is of that class.

    Raises:
        KnownError: ``no-such-draft``; ``no-such-record`` when the paper is not the draft's; ``disk-full``.
    """
    session.require(Right.RECEIVE)
    with session.store.transaction() as connection:
        require_open(connection, session, dossier_id)
        paper = papers.get(connection, paper_id)
        if paper.dossier_id != dossier_id:
            raise KnownError("no-such-record", kind="paper", record_id=paper_id)
        for other in papers.of_dossier(connection, dossier_id):
            if other.requirement_id == requirement.requirement_id and other.paper_id != paper_id:
                papers.update(connection, dataclasses.replace(other, requirement_id=None))
        assigned = dataclasses.replace(
            paper,
            requirement_id=requirement.requirement_id,
            title=requirement.short_name,
            paper_class=requirement.paper_classes[0] if len(requirement.paper_classes) == 1 else paper.paper_class,
            confidence=1.0,
        )
        papers.update(connection, assigned)
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="paper.assigned",
            subject_id=paper_id,
            before_hash=record_hash.of(connection, paper),
            after_hash=record_hash.of(connection, assigned),
        )
    right = frozenset({assigned.paper_class}) | _PARTS.get(assigned.paper_class, frozenset())
    return PaperAssigned(ChangeSet(drafts=frozenset({dossier_id})), is_correction=paper.paper_class not in right)
