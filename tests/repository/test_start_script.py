# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua``: what it asks of a machine, what it does once, and what it runs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

# Stands in for every program that set-up would call: notes its name and arguments, answers as told.
RECORDER = """#!/bin/sh
printf '%s\\n' "$(basename "$0") $*" >>"{log}"
{answer}
"""


@dataclass(frozen=True)
class Machine:
    """A copy of the script beside made-up system programs.

    Attributes:
        checkout: Folder that holds the copy, with its requirements.
        programs: Folder of the made-up programs, first on the path.
        log: What was called, one line a call.
    """

    checkout: Path
    programs: Path
    log: Path

    def program(self, name: str, answer: str) -> None:
        """Make a program that runs the shell text ``answer``."""
        write_program(self.programs / name, self.log, answer)

    def installed(self, *, without: str = "") -> None:
        """Let every Debian package that is asked for be there, but one."""
        lists = [path.read_text() for path in (self.checkout / "requirements").glob("debian*.txt")]
        names = [name for name in "\n".join(lists).splitlines() if name and not name.startswith("#")]
        answers = [f"echo 'ii  {name} '" for name in names if name != without]
        self.program("dpkg-query", "\n".join(answers))

    def finish_set_up(self, lock: str) -> None:
        """Let ``.venv`` be as a finished set-up of this lock leaves it."""
        requirements = self.checkout / "requirements"
        content = (requirements / "build.txt").read_bytes() + (requirements / f"{lock}.txt").read_bytes()
        (self.checkout / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (self.checkout / ".venv" / f"motcua-{lock}").write_text(f"{hashlib.sha256(content).hexdigest()}  -\n")
        answer = f'case $* in *sysconfig*) echo "{self.checkout}/.venv" ;; *) echo "in $PWD" ;; esac'
        write_program(self.checkout / ".venv" / "bin" / "python", self.log, answer)

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        return subprocess.run(
            [self.checkout / "motcua", *arguments],
            cwd=cwd or self.checkout,
            env={"PATH": f"{self.programs}:{os.environ['PATH']}", "HOME": str(self.checkout)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
        )

    def calls(self) -> list[str]:
        """Give what was called, in order."""
        return self.log.read_text().splitlines() if self.log.exists() else []


def write_program(path: Path, log: Path, answer: str) -> None:
    path.write_text(RECORDER.format(log=log, answer=answer))
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, root: Path) -> Machine:
    checkout = tmp_path / "một cửa"
    programs = tmp_path / "programs"
    programs.mkdir()
    shutil.copytree(root / "requirements", checkout / "requirements")
    shutil.copy(root / "motcua", checkout)
    machine = Machine(checkout, programs, tmp_path / "log")
    machine.program("id", "echo 1000")
    machine.program("sudo", "exit 1")
    machine.program("apt-get", "exit 0")
    machine.program("python3", 'case $* in *-c*) echo "$0" ;; *) exit 1 ;; esac')
    machine.installed()
    return machine


def test_the_script_is_plain_shell_and_may_be_run(root: Path) -> None:
    for script, shell in (("motcua", "sh"), (".ci/run", "bash")):
        assert os.access(root / script, os.X_OK)
        assert subprocess.run([shell, "-n", root / script], capture_output=True).stderr == b""


def test_help_needs_no_set_up(machine: Machine) -> None:
    answer = machine.run("help")
    assert answer.returncode == 0
    assert "./motcua demo" in answer.stdout
    assert machine.calls() == []


def test_every_offered_program_is_there(machine: Machine) -> None:
    machine.finish_set_up("runtime")
    offered = set(re.findall(r"^\./motcua ([a-z]+)", machine.run("help").stdout, re.MULTILINE))
    for command in offered - {"help", "lock", "test"}:
        assert machine.run(command).returncode == 0
    machine.run()
    programs = {call.split(" ")[2] for call in machine.calls() if call.startswith("python -m")}
    assert len(programs) > 5
    for program in programs:
        found = importlib.util.find_spec(program)
        assert found is not None
        if found.submodule_search_locations is not None:
            assert importlib.util.find_spec(f"{program}.__main__") is not None, program


def test_an_unknown_command_is_a_usage_error(machine: Machine) -> None:
    answer = machine.run("nonsense")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "nonsense" in answer.stderr
    assert "./motcua demo" in answer.stderr
    assert machine.calls() == []


def test_who_may_not_install_is_told_what_is_missing_and_how_to_get_it(machine: Machine) -> None:
    machine.installed(without="sane-airscan")
    answer = machine.run("demo")
    assert answer.returncode == 3
    assert "apt-get install --no-install-recommends sane-airscan\n" in answer.stderr
    assert not any(call.startswith(("apt-get", "python3")) for call in machine.calls())


def test_an_administrator_gets_missing_packages_installed(machine: Machine) -> None:
    machine.installed(without="sane-airscan")
    machine.program("id", "echo 0")
    machine.finish_set_up("runtime")
    assert machine.run("gateway").returncode == 0
    installing = [call for call in machine.calls() if call.startswith("apt-get") and "install" in call]
    assert [call.split()[-1] for call in installing] == ["sane-airscan"]


def test_a_package_under_a_newer_name_counts(machine: Machine) -> None:
    machine.installed(without="libglib2.0-0")
    known = (machine.programs / "dpkg-query").read_text()
    machine.program("dpkg-query", known + "\necho 'ii  libglib2.0-0t64 libglib2.0-0 (= 2.84.3-1), other (= 1)'")
    machine.finish_set_up("runtime")
    assert machine.run("gateway").returncode == 0


def test_a_second_start_only_compares(machine: Machine) -> None:
    machine.finish_set_up("runtime")
    machine.run("gateway")
    assert [call.split()[0] for call in machine.calls()] == ["dpkg-query", "python"]


def test_a_program_runs_in_the_callers_folder_with_its_arguments(machine: Machine, tmp_path: Path) -> None:
    machine.finish_set_up("runtime")
    folder = tmp_path / "my papers"
    folder.mkdir()
    answer = machine.run("verify", "a b.pdf", cwd=folder)
    assert answer.stdout == f"in {folder}\n"
    assert machine.calls()[-1] == "python -m signing verify a b.pdf"


def test_the_script_finds_its_folder_through_a_link(machine: Machine, tmp_path: Path) -> None:
    machine.finish_set_up("runtime")
    (tmp_path / "link").symlink_to(machine.checkout / "motcua")
    subprocess.run([tmp_path / "link", "agent"], env={"PATH": f"{machine.programs}:{os.environ['PATH']}"}, check=True)
    assert machine.calls()[-1] == "python -m sync_agent"


def test_an_interrupted_set_up_is_made_again_from_nothing(machine: Machine) -> None:
    machine.finish_set_up("runtime")
    (machine.checkout / ".venv" / "motcua-runtime").unlink()
    machine.run("gateway")
    assert f"python3 -m venv --clear {machine.checkout}/.venv" in machine.calls()


def test_a_changed_lock_is_brought_in_by_difference(machine: Machine) -> None:
    machine.finish_set_up("runtime")
    with (machine.checkout / "requirements" / "runtime.txt").open("a") as lock:
        lock.write("\n")
    assert machine.run("gateway").returncode == 0
    assert machine.run("gateway").returncode == 0
    calls = machine.calls()
    assert not any("venv" in call.split() for call in calls)
    installing = [call for call in calls if call.startswith("python -m pip install")]
    assert [call.rsplit("/", 1)[-1] for call in installing] == ["build.txt", "runtime.txt"]
    assert all("--require-hashes" in call for call in installing)


def test_a_set_up_that_fails_is_not_trusted_next_time(machine: Machine) -> None:
    machine.finish_set_up("runtime")
    (machine.checkout / "requirements" / "runtime.txt").write_text("changed\n")
    write_program(machine.checkout / ".venv" / "bin" / "python", machine.log, "exit 1")
    answer = machine.run("gateway")
    assert answer.returncode == 3
    assert "Không cài được" in answer.stderr
    assert list((machine.checkout / ".venv").glob("motcua-*")) == []


def test_a_complaint_of_a_linter_counts_though_every_test_passes(machine: Machine) -> None:
    machine.finish_set_up("test")
    write_program(machine.checkout / ".venv" / "bin" / "python", machine.log, "case $* in *mypy) exit 1 ;; esac")
    answer = machine.run("test")
    assert answer.returncode == 1
    assert answer.stderr.endswith("Failed: mypy\n")
    assert machine.calls()[-1] == "python -m pytest -n 2"


def test_named_tests_run_without_the_linters(machine: Machine) -> None:
    machine.finish_set_up("test")
    assert machine.run("test", "tests/localdb", "-k", "outbox").returncode == 0
    assert [call for call in machine.calls() if call.startswith("python")] == [
        "python -m pytest tests/localdb -k outbox"
    ]
