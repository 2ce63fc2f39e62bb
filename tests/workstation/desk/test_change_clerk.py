# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles and names change, the other desks are told, and somebody who manages the people stays."""

from __future__ import annotations

import dataclasses

import pytest

from casework.errors import KnownError
from casework.records.operation import Operation, OperationKind
from casework.records.workplace import Clerk, Role
from localdb import clerks, outbox
from tests.workstation.desk.counter import UNIT, filled_in, in_roles, latest_draft, trail
from workstation.desk.change_clerk import change_roles, rename_clerk
from workstation.desk.list_clerks import list_clerks
from workstation.desk.session import DeskSession
from workstation.desk.take_over_drafts import take_over_drafts


@pytest.fixture
def hoa(session: DeskSession) -> Clerk:
    """A counter clerk beside the first one."""
    clerk = Clerk(session.new_identifier(), "hoa", "Trịnh Thị Hoa", frozenset({Role.CLERK}))
    with session.store.transaction() as connection:
        clerks.add(connection, clerk)
    return clerk


def signed_in_as(session: DeskSession, clerk: Clerk) -> DeskSession:
    return dataclasses.replace(session, clerk=clerk)


def told(session: DeskSession, clerk: Clerk) -> list[Operation]:
    with session.store.reading() as connection:
        return outbox.operations_of(connection, clerk.clerk_id)


def test_new_roles_are_kept_noted_and_told(session: DeskSession, hoa: Clerk) -> None:
    changed = change_roles(session, hoa.clerk_id, frozenset({Role.SIGNER, Role.CLERK}))
    assert [row.clerk for row in list_clerks(session)] == [changed, session.clerk]
    assert trail(session)[-1] == (session.clerk.clerk_id, "clerk.roles-changed", hoa.clerk_id)
    (operation,) = told(session, hoa)
    assert operation.kind is OperationKind.CLERK_RECORDED
    assert (operation.record_id, operation.dossier_id) == (hoa.clerk_id, hoa.clerk_id)
    assert operation.fields == {
        "commune": UNIT.commune_code,
        "login": "hoa",
        "full_name": "Trịnh Thị Hoa",
        "roles": "clerk signer",
    }


def test_each_change_is_the_next_version_of_the_person(session: DeskSession, hoa: Clerk) -> None:
    rename_clerk(session, hoa.clerk_id, "  Lê Thị   Hoa ")
    change_roles(session, hoa.clerk_id, frozenset({Role.SUPERVISOR}))
    assert [(each.base_version, each.fields["full_name"]) for each in told(session, hoa)] == [
        (0, "Lê Thị Hoa"),
        (1, "Lê Thị Hoa"),
    ]


def test_what_changes_nothing_is_not_told(session: DeskSession, hoa: Clerk) -> None:
    before = trail(session)
    assert change_roles(session, hoa.clerk_id, hoa.roles) == hoa
    assert told(session, hoa) == []
    assert trail(session) == before


@pytest.mark.parametrize("role", [Role.CLERK, Role.SIGNER, Role.SUPERVISOR])
def test_nobody_but_it_gives_roles(session: DeskSession, hoa: Clerk, role: Role) -> None:
    somebody = in_roles(signed_in_as(session, hoa), role)
    with pytest.raises(KnownError) as refused:
        change_roles(somebody, hoa.clerk_id, frozenset(Role))
    assert refused.value.code == "not-allowed"
    with pytest.raises(KnownError) as refused:
        rename_clerk(somebody, hoa.clerk_id, "Hoa")
    assert refused.value.code == "not-allowed"
    assert told(session, hoa) == []


def test_the_last_administrator_keeps_the_role_and_nothing_is_told(session: DeskSession) -> None:
    with pytest.raises(KnownError) as refused:
        change_roles(session, session.clerk.clerk_id, frozenset({Role.CLERK}))
    assert refused.value.code == "last-administrator"
    (when_she_came,) = told(session, session.clerk)
    assert when_she_came.fields["roles"] == " ".join(sorted(Role))


def test_nobody_is_without_a_role_or_a_name(session: DeskSession, hoa: Clerk) -> None:
    with pytest.raises(KnownError) as refused:
        rename_clerk(session, hoa.clerk_id, " ")
    assert refused.value.code == "name-missing"
    with pytest.raises(KnownError) as refused:
        change_roles(session, hoa.clerk_id, frozenset())
    assert refused.value.code == "role-missing"


def test_the_drafts_of_who_has_left_go_to_a_colleague(session: DeskSession, hoa: Clerk) -> None:
    drafts_of_hoa = {filled_in(signed_in_as(session, hoa)) for _ in range(2)}
    with session.store.transaction() as connection:
        clerks.revoke(connection, hoa.clerk_id, session.clock())
    assert [row.open_drafts for row in list_clerks(session)] == [0, 2]
    supervisor = in_roles(session, Role.SUPERVISOR)
    changes = take_over_drafts(supervisor, hoa.clerk_id, session.clerk.clerk_id)
    assert changes.drafts == drafts_of_hoa
    assert [row.open_drafts for row in list_clerks(session)] == [2, 0]
    latest = latest_draft(session)
    assert latest is not None
    assert latest.dossier_id in drafts_of_hoa
    assert latest.fields["full_name"]
    assert {subject for _, _, subject in trail(session, "draft.handed-over")} == drafts_of_hoa


def test_drafts_go_only_to_somebody_who_can_finish_them(session: DeskSession, hoa: Clerk) -> None:
    draft = filled_in(session)
    change_roles(session, hoa.clerk_id, frozenset({Role.SIGNER}))
    with pytest.raises(KnownError) as refused:
        take_over_drafts(session, session.clerk.clerk_id, hoa.clerk_id)
    assert refused.value.code == "clerk-cannot-receive"
    with session.store.transaction() as connection:
        clerks.revoke(connection, hoa.clerk_id, session.clock())
    with pytest.raises(KnownError) as refused:
        take_over_drafts(session, session.clerk.clerk_id, hoa.clerk_id)
    assert refused.value.code == "no-such-clerk"
    latest = latest_draft(session)
    assert latest is not None
    assert latest.dossier_id == draft


def test_only_a_supervisor_gives_drafts_to_others(session: DeskSession, hoa: Clerk) -> None:
    filled_in(session)
    it = in_roles(session, Role.IT_ADMIN, Role.CLERK)
    with pytest.raises(KnownError) as refused:
        take_over_drafts(it, session.clerk.clerk_id, hoa.clerk_id)
    assert refused.value.code == "not-allowed"
    assert latest_draft(session) is not None
