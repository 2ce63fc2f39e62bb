# SPDX-License-Identifier: GPL-3.0-or-later
"""What every subcommand has: the options, the desk it works at, how it asks for secrets and how it answers."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import getpass
import json
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from localdb.verified_copy import UpgradeProgress
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.sentences import Sentence, describe, sentence
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

DONE: Final = 0
REFUSED: Final = 1
NOTHING_THERE: Final = 3
DAMAGE_FOUND: Final = 4
INTERRUPTED: Final = 130

_NOTHING_THERE: Final = frozenset(
    {
        *("desk-not-set-up", "key-file-missing", "database-missing", "no-such-clerk", "no-such-record"),
        *("no-such-file", "no-snapshot"),
    }
)

_LANGUAGES: Final = ("vi", "en")

Run = Callable[["Command"], int]
Subcommands = argparse._SubParsersAction  # the type that argparse has no public name for


class Command:
    """One call of ``./motcua admin``.

    Attributes:
        options: The command line.
        folder: The desk's folder.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self._told = ""
        self.options = options
        self.folder = DeskFolder(options.data) if options.data else DeskFolder.of_this_user()

    @contextlib.contextmanager
    def session(self) -> Iterator[DeskSession]:
        """Sign the administrator in for the length of the block.

        Raises:
            KnownError: As ``sign_in``; ``password-needs-terminal``.
        """
        password = self.ask_password()
        session = sign_in(
            self.folder,
            self.options.login,
            password,
            clock=now,
            random_bytes=secrets.token_bytes,
            on_upgrade=self._tell_upgrade,
        )
        try:
            for code in session.notices:
                self._tell_sentences(sentence(code, {}, language) for language in _LANGUAGES)
            yield session
        finally:
            session.close()

    def ask_password(self) -> str:
        """Ask for the password of who signs in.

        Raises:
            KnownError: ``password-needs-terminal``.
        """
        return self.ask_secret(f"Mật khẩu của / Password of {self.options.login}: ")

    def ask_secret(self, prompt: str) -> str:
        """Ask for a password, a PIN or words: the next line of stdin, or the terminal, which does not show it.

        Raises:
            EOFError: No answer: Ctrl+D, or the last line was read.
            KnownError: ``password-needs-terminal``.
        """
        if self.options.password_stdin:
            return _next_line()
        if not sys.stdin.isatty():
            raise KnownError("password-needs-terminal")
        return getpass.getpass(prompt)

    def ask_new_secret(self, prompt: str) -> str:
        """Ask for a secret that is new; twice at the terminal, where nobody sees what she types.

        Raises:
            KnownError: ``passwords-differ``, ``password-needs-terminal``.
        """
        first = self.ask_secret(prompt)
        if not self.options.password_stdin and self.ask_secret("Nhập lại / Once more: ") != first:
            raise KnownError("passwords-differ", retryable=True)
        return first

    def ask(self, prompt: str) -> str:
        """Ask for a person's data, which has no place on a command line: the next line of stdin, or the terminal.

        Raises:
            EOFError: No answer: Ctrl+D, or the last line was read.
            KnownError: ``password-needs-terminal``.
        """
        if self.options.password_stdin:
            return _next_line()
        if not sys.stdin.isatty():
            raise KnownError("password-needs-terminal")
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return _next_line()

    def require_file(self, path: Path) -> None:
        """See that a file is there.

        Raises:
            KnownError: ``no-such-file`` (details ``file``).
        """
        if not path.is_file():
            raise KnownError("no-such-file", file=path.name)

    def require_new_file(self, path: Path) -> None:
        """See that a file is not there yet: nothing is written over.

        Raises:
            KnownError: ``file-exists`` (details ``file``).
        """
        if path.exists():
            raise KnownError("file-exists", file=path.name)

    def tell_progress(self, text: str) -> None:
        """Show how far it is, in one line of the terminal; scripts are not told."""
        if sys.stderr.isatty() and text != self._told:
            sys.stderr.write(f"\r{text:<{len(self._told)}}")
            sys.stderr.flush()
            self._told = text

    def answer(self, facts: Mapping[str, object], lines: Sequence[str]) -> None:
        """Write the result: the facts as JSON with ``--json``, else the lines."""
        self._end_progress()
        if self.options.json:
            sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in lines)

    def refuse(self, error: Exception) -> int:
        """Write why it was not done, in both languages, and give the exit code."""
        self._end_progress()
        sentences = {language: describe(error, language) for language in _LANGUAGES}
        code = getattr(error, "code", sentences["vi"].code)
        if self.options.json:
            told = {language: [each.happened, each.next_step] for language, each in sentences.items()}
            details = dict(getattr(error, "details", {}))
            self.answer({"error": {"code": code, "details": details, "sentences": told}}, ())
        self._tell_sentences(sentences.values())
        sys.stderr.write(f"motcua admin: {error}\n")
        return NOTHING_THERE if code in _NOTHING_THERE else REFUSED

    def _tell_upgrade(self, progress: UpgradeProgress) -> None:
        percent = 100 * progress.done // progress.total
        self.tell_progress(f"nâng cấp kho / upgrading the store: {progress.number}, {progress.stage}, {percent} %")

    def _tell_sentences(self, sentences: Iterable[Sentence]) -> None:
        self._end_progress()
        sys.stderr.writelines(f"{each.happened} {each.next_step}\n" for each in sentences)

    def _end_progress(self) -> None:
        if self._told:
            sys.stderr.write("\n")
            self._told = ""


def add_leaf(
    commands: Subcommands[argparse.ArgumentParser], name: str, run: Run, about: str, *, signs_in: bool = True
) -> argparse.ArgumentParser:
    """Add a subcommand that does something.

    Args:
        commands: Where.
        name: Its word.
        run: What it does; gives the exit code.
        about: One sentence in Vietnamese, ``/``, the same in English.
        signs_in: Whether somebody signs in for it.

    Returns:
        To add its own arguments to.
    """
    leaf = commands.add_parser(name, help=about, description=about)
    leaf.add_argument("--data", type=Path, metavar="FOLDER", help="thư mục dữ liệu của quầy / data folder of the desk")
    leaf.add_argument("--json", action="store_true", help="kết quả dạng JSON / result as JSON")
    leaf.add_argument(
        "--password-stdin",
        action="store_true",
        help="đọc những gì được hỏi từ stdin, mỗi dòng một mục, theo thứ tự được hỏi"
        " / read what is asked for from stdin, a line each, in the order of asking",
    )
    if signs_in:
        leaf.add_argument("--login", required=True, metavar="LOGIN", help="ai đăng nhập / who signs in")
    leaf.set_defaults(run=run)
    return leaf


def add_group(
    commands: Subcommands[argparse.ArgumentParser], name: str, about: str
) -> Subcommands[argparse.ArgumentParser]:
    """Add a group of subcommands."""
    group = commands.add_parser(name, help=about, description=about)
    return group.add_subparsers(required=True, metavar="COMMAND")


def now() -> dt.datetime:
    """Give the present moment."""
    return dt.datetime.now(dt.UTC)


def day_and_time(moment: dt.datetime | None) -> str:
    """Write a moment for a table, in the time of this computer; a dash for none."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else "-"


def _next_line() -> str:
    line = sys.stdin.buffer.readline()
    if not line:
        raise EOFError
    return line.decode("utf-8", errors="replace").rstrip("\r\n")
