# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples


@pytest.fixture
def keys() -> StoreKeys:
    return StoreKeys.new(os.urandom)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path, keys: StoreKeys) -> Iterator[Store]:
    store = Store.create(folder, keys)
    samples.enrol(store)
    yield store
    store.close()
