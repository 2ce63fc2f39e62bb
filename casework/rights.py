# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what at the centre: one table, from each right to the roles that hold it.

Receiving, checking and digitising is the counter clerk's work (NĐ 61/2018/NĐ-CP Đ17.1). Whoever digitises signs the
copy with a signature of their own, so clerks sign as leaders do. The head of the centre answers for the counter:
demands outside the catalogue, the trail, and the drafts of who has left are the supervisor's. Keys, people, backups
and repair are the work of IT, who need no citizen's data for it. In a one-person commune one person holds every role.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role


class Right(enum.StrEnum):
    """Something that not everybody who signs in may do; the value names it in errors."""

    LOOK_UP_PROCEDURES = "look-up-procedures"
    READ_SETTINGS = "read-settings"
    SYNCHRONISE = "synchronise"
    CHANGE_OWN_PASSWORD = "change-own-password"  # noqa: S105 - names a right
    RECEIVE = "receive"
    SCAN = "scan"
    SIGN = "sign"
    SET_ASIDE_PAPERS = "set-aside-papers"
    DEMAND_PAPERS = "demand-papers"
    SEE_DOSSIERS = "see-dossiers"
    SEE_PERSONS = "see-persons"
    SEARCH = "search"
    EXPORT = "export"
    IMPORT_FORMER = "import-former"
    TAKE_OVER_DRAFTS = "take-over-drafts"
    READ_AUDIT_TRAIL = "read-audit-trail"
    LIST_CLERKS = "list-clerks"
    MANAGE_CLERKS = "manage-clerks"
    ROTATE_KEYS = "rotate-keys"
    MAKE_RECOVERY_SHEET = "make-recovery-sheet"
    TAKE_SNAPSHOT = "take-snapshot"
    RESTORE = "restore"
    REPAIR = "repair"
    ENROL = "enrol"
    CHANGE_SETTINGS = "change-settings"


_COUNTER = frozenset({Role.CLERK})
_PAPERS = frozenset({Role.CLERK, Role.SIGNER})
_CASEWORK = frozenset({Role.CLERK, Role.SIGNER, Role.SUPERVISOR})
_WATCH = frozenset({Role.SUPERVISOR, Role.IT_ADMIN})
_IT = frozenset({Role.IT_ADMIN})
_EVERYBODY = frozenset(Role)

ROLES: Final[Mapping[Right, frozenset[Role]]] = MappingProxyType(
    {
        Right.LOOK_UP_PROCEDURES: _EVERYBODY,
        Right.READ_SETTINGS: _EVERYBODY,
        Right.SYNCHRONISE: _EVERYBODY,
        Right.CHANGE_OWN_PASSWORD: _EVERYBODY,
        Right.RECEIVE: _COUNTER,
        Right.SCAN: _COUNTER,
        Right.SIGN: _PAPERS,
        Right.SET_ASIDE_PAPERS: _COUNTER,
        Right.DEMAND_PAPERS: _COUNTER | {Role.SUPERVISOR},
        Right.SEE_DOSSIERS: _CASEWORK,
        Right.SEE_PERSONS: _CASEWORK,
        Right.SEARCH: _CASEWORK,
        Right.EXPORT: _CASEWORK,
        Right.IMPORT_FORMER: _COUNTER | {Role.SUPERVISOR},
        Right.TAKE_OVER_DRAFTS: frozenset({Role.SUPERVISOR}),
        Right.READ_AUDIT_TRAIL: _WATCH,
        Right.LIST_CLERKS: _WATCH,
        Right.MANAGE_CLERKS: _IT,
        Right.ROTATE_KEYS: _IT,
        Right.MAKE_RECOVERY_SHEET: _IT,
        Right.TAKE_SNAPSHOT: _EVERYBODY,
        Right.RESTORE: _IT,
        Right.REPAIR: _IT,
        Right.ENROL: _IT,
        Right.CHANGE_SETTINGS: _IT,
    }
)
"""Which roles hold a right; one of them is enough."""


def may(clerk: Clerk, right: Right) -> bool:
    """Tell whether one of a clerk's roles holds a right."""
    return not clerk.roles.isdisjoint(ROLES[right])


def require(clerk: Clerk, right: Right) -> None:
    """See that a clerk holds a right.

    Raises:
        KnownError: ``not-allowed`` (details ``right``).
    """
    if not may(clerk, right):
        raise KnownError("not-allowed", right=right.value)
