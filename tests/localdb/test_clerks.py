# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of the desk: who comes, who changes, who goes, and who has to stay."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from localdb import clerks, drafts
from localdb.store import Store
from tests.localdb import samples
from tests.localdb.samples import NOON

ADMINISTRATOR = Clerk(samples.new_id(), "tung", "Phạm Thanh Tùng", frozenset({Role.IT_ADMIN}))
HOA = Clerk(samples.new_id(), "hoa", "Trịnh Thị Hoa", frozenset({Role.CLERK}))


@pytest.fixture
def centre(store: Store) -> Store:
    """A desk with its first clerk, an administrator and one more."""
    with store.transaction() as connection:
        clerks.add(connection, ADMINISTRATOR)
        clerks.add(connection, HOA)
    return store


def refusal(centre: Store, change: str, *arguments: object) -> str:
    with pytest.raises(KnownError) as refused, centre.transaction() as connection:
        getattr(clerks, change)(connection, *arguments)
    return refused.value.code


def test_everybody_is_listed_and_who_has_left_comes_last(centre: Store) -> None:
    with centre.transaction() as connection:
        clerks.revoke(connection, HOA.clerk_id, NOON)
    with centre.reading() as connection:
        listed = clerks.everybody(connection)
        assert [clerk.login for clerk in listed] == ["lan", "tung", "hoa"]
        assert listed[-1] == dataclasses.replace(HOA, revoked_at=NOON)
        assert clerks.active_logins(connection) == {"lan", "tung"}


def test_who_was_revoked_signs_in_no_longer_but_is_known_by_name(centre: Store) -> None:
    with centre.transaction() as connection:
        clerks.revoke(connection, HOA.clerk_id, NOON)
    assert refusal(centre, "with_login", "hoa") == "no-such-clerk"
    assert refusal(centre, "revoke", HOA.clerk_id, NOON) == "no-such-clerk"
    assert refusal(centre, "change", HOA) == "no-such-clerk"
    with centre.reading() as connection:
        assert clerks.get(connection, HOA.clerk_id).full_name == HOA.full_name


def test_a_name_to_sign_in_with_belongs_to_one_person_at_a_time(centre: Store) -> None:
    successor = dataclasses.replace(HOA, clerk_id=samples.new_id(), full_name="Nguyễn Thị Hoa")
    assert refusal(centre, "add", successor) == "login-taken"
    with centre.transaction() as connection:
        clerks.revoke(connection, HOA.clerk_id, NOON)
        clerks.add(connection, successor)
    with centre.reading() as connection:
        assert clerks.with_login(connection, "hoa") == successor
        assert clerks.get(connection, HOA.clerk_id).full_name == HOA.full_name


def test_name_and_roles_can_change(centre: Store) -> None:
    married = dataclasses.replace(HOA, full_name="Lê Thị Hoa", roles=frozenset({Role.SIGNER, Role.SUPERVISOR}))
    with centre.transaction() as connection:
        clerks.change(connection, married)
    with centre.reading() as connection:
        assert clerks.with_login(connection, "hoa") == married


def test_the_last_administrator_can_neither_go_nor_lose_the_role(centre: Store) -> None:
    demoted = dataclasses.replace(ADMINISTRATOR, roles=frozenset({Role.CLERK}))
    assert refusal(centre, "revoke", ADMINISTRATOR.clerk_id, NOON) == "last-administrator"
    assert refusal(centre, "change", demoted) == "last-administrator"
    with centre.reading() as connection:
        assert clerks.with_login(connection, "tung") == ADMINISTRATOR


def test_one_of_two_administrators_can_go(centre: Store) -> None:
    with centre.transaction() as connection:
        clerks.change(connection, dataclasses.replace(HOA, roles=frozenset({Role.IT_ADMIN})))
        clerks.revoke(connection, ADMINISTRATOR.clerk_id, NOON)
    assert refusal(centre, "revoke", HOA.clerk_id, NOON) == "last-administrator"


def test_open_drafts_go_to_somebody_else_as_they_are(centre: Store) -> None:
    later = NOON + dt.timedelta(hours=1)
    with centre.transaction() as connection:
        for number in range(3):
            dossier_id = samples.new_id()
            drafts.start(connection, dossier_id, HOA.clerk_id, NOON)
            drafts.set_field(connection, dossier_id, "sets", str(number), NOON)
        closed = dossier_id
        drafts.close(connection, closed, NOON, drafts.DraftOutcome.ABANDONED)
        handed_over = drafts.hand_over(connection, HOA.clerk_id, samples.CLERK.clerk_id, later)
    with centre.reading() as connection:
        assert drafts.open_drafts(connection, HOA.clerk_id) == []
        taken = drafts.open_drafts(connection, samples.CLERK.clerk_id)
        assert {draft.dossier_id for draft in taken} == set(handed_over)
        assert closed not in handed_over
        assert sorted(drafts.fields(connection, each)["sets"] for each in handed_over) == ["0", "1"]
        assert {draft.changed_at for draft in taken} == {later}
