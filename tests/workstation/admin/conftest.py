# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator's command as IT and scripts call it: a program of its own, secrets over stdin."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.workstation.desk.counter import CLERK, MONDAY_MORNING, PASSWORD, Hand, enrolment, set_up_at
from workstation.admin.__main__ import run
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

OTHER_DEVICE = "7d9a1c40-0000-4000-8000-000000000004"


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def facts(self) -> Any:
        return json.loads(self.stdout)


class Typed(io.TextIOWrapper):
    """Standard input with what somebody types, who sits at no terminal."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), encoding="utf-8")


@dataclass(frozen=True)
class Desk:
    """A desk that is set up, with nobody at it.

    Attributes:
        folder: Where it lies.
        as_program: Whether commands are programs of their own, as in life, or run in here, which is quicker.
    """

    folder: DeskFolder
    as_program: bool = False

    def run(self, *arguments: str, asked: tuple[str, ...] = ()) -> Ended:
        """Run a command that asks for what is given here, a line each."""
        with_folder = [*arguments, "--data", str(self.folder.root)]
        if self.as_program:
            ended = subprocess.run(
                [sys.executable, "-m", "workstation.admin", *with_folder],
                input="".join(f"{line}\n" for line in asked).encode(),
                capture_output=True,
                check=False,
            )
            return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
        out, err, before = io.StringIO(), io.StringIO(), sys.stdin
        sys.stdin = Typed(asked)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run(with_folder)
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            sys.stdin = before
        return Ended(code, out.getvalue(), err.getvalue())

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


@pytest.fixture
def other(tmp_path: Path) -> Desk:
    """Another desk of the same IT person, with the same password."""
    folder = DeskFolder(tmp_path / "other")
    set_up_at(folder, Hand(MONDAY_MORNING), enrolment(OTHER_DEVICE))
    return Desk(folder)


@pytest.fixture
def program(desk: Desk) -> Desk:
    """The same desk, administered by programs of their own."""
    return dataclasses.replace(desk, as_program=True)
