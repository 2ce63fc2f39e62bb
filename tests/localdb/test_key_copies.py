# SPDX-License-Identifier: GPL-3.0-or-later
"""The two copies of the key file, on a disk that does not keep what it was given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import key_file, simple_disk
from tests.localdb import samples


def test_a_copy_that_the_disk_did_not_keep_leaves_the_other_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    keys = key_file.create_key_file(
        path, login="lan", password="x", escrow_public_key=None, random_bytes=os.urandom, cost=samples.CHEAP
    )
    opened = key_file.unlock_with_password(path, "lan", "x")

    def show_what_was_kept(descriptor: int) -> None:
        assert os.fstat(descriptor).st_ino == path.stat().st_ino
        path.write_bytes(b"{}")

    with monkeypatch.context() as failing:
        failing.setattr(simple_disk, "forget_cached", show_what_was_kept)
        with pytest.raises(KnownError) as caught:
            opened.add_clerk("hoa", "c-hoa", "y", samples.NOON, cost=samples.CHEAP)
    assert caught.value.code == "disk-error"
    assert key_file.unlock_with_password(path, "lan", "x").keys == keys
