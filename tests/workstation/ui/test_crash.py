# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong inside is logged by kind and place, never by what it was about."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from workstation.desk.sentences import UNEXPECTED
from workstation.ui.notice import Notice
from workstation.ui.tone import Tone

SECRET = "Lê Văn Thành 038094012745"

PROGRAM = """
    import sys, threading, logging, json
    from pathlib import Path
    from PyQt6.QtCore import QCoreApplication, QTimer, qWarning
    from casework.errors import KnownError
    from workstation.ui import crash

    told = []
    application = QCoreApplication([])
    crash.keep_log(Path(sys.argv[1]))
    crash.watch_for_errors(lambda error: told.append(type(error).__name__))

    def fail():
        secret = sys.argv[2]
        try:
            int(secret)
        except ValueError as error:
            raise LookupError(secret) from error

    def known():
        raise KnownError("disk-full", retryable=True)

    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, known)
    QTimer.singleShot(0, lambda: threading.Thread(target=fail).start())
    QTimer.singleShot(0, lambda: qWarning(b"a word of Qt"))
    QTimer.singleShot(200, application.quit)
    application.exec()
    print(json.dumps(told))
"""


@pytest.fixture
def ended(tmp_path: Path) -> tuple[list[str], str]:
    """What a program told that failed in four ways, and what it logged."""
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path / "log"), SECRET],
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    return json.loads(run.stdout), (tmp_path / "log" / "desk.log").read_text(encoding="utf-8")


def test_every_error_is_told_and_logged_with_its_place_and_without_its_text(ended: tuple[list[str], str]) -> None:
    told, log = ended
    assert sorted(told) == ["KnownError", "LookupError", "LookupError"]
    assert log.count("builtins.LookupError") == 2
    assert log.count("builtins.ValueError") == 2
    assert "casework.errors.KnownError disk-full" in log
    assert "<string>:" in log
    assert "a word of Qt" in log
    for word in SECRET.split():
        assert word not in log


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_bug_is_told_in_the_clerk_s_language(language: str) -> None:
    notice = Notice.of_error(LookupError(SECRET), language)
    assert (notice.tone, notice.code) == (Tone.BAD, UNEXPECTED)
    assert notice.happened
    assert notice.next_step
    assert SECRET not in repr(notice)
