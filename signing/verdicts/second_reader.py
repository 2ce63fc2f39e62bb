# SPDX-License-Identifier: GPL-3.0-or-later
"""A second opinion on what was changed after signing: the same comparison with another library's eyes.

pyHanko explains every object of a later revision; qpdf never heard of signatures and shows what a viewer would: pages,
annotations, form, catalogue, as they were when the signature was made and as they are now. A difference that the first
reader does not see means that one file shows different things to different programs.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import pikepdf

_FORM_DEFAULTS: Final = ("/DR", "/DA", "/Q", "/NeedAppearances")
# Signing adds to these by rights; the first reader judges what.
_CATALOGUE_OPEN: Final = frozenset(
    {
        "/AcroForm",
        "/DSS",
        "/Extensions",
        "/MarkInfo",
        "/Metadata",
        "/Pages",
        "/StructTreeRoot",
        "/Type",
        "/Version",
    }
)


_LARGE: Final = 64 * 1024


class Difference(StrEnum):
    """What looks different now."""

    PAGES = "pages"
    FIELDS = "fields"
    STAMPS = "stamps"
    FORM = "form"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Differences:
    """All that looks different now.

    Attributes:
        kinds: What.
        fields: Full names of fields, but for those of signatures.
    """

    kinds: frozenset[Difference]
    fields: frozenset[str]


def differences(before: bytes, now: bytes) -> Differences:
    """Compare two states of a document; new signature fields and validation data are no difference.

    Raises:
        Exception: qpdf cannot read one of them without repairing it, or it is built to lead readers astray.
    """
    with _opened(before) as old, _opened(now) as new:
        old_view, new_view = _View(old, len(before)), _View(new, len(before))
        changed_fields = old_view.fields() ^ new_view.fields()
        differs = {
            Difference.PAGES: old_view.pages() != new_view.pages(),
            Difference.FIELDS: bool(changed_fields),
            Difference.STAMPS: not old_view.stamps() <= new_view.stamps(),
            Difference.FORM: bool(old_view.fields()) and not new_view.form_extends(old_view),
            Difference.CATALOGUE: old_view.catalogue() != new_view.catalogue(),
        }
        kinds = frozenset(kind for kind, is_different in differs.items() if is_different)
        return Differences(kinds, frozenset(name for name, _ in changed_fields))


def _opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)


class _View:
    """Digests of what one state of a document shows; object numbers do not matter, only what is reached."""

    def __init__(self, document: pikepdf.Pdf, shared_bytes: int) -> None:
        self._document = document
        self._pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        # Both states begin with the same bytes: what lies there at the same place needs no reading twice.
        table = document.get_xref_table()
        places = ((objgen, entry.offset) for objgen, entry in table.items() if entry.type == 1)
        self._places = {objgen: place for objgen, place in places if place is not None}
        self._shared_bytes = shared_bytes
        self._form = document.Root.get("/AcroForm", pikepdf.Dictionary())
        self._field_places = {field.objgen for _, _, field in self._all_fields() if field.is_indirect}

    def pages(self) -> bytes:
        """All pages with their annotations, without those that are looked at as fields; what they share, once."""
        walk = _Walk(self._pages, self._places, self._shared_bytes)
        for number, page in enumerate(self._document.pages):
            walk.add_mark(f"begin {number}")
            for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):  # a page may inherit these
                walk.add(_inherited(page.obj, key))
            walk.add_dictionary(page.obj, without=("/Parent", "/Annots", "/Resources"))
            for annotation in page.obj.get("/Annots", []):
                if _is_signature_widget(annotation):
                    continue
                if annotation.is_indirect and annotation.objgen in self._field_places:
                    walk.add_mark(f"field {annotation.objgen}")
                else:
                    walk.add_dictionary(annotation, without=("/P", "/Parent"))
        return walk.digest()

    def fields(self) -> frozenset[tuple[str, bytes]]:
        """Each field that is none of a signature: its full name, and a digest."""
        return frozenset(
            (name, self._dictionary_digest(field, without=("/P", "/Parent", "/Kids")))
            for name, kind, field in self._all_fields()
            if kind != "/Sig"
        )

    def stamps(self) -> frozenset[tuple[str, bytes]]:
        """Each field that is signed, and what it draws."""
        return frozenset(
            (name, self._dictionary_digest(field, without=("/P", "/Parent", "/V")))
            for name, kind, field in self._all_fields()
            if kind == "/Sig" and "/V" in field
        )

    def _all_fields(self) -> Iterator[tuple[str, str, pikepdf.Object]]:
        waiting = [(field, "", "") for field in self._form.get("/Fields", [])]
        seen: set[tuple[int, int]] = set()
        while waiting:
            field, above, inherited_kind = waiting.pop()
            if field.is_indirect and field.objgen in seen:
                continue
            seen.add(field.objgen)
            name = ".".join(part for part in (above, str(field.get("/T", ""))) if part)
            kind = str(field.get("/FT", inherited_kind))
            waiting.extend((kid, name, kind) for kid in field.get("/Kids", []))
            yield name, kind, field

    def _dictionary_digest(self, value: pikepdf.Object, without: tuple[str, ...]) -> bytes:
        walk = _Walk(self._pages, self._places, self._shared_bytes)
        walk.add_dictionary(value, without)
        return walk.digest()

    def form_extends(self, old: _View) -> bool:
        """Whether the defaults that fields are drawn with are those of an older state, or that and more fonts."""
        for key in _FORM_DEFAULTS:
            ours, theirs = self._form.get(key), old._form.get(key)
            if key == "/DR" and isinstance(ours, pikepdf.Dictionary) and isinstance(theirs, pikepdf.Dictionary):
                if not all(self._resources_extend(ours.get(kind), theirs.get(kind)) for kind in theirs.keys()):  # noqa: SIM118
                    return False
            elif self._digest(ours) != self._digest(theirs):
                return False
        return True

    def catalogue(self) -> bytes:
        """The rest of the catalogue: actions, layers, names, outlines."""
        walk = _Walk(self._pages, self._places, self._shared_bytes)
        walk.add_dictionary(self._document.Root, without=tuple(_CATALOGUE_OPEN))
        return walk.digest()

    def _resources_extend(self, ours: Any, theirs: Any) -> bool:  # noqa: ANN401 - any PDF object
        if isinstance(ours, pikepdf.Dictionary) and isinstance(theirs, pikepdf.Dictionary):
            return all(self._digest(ours.get(key)) == self._digest(theirs.get(key)) for key in theirs.keys())  # noqa: SIM118
        return self._digest(ours) == self._digest(theirs)

    def _digest(self, value: Any) -> bytes:  # noqa: ANN401 - any PDF object
        walk = _Walk(self._pages, self._places, self._shared_bytes)
        walk.add(value)
        return walk.digest()


class _Walk:
    """A digest over everything that can be reached; deep and circular structures do not hurt it."""

    def __init__(
        self, pages: dict[tuple[int, int], int], places: dict[tuple[int, int], int], shared_bytes: int
    ) -> None:
        self._pages = pages
        self._places = places
        self._shared_bytes = shared_bytes
        self._sum = hashlib.sha256()
        self._met: dict[tuple[int, int], int] = {}

    def add(self, value: Any) -> None:  # noqa: ANN401 - any PDF object
        waiting: list[Any] = [value]
        while waiting:
            value = waiting.pop()
            if isinstance(value, pikepdf.Object) and value.is_indirect:
                page = self._pages.get(value.objgen)
                number = self._met.get(value.objgen)
                if page is not None or number is not None:
                    self._write(f"page {page}" if page is not None else f"met {number}")
                    continue
                self._met[value.objgen] = len(self._met)
            waiting.extend(reversed(self._take(value)))

    def add_dictionary(self, value: pikepdf.Object, without: tuple[str, ...]) -> None:
        for key in sorted(set(value.keys()) - set(without)):
            self._write(key)
            self.add(value.get(key))
        self._add_data(value)

    def add_mark(self, text: str) -> None:
        self._write(text)

    def digest(self) -> bytes:
        return self._sum.digest()

    def _take(self, value: Any) -> list[Any]:  # noqa: ANN401 - any PDF object
        """Write what is at the top of a value and give what is below it."""
        if isinstance(value, pikepdf.Array):
            self._write(f"array {len(value)}")
            return list(value)
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            keys = sorted(value.keys())
            self._write(f"{type(value).__name__} {keys}")
            self._add_data(value)
            return [value.get(key) for key in keys if key != "/Parent"]
        self._write(value.unparse().hex() if isinstance(value, pikepdf.Object) else repr(value))
        return []

    def _add_data(self, value: pikepdf.Object) -> None:
        if not isinstance(value, pikepdf.Stream):
            return
        place = self._places.get(value.objgen)
        length = int(value.get("/Length", 0))
        if place is not None and length > _LARGE and place + length < self._shared_bytes:
            self._write(f"as signed at {place}")  # the length is written with the other keys
        else:
            self._write_bytes(value.read_raw_bytes())

    def _write(self, text: str) -> None:
        self._write_bytes(text.encode())

    def _write_bytes(self, content: bytes) -> None:
        self._sum.update(len(content).to_bytes(8, "big"))
        self._sum.update(content)


def _inherited(page: pikepdf.Object, key: str) -> Any:  # noqa: ANN401 - any PDF object
    node = page
    for _ in range(64):  # a tree of pages that is deeper is none
        if key in node:
            return node.get(key)
        if "/Parent" not in node:
            return None
        node = node.Parent
    raise ValueError("page tree without end")


def _is_signature_widget(annotation: pikepdf.Object) -> bool:
    if annotation.get("/Subtype") != "/Widget":
        return False
    node = annotation
    for _ in range(64):
        if "/FT" in node:
            return bool(node.FT == "/Sig")
        if "/Parent" not in node:
            return False
        node = node.Parent
    raise ValueError("field without end")
