# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64
import os
import unicodedata
import zlib
from pathlib import Path

import pytest

from casework.records.workplace import Clerk, Role
from casework.text import fold
from localdb import audit, clerks, dossiers, drafts, history, objects, outbox, pages, papers, persons, secrets
from localdb.key_file import create_key_file
from localdb.search_indexer import SearchIndexer
from localdb.store import Store
from tests.localdb import samples

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1258", "latin-1")


def traces() -> set[bytes]:
    """Every form in which the person of the samples could be recognised in a file."""
    words = [samples.SECRET_NAME, *samples.SECRET_NAME.split(), samples.SECRET_NUMBER]
    forms = {form for word in words if len(word) > 3 for form in (word, word.upper(), word.lower(), fold(word))}
    forms |= {unicodedata.normalize("NFD", form) for form in forms}
    forms |= {form.encode("ascii", "backslashreplace").decode() for form in forms}
    found = set()
    for form in forms:
        for encoding in ENCODINGS:
            try:
                plain = form.encode(encoding)
            except UnicodeEncodeError:
                continue
            found |= {plain, plain.hex().encode(), base64.b64encode(plain)[:-4]}
    return {trace for trace in found if len(trace) > 4}


def leaks(folder: Path) -> set[str]:
    """Give the names of the files in which, or in whose name, a trace of the person is."""
    wanted = traces()
    found = set()
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if any(trace in content or trace in os.fsencode(path.name) for trace in wanted):
            found.add(path.name)
    return found


def write_everywhere(store: Store) -> None:
    scan = f"{samples.SECRET_NAME} {samples.SECRET_NUMBER}".encode()
    stored = store.objects.write(scan * 3000, "image/jpeg", os.urandom)
    person = samples.make_person()
    draft_id = samples.begin_draft(store)
    page = samples.make_page(draft_id, stored.object_id)
    with store.transaction() as connection:
        clerks.add(connection, Clerk(samples.new_id(), "dao", samples.SECRET_NAME, frozenset({Role.CLERK})))
        persons.add(connection, person)
        objects.record(connection, stored)
        drafts.set_field(connection, draft_id, "applicant.full_name", samples.SECRET_NAME, samples.NOON)
        drafts.set_field(connection, draft_id, "applicant.id_number", samples.SECRET_NUMBER, samples.NOON)
        papers.add(connection, samples.make_paper(draft_id, object_id=stored.object_id))
        pages.add(
            connection,
            type(page)(
                **{name: getattr(page, name) for name in page.__slots__}
                | {"text": scan.decode() * 50, "thumbnail": scan * 200}
            ),
        )
        dossiers.add(connection, samples.make_dossier(draft_id, person.person_id))
        history.add(connection, samples.make_history_entry(draft_id, f"Gọi {samples.SECRET_NAME}"))
        outbox.append(connection, samples.make_operation(1, draft_id, (stored.object_id,)))
        secrets.put(connection, "a", scan)
        audit.append(connection, at=samples.NOON, actor_id="c", action="person.read", subject_id=person.person_id)


def test_nothing_on_disk_tells_who_was_here(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    keys = create_key_file(
        folder / "keys.json",
        login="lan",
        password=samples.SECRET_NAME,
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=samples.CHEAP,
    )
    store = Store.create(folder, keys)
    samples.enrol(store)
    write_everywhere(store)
    names = {path.name for path in folder.iterdir()}
    assert names == {"desk.db", "desk.db-wal", "desk.db-shm", "objects", "keys.json", "keys.json.previous"}
    assert leaks(folder) == set()
    with store.transaction() as connection:
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 10")
        for number in range(200):
            secrets.put(connection, f"{samples.SECRET_NAME}-{number}", samples.SECRET_NAME.encode() * 200)
        assert leaks(folder) == set()
    with store.reading() as connection:
        assert dossiers.newest(connection, 10)
        assert leaks(folder) == set()
    indexer = SearchIndexer(store, os.urandom)
    while indexer.run_slice().is_more:
        assert leaks(folder) == set()
    with store.reading() as connection:
        assert store.search.find(connection, "dao", 10).dossiers
    assert leaks(folder) == set()
    indexer.close()
    store.close()
    assert leaks(folder) == set()
    for secret in (keys.database_key, keys.object_name_key):
        assert not any(secret in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "leak",
    [
        samples.SECRET_NAME.encode(),
        samples.SECRET_NAME.upper().encode("utf-16-le"),
        unicodedata.normalize("NFD", samples.SECRET_NAME).encode(),
        b"nguyen thi anh dao",
        samples.SECRET_NUMBER.encode("utf-16-be"),
        base64.b64encode(samples.SECRET_NUMBER.encode()),
        "Ánh Đào".encode("utf-16-le") + "Nguyễn".encode(),
    ],
)
def test_a_planted_leak_is_found(tmp_path: Path, leak: bytes) -> None:
    (tmp_path / "planted").write_bytes(os.urandom(5000) + leak + os.urandom(5000))
    (tmp_path / "clean").write_bytes(zlib.compress(os.urandom(10_000)))
    assert leaks(tmp_path) == {"planted"}


def test_a_planted_file_name_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{samples.SECRET_NUMBER}.pdf").touch()
    assert leaks(tmp_path) == {f"{samples.SECRET_NUMBER}.pdf"}
