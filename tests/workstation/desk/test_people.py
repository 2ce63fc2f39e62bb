# SPDX-License-Identifier: GPL-3.0-or-later
"""People come, forget their passwords and go; whatever is cut off in between, nobody gets in who should not."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from casework.errors import KnownError
from casework.records.operation import Operation, OperationKind
from casework.records.workplace import Clerk, Role
from localdb import outbox
from tests.localdb.keys_only import open_with_password
from tests.workstation.desk.counter import CHEAP, CLERK, PASSWORD, UNIT, Hand, in_roles, reopened
from tests.workstation.desk.killed_while_managing import HOA, OTHER_PASSWORD
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.list_clerks import list_clerks
from workstation.desk.reset_password import reset_password
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in


def gets_in(session: DeskSession, password: str = HOA.password, login: str = HOA.login) -> bool:
    """Whether somebody can sign in at the desk, which is closed for it."""
    session.close()
    try:
        sign_in(session.folder, login, password, clock=session.clock, random_bytes=os.urandom).close()
    except KnownError as refused:
        if refused.code in {"wrong-password", "no-such-clerk"}:
            return False
        raise
    return True


def logins(session: DeskSession) -> list[str]:
    """Who can sign in, by the record."""
    return [row.clerk.login for row in list_clerks(session) if row.clerk.revoked_at is None]


def slots(session: DeskSession) -> list[str]:
    """Who can open the key file."""
    return sorted(slot.login for slot in session.key_file.slots if slot.kind == "clerk")


def told(session: DeskSession, clerk: Clerk) -> list[Operation]:
    with session.store.reading() as connection:
        return outbox.operations_of(connection, clerk.clerk_id)


def test_who_was_added_can_sign_in_at_once(session: DeskSession) -> None:
    clerk = add_clerk(session, HOA, cost=CHEAP)
    assert (clerk.login, clerk.full_name, clerk.roles) == (HOA.login, HOA.full_name, HOA.roles)
    assert slots(session) == ["hoa", "lan"]
    assert gets_in(session)


def test_the_other_desks_learn_who_came_and_who_left_and_no_secret(session: DeskSession) -> None:
    clerk = add_clerk(session, HOA, cost=CHEAP)
    revoke_clerk(session, clerk.clerk_id)
    came, left = told(session, clerk)
    assert came.fields == {
        "commune": UNIT.commune_code,
        "login": "hoa",
        "full_name": HOA.full_name,
        "roles": "clerk",
    }
    assert left.fields.keys() == {"commune", "login", "revoked_at"}
    assert (came.base_version, left.base_version) == (0, 1)


def test_who_set_the_desk_up_is_told_of_once_at_the_first_sign_in(session: DeskSession) -> None:
    (operation,) = told(session, session.clerk)
    assert operation.kind is OperationKind.CLERK_RECORDED
    assert (operation.device_sequence, operation.fields["full_name"]) == (1, CLERK.full_name)
    again = reopened(session)
    assert told(again, again.clerk) == [operation]
    again.close()


def test_who_was_revoked_gets_in_no_longer_and_opens_the_key_file_no_longer(session: DeskSession) -> None:
    clerk = add_clerk(session, HOA, cost=CHEAP)
    revoke_clerk(session, clerk.clerk_id)
    assert slots(session) == ["lan"]
    for copy in session.folder.root.glob("keys.json*"):
        with pytest.raises(KnownError) as refused:
            open_with_password(copy, HOA.login, HOA.password)
        assert refused.value.code == "no-such-clerk"
    assert not gets_in(session)
    assert gets_in(session, PASSWORD, CLERK.login)


def test_a_successor_may_use_the_name_of_who_has_left(session: DeskSession) -> None:
    first = add_clerk(session, HOA, cost=CHEAP)
    revoke_clerk(session, first.clerk_id)
    second = add_clerk(session, dataclasses.replace(HOA, full_name="Lê Hoa", password=OTHER_PASSWORD), cost=CHEAP)
    assert second.clerk_id != first.clerk_id
    assert not gets_in(session)
    assert gets_in(session, OTHER_PASSWORD)


def test_a_new_password_takes_the_place_of_the_forgotten_one(session: DeskSession) -> None:
    clerk = add_clerk(session, HOA, cost=CHEAP)
    reset_password(session, clerk.clerk_id, OTHER_PASSWORD, cost=CHEAP)
    assert not gets_in(session)
    assert gets_in(session, OTHER_PASSWORD)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"login": CLERK.login.upper()}, "login-taken"),
        ({"login": "  "}, "name-missing"),
        ({"full_name": ""}, "name-missing"),
        ({"roles": frozenset()}, "role-missing"),
        ({"password": "seven77"}, "password-too-short"),
    ],
)
def test_who_cannot_be_added_leaves_no_trace(session: DeskSession, changes: dict[str, str], code: str) -> None:
    with pytest.raises(KnownError) as refused:
        add_clerk(session, dataclasses.replace(HOA, **changes), cost=CHEAP)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert (slots(session), logins(session)) == (["lan"], ["lan"])
    assert gets_in(session, PASSWORD, CLERK.login)


def test_nobody_resets_the_password_of_who_has_left(session: DeskSession) -> None:
    clerk = add_clerk(session, HOA, cost=CHEAP)
    revoke_clerk(session, clerk.clerk_id)
    with pytest.raises(KnownError) as refused:
        reset_password(session, clerk.clerk_id, OTHER_PASSWORD, cost=CHEAP)
    assert refused.value.code == "no-such-clerk"
    assert slots(session) == ["lan"]


def test_the_last_administrator_cannot_be_revoked_and_keeps_her_slot(session: DeskSession) -> None:
    add_clerk(session, HOA, cost=CHEAP)
    with pytest.raises(KnownError) as refused:
        revoke_clerk(session, session.clerk.clerk_id)
    assert refused.value.code == "last-administrator"
    assert slots(session) == ["hoa", "lan"]
    assert gets_in(session, PASSWORD, CLERK.login)


MANAGING: dict[str, Callable[[DeskSession, Clerk], object]] = {
    "add": lambda session, _: add_clerk(session, NewClerk("mai", "Mai", frozenset(Role), OTHER_PASSWORD), cost=CHEAP),
    "revoke": lambda session, clerk: revoke_clerk(session, clerk.clerk_id),
    "reset": lambda session, clerk: reset_password(session, clerk.clerk_id, OTHER_PASSWORD, cost=CHEAP),
}


@pytest.mark.parametrize("role", [Role.CLERK, Role.SIGNER, Role.SUPERVISOR])
@pytest.mark.parametrize("deed", MANAGING)
def test_only_it_manages_people(session: DeskSession, role: Role, deed: str) -> None:
    clerk = add_clerk(session, HOA, cost=CHEAP)
    somebody = in_roles(dataclasses.replace(session, clerk=clerk), role)
    revision = session.key_file.revision
    with pytest.raises(KnownError) as refused:
        MANAGING[deed](somebody, clerk)
    assert refused.value.code == "not-allowed"
    assert (logins(session), session.key_file.revision) == (["hoa", "lan"], revision)


def killed(session: DeskSession, deed: str, moment: str) -> None:
    """Manage people in a program that is killed."""
    session.close()
    program = [sys.executable, "-m", "tests.workstation.desk.killed_while_managing"]
    ended = subprocess.run(
        [*program, str(session.folder.root), deed, moment], input=f"{PASSWORD}\n".encode(), check=False
    )
    assert ended.returncode == -signal.SIGKILL


def test_a_slot_without_a_record_lets_nobody_in_and_goes(session: DeskSession) -> None:
    killed(session, "add", "before")
    open_with_password(session.folder.key_file, HOA.login, HOA.password)  # it was in between indeed
    assert not gets_in(session)
    again = reopened(session)
    assert (slots(again), logins(again)) == (["lan"], ["lan"])
    add_clerk(again, HOA, cost=CHEAP)
    assert gets_in(again)


def test_who_was_revoked_when_the_power_went_is_out(session: DeskSession) -> None:
    add_clerk(session, HOA, cost=CHEAP)
    killed(session, "revoke", "before")
    open_with_password(session.folder.key_file, HOA.login, HOA.password)  # it was in between indeed
    assert not gets_in(session)
    again = reopened(session)
    assert (slots(again), logins(again)) == (["lan"], ["lan"])
    again.close()


def test_who_is_not_on_the_list_takes_nobodys_slot_away(session: DeskSession) -> None:
    add_clerk(session, HOA, cost=CHEAP)
    with session.store.transaction() as connection:
        connection.execute("UPDATE clerks SET revoked_at = 1")  # as if the list were lost
    assert not gets_in(session)
    for login, password in ((CLERK.login, PASSWORD), (HOA.login, HOA.password)):
        open_with_password(session.folder.key_file, login, password)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_one_of_two_passwords_is_right_when_the_power_went_during_a_reset(session: DeskSession, moment: str) -> None:
    add_clerk(session, HOA, cost=CHEAP)
    killed(session, "reset", moment)
    assert gets_in(session, OTHER_PASSWORD) is (moment == "after")
    assert gets_in(session) is (moment == "before")


def test_who_was_added_or_revoked_whole_stays_so(session: DeskSession, clock: Hand) -> None:
    add_clerk(session, HOA, cost=CHEAP)
    killed(session, "revoke", "after")
    assert not gets_in(session)
    again = reopened(session)
    assert (slots(again), logins(again)) == (["lan"], ["lan"])
    again.close()
    killed(session, "add", "after")
    assert gets_in(session)
