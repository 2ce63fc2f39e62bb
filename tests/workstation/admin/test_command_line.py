# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a whole: both languages, and no way to give a secret where others can read it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workstation.admin.conftest import Desk
from workstation.admin.__main__ import parser, run
from workstation.admin.command import INTERRUPTED, Command

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
    assert f"./motcua admin {words}" in GUIDE.read_text(encoding="utf-8")


def test_help_needs_no_desk(desk: Desk) -> None:
    helped = desk.run("--help")
    assert helped.code == 0
    assert "exit codes" in helped.stdout


def test_no_answer_to_a_question_breaks_the_command_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def ctrl_d(_: Command) -> str:
        raise EOFError

    monkeypatch.setattr(Command, "ask_password", ctrl_d)
    assert run(["clerks", "list", "--login", "tung", "--data", str(desk.folder.root)]) == INTERRUPTED
