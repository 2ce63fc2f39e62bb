# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what."""

from __future__ import annotations

import pytest

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from casework.rights import ROLES, Right, may, require


def person(*roles: Role) -> Clerk:
    return Clerk("0192f0c1-0000-7000-8000-000000000001", "lan", "Lê Thị Lan", frozenset(roles))


def test_every_right_is_somebodys() -> None:
    assert set(ROLES) == set(Right)
    assert all(ROLES.values())


@pytest.mark.parametrize("right", Right)
def test_who_holds_every_role_may_do_everything(right: Right) -> None:
    require(person(*Role), right)


@pytest.mark.parametrize("right", Right)
def test_one_role_that_holds_a_right_is_enough(right: Right) -> None:
    for role in Role:
        assert may(person(role), right) == (role in ROLES[right])


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


def test_everybody_may_change_their_own_password() -> None:
    assert all(may(person(role), Right.CHANGE_OWN_PASSWORD) for role in Role)
