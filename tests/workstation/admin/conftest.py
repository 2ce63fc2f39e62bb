# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator's command as IT and scripts call it: a program of its own, secrets over stdin."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.workstation.desk.counter import CLERK, MONDAY_MORNING, PASSWORD, Hand, enrolment, set_up_at
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def facts(self) -> Any:
        return json.loads(self.stdout)


@dataclass(frozen=True)
class Desk:
    """A desk that is set up, with nobody at it.

    Attributes:
        folder: Where it lies.
    """

    folder: DeskFolder

    def run(self, *arguments: str, asked: tuple[str, ...] = ()) -> Ended:
        """Run a command that asks for what is given here, a line each."""
        ended = subprocess.run(
            [sys.executable, "-m", "workstation.admin", *arguments, "--data", str(self.folder.root)],
            input="".join(f"{line}\n" for line in asked).encode(),
            capture_output=True,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def administer(
        self, *arguments: str, asked: tuple[str, ...] = (), login: str = CLERK.login, password: str = PASSWORD
    ) -> Ended:
        """Run a command that somebody signs in for, with the result as JSON."""
        options = ("--login", login, "--password-stdin", "--json")
        return self.run(*arguments, *options, asked=(password, *asked))

    def sign_in(self, login: str = CLERK.login, password: str = PASSWORD) -> DeskSession:
        """Sit down at the desk."""
        return sign_in(self.folder, login, password, clock=Hand(MONDAY_MORNING), random_bytes=os.urandom)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose first clerk holds every role."""
    folder = DeskFolder(tmp_path / "desk")
    set_up_at(folder, Hand(MONDAY_MORNING), enrolment())
    return Desk(folder)
