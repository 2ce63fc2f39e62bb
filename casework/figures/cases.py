# SPDX-License-Identifier: GPL-3.0-or-later
"""The flat facts that figures are computed from: one row a dossier, without names, numbers or telephones of people."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError
from casework.records.dossier import DossierState, PortalState
from casework.records.former_dossier import FORMER_SYSTEM
from casework.records.procedure import Channel

NEVER_TAKEN_IN: Final = frozenset({DossierState.REGISTERED, DossierState.REFUSED})
"""States of what was filed and not received: no case, and in no figure."""

_DONE: Final = frozenset({DossierState.FINISHED, DossierState.RETURNED})


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What figures need to know of one received dossier.

    Attributes:
        dossier_id: Its identity.
        code: Mã hồ sơ.
        procedure_code: E.g. ``1.001193``.
        field: Lĩnh vực as the catalogue names it, e.g. "Hộ tịch".
        channel: How it came in.
        state: Where the work stands.
        portal_state: Where the reconciliation stands.
        clerk_id: Who received it; ``FORMER_SYSTEM`` when it was imported.
        received_at: Aware.
        due_at: Aware; the promise in force, after an extension the new one.
        portal_code: Code given by the portal, or empty.
        extended_from: The first promise when it was extended (NĐ 61/2018 Đ19.9), or None.
        result_issued_at: When the result was issued or signed, whatever the state says; or None.
        finished_at: When the state became "đã xử lý xong", or None.
        returned_at: When the result was handed over, or None.
        stopped_at: When it ended without a result, or None.
        waits_for_citizen_since: When papers or a payment were last asked of the citizen and are still awaited, or None.
        waits_for_signature_since: When it was laid before the signer and is not signed yet, or None.
        processing_minutes: Minutes of opening hours from reception to the result, or None while there is none.
        is_boundary_free: Whether its procedure is taken in by any centre (phi địa giới); None when nobody has said.
        paper_count: Papers that had to be digitised, those taken over by reuse included.
        digitised_at_reception: How many of them were digitised or reused before the dossier was forwarded.
        reused_count: How many of them were reused.
        has_fee: Whether something had to be paid.
        is_paid_online: Whether that was paid online.
        has_late_reason: Whether reason and corrective measure of its lateness are on record.

    Raises:
        BugError: It was never received, or it is done and nobody knows since when, or its counts contradict each other.
    """

    dossier_id: str
    code: str
    procedure_code: str
    field: str
    channel: Channel
    state: DossierState
    portal_state: PortalState
    clerk_id: str
    received_at: dt.datetime
    due_at: dt.datetime
    portal_code: str = ""
    extended_from: dt.datetime | None = None
    result_issued_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    returned_at: dt.datetime | None = None
    stopped_at: dt.datetime | None = None
    waits_for_citizen_since: dt.datetime | None = None
    waits_for_signature_since: dt.datetime | None = None
    processing_minutes: int | None = None
    is_boundary_free: bool | None = None
    paper_count: int = 0
    digitised_at_reception: int = 0
    reused_count: int = 0
    has_fee: bool = False
    is_paid_online: bool = False
    has_late_reason: bool = False

    def __post_init__(self) -> None:
        if self.state in NEVER_TAKEN_IN:
            raise BugError("what was not received is no case")
        if self.state in _DONE and self.ended_at is None:
            raise BugError("a case that is done has a moment of its end")
        if not 0 <= self.reused_count <= self.paper_count or not 0 <= self.digitised_at_reception <= self.paper_count:
            raise BugError("no more papers are digitised or reused than there are")

    @property
    def ended_at(self) -> dt.datetime | None:
        """When the result was there: finished or returned, whichever came first; None while it is not."""
        return min((moment for moment in (self.finished_at, self.returned_at) if moment), default=None)

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do before the result is there."""
        return self.ended_at is None and self.state is not DossierState.STOPPED


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases of which each dossier is there once; made by ``of``.

    Attributes:
        rows: By reception, then by identity.
    """

    rows: tuple[CaseRow, ...]

    @classmethod
    def of(cls, rows: Iterable[CaseRow]) -> Cases:
        """Bring rows together that are the same dossier; their order is of no consequence.

        A dossier has one code in all channels, so rows are the same when they share identity, code or portal code. How
        it came in is told by the row that was received first, how far it got by the row that got furthest.
        """
        groups: dict[str, list[CaseRow]] = {}
        for row in rows:
            same = [row]
            for name in _names(row):
                for other in groups.get(name, ()):
                    if other not in same:
                        same.append(other)
            for member in same:
                for name in _names(member):
                    groups[name] = same
        apart = {id(group): group for group in groups.values()}
        merged = (group[0] if len(group) == 1 else _merge(group) for group in apart.values())
        return cls(tuple(sorted(merged, key=lambda row: (row.received_at, row.dossier_id))))

    @property
    def received_here(self) -> Cases:
        """Those that somebody of this centre received, imported ones left out."""
        return self.where(lambda row: row.clerk_id != FORMER_SYSTEM)

    def where(self, condition: Callable[[CaseRow], bool]) -> Cases:
        """Give the cases for which a condition holds."""
        return Cases(tuple(row for row in self.rows if condition(row)))


def _names(row: CaseRow) -> set[str]:
    return {f"id {row.dossier_id}", *(f"code {code}" for code in (row.code, row.portal_code) if code)}


def _merge(group: list[CaseRow]) -> CaseRow:
    first = min(group, key=lambda row: (row.received_at, repr(row)))
    furthest = max(group, key=lambda row: (not row.is_open, row.state, row.due_at, repr(row)))
    return dataclasses.replace(
        furthest,
        dossier_id=first.dossier_id,
        code=first.code,
        channel=first.channel,
        clerk_id=first.clerk_id,
        received_at=first.received_at,
        portal_code=first.portal_code or furthest.portal_code,
    )
