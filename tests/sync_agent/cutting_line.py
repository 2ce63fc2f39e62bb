# SPDX-License-Identifier: GPL-3.0-or-later
"""A line to a gateway that breaks after a random number of bytes, again and again."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PIECE = 8192


class CuttingLine:
    """A proxy on loopback that cuts connections.

    Attributes:
        url: Where it listens.
        sent_bytes: Bytes that went towards the gateway, those of the cut ones included.
        cuts: Connections cut.
    """

    def __init__(self, target: str, mean_bytes: float, seed: int) -> None:
        host, _, port = target.rpartition("/")[2].partition(":")
        self._target = (host, int(port))
        self._mean_bytes = mean_bytes
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._is_closed = False
        self.url = ""
        self.sent_bytes = 0
        self.cuts = 0

    @contextmanager
    def open(self) -> Iterator[CuttingLine]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            acceptor = threading.Thread(target=self._accept, args=(listener,))
            acceptor.start()
            try:
                yield self
            finally:
                self._is_closed = True
                with socket.create_connection(listener.getsockname()):
                    pass
                acceptor.join()
                for thread in self._threads:
                    thread.join()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            client, _ = listener.accept()
            if self._is_closed:
                client.close()
                return
            thread = threading.Thread(target=self._carry, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _carry(self, client: socket.socket) -> None:
        with self._lock:
            budget = int(self._random.expovariate(1 / self._mean_bytes)) + 1
        with client, socket.create_connection(self._target) as server:
            back = threading.Thread(target=_pour, args=(server, client))
            back.start()
            while budget > 0:
                try:
                    piece = client.recv(min(_PIECE, budget))
                except OSError:
                    break
                if not piece:
                    break
                with self._lock:
                    self.sent_bytes += len(piece)
                budget -= len(piece)
                server.sendall(piece)
            self.cuts += budget <= 0
            for end in (client, server):
                _shut(end)
            back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
    except OSError:
        pass
    _shut(target)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
