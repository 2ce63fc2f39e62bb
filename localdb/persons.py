# SPDX-License-Identifier: GPL-3.0-or-later
"""Persons who hand files in or own them."""

from __future__ import annotations

from casework.errors import KnownError
from casework.records.person import Person, Sex
from casework.text import fold
from localdb.connection import Connection, Row, SqlValue
from localdb.moments import from_date_text, to_date_text

_SELECT = """SELECT person_id, full_name, birth_date, sex, id_number, former_id_number, id_issued_on, address,
    unit_code, phone FROM persons """


def add(connection: Connection, person: Person) -> None:
    """Write a new person."""
    connection.execute(
        """INSERT INTO persons (person_id, full_name, birth_date, sex, id_number, former_id_number, id_issued_on,
            address, unit_code, phone, folded_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (person.person_id, *_values(person)),
    )


def update(connection: Connection, person: Person) -> None:
    """Write a person anew under the same identity.

    Raises:
        KnownError: ``no-such-record``.
    """
    changed = connection.execute(
        """UPDATE persons SET full_name = ?, birth_date = ?, sex = ?, id_number = ?, former_id_number = ?,
            id_issued_on = ?, address = ?, unit_code = ?, phone = ?, folded_name = ? WHERE person_id = ?""",
        (*_values(person), person.person_id),
    )
    if not changed:
        raise KnownError("no-such-record", kind="person", record_id=person.person_id)


def get(connection: Connection, person_id: str) -> Person:
    """Give a person.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row(_SELECT + "WHERE person_id = ?", (person_id,))
    if row is None:
        raise KnownError("no-such-record", kind="person", record_id=person_id)
    return _person(row)


def with_id_number(connection: Connection, id_number: str) -> Person | None:
    """Give the person last recorded with this identification number, so that nobody is typed in twice."""
    row = connection.row(_SELECT + "WHERE id_number = ? ORDER BY person_id DESC LIMIT 1", (id_number,))
    return None if row is None else _person(row)


def _values(person: Person) -> tuple[SqlValue, ...]:
    return (
        person.full_name,
        to_date_text(person.birth_date),
        person.sex,
        person.id_number,
        person.former_id_number,
        to_date_text(person.id_issued_on),
        person.address,
        person.unit_code,
        person.phone,
        fold(person.full_name),
    )


def _person(row: Row) -> Person:
    person_id, full_name, birth_date, sex, id_number, former_id_number, id_issued_on, address, unit_code, phone = row
    return Person(
        person_id=person_id,
        full_name=full_name,
        birth_date=from_date_text(birth_date),
        sex=None if sex is None else Sex(sex),
        id_number=id_number,
        former_id_number=former_id_number,
        id_issued_on=from_date_text(id_issued_on),
        address=address,
        unit_code=unit_code,
        phone=phone,
    )
