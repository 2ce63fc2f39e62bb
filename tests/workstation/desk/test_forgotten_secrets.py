# SPDX-License-Identifier: GPL-3.0-or-later
"""When a desk is closed or locked, its keys and the password are no longer in the memory of its program."""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from localdb import key_file, key_slots, secrets
from localdb.base64_text import from_text
from localdb.key_slots import Argon2Cost
from localdb.store import Store
from tests.workstation.desk.counter import CLERK, MONDAY_MORNING, Hand, enrolment, set_up_at
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.set_up_desk import FirstClerk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a child through /proc")

PASSWORD = "Mật khẩu không ai đoán 93715"


def spellings(name: str, value: bytes) -> dict[str, bytes]:
    """How a key may lie in memory; the last letters of Base64 depend on what follows."""
    digits = value.hex().encode()
    return {
        f"{name} raw": value,
        f"{name} hex": digits,
        f"{name} upper hex": digits.upper(),
        f"{name} half": digits[:32],
        f"{name} base64": base64.b64encode(value)[:-2],
    }


def secrets_of(folder: DeskFolder) -> Mapping[str, bytes]:
    """Everything that opens a desk, in every spelling that could be found."""
    opened = key_file.unlock_with_password(folder.key_file, CLERK.login, PASSWORD)
    (slot,) = opened._document.slots
    cost = Argon2Cost.from_json(slot.own["argon2"])
    found = {
        **spellings("database key", bytes(opened.keys.database_key)),
        **spellings("object name key", bytes(opened.keys.object_name_key)),
        **spellings("main key", bytes(opened._main_key)),
        **spellings("password key", bytes(key_slots.derive_password_key(PASSWORD, from_text(slot.own["salt"]), cost))),
        **spellings("slot key", key_slots.clerk_private_key(slot, PASSWORD).private_bytes_raw()),
    }
    with contextlib.closing(Store.open(folder.root, opened.keys)) as store, store.reading() as connection:
        found["reply key"] = secrets.get(connection, "sync-reply-key")
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        found[f"password {encoding}"] = PASSWORD.encode(encoding)
    found["password decomposed"] = unicodedata.normalize("NFD", PASSWORD).encode()
    return found


def in_memory(pid: int, wanted: Mapping[str, bytes]) -> set[str]:
    """Give the names of the secrets that lie somewhere in the memory of a process."""
    found = set()
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            fields = line.split()
            if not fields[1].startswith("rw"):
                continue  # nobody can have written anything there
            start, end = (int(part, 16) for part in fields[0].split("-"))
            memory.seek(start)
            try:
                content = memory.read(end - start)
            except OSError:
                continue  # a guard page
            found |= {name for name, secret in wanted.items() if secret in content}
    return found


def test_a_closed_desk_has_forgotten_its_keys_and_the_password(tmp_path: Path) -> None:
    folder = DeskFolder(tmp_path / "desk")
    set_up_at(folder, Hand(MONDAY_MORNING), enrolment(), FirstClerk(CLERK.login, CLERK.full_name, PASSWORD))
    wanted = secrets_of(folder)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.workstation.desk.open_and_close", str(folder.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as desk:
        assert desk.stdin is not None
        assert desk.stdout is not None
        desk.stdin.write(f"{PASSWORD}\n".encode())
        assert desk.stdout.readline() == b"open\n"
        while_open = in_memory(desk.pid, wanted)
        desk.stdin.write(b"\n")
        assert desk.stdout.readline() == b"closed\n"
        after = in_memory(desk.pid, wanted)
        desk.stdin.close()
    # What is needed to work is there, which shows that this test would find more.
    assert while_open == {"database key raw", "object name key raw", "main key raw", "reply key"}
    assert after == set()


def test_the_search_through_memory_finds_what_lies_there() -> None:
    planted = os.urandom(32)
    assert in_memory(os.getpid(), {"planted": planted}) == {"planted"}
