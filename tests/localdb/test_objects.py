# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casework.errors import BugError, KnownError
from localdb import object_file, objects, pages
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples
from tests.localdb.samples import store_content

PAGE = os.urandom(700_000)


def test_what_was_written_is_read_again(store: Store) -> None:
    object_id = store_content(store, PAGE)
    with store.reading() as connection:
        assert store.objects.read(connection, object_id) == PAGE
        stored = objects.describe(connection, object_id)
    assert stored.plaintext_size == len(PAGE)
    assert stored.sealed_size == store.objects.path(object_id).stat().st_size
    with store.objects.opened(stored) as file:
        file.seek(300_000)
        assert file.read(10) == PAGE[300_000:300_010]


def test_a_file_lies_where_the_courier_looks_for_it(store: Store, folder: Path) -> None:
    object_id = store_content(store, PAGE)
    assert objects.relative_path(object_id) == f"{object_id[:2]}/{object_id}.enc"
    assert (folder / "objects" / objects.relative_path(object_id)).is_file()


def test_the_same_content_is_stored_once(store: Store, folder: Path, keys: StoreKeys) -> None:
    first = store.objects.write(PAGE, "image/jpeg", os.urandom)
    assert store.objects.write(PAGE, "image/jpeg", os.urandom) == first
    with store.transaction() as connection:
        objects.record(connection, first)
        objects.record(connection, first)
    store.close()
    again = Store.open(folder, keys)
    assert again.objects.write(PAGE, "application/pdf", os.urandom) == first
    assert len(list((folder / "objects").rglob("*.enc"))) == 1
    again.close()


def test_the_same_page_from_many_threads_is_one_object(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = set(pool.map(lambda _: store.objects.write(PAGE, "image/jpeg", os.urandom), range(16)))
    assert len(stored) == 1
    assert store.objects.content(stored.pop()) == PAGE


@pytest.mark.timeout(60, method="thread")
def test_threads_that_read_while_writing_do_not_wait_for_each_other_for_ever(store: Store) -> None:
    def work(thread: int) -> None:
        for number in range(20):
            content = f"{thread} {number}".encode()
            if thread % 2:
                store.objects.write(content, "image/jpeg", os.urandom)
            else:
                with store.reading():
                    store.objects.write(content, "image/jpeg", os.urandom)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert len(list(store.objects.folder.rglob("*.enc"))) == 120


def test_two_stores_give_the_same_page_different_names(store: Store, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "other", StoreKeys.new(os.urandom))
    assert other.objects.object_id(PAGE) != store.objects.object_id(PAGE)
    other.close()


def test_an_object_nobody_recorded_a_lost_file_and_a_damaged_one_are_told_apart(store: Store) -> None:
    lost, damaged = store_content(store, b"lost"), store_content(store, b"damaged")
    store.objects.path(lost).unlink()
    path = store.objects.path(damaged)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    for object_id, code in ((lost, "object-missing"), (damaged, "object-damaged"), ("00" * 32, "object-missing")):
        with store.reading() as connection, pytest.raises(KnownError) as caught:
            store.objects.read(connection, object_id)
        assert caught.value.code == code


def test_a_lost_file_is_made_anew_byte_for_byte_when_its_content_comes_again(store: Store) -> None:
    object_id = store_content(store, PAGE)
    path = store.objects.path(object_id)
    before = path.read_bytes()
    path.unlink()
    store_content(store, PAGE)
    assert path.read_bytes() == before


def test_a_damaged_file_is_made_anew_byte_for_byte_when_its_content_comes_again(store: Store) -> None:
    object_id = store_content(store, PAGE)
    path = store.objects.path(object_id)
    before = path.read_bytes()
    path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    store_content(store, PAGE)
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has a file that answers EIO")
def test_a_file_that_the_disk_cannot_read_is_not_whole_and_is_removed_as_a_damaged_one(store: Store) -> None:
    stored = store.objects.write(PAGE, "image/jpeg", os.urandom)
    assert store.objects.is_whole(stored)
    assert not store.objects.remove_damaged(stored)
    path = store.objects.path(stored.object_id)
    path.unlink()
    path.symlink_to("/proc/self/mem")
    with path.open("rb") as file, pytest.raises(OSError, match="Errno 5"):
        file.read(1)
    assert not store.objects.is_whole(stored)
    assert store.objects.remove_damaged(stored)
    assert not path.is_symlink()


def test_one_object_can_not_get_two_keys(store: Store) -> None:
    stored = store.objects.write(PAGE, "image/jpeg", os.urandom)
    other = objects.StoredObject(
        stored.object_id, stored.transport_id, os.urandom(32), stored.plaintext_size, stored.sealed_size, "image/jpeg"
    )
    with store.transaction() as connection:
        objects.record(connection, stored)
        with pytest.raises(BugError):
            objects.record(connection, other)


def test_the_key_of_a_file_stands_in_no_repr(store: Store) -> None:
    stored = store.objects.write(PAGE, "image/jpeg", os.urandom)
    assert repr(stored.file_key) not in repr(stored)


def test_an_object_is_forgotten_only_when_no_record_names_it(store: Store) -> None:
    object_id = store_content(store, PAGE)
    dossier_id = samples.begin_draft(store)
    page = samples.make_page(dossier_id, object_id)
    with store.transaction() as connection:
        pages.add(connection, page)
        assert objects.forget(connection, object_id) is None
    with store.transaction() as connection:
        connection.execute("DELETE FROM pages")
        forgotten = objects.forget(connection, object_id)
        assert objects.forget(connection, object_id) is None
    assert forgotten is not None
    store.objects.discard(forgotten)
    assert not store.objects.path(object_id).exists()
    assert store_content(store, PAGE) == object_id
    with store.reading() as connection:
        assert store.objects.read(connection, object_id) == PAGE


def test_a_file_whose_object_was_recorded_again_is_not_discarded(store: Store) -> None:
    object_id = store_content(store, PAGE)
    with store.transaction() as connection:
        forgotten = objects.forget(connection, object_id)
    assert forgotten is not None
    store_content(store, PAGE)
    store.objects.discard(forgotten)
    with store.reading() as connection:
        assert store.objects.read(connection, object_id) == PAGE


def test_what_another_thread_was_given_before_it_was_forgotten_is_not_discarded(store: Store) -> None:
    """The same page is scanned again; before its row is written, the paper with the first one is given back."""
    object_id = store_content(store, PAGE)
    given = store.objects.write(PAGE, "image/jpeg", os.urandom)
    with store.transaction() as connection:
        forgotten = objects.forget(connection, object_id)
    assert forgotten is not None
    store.objects.discard(forgotten)
    assert store.objects.write(PAGE, "image/jpeg", os.urandom) == given
    with store.transaction() as connection:
        objects.record(connection, given)
        assert store.objects.read(connection, object_id) == PAGE


@pytest.mark.parametrize(("hours", "stays"), [(0, True), (2, False)])
def test_a_file_of_an_earlier_sign_in_is_discarded_unless_it_was_touched_lately(
    store: Store, folder: Path, keys: StoreKeys, hours: int, stays: bool
) -> None:
    object_id = store_content(store, PAGE)
    store.close()
    again = Store.open(folder, keys)
    path = again.objects.path(object_id)
    touched_at = path.stat().st_mtime - hours * 3600
    os.utime(path, (touched_at, touched_at))
    with again.transaction() as connection:
        forgotten = objects.forget(connection, object_id)
    assert forgotten is not None
    again.objects.discard(forgotten)
    assert path.exists() is stays
    again.close()


@pytest.mark.expects_log("localdb.objects")
def test_a_file_that_cannot_be_removed_is_left_to_the_sweep(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, while somebody has it open."""
    object_id = store_content(store, PAGE)
    with store.transaction() as connection:
        forgotten = objects.forget(connection, object_id)
    assert forgotten is not None

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "it is open")

    monkeypatch.setattr(Path, "unlink", refuse)
    store.objects.discard(forgotten)
    assert store.objects.path(object_id).exists()


def test_a_write_that_fails_leaves_nothing_behind(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object_file.Seal:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(object_file, "seal", fail)
    with pytest.raises(KnownError) as caught:
        store.objects.write(PAGE, "image/jpeg", os.urandom)
    assert (caught.value.code, caught.value.retryable) == ("disk-full", True)
    assert [path for path in (folder / "objects").rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert store.objects.content(store.objects.write(PAGE, "image/jpeg", os.urandom)) == PAGE
