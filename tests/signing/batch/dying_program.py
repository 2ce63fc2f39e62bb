# SPDX-License-Identifier: GPL-3.0-or-later
"""Dies at every point where a batch touches the disk or the key, one after another, and goes on each time.

    python dying_program.py FOLDER DOCUMENT

Each life is a fork of this process. Writes one JSON object: how many deaths there were, and what was wrong after any.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from signing.batch.events import BatchFinished
from tests.signing.batch.conftest import Desk
from tests.signing.pki import SoftwareKey
from tests.signing.software_person import person

KILLED = 9
STILL_ALIVE = 0
UNHAPPY = 1


class RememberingKey(SoftwareKey):
    """A token remembers what it signed, whoever dies; this one in a file."""

    def sign_digest(self, digest: bytes) -> bytes:
        signature = super().sign_digest(digest)
        memory = os.open("memory", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(memory, digest.hex().encode() + b"\n")
        os.close(memory)
        return signature


def life(desk: Desk, death: int | None) -> int:
    """Run the batch in a fork; it dies at the given point of its life, counted from 1."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    points = 0

    def deadly(act: Callable[..., object]) -> Callable[..., object]:
        def before_and_after(*given: object, **named: object) -> object:
            nonlocal points
            points += 1
            if points == death:
                os._exit(KILLED)
            result = act(*given, **named)
            points += 1
            if points == death:
                os._exit(KILLED)
            return result

        return before_and_after

    os.fsync = deadly(os.fsync)  # type: ignore[assignment]
    Path.replace = deadly(Path.replace)  # type: ignore[method-assign,assignment]
    Path.unlink = deadly(Path.unlink)  # type: ignore[method-assign,assignment]
    RememberingKey.sign_digest = deadly(RememberingKey.sign_digest)  # type: ignore[method-assign,assignment]
    owner = person()
    key = RememberingKey(owner.certificate, owner.chain, owner.private_key)
    last = None
    try:
        with desk.begin() as batch:
            last = list(batch.run(key))[-1]
    finally:
        os._exit(STILL_ALIVE if last == BatchFinished(2, 0, 2) else UNHAPPY)


def wrongs(desk: Desk, survivor: int) -> list[str]:
    """Say what is not as it should be after a death and the life that followed it."""
    found = [] if survivor == STILL_ALIVE else [f"the next life ended with {survivor}"]
    memory = set(Path("memory").read_text().split())
    if len(memory) != len(desk.items):
        found.append(f"{len(memory)} different digests were signed")
    if desk.outputs() != [file.name for file in desk.files] or list(desk.work.iterdir()):
        found.append("files are missing or left over")
    for file in desk.files:
        signed = desk.signed / file.name
        if not signed.exists() or not signed.read_bytes().startswith(file.read_bytes()):
            found.append("a document is not whole")
    if {progress.step for progress in desk.progress().values()} != {"verified"}:
        found.append("the journal is not at its end")
    return found


def main() -> None:
    root, pdf = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
    person()  # minted once, not in every life
    deaths, found = 0, []
    while True:
        folder = root / str(deaths + 1)
        folder.mkdir()
        os.chdir(folder)
        desk = Desk(folder, pdf, 2)
        end = life(desk, deaths + 1)
        if end != KILLED:
            found += [] if end == STILL_ALIVE else [f"life {deaths + 1} ended with {end}"]
            break
        deaths += 1
        found += [f"death {deaths}: {wrong}" for wrong in wrongs(desk, life(desk, None))]
    sys.stdout.write(json.dumps({"deaths": deaths, "wrong": found}))


if __name__ == "__main__":
    main()
