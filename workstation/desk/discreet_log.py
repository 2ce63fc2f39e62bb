# SPDX-License-Identifier: GPL-3.0-or-later
"""A log of kinds and places of errors, never of what they were about."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

from workstation.desk.sentences import KNOWN_ERRORS

_LARGEST_BYTES: Final = 1 << 20
_FILES: Final = 4

_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Writes where an error came from and of what kind it is, but not its text, which may quote a citizen's data."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Override Formatter.format, which takes over what another formatter made of the error before."""
        made_before, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = made_before

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


def keep_log(path: Path) -> None:
    """Write this program's log to a file that no other program writes to, 4 MiB in all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=_LARGEST_BYTES, backupCount=_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(DiscreetFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
