# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames: the messages between a program and its worker, a small JSON header and a binary payload.

On the wire a frame is two unsigned 32-bit big-endian lengths, the header (a UTF-8 JSON object whose ``kind`` says
what the message is) and the payload. Page images travel in the payload, so that they are never encoded twice.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

MAXIMUM_HEADER_BYTES = 4 * 1024 * 1024
MAXIMUM_PAYLOAD_BYTES = 256 * 1024 * 1024

_LENGTHS = struct.Struct(">II")


class BrokenFrameError(Exception):
    """The other side ended in the middle of a frame, or speaks something else."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message.

    Attributes:
        kind: What the message is, e.g. ``scan`` or ``page``.
        fields: Further JSON values of the header. Hidden from ``repr``: recognised text may be among them.
        payload: Raw bytes, at most ``MAXIMUM_PAYLOAD_BYTES``. Hidden from ``repr``.
    """

    kind: str
    fields: Mapping[str, object] = field(default_factory=dict, repr=False)
    payload: bytes = field(default=b"", repr=False)


def write_frame(stream: IO[bytes], frame: Frame) -> None:
    """Write one frame and flush it.

    Raises:
        ValueError: The header or the payload is longer than a reader accepts.
        OSError: The other side is gone.
    """
    header = json.dumps({**frame.fields, "kind": frame.kind}, ensure_ascii=False).encode()
    if len(header) > MAXIMUM_HEADER_BYTES or len(frame.payload) > MAXIMUM_PAYLOAD_BYTES:
        raise ValueError(f"frame too large: header {len(header)} bytes, payload {len(frame.payload)} bytes")
    stream.write(_LENGTHS.pack(len(header), len(frame.payload)) + header)
    if frame.payload:
        stream.write(frame.payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """Read one frame; ``None`` when the other side closed the stream between two frames.

    Raises:
        BrokenFrameError: The stream ended inside a frame, or holds something that is not a frame.
    """
    start = stream.read(_LENGTHS.size)
    if not start:
        return None
    if len(start) < _LENGTHS.size:
        raise BrokenFrameError("stream ended inside the lengths")
    header_size, payload_size = _LENGTHS.unpack(start)
    if header_size > MAXIMUM_HEADER_BYTES or payload_size > MAXIMUM_PAYLOAD_BYTES:
        raise BrokenFrameError("lengths out of range")
    header = _read_exactly(stream, header_size)
    payload = _read_exactly(stream, payload_size)
    try:
        fields = json.loads(header)
    except ValueError as error:
        raise BrokenFrameError("header is not JSON") from error
    if not isinstance(fields, dict) or not isinstance(kind := fields.pop("kind", None), str):
        raise BrokenFrameError("header has no kind")
    return Frame(kind, fields, payload)


def claim_standard_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take stdin and stdout for frames; native libraries that print to stdout reach stderr instead.

    Returns:
        The stream to read frames from and the stream to write frames to.
    """
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return incoming, outgoing


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise BrokenFrameError("stream ended inside a frame")
    return content
