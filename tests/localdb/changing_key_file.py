# SPDX-License-Identifier: GPL-3.0-or-later
"""A key file that changes as fast as it can; a program, to be killed.

``python -m tests.localdb.changing_key_file FILE`` reads the password of ``lan`` from standard input. Clerks come, get
other passwords and go, and the main key with who goes; after each change its revision and the clerks are printed.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from localdb import key_file
from tests.localdb import samples

COMING, GOING = "hoa", "mai"


def main() -> None:
    """Change the file until killed."""
    opened = key_file.unlock_with_password(Path(sys.argv[1]), "lan", sys.stdin.readline().strip())
    for number in itertools.count():
        password = f"the {number}th password"
        for change in (
            lambda password=password: opened.reset_password(COMING, "c-1", password, samples.NOON, cost=samples.CHEAP),
            lambda password=password: opened.reset_password(GOING, "c-2", password, samples.NOON, cost=samples.CHEAP),
            lambda: opened.revoke_clerk(GOING),
            lambda: opened.make_recovery_words(samples.NOON),
        ):
            change()
            logins = ",".join(sorted(slot.login for slot in opened.slots if slot.login))
            print(opened.revision, logins, flush=True)  # noqa: T201 - what the parent waits for


if __name__ == "__main__":
    main()
