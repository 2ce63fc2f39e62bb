# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that works as fast as it can, and the check that nothing it said is lost. Also a program, to be killed.

``python -m tests.localdb.desk_day FOLDER`` reads the store's three keys from standard input (a line of hexadecimal
digits each), works until it is killed, and prints the number of each dossier after its commit.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from localdb import audit, code_numbers, drafts, objects, outbox, pages
from localdb.audit_findings import AuditReport
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples

DAY = samples.NOON.date()


def receive_one(store: Store, page_size: int = 20_000) -> int:
    """Take in one scanned page and its dossier; give its number once it is durable."""
    dossier_id = samples.new_id()
    stored = store.objects.write(os.urandom(page_size), "image/jpeg", os.urandom)
    with store.transaction() as connection:
        number = code_numbers.next_number(connection, DAY)
        drafts.start(connection, dossier_id, samples.CLERK.clerk_id, samples.NOON)
        objects.record(connection, stored)
        pages.add(connection, samples.make_page(dossier_id, stored.object_id))
        operation = samples.make_operation(
            outbox.next_device_sequence(connection), dossier_id, object_ids=(stored.object_id,)
        )
        outbox.append(connection, operation)
        audit.append(connection, at=samples.NOON, actor_id="c", action="dossier.received", subject_id=dossier_id)
    return number


def check(store: Store) -> int:
    """Check that the store agrees with itself in every room; give the number of the last dossier."""
    with store.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert connection.rows("PRAGMA foreign_key_check") == []
        ((last,),) = connection.rows("SELECT coalesce(max(last_number), 0) FROM code_numbers")
        for table in ("drafts", "pages", "operations", "operation_objects", "outbox", "objects", "audit_entries"):
            assert connection.rows(f"SELECT count(*) FROM {table}") == [(last,)], table  # noqa: S608 - names above
        operations = outbox.unsealed(connection, last + 1)
        assert [operation.device_sequence for operation in operations] == list(range(1, last + 1))
        assert audit.verify(connection) == AuditReport(last)
        assert samples.missing_files(store) == []
        for operation in operations:
            for object_id in operation.object_ids:
                store.objects.read(connection, object_id)
    return int(last)


def main() -> None:
    """Work until killed."""
    keys = StoreKeys(*(bytes.fromhex(line) for line in sys.stdin.read().split()))
    store = Store.open(Path(sys.argv[1]), keys)
    while True:
        print(receive_one(store), flush=True)  # noqa: T201 - what the parent waits for


if __name__ == "__main__":
    main()
