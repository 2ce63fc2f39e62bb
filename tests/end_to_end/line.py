# SPDX-License-Identifier: GPL-3.0-or-later
"""The commune's line to its gateway: a proxy on loopback that a test can hold up in the middle of an upload."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

_PIECE = 16 * 1024


class Line:
    """Carries bytes both ways until it is told to hold them.

    Attributes:
        held: Set when the line holds bytes back.
    """

    def __init__(self, target_port: int, hold_after_bytes: int) -> None:
        """Plan the line.

        Args:
            target_port: Where the gateway listens.
            hold_after_bytes: So many bytes go towards the gateway; the next ones wait for ``let_go``.
        """
        self.held = threading.Event()
        self._target_port = target_port
        self._bytes_left = hold_after_bytes
        self._let_go = threading.Event()
        self._lock = threading.Lock()
        self._closed = False
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def let_go(self) -> None:
        """Carry everything from now on, also what was held."""
        self._let_go.set()

    @contextlib.contextmanager
    def open(self, port: int) -> Iterator[Line]:
        """Listen on a port for the length of a ``with`` block."""
        with socket.create_server(("127.0.0.1", port)) as listener:
            accepting = threading.Thread(target=self._accept, args=(listener,))
            accepting.start()
            try:
                yield self
            finally:
                self.let_go()
                self._closed = True
                with socket.create_connection(listener.getsockname()):
                    accepting.join()
                for end in self._ends:
                    _shut(end)
                for thread in self._threads:
                    thread.join()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            client, _ = listener.accept()
            if self._closed:
                client.close()
                return
            thread = threading.Thread(target=self._carry, args=(client,))
            self._ends.append(client)
            self._threads.append(thread)
            thread.start()

    def _carry(self, client: socket.socket) -> None:
        target = ("127.0.0.1", self._target_port)
        with client, contextlib.suppress(OSError), socket.create_connection(target) as server:
            self._ends.append(server)
            back = threading.Thread(target=_pour, args=(server, client))
            back.start()
            try:
                while piece := client.recv(_PIECE):
                    self._wait_if_held(len(piece))
                    server.sendall(piece)
            finally:
                _shut(server)
                _shut(client)
                back.join()

    def _wait_if_held(self, size: int) -> None:
        with self._lock:
            self._bytes_left -= size
            is_held = self._bytes_left < 0
        if is_held and not self._let_go.is_set():
            self.held.set()
            self._let_go.wait()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
    _shut(target)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
