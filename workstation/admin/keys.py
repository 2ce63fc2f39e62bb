# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin keys``: what opens the store, and what opens it when nobody is left."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from localdb import durable_file, escrow_key
from localdb.open_key_file import number_of
from workstation.admin import proof
from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf, day_and_time, now
from workstation.desk.list_key_slots import list_key_slots
from workstation.desk.make_recovery_sheet import make_recovery_sheet
from workstation.desk.password_rule import require_good_password
from workstation.desk.put_escrow_key import put_escrow_key
from workstation.desk.recover_store import recover_store
from workstation.desk.rotate_keys import rotate_keys


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "keys", "khóa của kho dữ liệu / the keys of the store")
    add_leaf(group, "slots", _slots, "ai và cái gì mở được kho / who and what can open the store")
    add_leaf(
        group,
        "rotate",
        _rotate,
        "đổi khóa, mã hóa lại cơ sở dữ liệu; bản sao cũ không mở được gì mới"
        " / change the keys, encrypt the database anew; an older copy opens nothing new",
    )
    _add_escrow(group)
    sheet = add_leaf(
        group,
        "recovery-sheet",
        _recovery_sheet,
        "làm phiếu khôi phục (PDF để in rồi xóa); phiếu cũ hết hiệu lực"
        " / make a recovery sheet (a PDF to print and delete); an older one is void",
    )
    sheet.add_argument("file", type=Path, metavar="FILE.pdf", help="tệp mới / a file that is not there yet")
    recover = add_leaf(
        group,
        "recover",
        _recover,
        "mở kho khi mất hết mật khẩu; hỏi chữ trên phiếu hoặc câu mật khẩu của khóa tỉnh, rồi mật khẩu mới"
        " / open a store whose passwords are lost; asks for the sheet's words or the passphrase, then a new password",
        signs_in=False,
    )
    recover.add_argument("--login", required=True, metavar="LOGIN", help="ai sẽ đăng nhập / who shall sign in")
    recover.add_argument(
        "--new",
        action="store_true",
        help="người mới, làm quản trị CNTT; hỏi họ tên / somebody new, as IT admin; asks for the name",
    )
    recover.add_argument(
        "--escrow", type=Path, metavar="FILE", help="khóa bí mật của tỉnh / the province's private key file"
    )


def _add_escrow(group: Subcommands[argparse.ArgumentParser]) -> None:
    new = add_leaf(
        group,
        "escrow-new",
        _escrow_new,
        "tạo cặp khóa ký gửi của tỉnh; hỏi câu mật khẩu / make the province's escrow key pair; asks for a passphrase",
        signs_in=False,
    )
    new.add_argument(
        "private", type=Path, metavar="PRIVATE", help="tệp khóa bí mật, cất ngoài máy / keep it off every PC"
    )
    new.add_argument("public", type=Path, metavar="PUBLIC", help="tệp khóa công khai, cho mọi quầy / for every desk")
    put = add_leaf(
        group,
        "escrow-set",
        _escrow_set,
        "cho khóa của tỉnh mở được kho này / let the province's key open this store",
    )
    put.add_argument("public", type=Path, metavar="PUBLIC", help="tệp khóa công khai / the public key file")


def _slots(command: Command) -> int:
    with command.session() as session:
        slots = list_key_slots(session)
    facts = [
        {
            "kind": slot.kind,
            "login": slot.login,
            "clerk_id": slot.clerk_id,
            "number": slot.number,
            "created_at": slot.created_at.isoformat(),
        }
        for slot in slots
    ]
    lines = [f"{slot.kind}\t{slot.login or '-'}\t{slot.number}\t{day_and_time(slot.created_at)}" for slot in slots]
    command.answer({"slots": facts}, lines)
    return DONE


def _rotate(command: Command) -> int:
    with command.session() as session:
        rotate_keys(session)
    command.answer({"rotated": True}, ["Đã đổi khóa / the keys are changed"])
    return DONE


def _escrow_new(command: Command) -> int:
    private, public = command.options.private, command.options.public
    command.require_new_file(private)
    command.require_new_file(public)
    passphrase = command.ask_new_secret("Câu mật khẩu / Passphrase: ")
    require_good_password(passphrase)
    number = number_of(
        escrow_key.make(private, public, passphrase, random_bytes=secrets.token_bytes, cost=escrow_key.COST)
    )
    command.answer({"number": number, "private": str(private), "public": str(public)}, [f"{number}\t{public}"])
    return DONE


def _escrow_set(command: Command) -> int:
    command.require_file(command.options.public)
    public_key = escrow_key.read_public(command.options.public)
    with command.session() as session:
        put_escrow_key(session, public_key)
    command.answer({"number": number_of(public_key)}, [number_of(public_key)])
    return DONE


def _recovery_sheet(command: Command) -> int:
    path: Path = command.options.file
    command.require_new_file(path)
    # The file is opened first: where none can be written, the older sheet must not become void.
    with command.session() as session, durable_file.replacing(path) as file:
        sheet = make_recovery_sheet(session)
        file.write(sheet.document)
    command.answer(
        {"number": sheet.number, "file": str(path)},
        [f"{sheet.number}\t{path}", "In ra, cất kỹ, rồi xóa tệp. / Print it, lock it away, delete the file."],
    )
    return DONE


def _recover(command: Command) -> int:
    login: str = command.options.login
    opened_by = proof.ask_escrow_key(command) if command.options.escrow else proof.ask_words(command)
    full_name = command.ask("Họ tên / Full name: ") if command.options.new else ""
    password = command.ask_new_secret(f"Mật khẩu mới của / New password of {login}: ")
    clerk = recover_store(
        command.folder,
        opened_by,
        login=login,
        new_password=password,
        full_name=full_name,
        clock=now,
        random_bytes=secrets.token_bytes,
    )
    command.answer(
        {"clerk_id": clerk.clerk_id, "login": clerk.login, "roles": sorted(clerk.roles)},
        [f"{clerk.login}: {', '.join(sorted(clerk.roles))}"],
    )
    return DONE
