# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m sync_agent``: the courier as a program of its own."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import logging
import logging.handlers
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from casework.errors import KnownError
from localdb.machine import this_machine
from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Courier, Until
from sync_agent.data_folder import DataFolder, make_folder
from sync_agent.device_key import key_store
from sync_agent.door import Door, Message
from sync_agent.lock import only_one
from sync_agent.status import CourierState, CourierStatus
from sync_agent.transports.https import HttpsTransport
from sync_agent.wire.core_dumps import forbid_core_dumps

_log = logging.getLogger("sync_agent")

DONE, LEFT_OVER, NOT_CONFIGURED, ALREADY_RUNNING = 0, 1, 2, 3

_LOG_BYTES = 1_000_000
_LOG_FILES = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the courier.

    Returns:
        0 when it was stopped or nothing is left to do; 1 when something is left after ``--once``; 2 when this folder's
        workstation is not enrolled, was enrolled on another machine, or its key is missing; 3 when a courier runs for
        this folder already.
    """
    options = _parser().parse_args(arguments)
    folder = DataFolder(options.data.resolve())
    if options.detach:
        _start_detached(folder)
        return DONE
    os.umask(0o077)  # all that it writes, log files too, belongs to the owner of the folder alone
    until = Until.TROUBLE if options.once else Until.IDLE if options.until_idle else Until.STOPPED
    try:
        make_folder(folder.courier)
        with only_one(folder.lock), _logging(folder):
            return _run(folder, until)
    except KnownError as error:
        sys.stderr.write(f"{error}\n")
        return ALREADY_RUNNING if error.code == "courier-running" else NOT_CONFIGURED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua agent", description="Carry envelopes between a desk and the gateway.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="data folder of the workstation")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--once", action="store_true", help="stop at the first trouble or when nothing is left to do")
    mode.add_argument("--until-idle", action="store_true", help="stop when nothing is left to do")
    mode.add_argument("--detach", action="store_true", help="start the courier in the background and return")
    return parser


def _run(folder: DataFolder, until: Until) -> int:
    configuration = CourierConfiguration.load(folder)
    try:
        configuration.check_machine(this_machine())
    except KnownError as error:
        CourierStatus(CourierState.NEEDS_HELP, error.code, written_at=dt.datetime.now(dt.UTC)).save(folder)
        raise
    signer = key_store(configuration.key_place, folder.device_key).load(configuration.device_id)
    with contextlib.ExitStack() as lines:
        transports = []
        for url in configuration.gateway_urls:
            transport = HttpsTransport(
                url,
                device_id=configuration.device_id,
                signer=signer,
                gateway_sign_public=configuration.gateway_sign_public,
                clock=time.time,
                random_bytes=os.urandom,
            )
            lines.callback(transport.close)
            transports.append(transport)
        courier = Courier(
            folder,
            configuration,
            transports,
            now=lambda: dt.datetime.now(dt.UTC),
            steady=time.monotonic,
            uniform=random.SystemRandom().random,
        )

        def stop(number: int, frame: FrameType | None) -> None:
            # The interrupted thread may hold the lock that the answer needs.
            threading.Thread(target=courier.answer, args=(Message.STOP,), daemon=True).start()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        with Door(folder, courier.answer, os.urandom):
            _log.info("started")
            is_idle = courier.run(until)
            _log.info("stopped")
    return DONE if is_idle or until is Until.STOPPED else LEFT_OVER


@contextlib.contextmanager
def _logging(folder: DataFolder) -> Iterator[None]:
    """Log into the courier's folder; ids, counts and codes only."""
    handler = logging.handlers.RotatingFileHandler(
        folder.log, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    _log.setLevel(logging.INFO)
    try:
        yield
    except Exception:
        _log.exception("the courier failed")
        raise
    finally:
        root.removeHandler(handler)
        handler.close()


def _start_detached(folder: DataFolder) -> None:
    command = [sys.executable, "-m", "sync_agent", "--data", str(folder.root)]
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        flags = 0
    subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )


if __name__ == "__main__":
    forbid_core_dumps()
    sys.exit(main())
