# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal remembers every step through any crash, and notices what did not come from it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from signing.batch.journal import BatchJournal, Progress, Step
from signing.errors import SigningError

PLAN = [("a", "01"), ("b", "02"), ("c", "03")]


def write_all(path: Path) -> bytes:
    journal = BatchJournal.open(path, PLAN)
    journal.prepared("a", b"digest of a")
    journal.prepared("b", b"digest of b")
    journal.signed("a", b"signature of a")
    journal.refused("c", "pdf-encrypted")
    journal.written("a")
    journal.verified("a")
    journal.close()
    return path.read_bytes()


def read(path: Path) -> dict[str, Progress]:
    journal = BatchJournal.open(path, PLAN)
    journal.close()
    return dict(journal.progress)


def code_of(path: Path, plan: list[tuple[str, str]] = PLAN) -> str:
    with pytest.raises(SigningError) as caught:
        BatchJournal.open(path, plan)
    return caught.value.code


def test_every_step_is_there_again(tmp_path: Path) -> None:
    write_all(tmp_path / "journal")
    assert read(tmp_path / "journal") == {
        "a": Progress(Step.VERIFIED, b"digest of a", b"signature of a"),
        "b": Progress(Step.PREPARED, b"digest of b"),
        "c": Progress(Step.REFUSED),
    }


def test_a_journal_cut_anywhere_opens_with_the_lines_that_are_whole(tmp_path: Path) -> None:
    content = write_all(tmp_path / "journal")
    cut = tmp_path / "cut"
    for length in range(0, len(content), 7):
        cut.write_bytes(content[:length])
        journal = BatchJournal.open(cut, PLAN)
        whole = max(content[:length].count(b"\n"), 1)
        assert cut.read_bytes().count(b"\n") == whole
        assert len(journal.progress) <= whole - 1
        if "a" not in journal.progress:
            journal.prepared("a", b"again")  # what follows a torn line is readable
            journal.close()
            assert read(cut)["a"].digest == b"again"
        journal.close()


def test_the_last_line_half_overwritten_by_a_power_cut_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    content = write_all(path)
    path.write_bytes(content[:-40] + bytes(39) + b"\n")
    assert read(path)["a"].step is Step.WRITTEN


def test_a_line_that_was_changed_left_out_or_moved_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    lines = write_all(path).splitlines(keepends=True)
    for damaged in (
        [*lines[:2], lines[2].replace(b'"b"', b'"a"'), *lines[3:]],
        [*lines[:2], *lines[3:]],
        [lines[0], lines[2], lines[1], *lines[3:]],
        lines[1:],
        [*lines, *lines],
        [b"garbage\n", *lines],
    ):
        path.write_bytes(b"".join(damaged))
        assert code_of(path) == "journal-damaged"


def test_the_journal_of_another_batch_is_refused(tmp_path: Path) -> None:
    write_all(tmp_path / "journal")
    assert code_of(tmp_path / "journal", [*PLAN[:2], ("c", "04")]) == "journal-of-another-batch"
    assert code_of(tmp_path / "journal", PLAN[:2]) == "journal-of-another-batch"


def test_two_programs_never_work_on_one_batch(tmp_path: Path) -> None:
    journal = BatchJournal.open(tmp_path / "journal", PLAN)
    assert code_of(tmp_path / "journal") == "journal-in-use"
    journal.close()
    assert read(tmp_path / "journal") == {}


def test_a_step_that_cannot_follow_is_a_fault_and_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    write_all(path)
    content = path.read_bytes()
    journal = BatchJournal.open(path, PLAN)
    acts: list[Callable[[], None]] = [
        lambda: journal.signed("a", b"a second signature"),
        lambda: journal.prepared("a", b"a second time"),
        lambda: journal.refused("a", "late"),
        lambda: journal.written("b"),
        lambda: journal.signed("c", b"never prepared"),
    ]
    for act in acts:
        with pytest.raises(ValueError, match="out of order"):
            act()
    journal.close()
    assert path.read_bytes() == content


def test_a_document_that_was_refused_may_be_tried_again(tmp_path: Path) -> None:
    write_all(tmp_path / "journal")
    journal = BatchJournal.open(tmp_path / "journal", PLAN)
    journal.prepared("c", b"digest of c")
    journal.close()
    assert read(tmp_path / "journal")["c"] == Progress(Step.PREPARED, b"digest of c")


def test_names_that_could_say_something_are_refused(tmp_path: Path) -> None:
    for name in ("đơn của Nguyễn Văn A.pdf", "", "a/b", "x" * 65):
        with pytest.raises(ValueError, match="say nothing"):
            BatchJournal.open(tmp_path / "journal", [(name, "01")])
    with pytest.raises(ValueError, match="different"):
        BatchJournal.open(tmp_path / "journal", [("a", "01"), ("a", "02")])


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    write_all(tmp_path / "journal")
    assert stat.S_IMODE((tmp_path / "journal").stat().st_mode) == 0o600
