# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder that snapshots are kept in: beside the database, on another disk, on a stick, on a share.

Below ``motcua-<store id>`` lie ``blocks/ab/<sha256>``, ``objects/ab/<transport id>``, ``manifests`` and ``keys``;
nothing in it can be read without a key, and every file has its name only when it is whole. What is being written lies
in ``unfinished``; it is synced in one go, because a sync for each block would take minutes on a stick, and only then
takes its name. The file system may be a simple one: no permissions are relied on, no links, no folder that can be
synced.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from localdb import durable_file, simple_disk
from localdb.snapshot_manifest import SnapshotManifest

_COPY_SIZE: Final = 256 * 1024
_LOOK_EVERY: Final = 64
"""So many blocks are written between two looks at the free room."""


class SnapshotPlace:
    """The snapshots of one store at one place. One program at a time writes here.

    Attributes:
        folder: What was chosen: the folder that may hold the snapshots of several stores.
        store_id: Which store.
        root: The folder of this store in it.
    """

    def __init__(self, folder: Path, store_id: str, *, reserve: int = 0) -> None:
        """Name the place; nothing is touched yet.

        Args:
            folder: What was chosen.
            store_id: Which store.
            reserve: Bytes of the disk that must stay free for others.
        """
        self.folder = folder
        self._reserve = reserve
        self.store_id = store_id
        self.root = folder / f"motcua-{store_id}"
        self._unfinished = self.root / "unfinished"
        self._staged: dict[Path, Path] = {}

    @property
    def is_there(self) -> bool:
        """Whether the folder of this store can be seen; on an unplugged stick it cannot."""
        try:
            return self.root.is_dir()
        except OSError:
            return False

    def prepare(self, *, is_new: bool) -> None:
        """Get ready to write; what an earlier writer left unfinished is removed.

        Args:
            is_new: Whether no snapshot was ever finished here. Only then the folder is made: below the mount point of
                a stick that is not plugged in, snapshots would fill the computer's own disk.

        Raises:
            KnownError: ``backup-place-missing``; ``disk-full``, ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            if not self.folder.is_dir() or not (is_new or self.is_there):
                raise KnownError("backup-place-missing", retryable=True, folder=str(self.folder))
            for name in ("blocks", "objects", "manifests", "keys"):
                (self.root / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self.root, self.folder):
                simple_disk.sync_folder(folder)
            for leftover in (self.root / "manifests").glob(f"*{durable_file.PART_SUFFIX}"):
                leftover.unlink()
            shutil.rmtree(self._unfinished, ignore_errors=True)
            self._unfinished.mkdir(mode=0o700, exist_ok=True)
        self._staged.clear()

    # --- blocks ------------------------------------------------------------------------------------------------------

    def has_block(self, name: bytes, size: int) -> bool:
        """Whether a block lies here in its full size."""
        return simple_disk.size_of(self._block(name)) == size

    def add_block(self, name: bytes, content: bytes) -> None:
        """Write a block, to be published later.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        part = self._unfinished / name.hex()
        with durable_file.explained():
            if self._reserve and len(self._staged) % _LOOK_EVERY == 0:
                self._see_that_there_is_room()
            part.write_bytes(content)
        self._staged[part] = self._block(name)

    def read_block(self, name: bytes) -> bytes:
        """Read a block and prove that it is what was written.

        Raises:
            KnownError: ``snapshot-damaged``, also when the disk cannot read it; ``backup-place-missing`` when nothing
                is there any more; ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            try:
                with self._block(name).open("rb") as file:
                    content = file.read()
                    simple_disk.forget_cached(file.fileno())
            except OSError as error:
                if not (isinstance(error, FileNotFoundError) or simple_disk.is_unreadable(error)):
                    raise
                if not self.is_there:
                    raise KnownError("backup-place-missing", retryable=True, folder=str(self.folder)) from error
                raise KnownError("snapshot-damaged") from error
        if hashlib.sha256(content).digest() != name:
            raise KnownError("snapshot-damaged")
        return content

    def block_names(self, folder: int) -> Iterator[bytes]:
        """Give the blocks of one folder, from 0 to 255.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        for path in simple_disk.files_in(self.root / "blocks" / f"{folder:02x}"):
            with contextlib.suppress(ValueError):
                yield bytes.fromhex(path.name)

    def remove_block(self, name: bytes) -> None:
        """Remove a block that no manifest names, or that is damaged.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            self._block(name).unlink(missing_ok=True)

    def abandon(self) -> None:
        """Remove what is unfinished, after a failure; as well as it goes."""
        self._staged.clear()
        shutil.rmtree(self._unfinished, ignore_errors=True)

    # --- object files ------------------------------------------------------------------------------------------------

    def object_names(self, folder: str) -> dict[str, str]:
        """Give what lies in one folder of objects: transport id to file name.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        return {path.name.partition(".")[0]: path.name for path in simple_disk.files_in(self.root / "objects" / folder)}

    def add_object(self, folder: str, transport_id: str, source: Path) -> bool:
        """Copy an object file, to be published later.

        Returns:
            False, and nothing is kept, when the file is gone, or the disk did not keep it as it was.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        part = self._unfinished / transport_id
        with durable_file.explained():
            try:
                file = source.open("rb")
            except OSError as error:
                if isinstance(error, FileNotFoundError) or simple_disk.is_unreadable(error):
                    return False
                raise
            digest = hashlib.sha256()
            with file, part.open("wb") as out:
                for piece in simple_disk.pieces_of(file, _COPY_SIZE):
                    digest.update(piece)
                    out.write(piece)
            if digest.hexdigest() != transport_id:
                part.unlink()
                return False
        self._staged[part] = self.root / "objects" / folder / transport_id
        return True

    def rename_object(self, folder: str, name: str, new_name: str) -> None:
        """Give an object file another name, which says since when nobody needs it.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        path = self.root / "objects" / folder / name
        with durable_file.explained():
            path.replace(path.with_name(new_name))

    def remove_object(self, folder: str, name: str) -> None:
        """Remove an object file.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            (self.root / "objects" / folder / name).unlink(missing_ok=True)

    def object_path(self, folder: str, name: str) -> Path:
        """Give the path of an object file."""
        return self.root / "objects" / folder / name

    # --- making it durable -------------------------------------------------------------------------------------------

    @property
    def staged_count(self) -> int:
        """How many files wait to be published."""
        return len(self._staged)

    def publish(self) -> Generator[None, None, None]:
        """Make what was added durable, then let it take its name; one step a file.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        staged, self._staged = self._staged, {}
        folders: set[Path] = set()
        with durable_file.explained():
            for part in staged:
                with part.open("r+b") as file:
                    os.fsync(file.fileno())
                    simple_disk.forget_cached(file.fileno())
                yield
            for part, path in staged.items():
                if path.parent not in folders:
                    path.parent.mkdir(mode=0o700, exist_ok=True)
                    folders.add(path.parent)
                part.replace(path)
                yield
            for folder in (*folders, *{folder.parent for folder in folders}):
                simple_disk.sync_folder(folder)
                yield

    # --- manifests and keys ------------------------------------------------------------------------------------------

    def manifests(self) -> tuple[list[SnapshotManifest], list[Path]]:
        """Give the manifests that can be read, the newest first, and the files of those that cannot.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        readable, damaged = [], []
        for path in self._documents("manifests"):
            manifest = self._read_manifest(path)
            if manifest is None:
                damaged.append(path)
            else:
                readable.append(manifest)
        readable.sort(key=lambda manifest: (manifest.number, manifest.taken_at), reverse=True)
        return readable, damaged

    def newest(self) -> SnapshotManifest | None:
        """Give the newest manifest that can be read; None when there is none.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        for path in sorted(self._documents("manifests"), reverse=True):
            manifest = self._read_manifest(path)
            if manifest is not None:
                return manifest
        return None

    def holds(self, manifest: SnapshotManifest) -> bool:
        """Whether a snapshot is still here; others may have let it go meanwhile."""
        return simple_disk.size_of(self.root / "manifests" / manifest.file_name) is not None

    def manifest_content(self, manifest: SnapshotManifest) -> bytes:
        """Read a manifest file.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            return (self.root / "manifests" / manifest.file_name).read_bytes()

    def write_manifest(self, file_name: str, content: bytes) -> None:
        """Write the manifest, the last file of a snapshot.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        simple_disk.write_whole(self.root / "manifests" / file_name, content)

    def remove_manifests(self, file_names: list[str]) -> None:
        """Remove manifests, durably: their blocks may go only after them.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            for name in file_names:
                (self.root / "manifests" / name).unlink(missing_ok=True)
            simple_disk.sync_folder(self.root / "manifests")

    def key_file(self, generation: str) -> Path:
        """Give the path of the key file that opens the snapshots of one database key."""
        return self.root / "keys" / f"{generation}.json"

    def keep_key_file(self, generation: str, content: bytes) -> None:
        """Keep the newest key file of a database key: who was revoked in it opens no older snapshot either.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        path = self.key_file(generation)
        with durable_file.explained():
            if path.exists() and path.read_bytes() == content:
                return
        simple_disk.write_whole(path, content)

    def key_generations(self) -> frozenset[str]:
        """Give the database keys whose key file is kept here.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        return frozenset(path.stem for path in self._documents("keys"))

    def forget_key_files(self, generations: frozenset[str]) -> None:
        """Remove the key files of database keys that no snapshot is encrypted with any more.

        Args:
            generations: Those that are still needed.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            for path in self._documents("keys"):
                if path.stem not in generations:
                    path.unlink()

    # --- notes -------------------------------------------------------------------------------------------------------

    def read_note(self, name: str) -> str:
        """Read a small note; empty when there is none."""
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def write_note(self, name: str, text: str) -> None:
        """Write a small note in the place of an earlier one.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        simple_disk.write_whole(self.root / name, text.encode())

    def _see_that_there_is_room(self) -> None:
        if shutil.disk_usage(self.folder).free < self._reserve:
            raise KnownError("disk-full", retryable=True)

    def _block(self, name: bytes) -> Path:
        text = name.hex()
        return self.root / "blocks" / text[:2] / text

    def _documents(self, folder: str) -> list[Path]:
        return [path for path in simple_disk.files_in(self.root / folder) if path.name.endswith(".json")]

    def _read_manifest(self, path: Path) -> SnapshotManifest | None:
        with durable_file.explained():
            try:
                manifest = SnapshotManifest.decode(path.read_bytes())
            except KnownError:
                return None
            except OSError as error:
                if simple_disk.is_unreadable(error) and self.is_there:
                    return None
                raise
        return manifest if manifest.file_name == path.name else None


def places_in(folder: Path) -> list[SnapshotPlace]:
    """Give the stores whose snapshots lie in a folder.

    Raises:
        KnownError: ``backup-place-missing``; ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        if not folder.is_dir():
            raise KnownError("backup-place-missing", retryable=True, folder=str(folder))
        names = sorted(path.name for path in folder.iterdir() if path.name.startswith("motcua-") and path.is_dir())
    return [SnapshotPlace(folder, name.removeprefix("motcua-")) for name in names]
