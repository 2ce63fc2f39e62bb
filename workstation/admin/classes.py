# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin classes``: what clerks corrected about classes of papers, from desk to desk; without a network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from localdb import durable_file
from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf
from workstation.desk import publisher_keys
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.share_corrections import (
    desk_public_key,
    export_corrections,
    forget_corrections,
    import_corrections,
)

_LARGEST: Final = 1 << 20
"""Bytes; a file of corrections has a fifteenth of it."""


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "classes", "loại giấy tờ đã học từ cán bộ / classes of papers learnt from clerks")
    key = add_leaf(
        group,
        "key",
        _key,
        "ghi khóa công khai của quầy này cho các quầy khác / write this desk's public key for others",
    )
    export = add_leaf(
        group,
        "export",
        _export,
        "ghi những gì quầy này đã học, có chữ ký của quầy / write what this desk learnt, signed by the desk",
    )
    for leaf in (key, export):
        leaf.add_argument("file", type=Path, metavar="FILE", help="tệp mới / a file that is not there yet")
    take = add_leaf(
        group,
        "import",
        _import,
        "học thêm từ tệp của một quầy được tin cậy / take over what a trusted desk wrote",
    )
    take.add_argument("file", type=Path, metavar="FILE", help="tệp của quầy khác / what another desk wrote")
    add_leaf(group, "reset", _reset, "quên tất cả, về như mới cài / forget everything, as freshly installed")


def _key(command: Command) -> int:
    command.require_new_file(command.options.file)
    with command.session() as session:
        key = desk_public_key(session)
    _write(command.options.file, publisher_keys.to_pem(key))
    number = publisher_keys.number(key)
    command.answer({"number": number, "file": str(command.options.file)}, [f"{number}\t{command.options.file}"])
    return DONE


def _export(command: Command) -> int:
    command.require_new_file(command.options.file)
    with command.session() as session:
        exported = export_corrections(session)
    _write(command.options.file, exported.content)
    facts = {
        "corrections": exported.count,
        "key": publisher_keys.number(exported.public_key),
        "file": str(command.options.file),
    }
    command.answer(facts, [f"{name}\t{value}" for name, value in facts.items()])
    return DONE


def _import(command: Command) -> int:
    command.require_file(command.options.file)
    with durable_file.explained(), command.options.file.open("rb") as file:
        data = file.read(_LARGEST)
    settings = DeskSettings.of_this_computer()
    trusted = (*settings.read_publisher_keys(), *settings.read_teacher_keys())
    with command.session() as session:
        imported = import_corrections(session, data, trusted)
    facts = {"received": imported.received, "corrections": imported.known}
    command.answer(facts, [f"{name}\t{value}" for name, value in facts.items()])
    return DONE


def _reset(command: Command) -> int:
    with command.session() as session:
        forget_corrections(session)
    command.answer({"corrections": 0}, ["corrections\t0"])
    return DONE


def _write(path: Path, content: bytes) -> None:
    with durable_file.replacing(path) as file:
        file.write(content)
    path.chmod(0o644)
