# SPDX-License-Identifier: GPL-3.0-or-later
"""The door of the running courier: a socket of this machine where the desk says "sync now", "status" or "stop".

It is a loopback TCP socket on a port of the system's choice, because that exists on every system alike and knows no
limit of path length. The port and a word that opens lie in ``courier/door.json``, which only the owner of the data
folder may read; the word is made anew at every start. A question is one line of JSON, and so is its answer.
"""

from __future__ import annotations

import enum
import hmac
import logging
import socket
import socketserver
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb import durable_file
from sync_agent.data_folder import DataFolder
from sync_agent.status import CourierStatus
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.json_fields import JsonFields

_log = logging.getLogger(__name__)

_TIMEOUT_S = 2.0
_MAX_LINE_BYTES = 4096


class Message(enum.StrEnum):
    """What can be said at the door; each is answered with the courier's status."""

    STATUS = "status"
    SYNC_NOW = "sync-now"
    STOP = "stop"


class Door:
    """The courier's side, open for the length of a ``with`` block."""

    def __init__(
        self, folder: DataFolder, answer: Callable[[Message], CourierStatus], random_bytes: RandomBytes
    ) -> None:
        """Listen.

        Args:
            folder: The data folder; its courier folder is there.
            answer: Does what a message asks and gives the status; called from another thread.
            random_bytes: Source of the word.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        self._folder = folder
        word = random_bytes(32).hex()
        self._server = _Server(("127.0.0.1", 0), _handler(word, answer))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="door", daemon=True)
        try:
            with durable_file.replacing(folder.door) as file:
                file.write(dump({"port": self._server.server_address[1], "word": word}))
        except BaseException:
            self._server.server_close()
            raise

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.door.unlink(missing_ok=True)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def ask(folder: DataFolder, message: Message) -> CourierStatus:
    """Say something to the running courier; takes milliseconds, at most 2 seconds.

    Raises:
        KnownError: ``courier-not-running``.
    """
    nobody = KnownError("courier-not-running", retryable=True)
    try:
        fields = JsonFields.of_bytes(folder.door.read_bytes(), nobody.code)
        address = ("127.0.0.1", fields.integer("port", minimum=1, maximum=65535))
        question = dump({"word": fields.text("word"), "message": message.value}) + b"\n"
        with socket.create_connection(address, _TIMEOUT_S) as connection, connection.makefile("rb") as lines:
            connection.sendall(question)
            return CourierStatus.from_fields(JsonFields.of_bytes(lines.readline(_MAX_LINE_BYTES), nobody.code))
    except (OSError, KnownError):
        raise nobody from None


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever knocks and runs away is no trouble."""
        _log.debug("a question at the door broke off")


def _handler(word: str, answer: Callable[[Message], CourierStatus]) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        timeout = _TIMEOUT_S

        def handle(self) -> None:
            fields = JsonFields.of_bytes(self.rfile.readline(_MAX_LINE_BYTES), "door-garbled")
            if not hmac.compare_digest(fields.text("word").encode(), word.encode()):
                return
            self.wfile.write(dump(answer(Message(fields.text("message"))).to_document()) + b"\n")

    return Handler
