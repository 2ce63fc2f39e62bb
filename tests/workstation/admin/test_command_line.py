# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a whole: both languages, and no way to give a secret where others can read it."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CLERK
from workstation.admin.__main__ import parser
from workstation.admin.command import INTERRUPTED

GUIDE = Path(__file__).parents[3] / "docs" / "administration.md"
LEAST_COMMANDS = 25


def leaves(command: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every subcommand that does something."""
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield command
    for group in groups:
        for each in group.choices.values():
            yield from leaves(each)


LEAVES = list(leaves(parser()))


def test_every_command_is_looked_at() -> None:
    assert len(LEAVES) >= LEAST_COMMANDS


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.prog)
def test_a_command_explains_itself_in_vietnamese_first_and_in_english(leaf: argparse.ArgumentParser) -> None:
    vietnamese, _, english = str(leaf.description).rpartition(" / ")
    assert re.search("[À-ỹĐđ]", vietnamese), leaf.description
    assert english.isascii()


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.prog)
def test_no_secret_and_no_name_of_a_person_is_an_argument(leaf: argparse.ArgumentParser) -> None:
    for action in leaf._actions:
        takes_value = action.nargs != 0
        words = {*action.dest.split("_"), *(action.metavar if isinstance(action.metavar, str) else "").lower().split()}
        assert not (takes_value and words & {"password", "passphrase", "pin", "words", "name", "secret"}), action


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.prog)
def test_the_guide_shows_every_command(leaf: argparse.ArgumentParser) -> None:
    words = leaf.prog.removeprefix("motcua admin ")
    assert re.search(rf"\./motcua admin {words}(?![\w-])", GUIDE.read_text(encoding="utf-8"))


def test_help_needs_no_desk(desk: Desk) -> None:
    helped = desk.run("--help")
    assert helped.code == 0
    assert "exit codes" in helped.stdout


def test_no_answer_to_a_question_breaks_the_command_off(desk: Desk) -> None:
    assert desk.administer("snapshot", "now").code == 0
    arguments = ("restore", "--replace", "--login", CLERK.login, "--password-stdin")
    assert desk.run(*arguments, asked=()).code == INTERRUPTED
    assert desk.run(*arguments, asked=("1",)).code == INTERRUPTED
    desk.sign_in().close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_ctrl_d_at_the_terminal_is_no_answer(desk: Desk) -> None:
    assert desk.administer("snapshot", "now").code == 0
    ours, terminal = os.openpty()
    command = [sys.executable, "-m", "workstation.admin", "restore", "--replace", "--login", CLERK.login]
    os.write(ours, b"\x04")
    ended = subprocess.run(
        [*command, "--data", str(desk.folder.root)], stdin=terminal, capture_output=True, timeout=60, check=False
    )
    os.close(ours)
    os.close(terminal)
    assert ended.returncode == INTERRUPTED
    assert "Restore number [1]" in ended.stderr.decode()
    desk.sign_in().close()
