# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples, torn_store
from tests.localdb.torn_store import Whole


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


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A store of sixty dossiers, and where each of its rows lies."""
    return torn_store.make(tmp_path_factory.mktemp("whole") / "data", 60)


@pytest.fixture
def torn(whole: Whole, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(whole.folder, tmp_path / "data"))
