# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin``: keys, people, backups, repair and the audit trail, for IT and for scripts.

Exit codes:

- 0: done
- 1: refused, or something outside went wrong; what happened and what to do now is on stderr, or in the JSON
- 2: wrong use of the command line
- 3: what was asked about is not there: no desk in this folder, nobody of that name
- 4: a check found damage; it is named on stdout
- 130: interrupted

Passwords and names are asked for at the terminal, or read from stdin with ``--password-stdin``; they are never taken
from the command line or the environment, where other programs of this computer could read them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sync_agent.wire.core_dumps import forbid_core_dumps
from workstation.admin import (
    audit,
    calendar,
    catalogue,
    classes,
    clerks,
    enrolment,
    former,
    keys,
    repair,
    restore,
    retention,
    settings,
    snapshots,
)
from workstation.admin.command import INTERRUPTED, Command
from workstation.desk.sentences import KNOWN_ERRORS

_EXIT_CODES = (
    "Mã thoát / exit codes: 0 xong / done; 1 bị từ chối hoặc có sự cố / refused, or something went wrong;"
    " 2 sai cú pháp / wrong usage; 3 không có / not there; 4 phát hiện hư hỏng / damage found."
)


def main() -> int:
    """Be the program."""
    forbid_core_dumps()
    return run(sys.argv[1:])


def run(arguments: Sequence[str]) -> int:
    """Run one command; see the module for the exit codes."""
    command = Command(parser().parse_args(arguments))
    try:
        code: int = command.options.run(command)
        return code
    except KNOWN_ERRORS as error:
        return command.refuse(error)
    except (KeyboardInterrupt, EOFError):  # Ctrl+C, or Ctrl+D at a question
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """Make the command line."""
    whole = argparse.ArgumentParser(
        prog="motcua admin",
        description="Quản trị khóa, cán bộ, sao lưu, sửa chữa và nhật ký của một quầy."
        " / Manage keys, people, backups, repair and the audit trail of a desk.",
        epilog=_EXIT_CODES,
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    clerks.add_commands(commands)
    keys.add_commands(commands)
    audit.add_commands(commands)
    retention.add_commands(commands)
    snapshots.add_commands(commands)
    restore.add_commands(commands)
    repair.add_commands(commands)
    enrolment.add_commands(commands)
    settings.add_commands(commands)
    calendar.add_commands(commands)
    catalogue.add_commands(commands)
    classes.add_commands(commands)
    former.add_commands(commands)
    return whole


if __name__ == "__main__":
    sys.exit(main())
