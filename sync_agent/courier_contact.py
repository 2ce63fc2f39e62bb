# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's side of the courier: see how it is doing, wake it, start it, stop it. None of it waits for the network."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

from casework.errors import KnownError
from sync_agent import door
from sync_agent.data_folder import DataFolder
from sync_agent.door import Message
from sync_agent.status import CourierState, CourierStatus
from sync_agent.wire.json_fields import JsonFields

_START_TIMEOUT_S = 30


def courier_status(folder: DataFolder) -> CourierStatus:
    """Ask the courier how it is doing; when it does not run, tell what it last said, with the state ``NOT_RUNNING``."""
    try:
        return door.ask(folder, Message.STATUS)
    except KnownError:
        return dataclasses.replace(_last_words(folder), state=CourierState.NOT_RUNNING)


def sync_now(folder: DataFolder) -> bool:
    """Ask the courier to go on at once; tells whether one is running."""
    return _say(folder, Message.SYNC_NOW)


def stop_courier(folder: DataFolder) -> bool:
    """Ask the courier to stop after the exchange it is in; tells whether one was running."""
    return _say(folder, Message.STOP)


def start_courier(folder: DataFolder) -> None:
    """Start the courier of a data folder, to outlive this program; nothing happens when it runs already.

    Takes a fraction of a second: the courier is started by a child that ends at once, so that nobody has to wait for
    the courier's own end.

    Raises:
        KnownError: ``courier-does-not-start``.
    """
    if _say(folder, Message.STATUS):
        return
    command = [sys.executable, "-m", "sync_agent", "--data", str(folder.root), "--detach"]
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_START_TIMEOUT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        raise KnownError("courier-does-not-start", retryable=True) from None


def _say(folder: DataFolder, message: Message) -> bool:
    try:
        door.ask(folder, message)
    except KnownError:
        return False
    return True


def _last_words(folder: DataFolder) -> CourierStatus:
    try:
        fields = JsonFields.of_bytes(folder.status.read_bytes(), "courier-status-damaged")
        return CourierStatus.from_fields(fields)
    except (OSError, KnownError):
        return CourierStatus(CourierState.NOT_RUNNING)
