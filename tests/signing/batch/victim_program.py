# SPDX-License-Identifier: GPL-3.0-or-later
"""A batch of fifty with a real token, to be killed from outside.

    python victim_program.py FOLDER < ORDER

ORDER is JSON: module, environment, serial, certificate, pin. Says ``ready`` and the signer's process id, then ``done``.
Before the key is asked, what it is asked goes into the file ``asked``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from demo.slow_key import SlowKey
from signing.batch.events import BatchFinished
from signing.modules import AllowedModule, ModuleAllowList
from signing.signer import SignerProgram
from tests.signing.batch.conftest import Desk


class WrittenDownKey(SlowKey):
    """Writes down what the token is asked, before it is."""

    def sign_digest(self, digest: bytes) -> bytes:
        asked = os.open("asked", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(asked, digest.hex().encode() + b"\n")
        os.close(asked)
        return super().sign_digest(digest)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    folder = Path(sys.argv[1])
    order = json.load(sys.stdin)
    os.chdir(folder)
    module = Path(order["module"])
    allowed = ModuleAllowList((AllowedModule(module),))
    desk = Desk(folder, None, order["documents"])
    with SignerProgram(module, allowed, environment=order["environment"]) as program, desk.begin() as batch:
        program.log_in(order["serial"], order["certificate"], bytearray(order["pin"].encode()))
        say(f"ready {program.pid}")
        last = list(batch.run(WrittenDownKey(program, 0.0)))[-1]
        say("done" if isinstance(last, BatchFinished) else "paused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
