# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what."""

from __future__ import annotations

import pytest

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from casework.rights import Right, may, require

EVERYBODY_MAY = "look-up-procedures read-settings synchronise change-own-password take-snapshot"
CASEWORK = "see-dossiers see-persons search export"

MAY = {
    Role.CLERK: f"{EVERYBODY_MAY} {CASEWORK} receive scan sign set-aside-papers demand-papers import-former",
    Role.SIGNER: f"{EVERYBODY_MAY} {CASEWORK} sign",
    Role.SUPERVISOR: (
        f"{EVERYBODY_MAY} {CASEWORK} demand-papers import-former take-over-drafts read-audit-trail list-clerks"
    ),
    Role.IT_ADMIN: (
        f"{EVERYBODY_MAY} read-audit-trail list-clerks manage-clerks rotate-keys make-recovery-sheet"
        " restore repair enrol change-settings"
    ),
}
"""The table once more, from the roles' side, so that a change of one right is a change in two places."""


def person(*roles: Role) -> Clerk:
    return Clerk("0192f0c1-0000-7000-8000-000000000001", "lan", "Lê Thị Lan", frozenset(roles))


@pytest.mark.parametrize("right", Right)
def test_who_holds_every_role_may_do_everything(right: Right) -> None:
    require(person(*Role), right)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_its_work_and_no_more(role: Role) -> None:
    assert sorted(right.value for right in Right if may(person(role), right)) == sorted(MAY[role].split())


def test_a_refusal_names_the_right_and_nobody() -> None:
    with pytest.raises(KnownError) as refused:
        require(person(Role.IT_ADMIN), Right.SEE_PERSONS)
    assert refused.value.code == "not-allowed"
    assert refused.value.details == {"right": "see-persons"}
    assert not refused.value.retryable


def test_it_looks_at_no_persons_data() -> None:
    it = person(Role.IT_ADMIN)
    assert not any(may(it, right) for right in (Right.SEE_DOSSIERS, Right.SEE_PERSONS, Right.SEARCH, Right.EXPORT))


def test_who_receives_manages_neither_people_nor_keys() -> None:
    clerk = person(Role.CLERK, Role.SIGNER, Role.SUPERVISOR)
    assert not any(may(clerk, right) for right in (Right.MANAGE_CLERKS, Right.ROTATE_KEYS, Right.MAKE_RECOVERY_SHEET))
