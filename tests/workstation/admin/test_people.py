# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin clerks``."""

from __future__ import annotations

import dataclasses

from casework.records.workplace import Clerk, Role
from localdb import clerks
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CLERK, PASSWORD, filled_in, latest_draft


def with_hoa(desk: Desk) -> Clerk:
    """Put a second clerk, who has begun a form, at the desk."""
    session = desk.sign_in()
    hoa = Clerk(session.new_identifier(), "hoa", "Trịnh Thị Hoa", frozenset({Role.CLERK}))
    with session.store.transaction() as connection:
        clerks.add(connection, hoa)
    filled_in(dataclasses.replace(session, clerk=hoa))
    session.close()
    return hoa


def test_the_people_are_listed_for_programs_and_for_people(desk: Desk) -> None:
    hoa = with_hoa(desk)
    listed = desk.administer("clerks", "list")
    assert listed.code == 0
    assert [(each["login"], each["open_drafts"]) for each in listed.facts["clerks"]] == [("hoa", 1), ("lan", 0)]
    assert listed.facts["clerks"][0]["roles"] == ["clerk"]
    told = desk.run("clerks", "list", "--login", CLERK.login, "--password-stdin", asked=(PASSWORD,))
    assert told.code == 0
    assert "hoa\tTrịnh Thị Hoa\tclerk" in told.stdout
    assert hoa.clerk_id in told.stdout


def test_roles_and_names_are_changed(program: Desk) -> None:
    hoa = with_hoa(program)
    assert program.administer("clerks", "roles", "hoa", "clerk", "signer").code == 0
    assert program.administer("clerks", "rename", "hoa", asked=("Lê Thị Hoa",)).code == 0
    session = program.sign_in()
    with session.store.reading() as connection:
        changed = clerks.get(connection, hoa.clerk_id)
    session.close()
    assert (changed.full_name, changed.roles) == ("Lê Thị Hoa", frozenset({Role.CLERK, Role.SIGNER}))


def test_drafts_are_given_to_somebody_else(desk: Desk) -> None:
    with_hoa(desk)
    taken = desk.administer("clerks", "take-over", "hoa", CLERK.login)
    assert (taken.code, taken.facts) == (0, {"drafts": 1})
    session = desk.sign_in()
    assert latest_draft(session) is not None
    session.close()


def test_a_refusal_says_why_in_both_languages_and_in_the_exit_code(program: Desk) -> None:
    refused = program.administer("clerks", "roles", CLERK.login, "clerk")
    assert refused.code == 1
    assert refused.facts["error"]["code"] == "last-administrator"
    assert "quản trị CNTT" in refused.facts["error"]["sentences"]["vi"][1]
    assert "IT admin" in refused.stderr


def test_a_wrong_password_changes_nothing(desk: Desk) -> None:
    refused = desk.administer("clerks", "list", password="wrong")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "wrong-password")


def test_what_is_not_there_has_its_own_exit_code(desk: Desk) -> None:
    assert desk.administer("clerks", "roles", "nobody", "clerk").code == 3
    assert desk.administer("clerks", "list", login="nobody").code == 3
    nowhere = Desk(dataclasses.replace(desk.folder, root=desk.folder.root / "nowhere"))
    assert nowhere.administer("clerks", "list").code == 3
    assert not nowhere.folder.root.exists()


def test_wrong_usage_has_its_own_exit_code(desk: Desk) -> None:
    for arguments in (("clerks",), ("clerks", "roles", "hoa"), ("clerks", "roles", "hoa", "king"), ("nonsense",)):
        assert desk.run(*arguments).code == 2


def test_while_the_window_is_open_the_command_waits_outside(program: Desk) -> None:
    session = program.sign_in()
    refused = program.administer("clerks", "list")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "desk-in-use")
    session.close()


def test_without_a_terminal_nobody_is_asked(program: Desk) -> None:
    refused = program.run("clerks", "list", "--login", CLERK.login)
    assert refused.code == 1
    assert "password-needs-terminal" in refused.stderr


def test_somebody_comes_forgets_the_password_and_goes(desk: Desk) -> None:
    added = desk.administer("clerks", "add", "Mai", "clerk", "supervisor", asked=("Ngô Thị Mai", "mật khẩu đầu"))
    assert (added.code, added.facts["login"], added.facts["full_name"]) == (0, "mai", "Ngô Thị Mai")
    session = desk.sign_in("mai", "mật khẩu đầu")
    assert session.clerk.roles == frozenset({Role.CLERK, Role.SUPERVISOR})
    filled_in(session)
    session.close()
    assert desk.administer("clerks", "reset-password", "mai", asked=("mật khẩu sau",)).code == 0
    desk.sign_in("mai", "mật khẩu sau").close()
    revoked = desk.administer("clerks", "revoke", "mai")
    assert (revoked.code, revoked.facts["open_drafts"]) == (0, 1)
    assert desk.administer("clerks", "list", login="mai", password="mật khẩu sau").code == 3
    assert desk.administer("clerks", "take-over", " MAI ", CLERK.login.upper()).facts == {"drafts": 1}


def test_no_secret_and_no_name_is_told_by_a_refusal(desk: Desk) -> None:
    refused = desk.administer("clerks", "add", CLERK.login, "clerk", asked=("Ngô Thị Mai", "mật khẩu đầu"))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "login-taken")
    for secret in ("Ngô Thị Mai", "mật khẩu đầu", PASSWORD):
        assert secret not in refused.stdout + refused.stderr
