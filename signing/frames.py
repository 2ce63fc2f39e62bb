# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames: the messages between the desk and the signer program.

A frame is an unsigned 32-bit big-endian length and that many bytes. All of them are JSON objects in UTF-8 but one: the
frame that follows a ``log-in`` command holds the bare bytes of the PIN, so that it never becomes part of a string.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping
from typing import Any

MAXIMUM_BYTES = 8 * 1024 * 1024

_LENGTH = struct.Struct(">I")


class BrokenFrameError(Exception):
    """The other side ended in the middle of a frame, or speaks something else."""


def write_frame(stream: io.RawIOBase, content: bytes | bytearray) -> None:
    """Write one frame to an unbuffered stream, so that no copy of a PIN stays in a buffer of ours.

    Raises:
        OSError: The other side is gone.
    """
    view = memoryview(content)
    _write_all(stream, memoryview(_LENGTH.pack(view.nbytes)))
    _write_all(stream, view)


def read_frame(stream: io.RawIOBase) -> bytearray | None:
    """Read one frame from an unbuffered stream into a buffer that the caller can overwrite.

    Returns:
        The content, or ``None`` when the other side closed the stream between two frames.

    Raises:
        BrokenFrameError: The stream ended inside a frame, or holds something that is not a frame.
        OSError: The stream cannot be read.
    """
    length = bytearray(_LENGTH.size)
    if not _fill(stream, length):
        return None
    (size,) = _LENGTH.unpack(length)
    if size > MAXIMUM_BYTES:
        raise BrokenFrameError("length out of range")
    content = bytearray(size)
    if not _fill(stream, content):
        raise BrokenFrameError("stream ended inside a frame")
    return content


def write_message(stream: io.RawIOBase, message: Mapping[str, object]) -> None:
    """Write one JSON frame.

    Raises:
        OSError: The other side is gone.
    """
    write_frame(stream, json.dumps(message, ensure_ascii=False).encode())


def read_message(stream: io.RawIOBase) -> dict[str, Any] | None:
    """Read one JSON frame; ``None`` when the other side closed the stream between two frames.

    Raises:
        BrokenFrameError: The stream ended inside a frame, or holds something that is not a JSON object.
        OSError: The stream cannot be read.
    """
    content = read_frame(stream)
    if content is None:
        return None
    try:
        message = json.loads(content)
    except ValueError as error:
        raise BrokenFrameError("not JSON") from error
    if not isinstance(message, dict):
        raise BrokenFrameError("not an object")
    return message


def _write_all(stream: io.RawIOBase, view: memoryview) -> None:
    while view.nbytes:
        view = view[stream.write(view) or 0 :]


def _fill(stream: io.RawIOBase, buffer: bytearray) -> bool:
    """Fill the buffer; ``False`` when the stream ended before its first byte."""
    view = memoryview(buffer)
    while view.nbytes:
        count = stream.readinto(view)
        if not count:
            if view.nbytes == len(buffer):
                return False
            raise BrokenFrameError("stream ended inside a frame")
        view = view[count:]
    return True
