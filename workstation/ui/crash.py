# SPDX-License-Identifier: GPL-3.0-or-later
"""What went wrong inside goes into a log in the data folder: kinds and places of errors, never what they were about."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from PyQt6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from workstation.desk import discreet_log

logger = logging.getLogger(__name__)

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep_log(folder: Path) -> None:
    """Write the program's log to files in a folder, 4 MiB in all, and the few lines of a hard crash beside them."""
    discreet_log.keep_log(folder / "desk.log")
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
