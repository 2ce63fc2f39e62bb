# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin enrol`` and ``identity``: whom a restored, copied or turned-back store is, and whom it was."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from localdb import durable_file
from workstation.admin.command import DONE, Command, Subcommands, add_leaf, day_and_time, now
from workstation.desk.enrol_anew import enrol_anew, former_identities


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add both to the command line."""
    enrol = add_leaf(
        commands,
        "enrol",
        _enrol,
        "cho kho đã khôi phục hoặc sao chép một danh tính mới / give a restored or copied store a new identity",
    )
    enrol.add_argument("file", type=Path, metavar="FILE", help="tệp đăng ký máy mới của tỉnh / the new enrolment file")
    add_leaf(
        commands,
        "identity",
        _identity,
        "các danh tính cũ của kho, để tỉnh cấp tệp đăng ký máy / whom this store was, for issuing an enrolment",
    )


def _enrol(command: Command) -> int:
    command.require_file(command.options.file)
    with durable_file.explained():
        enrolment_file = command.options.file.read_bytes()
    workstation = enrol_anew(
        command.folder,
        command.options.login,
        command.ask_password(),
        enrolment_file,
        clock=now,
        random_bytes=secrets.token_bytes,
    )
    command.answer(
        {"device_id": workstation.device_id, "slot": workstation.slot, "unit_code": workstation.unit.code},
        [f"{workstation.device_id}\t{workstation.unit.code}\t{workstation.unit.name}"],
    )
    return DONE


def _identity(command: Command) -> int:
    former = former_identities(
        command.folder, command.options.login, command.ask_password(), clock=now, random_bytes=secrets.token_bytes
    )
    facts = [
        {
            "device_id": each.device_id,
            "slot": each.slot,
            "retired_at": each.retired_at.isoformat(),
            "reason": each.reason,
        }
        for each in former
    ]
    command.answer(
        {"former": facts},
        [f"{each.device_id}\t{each.slot}\t{day_and_time(each.retired_at)}\t{each.reason}" for each in former],
    )
    return DONE
