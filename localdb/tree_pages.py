# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows that lie on one page of a database (https://sqlite.org/fileformat2.html §1.6, §2.1), without the engine."""

from __future__ import annotations

import enum
import struct
from collections.abc import Callable
from dataclasses import dataclass

from localdb.cipher_pages import USABLE_SIZE
from localdb.connection import SqlValue

ReadPage = Callable[[int], bytes | None]
"""Gives the content of a page by its number, or None when it is damaged."""

_LARGEST_IN_LEAF = USABLE_SIZE - 35
_LARGEST_IN_INDEX = (USABLE_SIZE - 12) * 64 // 255 - 23
_SMALLEST_LOCAL = (USABLE_SIZE - 12) * 32 // 255 - 23


class PageKind(enum.IntEnum):
    """What a page of a tree holds; the values are those of the format."""

    INDEX_INTERIOR = 2
    TABLE_INTERIOR = 5
    INDEX_LEAF = 10
    TABLE_LEAF = 13

    @property
    def is_leaf(self) -> bool:
        """Whether it has no children."""
        return self in {PageKind.INDEX_LEAF, PageKind.TABLE_LEAF}

    @property
    def is_table(self) -> bool:
        """Whether its rows have numbers; a table without such numbers is kept like an index."""
        return self in {PageKind.TABLE_INTERIOR, PageKind.TABLE_LEAF}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a page.

    Attributes:
        child: Page with what comes before this cell, in an interior page; 0 in a leaf.
        number: Number of the row, in a table; 0 in an index.
        values: Columns of the row; empty in the interior page of a table. Shorter than ``column_count`` when the rest
            lies on a damaged page.
        column_count: Columns that the row has.
    """

    child: int
    number: int
    values: tuple[SqlValue, ...]
    column_count: int

    @property
    def is_whole(self) -> bool:
        """Whether every column could be read."""
        return len(self.values) == self.column_count


@dataclass(frozen=True, slots=True)
class TreePage:
    """A page of a table or an index.

    Attributes:
        kind: What it holds.
        cells: In the order of their keys.
        last_child: Page with what comes after the last cell, in an interior page; 0 in a leaf.
    """

    kind: PageKind
    cells: tuple[Cell, ...]
    last_child: int

    @property
    def children(self) -> list[int]:
        """Pages below, in the order of their keys."""
        return [] if self.kind.is_leaf else [*(cell.child for cell in self.cells), self.last_child]


def kind_of(content: bytes, page_number: int) -> PageKind | None:
    """Give what a page holds, or None when it belongs to no tree."""
    first = content[100 if page_number == 1 else 0]
    return PageKind(first) if first in set(PageKind) else None


def parse(content: bytes, page_number: int, read_page: ReadPage) -> TreePage | None:
    """Read a page.

    Args:
        content: ``USABLE_SIZE`` bytes that have proven themselves.
        page_number: Its number.
        read_page: Gives the pages that long rows go on in.

    Returns:
        None when it belongs to no tree.
    """
    kind = kind_of(content, page_number)
    if kind is None:
        return None
    begin = 100 if page_number == 1 else 0
    (cell_count,) = struct.unpack_from(">H", content, begin + 3)
    last_child = 0 if kind.is_leaf else struct.unpack_from(">I", content, begin + 8)[0]
    places = struct.unpack_from(f">{cell_count}H", content, begin + (8 if kind.is_leaf else 12))
    return TreePage(kind, tuple(_cell(content, place, kind, read_page) for place in places), last_child)


def _cell(content: bytes, place: int, kind: PageKind, read_page: ReadPage) -> Cell:
    child = number = 0
    if not kind.is_leaf:
        (child,) = struct.unpack_from(">I", content, place)
        place += 4
    if kind is PageKind.TABLE_INTERIOR:
        return Cell(child, _varint(content, place)[0], (), 0)
    size, place = _varint(content, place)
    if kind is PageKind.TABLE_LEAF:
        unsigned, place = _varint(content, place)
        number = unsigned - (1 << 64) if unsigned >= 1 << 63 else unsigned
    largest = _LARGEST_IN_LEAF if kind is PageKind.TABLE_LEAF else _LARGEST_IN_INDEX
    if size <= largest:
        payload = content[place : place + size]
    else:
        local = _SMALLEST_LOCAL + (size - _SMALLEST_LOCAL) % (USABLE_SIZE - 4)
        local = local if local <= largest else _SMALLEST_LOCAL
        (following,) = struct.unpack_from(">I", content, place + local)
        payload = _whole(content[place : place + local], following, size, read_page)
    values, column_count = _record(payload)
    return Cell(child, number, values, column_count)


def _whole(local: bytes, following: int, size: int, read_page: ReadPage) -> bytes:
    parts, length = [local], len(local)
    while following and length < size:
        page = read_page(following)
        if page is None:
            break
        part = page[4 : 4 + size - length]
        parts.append(part)
        length += len(part)
        (following,) = struct.unpack_from(">I", page)
    return b"".join(parts)


def _record(payload: bytes) -> tuple[tuple[SqlValue, ...], int]:
    """Decode as many columns as the payload holds; give them and the number that there should be."""
    header_size, place = _varint(payload, 0)
    types = []
    while place < min(header_size, len(payload)):
        serial_type, place = _varint(payload, place)
        types.append(serial_type)
    values: list[SqlValue] = []
    place = header_size
    for serial_type in types:
        size = _size(serial_type)
        if place + size > len(payload):
            break
        values.append(_value(serial_type, payload[place : place + size]))
        place += size
    return tuple(values), len(types)


def _size(serial_type: int) -> int:
    if serial_type >= 12:
        return (serial_type - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[serial_type]


def _value(serial_type: int, content: bytes) -> SqlValue:
    if serial_type == 0:
        return None
    if serial_type == 7:
        return float(struct.unpack(">d", content)[0])
    if serial_type in {8, 9}:
        return serial_type - 8
    if serial_type < 12:
        return int.from_bytes(content, "big", signed=True)
    return content if serial_type % 2 == 0 else content.decode("utf-8")


def _varint(content: bytes, place: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = content[place]
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    return value << 8 | content[place], place + 1
