# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of a damaged database that does not lie on a damaged page, and where rows are missing.

Rows are found by walking each table from its root. Where a page in the middle of a tree is damaged, the pages below it
are nobody's any more; a page that no tree names is adopted where its keys and the types of its columns fit into
exactly one hole. What stays a hole is told with the keys on both sides.
"""

from __future__ import annotations

import bisect
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.errors import KnownError
from localdb.cipher_pages import CipherPages
from localdb.connection import SqlValue
from localdb.tree_pages import Cell, PageKind, TreePage, kind_of, parse
from localdb.tree_shapes import Key, TreeShape, sorting_key

_DAMAGED = 255
_VERSION_OFFSET = 60
_FIRST_FREE_OFFSET = 32


@dataclass(frozen=True, slots=True)
class SalvagedRow:
    """A row that was found.

    Attributes:
        number: Its number, in a table that has them.
        values: By column; the last columns are missing when they lie on a damaged page.
        is_whole: Whether nothing of it lies on a damaged page.
    """

    number: int
    values: dict[str, SqlValue]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of a table in which rows are missing.

    Attributes:
        after: Key of the row before, or None at the beginning. In a table with numbers the number of a row.
        before: Key of the row after, or None at the end.
        count: How many are missing, or None when that cannot be known.
        is_certain: Whether something is missing; if not, it is missing only when a damaged page belongs here.
    """

    after: tuple[SqlValue, ...] | None
    before: tuple[SqlValue, ...] | None
    count: int | None
    is_certain: bool


@dataclass(slots=True)
class _Gap:
    """A page of a tree that cannot be read."""

    shape: TreeShape
    after: tuple[SqlValue, ...] | None
    before: tuple[SqlValue, ...] | None
    is_leaf: bool
    adopted: list[tuple[Key, int]] = field(default_factory=list)

    def takes(self, first: tuple[SqlValue, ...], last: tuple[SqlValue, ...]) -> bool:
        low = self.after is None or sorting_key(self.after) < sorting_key(first)
        # In a table with numbers the key on the right is that of the last row on the left.
        right, end = sorting_key(last), None if self.before is None else sorting_key(self.before)
        return low and (end is None or right < end or (self.shape.has_numbers and right == end))


class Salvage:
    """What can be read of one file."""

    def __init__(self, pages: CipherPages, shapes: dict[str, TreeShape]) -> None:
        """Look at every page once.

        Args:
            pages: The file.
            shapes: Its tables and indexes, by name.

        Raises:
            KnownError: ``repair-impossible`` when page 1 is damaged.
        """
        self._pages = pages
        self._shapes = shapes
        self._kinds = bytearray(pages.count + 1)
        for number in range(1, pages.count + 1):
            content = pages.page(number)
            self._kinds[number] = _DAMAGED if content is None else kind_of(content, number) or 0
        self.damaged = tuple(number for number, kind in enumerate(self._kinds) if kind == _DAMAGED)
        if pages.count < 1 or self._kinds[1] == _DAMAGED:
            raise KnownError("repair-impossible")
        self._owned = {1}
        self._explained: set[int] = set()
        self._gaps: dict[int, _Gap] = {}
        self._roots: dict[str, int] = {}
        self._lost_roots: dict[str, _Gap] = {}
        self._find_roots()
        for name, shape in shapes.items():
            if name in self._roots:
                self._own(shape, self._roots[name], None, None, is_leaf=False)
        self._mark_free_pages()
        self.unassigned = tuple(self._adopt())

    def rows(self, table: str) -> Iterator[SalvagedRow | Hole]:
        """Give the rows of a table in the order of their keys, and the holes between them."""
        shape = self._shapes[table]
        yield from self._deliver(shape, self._cells(shape))

    def is_whole(self, name: str) -> bool:
        """Whether no page of a table or an index is missing."""
        return name not in self._lost_roots and not any(gap.shape.name == name for gap in self._gaps.values())

    def primary_keys(self, table: str) -> Iterator[tuple[int, tuple[SqlValue, ...]]]:
        """Give number and primary key of each row of a table with numbers, from its index, as far as that is whole."""
        shape = self._shapes[table]
        for other in self._shapes.values():
            if other.is_index and other.table == table and other.key == (*shape.key, ""):
                for found in self._cells(other):
                    if isinstance(found, Cell) and found.is_whole:
                        number = found.values[-1]
                        if isinstance(number, int):
                            yield number, found.values[:-1]

    @property
    def unexplained(self) -> frozenset[int]:
        """Damaged pages of which nobody knows what they held; complete when every table was read to its end."""
        return frozenset(self.damaged) - self._explained

    def _read(self, number: int) -> TreePage | None:
        content = self._pages.page(number) if 0 < number <= self._pages.count else None
        return None if content is None else parse(content, number, self._follow)

    def _follow(self, number: int) -> bytes | None:
        """Read a page on which a long row goes on."""
        content = self._pages.page(number) if 0 < number <= self._pages.count else None
        if content is None:
            self._explained.add(number)
        return content

    def _find_roots(self) -> None:
        """Read the schema table, whose root is page 1; what is torn of it leaves trees without a root."""
        todo = [1]
        while todo:
            page = self._read(todo.pop())
            if page is None or not page.kind.is_table:
                continue
            for child in page.children:
                self._owned.add(child)
                todo.append(child)
                if self._kinds[child] == _DAMAGED:
                    self._explained.add(child)
            if page.kind.is_leaf:
                for cell in page.cells:
                    if cell.is_whole and isinstance(cell.values[1], str) and isinstance(cell.values[3], int):
                        self._roots[cell.values[1]] = cell.values[3]
        # Without a torn page that would be a contradiction, which a new database does not have either.
        self._lost_roots = {
            name: _Gap(shape, None, None, is_leaf=False)
            for name, shape in self._shapes.items()
            if name not in self._roots
        }

    def _own(
        self,
        shape: TreeShape,
        number: int,
        after: tuple[SqlValue, ...] | None,
        before: tuple[SqlValue, ...] | None,
        *,
        is_leaf: bool,
    ) -> None:
        """Claim a page and all below it for a tree; note what of it cannot be read."""
        kind = self._kinds[number] if number <= self._pages.count else _DAMAGED
        is_ours = kind in set(PageKind) and PageKind(kind).is_table is shape.has_numbers
        if number in self._owned or not is_ours:
            self._explained.add(number)
            self._gaps[number] = _Gap(shape, after, before, is_leaf)
            return
        self._owned.add(number)
        if PageKind(kind).is_leaf:
            return
        page = self._read(number)
        if page is None:
            raise KnownError("disk-error", retryable=True)
        children_are_leaves = any(
            self._kinds[child] in {PageKind.INDEX_LEAF, PageKind.TABLE_LEAF}
            for child in page.children
            if child <= self._pages.count
        )
        keys = [_key(shape, cell) for cell in page.cells]
        for child, low, high in zip(page.children, [after, *keys], [*keys, before], strict=True):
            self._own(shape, child, low, high, is_leaf=children_are_leaves)

    def _mark_free_pages(self) -> None:
        first = self._pages.page(1) or b""
        (trunk,) = struct.unpack_from(">I", first, _FIRST_FREE_OFFSET)
        seen: set[int] = set()
        while 0 < trunk <= self._pages.count and trunk not in seen:
            seen.add(trunk)
            self._explained.add(trunk)
            content = self._pages.page(trunk)
            if content is None:
                break
            trunk, count = struct.unpack_from(">II", content)
            self._explained.update(struct.unpack_from(f">{min(count, len(content) // 4 - 2)}I", content, 8))
        self._owned |= self._explained

    def _adopt(self) -> Iterator[int]:
        """Put pages that no tree names into the only hole that they fit; give those that fit none or several."""
        orphans = {
            number for number, kind in enumerate(self._kinds) if kind in set(PageKind) and number not in self._owned
        }
        below: set[int] = set()
        for number in orphans:
            page = self._read(number)
            below.update(page.children if page else ())
        waiting = sorted(orphans - below)
        while adopted := [number for number in waiting if self._finds_a_home(number)]:
            waiting = [number for number in waiting if number not in adopted]
        for number in waiting:
            page = self._read(number)
            fitting = self._fitting(number)
            # An empty page holds no rows, and an index only helps to find them.
            if page is not None and page.cells and not (fitting and all(gap.shape.is_index for gap in fitting)):
                yield number

    def _fitting(self, number: int) -> list[_Gap]:
        """Give the holes that a page may belong to; a tree whose root is known again needs no other."""
        lost_roots = [gap for gap in self._lost_roots.values() if not gap.adopted]
        return [gap for gap in [*self._gaps.values(), *lost_roots] if not gap.is_leaf and self._fits(gap, number)]

    def _finds_a_home(self, number: int) -> bool:
        fitting = self._fitting(number)
        page = self._read(number)
        if len(fitting) != 1 or page is None:
            return False
        (gap,) = fitting
        bisect.insort(gap.adopted, (sorting_key(_key(gap.shape, page.cells[0])), number))
        # What is torn below an adopted page is a hole of the same tree.
        self._own(gap.shape, number, gap.after, gap.before, is_leaf=False)
        return True

    def _fits(self, gap: _Gap, number: int) -> bool:
        page = self._read(number)
        if page is None or page.kind.is_table is not gap.shape.has_numbers or not page.cells:
            return False
        if not gap.takes(_key(gap.shape, page.cells[0]), _key(gap.shape, page.cells[-1])):
            return False
        sample = page
        while sample.kind is PageKind.TABLE_INTERIOR:
            leaves = [self._read(child) for child in sample.children]
            readable = [leaf for leaf in leaves if leaf is not None]
            if not readable:
                return False
            sample = readable[0]
        return all(gap.shape.fits(cell.values) for cell in sample.cells if cell.is_whole)

    def _cells(self, shape: TreeShape) -> Iterator[Cell | Hole]:
        if shape.name in self._lost_roots:
            yield from self._across(shape, self._lost_roots[shape.name], is_certain=False)
        elif shape.name in self._roots:
            yield from self._below(shape, self._roots[shape.name])

    def _below(self, shape: TreeShape, number: int) -> Iterator[Cell | Hole]:
        gap = self._gaps.get(number)
        if gap is not None and gap.shape is shape:
            yield from self._across(shape, gap, is_certain=True)
            return
        page = self._read(number)
        if page is None:
            raise KnownError("disk-error", retryable=True)
        for cell in page.cells:
            if cell.child:
                yield from self._below(shape, cell.child)
            if page.kind is not PageKind.TABLE_INTERIOR:
                yield cell
        if page.last_child:
            yield from self._below(shape, page.last_child)

    def _across(self, shape: TreeShape, gap: _Gap, *, is_certain: bool) -> Iterator[Cell | Hole]:
        """Give what was adopted in the place of a lost page, and the holes around it."""
        end = gap.before
        if shape.has_numbers and end is not None and isinstance(end[0], int):
            # The number on the right of a page is that of its own last row.
            end = (end[0] + 1,)
        if not gap.adopted:
            yield Hole(gap.after, end, None, is_certain)
            return
        last = gap.after
        for place, (_, number) in enumerate(gap.adopted):
            cells = list(self._below(shape, number))
            keys = [_key(shape, cell) for cell in cells if isinstance(cell, Cell)]
            if not keys:
                yield from cells
                continue
            # Between two leaves of a table without numbers lay one row on the lost page itself.
            is_row_lost = place > 0 and not shape.has_numbers
            if not (shape.has_numbers and _is_next(last, keys[0])):
                yield Hole(last, keys[0], 1 if is_row_lost else None, is_row_lost)
            yield from cells
            last = keys[-1]
        if not (shape.has_numbers and _is_next(last, end)):
            yield Hole(last, end, None, False)

    def _deliver(self, shape: TreeShape, cells: Iterator[Cell | Hole]) -> Iterator[SalvagedRow | Hole]:
        for cell in cells:
            if isinstance(cell, Hole):
                yield cell
            else:
                yield SalvagedRow(cell.number, shape.row(cell.number, cell.values), cell.is_whole)


def schema_version(pages: CipherPages) -> int:
    """Give the version of the schema of a file.

    Raises:
        KnownError: ``repair-impossible`` when its first page is damaged.
    """
    first = pages.page(1) if pages.count else None
    if first is None:
        raise KnownError("repair-impossible")
    return int(struct.unpack_from(">i", first, _VERSION_OFFSET)[0])


def _is_next(number: tuple[SqlValue, ...] | None, following: tuple[SqlValue, ...] | None) -> bool:
    """Whether no number lies between two; the first is 1."""
    if following is None:
        return False
    before, after = 0 if number is None else number[0], following[0]
    return isinstance(before, int) and isinstance(after, int) and after - before <= 1


def _key(shape: TreeShape, cell: Cell) -> tuple[SqlValue, ...]:
    return (cell.number,) if shape.has_numbers else cell.values[: len(shape.key)]
