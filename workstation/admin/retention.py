# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin retention``: the dossiers that the law does not want kept any more; nothing is destroyed here."""

from __future__ import annotations

import argparse

from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf
from workstation.desk.list_past_retention import list_past_retention


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "retention", "thời hạn lưu hồ sơ / how long dossiers are kept")
    add_leaf(
        group,
        "list",
        _list,
        "các hồ sơ đã hết thời hạn lưu; không có gì bị hủy / the dossiers past their time; nothing is destroyed",
    )


def _list(command: Command) -> int:
    """Tell codes and days, and no name: what is to be destroyed is decided by the file, not by the person."""
    with command.session() as session:
        found = [row.dossier for row in list_past_retention(session)]
    facts = [
        {
            "dossier_id": dossier.dossier_id,
            "code": dossier.code,
            "procedure_code": dossier.procedure_code,
            "retain_until": dossier.retain_until.isoformat() if dossier.retain_until else None,
            "retention_basis": dossier.retention_basis,
        }
        for dossier in found
    ]
    lines = [
        f"{dossier.code}\t{dossier.retain_until}\t{dossier.retention_basis}\t{dossier.procedure_name}"
        for dossier in found
    ]
    command.answer({"dossiers": facts}, lines)
    return DONE
