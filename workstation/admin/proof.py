# SPDX-License-Identifier: GPL-3.0-or-later
"""What opens a store when signing in is not possible: a password, the recovery sheet, the province's key."""

from __future__ import annotations

import argparse
from pathlib import Path

from localdb import escrow_key
from workstation.admin.command import Command
from workstation.desk.recover_store import EscrowKey, RecoveryWords
from workstation.desk.restore_store import ClerkPassword, Proof


def add_options(leaf: argparse.ArgumentParser) -> None:
    """Add the options of which one must be chosen."""
    options = leaf.add_mutually_exclusive_group(required=True)
    options.add_argument("--login", metavar="LOGIN", help="mở bằng mật khẩu của người này / with a password")
    options.add_argument("--words", action="store_true", help="mở bằng phiếu khôi phục / with the recovery sheet")
    options.add_argument(
        "--escrow", type=Path, metavar="FILE", help="mở bằng khóa bí mật của tỉnh / with the province's private key"
    )


def ask(command: Command) -> Proof:
    """Ask for what the command line chose.

    Raises:
        KnownError: ``no-such-file``, ``escrow-file-damaged``, ``wrong-passphrase``; ``password-needs-terminal``.
    """
    if command.options.words:
        return ask_words(command)
    if command.options.escrow:
        return ask_escrow_key(command)
    return ClerkPassword(command.options.login, command.ask_password())


def ask_words(command: Command) -> RecoveryWords:
    """Ask for the words of the recovery sheet.

    Raises:
        KnownError: ``password-needs-terminal``.
    """
    return RecoveryWords(command.ask_secret("Các chữ trên phiếu / Words of the sheet: "))


def ask_escrow_key(command: Command) -> EscrowKey:
    """Open the file of the province's private key that the command line names.

    Raises:
        KnownError: ``no-such-file``, ``escrow-file-damaged``, ``wrong-passphrase``; ``password-needs-terminal``.
    """
    command.require_file(command.options.escrow)
    passphrase = command.ask_secret("Câu mật khẩu của khóa tỉnh / Passphrase of the province's key: ")
    return EscrowKey(escrow_key.read_private(command.options.escrow, passphrase))
