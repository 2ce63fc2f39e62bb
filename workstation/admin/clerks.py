# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin clerks``: who works at this desk, and as what."""

from __future__ import annotations

import argparse

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from casework.text import clean
from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf, day_and_time
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.change_clerk import change_roles, rename_clerk
from workstation.desk.list_clerks import ClerkRow, list_clerks
from workstation.desk.reset_password import reset_password
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.session import DeskSession
from workstation.desk.take_over_drafts import take_over_drafts

ROLES = tuple(role.value for role in Role)


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "clerks", "cán bộ của quầy / the people of the desk")
    add_leaf(group, "list", _list, "liệt kê cán bộ / list the people")
    add = add_leaf(
        group,
        "add",
        _add,
        "thêm cán bộ; hỏi họ tên và mật khẩu ban đầu / add a person; asks for the name and a first password",
    )
    _add_login(add)
    _add_roles(add)
    revoke = add_leaf(group, "revoke", _revoke, "thu hồi: không đăng nhập được nữa / revoke: signs in no longer")
    _add_login(revoke)
    reset = add_leaf(
        group, "reset-password", _reset_password, "đặt lại mật khẩu đã quên / set a forgotten password anew"
    )
    _add_login(reset)
    roles = add_leaf(group, "roles", _change_roles, "đổi vai trò / give other roles")
    _add_login(roles)
    _add_roles(roles)
    _add_login(add_leaf(group, "rename", _rename, "đổi họ tên; hỏi họ tên mới / give another name; asks for it"))
    take_over = add_leaf(
        group, "take-over", _take_over, "giao hồ sơ nháp cho người khác / give drafts to somebody else"
    )
    take_over.add_argument("clerk", metavar="FROM", help="tên đăng nhập hoặc mã / login or clerk_id")
    take_over.add_argument("to", metavar="TO", help="tên đăng nhập / login")


def _list(command: Command) -> int:
    with command.session() as session:
        rows = list_clerks(session)
    facts = [_facts(row.clerk) | {"open_drafts": row.open_drafts} for row in rows]
    lines = [
        f"{row.clerk.login}\t{row.clerk.full_name}\t{', '.join(sorted(row.clerk.roles))}\t"
        + (f"thu hồi / revoked {day_and_time(row.clerk.revoked_at)}" if row.clerk.revoked_at else "")
        + (f"\t{row.open_drafts} hồ sơ nháp / drafts\t{row.clerk.clerk_id}" if row.open_drafts else "")
        for row in rows
    ]
    command.answer({"clerks": facts}, [line.rstrip("\t") for line in lines])
    return DONE


def _add(command: Command) -> int:
    with command.session() as session:
        full_name = command.ask("Họ tên / Full name: ")
        password = command.ask_new_secret("Mật khẩu ban đầu / First password: ")
        clerk = add_clerk(session, NewClerk(command.options.clerk, full_name, _roles_of(command), password))
    command.answer(_facts(clerk), [f"{clerk.login}: {', '.join(sorted(clerk.roles))}"])
    return DONE


def _revoke(command: Command) -> int:
    with command.session() as session:
        row = _row(session, command.options.clerk)
        revoke_clerk(session, row.clerk.clerk_id)
    command.answer(
        {"clerk_id": row.clerk.clerk_id, "login": row.clerk.login, "open_drafts": row.open_drafts},
        [
            f"{row.clerk.login}: đã thu hồi / revoked; {row.open_drafts} hồ sơ nháp / drafts",
            "Người đó có thể giữ bản sao ổ đĩa? Đổi khóa: / May she have a copy of the disk? Change the keys:"
            " ./motcua admin keys rotate",
        ],
    )
    return DONE


def _reset_password(command: Command) -> int:
    with command.session() as session:
        clerk = _row(session, command.options.clerk).clerk
        reset_password(session, clerk.clerk_id, command.ask_new_secret("Mật khẩu mới / New password: "))
    command.answer({"clerk_id": clerk.clerk_id, "login": clerk.login}, [f"{clerk.login}: xong / done"])
    return DONE


def _change_roles(command: Command) -> int:
    with command.session() as session:
        clerk = change_roles(session, _row(session, command.options.clerk).clerk.clerk_id, _roles_of(command))
    command.answer(_facts(clerk), [f"{clerk.login}: {', '.join(sorted(clerk.roles))}"])
    return DONE


def _rename(command: Command) -> int:
    with command.session() as session:
        name = command.ask("Họ tên mới / New name: ")
        clerk = rename_clerk(session, _row(session, command.options.clerk).clerk.clerk_id, name)
    command.answer(_facts(clerk), [f"{clerk.login}: {clerk.full_name}"])
    return DONE


def _take_over(command: Command) -> int:
    with command.session() as session:
        changes = take_over_drafts(
            session, _anybody(session, command.options.clerk).clerk_id, _row(session, command.options.to).clerk.clerk_id
        )
    count = len(changes.drafts)
    command.answer({"drafts": count}, [f"{count} hồ sơ nháp / drafts → {command.options.to}"])
    return DONE


def _roles_of(command: Command) -> frozenset[Role]:
    return frozenset(Role(role) for role in command.options.roles)


def _row(session: DeskSession, login: str) -> ClerkRow:
    for row in list_clerks(session):
        if row.clerk.login == clean(login).lower() and row.clerk.revoked_at is None:
            return row
    raise KnownError("no-such-clerk")


def _anybody(session: DeskSession, name: str) -> Clerk:
    """Find a person by clerk_id, or by login; of several who had one login, the one who has drafts or left last."""
    wanted = clean(name).lower()
    named = [row for row in list_clerks(session) if wanted in {row.clerk.login, row.clerk.clerk_id}]
    if not named:
        raise KnownError("no-such-clerk")
    return next((row for row in named if row.open_drafts), named[0]).clerk


def _facts(clerk: Clerk) -> dict[str, object]:
    return {
        "clerk_id": clerk.clerk_id,
        "login": clerk.login,
        "full_name": clerk.full_name,
        "roles": sorted(clerk.roles),
        "revoked_at": clerk.revoked_at.isoformat() if clerk.revoked_at else None,
    }


def _add_login(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("clerk", metavar="WHO", help="tên đăng nhập của người đó / that person's login")


def _add_roles(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("roles", nargs="+", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
