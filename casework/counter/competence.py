# SPDX-License-Identifier: GPL-3.0-or-later
"""Which procedures a centre takes in: its own level's, those that any centre takes in, or every level's.

Most communes have a centre of their own beside the province's. In some provinces (Hà Nội, Quảng Ninh) there is one
centre of the province, and what stands in a commune is its branch, which takes in procedures of every level. The second
arrangement is known from reports only; the centre says which one it is.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

from casework.records.procedure import Level, Procedure


class CentreModel(enum.StrEnum):
    """How the centre belongs to the administration."""

    OWN_CENTRE = "own-centre"
    BRANCH_OF_PROVINCE = "branch-of-province"


class Competence(enum.StrEnum):
    """Whether a centre takes a procedure in, and for whom; ``UNDECIDED`` where nobody has said."""

    OWN = "own"
    FOR_ANOTHER = "for-another"
    ELSEWHERE = "elsewhere"
    UNDECIDED = "undecided"


def competence(procedure: Procedure, model: CentreModel, own_level: Level = Level.COMMUNE) -> Competence:
    """Tell whether a centre takes a procedure in.

    Args:
        procedure: As it is in force here.
        model: What the centre is.
        own_level: Level of the authority that it belongs to.
    """
    if not procedure.offered_at_counter:
        return Competence.ELSEWHERE
    if own_level in procedure.levels:
        return Competence.OWN
    if not procedure.levels:
        return Competence.UNDECIDED
    if model is CentreModel.BRANCH_OF_PROVINCE or procedure.is_boundary_free:
        return Competence.FOR_ANOTHER
    return Competence.UNDECIDED if procedure.is_boundary_free is None else Competence.ELSEWHERE


def at_levels(procedures: Iterable[Procedure], levels: frozenset[Level]) -> tuple[Procedure, ...]:
    """Give the procedures that one of some levels decides, in their order.

    No level asked for gives all. One of which the source does not say who decides is never hidden.
    """
    return tuple(
        procedure
        for procedure in procedures
        if not levels or not procedure.levels or not levels.isdisjoint(procedure.levels)
    )
