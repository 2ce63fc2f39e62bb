# SPDX-License-Identifier: GPL-3.0-or-later
"""The verifying program, ``python -m signing.verdicts.program``: one stranger's document, one answer, one process.

On stdin: the length of the order (32-bit, big-endian), the order as JSON, then the document to the end. On stdout: the
report as JSON. The process has a ceiling for memory and CPU time, writes no file and reaches no network, whatever the
document talks its parsers into.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import struct
import sys
from collections.abc import Mapping
from typing import Any, Final

from signing.errors import SigningError
from signing.trust import TrustAnchors

LENGTH: Final = struct.Struct(">I")

_FORBIDDEN: Final = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "subprocess.", "os.exec")


def limit_resources(memory_bytes: int, cpu_seconds: int) -> None:
    """Put a ceiling on this process; a system without such ceilings relies on the parent's clock alone."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file is a copy of the document


def stay_inside() -> None:
    """Refuse connections and further programs from here on."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def main() -> int:
    """Answer once."""
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    (size,) = LENGTH.unpack(sys.stdin.buffer.read(LENGTH.size))
    order = json.loads(sys.stdin.buffer.read(size))
    limit_resources(order["memory_bytes"], order["cpu_seconds"])
    answer = json.dumps(_answer(order, sys.stdin.buffer.read()), ensure_ascii=False).encode()
    answer_to.write(answer)
    answer_to.close()
    return 0


def _answer(order: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    from signing.verdicts.document import judge_document
    from signing.verdicts.facts import facts_of

    stay_inside()
    trust = TrustAnchors(**{kind: tuple(map(base64.b64decode, files)) for kind, files in order["trust"].items()})
    try:
        return {"report": facts_of(judge_document(content, trust, dt.datetime.fromisoformat(order["moment"])))}
    except SigningError as error:
        return {"error": error.code}


if __name__ == "__main__":
    sys.exit(main())
