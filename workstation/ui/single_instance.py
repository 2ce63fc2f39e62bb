# SPDX-License-Identifier: GPL-3.0-or-later
"""One window for each data folder: a second start brings the first window to the front and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS: Final = 500
_TO_FRONT: Final = b"front\n"


class SingleInstance(QObject):
    """The place of the one window of a data folder.

    Signals:
        asked_to_front: The program was started once more.
    """

    asked_to_front = pyqtSignal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"motcua-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def take_place(self) -> bool:
        """Take the place; when somebody has it, ask them to come to the front.

        Returns:
            Whether this program is the one now.
        """
        if self._ask():
            return False
        QLocalServer.removeServer(self._name)  # left behind by a program that was killed
        return self._server.listen(self._name) or not self._ask()

    def leave_place(self) -> None:
        """Give the place up."""
        self._server.close()

    def _ask(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_TO_FRONT)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
            self.asked_to_front.emit()
