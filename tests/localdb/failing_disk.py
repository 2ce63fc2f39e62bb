# SPDX-License-Identifier: GPL-3.0-or-later
"""Every verb of a desk, on a disk that refuses its first change, its second, its third, until the verb goes well.

A program, because the recorder (``crash_disk.c``) must stand below it: ``python -m tests.localdb.failing_disk FOLDER
ERRNO STRIDE``. Prints a line of JSON for each verb: how often it was refused, with which codes, and what was wrong.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from casework.errors import KnownError
from tests.localdb import desk_facts, desk_hands, power_cuts
from tests.localdb.desk_facts import NOTHING
from tests.localdb.desk_hands import PASSWORD, Desk

_MOST = 5_000

_disk = ctypes.CDLL(None)
_disk.motcua_disk_fails.argtypes = [ctypes.c_long, ctypes.c_int]


def disk_fails(after: int, error: int) -> int:
    """Refuse changes from now on, or none (-1); give how many were refused before."""
    return int(_disk.motcua_disk_fails(after, error))


@dataclass
class Trial:
    """A desk whose disk fails.

    Attributes:
        desk: Does the work.
        error: The error number.
        stride: Changes between two tries.
        said: The last lines that the desk told.
    """

    desk: Desk
    error: int
    stride: int
    said: list[bytes] = field(default_factory=list)

    def run(self, verb: Callable[[], None], prepare: Callable[[], None]) -> tuple[Counter[str], list[str]]:
        """Try a verb until the disk refuses nothing of it; give the codes of the refusals, and what was wrong."""
        codes: Counter[str] = Counter()
        wrong: list[str] = []
        for after in range(0, _MOST, self.stride):
            prepare()
            disk_fails(after, self.error)
            try:
                verb()
            except KnownError as error:
                codes[error.code] += 1
            except Exception as error:
                wrong.append(f"{after}: {traceback.extract_tb(error.__traceback__)[-1].line} {error!r}")
            refused = disk_fails(-1, 0)
            wrong += [f"{after}: {sentence}" for sentence in self._look()]
            if not refused:
                break
        return codes, wrong

    def _look(self) -> list[str]:
        """Sign in if the session is over, and compare with what was told."""
        told = desk_hands.understand(self.said)
        with contextlib.suppress(BaseException):
            self.desk.session.close()
        try:
            self.desk.session, password = power_cuts.open_again(self.desk.session.folder.root, told)
        except KnownError as error:
            return [f"not opened: {error}"]
        if password != self.desk.standing[PASSWORD]:
            self.desk.standing[PASSWORD] = password
            self.said.append(json.dumps({"stands": PASSWORD, "value": password}).encode())
        there = desk_facts.facts_of(self.desk.session.store)
        wrong = desk_facts.compare(there, told.dossiers, told.intention)
        self.desk.told = dict(there)
        return wrong


def main() -> None:
    """Try every verb."""
    folder, error, stride = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    said: list[bytes] = []
    desk = Desk(desk_hands.sign_in_later(folder), random.Random(1), lambda told: said.append(json.dumps(told).encode()))
    desk.look()
    trial = Trial(desk, error, stride, said)

    def nothing() -> None:
        if not any(facts.state == desk_facts.DRAFT for facts in desk.told.values()):
            desk.begin()

    def sign_in_again() -> None:
        desk.sign_in_again()

    def whole_snapshot() -> None:
        power_cuts.take_whole_snapshot(desk.session)

    for verb in (
        desk.begin,
        desk.type,
        desk.hand_in,
        desk.receive,
        desk.reconcile,
        desk.index,
        desk.abandon,
        desk.change_password,
        desk.make_recovery_sheet,
        desk.add_colleague,
        whole_snapshot,
        desk.rotate_keys,
        sign_in_again,
    ):
        codes, wrong = trial.run(verb, nothing)
        print(json.dumps({"verb": verb.__name__, "codes": codes, "wrong": wrong[:3]}), flush=True)  # noqa: T201
    desk_facts.check_house(desk.session.store, desk.session.folder)
    assert not desk_facts.compare(desk_facts.facts_of(desk.session.store), desk.told, NOTHING)
    desk.session.close()


if __name__ == "__main__":
    main()
