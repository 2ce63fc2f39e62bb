# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed is in the database within a second, also while typing goes on."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from casework.errors import KnownError
from workstation.desk import keep_draft
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import DraftField, open_draft, start_draft
from workstation.ui.bench import Bench
from workstation.ui.draft_keeper import DraftKeeper
from workstation.ui.notice import Notice

NAME = DraftField.FULL_NAME.value


@pytest.fixture
def draft(bench: Bench) -> str:
    return start_draft(bench.session)[0].dossier_id


@pytest.fixture
def keeper(bench: Bench, draft: str) -> DraftKeeper:
    keeper = DraftKeeper(bench)
    keeper.turn_to(draft)
    return keeper


def kept(bench: Bench, draft: str) -> str:
    return open_draft(bench.session, draft).fields.get(NAME, "")


def test_a_field_is_written_soon_after_the_last_key(
    bench: Bench, keeper: DraftKeeper, draft: str, qtbot: QtBot
) -> None:
    begun = time.monotonic()
    with qtbot.waitSignal(keeper.kept, timeout=1000):
        keeper.note(NAME, "Lê Văn Thành")
    assert time.monotonic() - begun < 1.0
    assert kept(bench, draft) == "Lê Văn Thành"


def test_somebody_who_never_stops_typing_loses_a_second_at_most(
    bench: Bench, keeper: DraftKeeper, draft: str, qtbot: QtBot
) -> None:
    begun, typed = time.monotonic(), ""
    while not kept(bench, draft):
        typed += "a"
        keeper.note(NAME, typed)
        qtbot.wait(60)
        assert time.monotonic() - begun < 2.0  # a second, and the rest for a busy machine
    assert typed.startswith(kept(bench, draft))


def test_leaving_a_field_writes_at_once(bench: Bench, keeper: DraftKeeper, draft: str, qtbot: QtBot) -> None:
    keeper.note(NAME, "Lê Văn Thành")
    with qtbot.waitSignal(keeper.kept, timeout=300):
        keeper.flush()
    assert kept(bench, draft) == "Lê Văn Thành"


def test_turning_to_another_draft_writes_what_waits_to_the_one_before(
    bench: Bench, keeper: DraftKeeper, draft: str, qtbot: QtBot
) -> None:
    other = start_draft(bench.session)[0].dossier_id
    keeper.note(NAME, "Lê Văn Thành")
    with qtbot.waitSignal(keeper.kept):
        keeper.turn_to(other)
    assert (kept(bench, draft), kept(bench, other)) == ("Lê Văn Thành", "")


def test_what_a_full_disk_refused_is_told_and_written_at_the_next_try(
    bench: Bench, keeper: DraftKeeper, draft: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Notice] = []
    bench.noticed.connect(told.append)
    write = keep_draft.keep_fields

    def refuse(*_: object) -> ChangeSet:
        raise KnownError("disk-full", retryable=True)

    monkeypatch.setattr("workstation.ui.draft_keeper.keep_fields", refuse)
    keeper.note(NAME, "Lê Văn Thành")
    keeper.flush()
    qtbot.waitUntil(lambda: told != [])
    assert told[0].code == "disk-full"
    monkeypatch.setattr("workstation.ui.draft_keeper.keep_fields", write)
    keeper.note(DraftField.PHONE.value, "0912345678")
    with qtbot.waitSignal(keeper.kept):
        keeper.flush()
    assert kept(bench, draft) == "Lê Văn Thành"
