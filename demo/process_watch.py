# SPDX-License-Identifier: GPL-3.0-or-later
"""Watch what other programs of this computer can see: command lines, environments, files that come and go.

Looks at ``/proc`` again and again, so that a program that lives for a moment is seen too; what lives for less than the
pause between two looks may be missed. Linux only; elsewhere it sees nothing.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import Self

from demo.plaintext_check import Leak, Traces

_PAUSE_SECONDS = 0.01


class ProcessWatch:
    """Watches the programs that were started in one place, and the files in some folders."""

    def __init__(self, marker: str, folders: tuple[Path, ...], traces: Traces) -> None:
        """Prepare to watch.

        Args:
            marker: Stands in the environment of the programs to watch, e.g. ``TMPDIR=/tmp/commune``.
            folders: Where files come and go. Not of an open store: see ``demo.plaintext_check``.
            traces: What to look for.
        """
        self._marker = os.fsencode(marker)
        self._folders = folders
        self._traces = traces
        self._seen: dict[tuple[int, bytes], bytes] = {}
        self._other: set[int] = set()
        self._files: set[tuple[int, int, int]] = set()
        self._leaks: list[Leak] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    @property
    def programs(self) -> set[str]:
        """Modules or programs that were seen, e.g. ``signing``."""
        return {_name(command) for _, command in self._seen}

    def pids(self, name: str) -> set[int]:
        """Give the process ids of a module or program that was seen and is still there."""
        return {pid for pid, command in list(self._seen) if _name(command) == name and Path(f"/proc/{pid}").exists()}

    def leaks(self, *more: Traces) -> tuple[Leak, ...]:
        """Give what was found until now; the path of a leak in a process is that of ``/proc``.

        Args:
            more: To look for in the processes as well, such as keys that were not known at the beginning.
        """
        found = list(self._leaks)
        for (pid, command), environment in list(self._seen.items()):
            for place, content in (("cmdline", command), ("environ", environment)):
                plain = content.replace(b"\0", b"\n")
                if spelled := "".join(traces.found_in(plain) for traces in (self._traces, *more)):
                    found.append(Leak(Path(f"/proc/{pid}/{place}"), spelled))
        return tuple(found)

    def __enter__(self) -> Self:
        self._look_at_processes()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_PAUSE_SECONDS):
            self._look_at_processes()
            for folder in self._folders:
                self._look_at_files(folder)
        self._look_at_processes()

    def _look_at_processes(self) -> None:
        if not Path("/proc/self/environ").exists():
            return
        pids = {int(name) for name in os.listdir("/proc") if name.isdecimal()}  # noqa: PTH208 - thousands a second
        self._other &= pids
        for pid in sorted(pids - self._other):  # parents before their children
            with contextlib.suppress(OSError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if (pid, command) in self._seen:
                    continue
                known = {seen for seen, _ in self._seen}
                environment = b""
                # A program that wants no dump of its memory shows its environment to nobody but root.
                with contextlib.suppress(PermissionError):
                    environment = Path(f"/proc/{pid}/environ").read_bytes()
                if self._marker in environment or pid == os.getpid() or _parent(pid) in known:
                    self._seen[pid, command] = environment
                elif command and pid not in known:
                    self._other.add(pid)

    def _look_at_files(self, folder: Path) -> None:
        for path in folder.rglob("*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                mark = (status.st_ino, status.st_size, status.st_mtime_ns)
                if mark in self._files or not path.is_file():
                    continue
                self._files.add(mark)
                content = path.read_bytes()
                found = self._traces.found_in(content + b"\n" + os.fsencode(path.name))
                if found := found or self._traces.found_packed_in(content):
                    self._leaks.append(Leak(path, found))


def _parent(pid: int) -> int:
    """Give the parent of a process; proc(5): the second field after the name in brackets."""
    return int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[1])


def _name(command: bytes) -> str:
    words = [os.fsdecode(word) for word in command.split(b"\0") if word]
    if "-m" in words[:-1]:
        return words[words.index("-m") + 1]
    return Path(words[0]).name if words else ""
