# SPDX-License-Identifier: GPL-3.0-or-later
"""What drawing a page of a brought PDF would cost, judged before the renderer sees any of it.

The renderer unpacks and expands whatever it is given: a form that draws itself twice took 20 GB within seconds.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Page, Stream

from scanning.errors import ScanningError
from scanning.imaging.formats import MAXIMUM_PIXELS, MAXIMUM_SIDE_PX

_MOST_CONTENT_BYTES: Final = 64 << 20  # a land-use map of a province has 40 MB of lines
_MOST_DRAWN: Final = 20_000  # forms and pictures, each as often as it is drawn
_DEEPEST_FORM: Final = 24
_HIGHEST_RATIO: Final = 1_400  # of the packings other than deflate: LZW reaches 1365
_INFLATED_AT_ONCE: Final = 1 << 16
# ISO 32000-1, 7.2 and 7.3.5: between a name and its operator there may be white space and comments.
_DRAWN: Final = re.compile(rb"/([^\x00\s/<>\[\](){}%]+)(?:[\x00\s]|%[^\r\n]*[\r\n])+Do\b")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_weight(page: Page) -> None:
    """Refuse a page that could eat the machine.

    Raises:
        ScanningError: ``page-too-large`` for huge pictures, little that unpacks to very much, and forms in forms in
            forms; ``page-unreadable`` for a form that draws itself.
    """
    contents = page.obj.get(Name.Contents)
    streams = list(contents) if isinstance(contents, Array) else [contents]
    weigher = _Weigher(page.resources)
    content = b"\n".join(weigher.unpacked(stream) for stream in streams if isinstance(stream, Stream))
    weigher.weigh(content, page.resources)


class _Weigher:
    """Adds up what a page draws."""

    def __init__(self, page_resources: Object) -> None:
        self._page_resources = page_resources
        self._room = _MOST_CONTENT_BYTES
        self._known: dict[tuple[int, int], int] = {}
        self._open: list[tuple[int, int]] = []

    def unpacked(self, stream: Stream) -> bytes:
        """Unpack a content stream, no further than fits."""
        packing = stream.get(Name.Filter)
        filters = list(packing) if isinstance(packing, Array) else [packing] if packing is not None else []
        content = stream.read_raw_bytes()
        while filters and filters[0] in _WRITTEN_OUT:
            content = _WRITTEN_OUT[filters.pop(0)](content)
        if filters == [Name.FlateDecode]:
            content = _inflated(content, self._room + 1)
        elif filters and self._room < len(content) * _HIGHEST_RATIO ** len(filters):
            raise ScanningError("page-too-large", reason="content")
        elif filters:
            content = stream.read_bytes()
        self._room -= len(content)
        if self._room < 0:
            raise ScanningError("page-too-large", reason="content")
        return content

    def weigh(self, content: bytes, resources: Object) -> int:
        """Count what a content draws, with all that is drawn by what it draws."""
        drawn = 0
        for name, times in Counter(_DRAWN.findall(content)).items():
            thing = _thing(resources, name)
            if thing is None:  # the renderer, too, looks on in the resources of the page
                thing = _thing(self._page_resources, name)
            if thing is not None:
                drawn += times * (1 + self._inside(thing))
            if drawn > _MOST_DRAWN:
                raise ScanningError("page-too-large", reason="crowded")
        return drawn

    def _inside(self, thing: Stream) -> int:
        if thing.get(Name.Subtype) == Name.Image:
            _check_picture(thing)
            return 0
        if thing.objgen in self._open:
            raise ScanningError("page-unreadable", reason="draws-itself")
        if len(self._open) == _DEEPEST_FORM:
            raise ScanningError("page-too-large", reason="crowded")
        if thing.objgen not in self._known:
            self._open.append(thing.objgen)
            own = thing.get(Name.Resources)
            inside = self.weigh(self.unpacked(thing), own if isinstance(own, Dictionary) else self._page_resources)
            self._known[thing.objgen] = inside
            self._open.pop()
        return self._known[thing.objgen]


def _thing(resources: Object, name: bytes) -> Stream | None:
    things = resources.get(Name.XObject)
    if not isinstance(things, Dictionary):
        return None
    key = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name).decode("utf-8", "surrogateescape")
    thing = things.get(f"/{key}")
    return thing if isinstance(thing, Stream) else None


def _from_base_85(content: bytes) -> bytes:
    try:
        return base64.a85decode(content.split(b"~>")[0].strip(), ignorechars=_WHITE_SPACE)
    except ValueError:
        raise ScanningError("page-unreadable", reason="damaged") from None


def _from_hex(content: bytes) -> bytes:
    try:
        digits = bytes(sign for sign in content.split(b">")[0] if sign not in _WHITE_SPACE)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    except ValueError:
        raise ScanningError("page-unreadable", reason="damaged") from None


_WHITE_SPACE: Final = b" \t\n\r\v\f\x00"
# Ways of writing bytes as text, which older programs lay around a deflated stream; they unpack to hardly more.
_WRITTEN_OUT: Final[Mapping[Object, Callable[[bytes], bytes]]] = {
    Name.ASCII85Decode: _from_base_85,
    Name.ASCIIHexDecode: _from_hex,
}


def _inflated(content: bytes, most: int) -> bytes:
    """Unpack a deflated stream as far as it is sound, as the renderer does, and no further than ``most`` bytes."""
    unpacker = zlib.decompressobj()
    pieces: list[bytes] = []
    room = most
    for step in (_INFLATED_AT_ONCE, 1):
        try:
            while content and room > 0:
                earlier = unpacker.copy()
                pieces.append(unpacker.decompress(content[:step], room))
                content = unpacker.unconsumed_tail + content[step:]
                room -= len(pieces[-1])
        except zlib.error:
            unpacker = earlier  # what came before the damage in this step is still to be had
    return b"".join(pieces)


def _check_picture(picture: Stream) -> None:
    for image in (picture, picture.get(Name.SMask), picture.get(Name.Mask)):
        if isinstance(image, Stream):
            width, height = int(image.get(Name.Width, 0)), int(image.get(Name.Height, 0))
            if width * height > MAXIMUM_PIXELS or max(width, height) > MAXIMUM_SIDE_PX:
                raise ScanningError("page-too-large", size=f"{width}x{height}")
