# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin settings``: what may be settled for this desk; what IT settles for a PC is in desk.json."""

from __future__ import annotations

import argparse
import dataclasses

from casework.records.settings import SETTING_RANGES, Settings
from workstation.admin.command import DONE, Command, Subcommands, add_group, add_leaf
from workstation.desk.change_settings import change_settings, read_settings


def add_commands(commands: Subcommands[argparse.ArgumentParser]) -> None:
    """Add the group to the command line."""
    group = add_group(commands, "settings", "cài đặt của quầy / settings of the desk")
    add_leaf(group, "show", _show, "xem cài đặt / show the settings")
    change = add_leaf(group, "change", _change, "đổi cài đặt / change settings")
    for name, allowed in SETTING_RANGES.items():
        change.add_argument(
            f"--{name.replace('_', '-')}", type=int, metavar="N", help=f"{allowed.start} … {allowed.stop - 1}"
        )


def _show(command: Command) -> int:
    with command.session() as session:
        _tell(command, read_settings(session))
    return DONE


def _change(command: Command) -> int:
    with command.session() as session:
        settings = read_settings(session)
        named = {name: getattr(command.options, name) for name in SETTING_RANGES}
        wanted = dataclasses.replace(settings, **{name: value for name, value in named.items() if value is not None})
        change_settings(session, wanted)
        _tell(command, wanted)
    return DONE


def _tell(command: Command, settings: Settings) -> None:
    facts = dataclasses.asdict(settings)
    command.answer(facts, [f"{name}\t{value}" for name, value in facts.items()])
