# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m gateway``: serve, enrol a workstation, show audit anchors, or declare that a backup was restored.

Exit codes: 0 done; 1 something outside the program is wrong, named by its code on stderr; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import re
import signal
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path

from casework.errors import KnownError
from casework.records.workplace import Unit
from gateway.anchors import witness, witness_file
from gateway.enrolment import issue_enrolment
from gateway.folder import declare_restored, open_gateway, serving_place
from gateway.held_objects import miss_lost_objects
from gateway.keys import refuse_exposed
from gateway.objects import ObjectStore
from gateway.server import Settings, address, built_app, listen, make_server, write_ready_file
from sync_agent.portals.mapi import MapiAccount
from sync_agent.wire.core_dumps import forbid_core_dumps
from sync_agent.wire.enrolment import MAX_SLOT

_UNIT_CODE = re.compile(r"[A-Z][0-9]{2}(\.[0-9A-Z]+)*")
_ANY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 — compared with, not bound to
_COMMUNE_CODE = re.compile(r"[0-9]{5}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; see the module."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    try:
        match options.command:
            case "serve":
                _serve(options)
            case "enrol":
                _enrol(options)
            case "anchors":
                _show_anchors(options)
            case "restored":
                _declare_restored(options)
    except KnownError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.strerror or type(error).__name__}\n")
        return 1
    return 0


def _serve(options: argparse.Namespace) -> None:
    if options.portal_url and not options.public_url and options.host in _ANY_ADDRESS:
        raise KnownError("public-url-missing")
    settings = Settings(folder=options.folder, portal=_portal(options), public_url=options.public_url)
    with listen(options.host, options.port) as listener, built_app(settings, address(listener), _now) as app:
        if options.ready_file is not None:
            write_ready_file(options.ready_file, address(listener))
        sys.stdout.write(f"{address(listener)}\n")
        sys.stdout.flush()
        for number in (signal.SIGINT, signal.SIGTERM):
            # The server ends its requests first; then it hands the signal on to us.
            signal.signal(number, _leave)
        make_server(app).run(sockets=[listener])


def _leave(_number: int, _frame: types.FrameType | None) -> None:
    raise SystemExit(0)


def _portal(options: argparse.Namespace) -> MapiAccount | None:
    if not options.portal_url:
        return None
    if not options.portal_user or options.portal_password_file is None:
        raise KnownError("portal-account-missing")
    refuse_exposed(options.portal_password_file)
    password = options.portal_password_file.read_text(encoding="utf-8").rstrip("\r\n")
    return MapiAccount(options.portal_url.rstrip("/"), options.portal_user, password)


def _enrol(options: argparse.Namespace) -> None:
    if options.output is None:
        sys.stdout.buffer.write(_enrolment(options))
        return
    # The file comes first: a slot whose enrolment could not be written would be lost.
    descriptor = os.open(options.output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_enrolment(options))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        options.output.unlink()
        raise


def _show_anchors(options: argparse.Namespace) -> None:
    with open_gateway(options.folder) as gateway:
        if options.json:
            sys.stdout.buffer.write(witness_file(gateway, options.device, _now()) + b"\n")
            return
        for anchor in witness(gateway, options.device, _now()).anchors:
            sys.stdout.write(f"{anchor.day} {anchor.device_id} {anchor.entry_number} {anchor.entry_hash.hex()}\n")


def _declare_restored(options: argparse.Namespace) -> None:
    with serving_place(options.folder), open_gateway(options.folder) as gateway:
        miss_lost_objects(gateway, ObjectStore(gateway).holds)
        sys.stdout.write(f"{declare_restored(gateway)}\n")


def _enrolment(options: argparse.Namespace) -> bytes:
    unit = Unit(options.unit_code, options.unit_name, options.parent_name, options.place, options.commune_code)
    urls = [url.rstrip("/") for url in options.url]
    with open_gateway(options.folder) as gateway:
        enrolment = issue_enrolment(
            gateway, unit, options.slot, urls, _now(), replaces=options.replaces, beside=options.beside
        )
        return enrolment.to_json() + b"\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gateway", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser("serve", help="receive what workstations send, relay it to the portal")
    serve.add_argument("--folder", type=Path, required=True, help="keys, database and objects of this gateway")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--port", type=int, default=0, help="port to listen on; 0 lets the system choose")
    serve.add_argument("--public-url", default="", help="where the portal reaches this gateway")
    serve.add_argument("--portal-url", default="", help="address of the portal's mapi services")
    serve.add_argument("--portal-user", default="", help="account at the portal")
    serve.add_argument("--portal-password-file", type=Path, help="that account's password, readable by its owner only")
    serve.add_argument("--ready-file", type=Path, help="file to write the address to as soon as it listens")

    enrol = commands.add_parser("enrol", help="issue the enrolment file of one more workstation")
    enrol.add_argument("--folder", type=Path, required=True, help="folder of the gateway")
    enrol.add_argument("--unit-code", type=_matching(_UNIT_CODE), required=True, help="e.g. H56.14")
    enrol.add_argument("--unit-name", required=True)
    enrol.add_argument("--parent-name", required=True, help="line above the unit's name on forms")
    enrol.add_argument("--place", required=True, help="place name in front of dates")
    enrol.add_argument("--commune-code", type=_matching(_COMMUNE_CODE), required=True, help="5 digits")
    enrol.add_argument("--slot", type=int, choices=range(MAX_SLOT + 1), required=True)
    enrol.add_argument("--url", action="append", required=True, help="base URL of the gateway; may be repeated")
    lineage = enrol.add_mutually_exclusive_group()
    lineage.add_argument(
        "--replaces", default="", metavar="DEVICE_ID", help="workstation in whose place it comes, not heard any more"
    )
    lineage.add_argument(
        "--beside", default="", metavar="DEVICE_ID", help="workstation that it is a copy of, which goes on as well"
    )
    enrol.add_argument("-o", "--output", type=Path, help="new file for the enrolment; standard output without it")

    anchors = commands.add_parser("anchors", help="what workstations anchored of their audit trails: the witness file")
    anchors.add_argument("--folder", type=Path, required=True, help="folder of the gateway")
    anchors.add_argument("--device", required=True, metavar="DEVICE_ID", help="a workstation; its lineage comes along")
    anchors.add_argument("--json", action="store_true", help="the signed file for ./motcua admin audit verify")

    restored = commands.add_parser(
        "restored", help="after restoring a backup: read every object, let the workstations offer all again"
    )
    restored.add_argument("--folder", type=Path, required=True, help="folder of the gateway; no server runs in it")
    return parser


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """Make an argument type that has a shape."""

    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise argparse.ArgumentTypeError(f"must match {pattern.pattern}")
        return value

    return check


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    forbid_core_dumps()
    sys.exit(main())
