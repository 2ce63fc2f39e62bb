# SPDX-License-Identifier: GPL-3.0-or-later
"""What went wrong inside goes into a log in the data folder: kinds and places of errors, never what they were about."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from PyQt6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from workstation.desk.sentences import KNOWN_ERRORS

logger = logging.getLogger(__name__)

_LARGEST_BYTES: Final = 1 << 20
_FILES: Final = 4

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Writes where an error came from and of what kind it is, but not its text, which may quote a citizen's data."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(name)s %(message)s")

    def formatException(self, ei: _ErrorInfo) -> str:
        """Override Formatter.formatException."""
        lines = []
        error = ei[1]
        while error is not None:
            said = f" {error}" if isinstance(error, KNOWN_ERRORS) else ""
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}{said}")
            lines += [
                f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def keep_log(folder: Path) -> None:
    """Write the program's log and hard crashes to files in a folder, 4 MiB in all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "desk.log", maxBytes=_LARGEST_BYTES, backupCount=_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(DiscreetFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))


def watch_for_errors(tell: Callable[[BaseException], None]) -> None:
    """Log every error that nothing caught, and tell the clerk; the program goes on.

    Args:
        tell: Called on the thread of the error.
    """

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("an error that nothing caught", exc_info=(kind, error, trace))
        tell(error)

    def on_thread_error(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            on_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        logger.log(_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category, message)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error
    qInstallMessageHandler(on_qt_message)
