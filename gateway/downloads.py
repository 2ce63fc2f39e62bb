# SPDX-License-Identifier: GPL-3.0-or-later
"""The route by which a desk fetches back what it let go of: the ciphertext as it lies here, or a stretch of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from casework.errors import KnownError
from gateway.service import service_of
from gateway.signed_requests import SignedRequest, signed
from gateway.uploads import TransportId

_PIECE_BYTES: Final = 262_144
_RANGE: Final = re.compile(r"bytes=(?P<first>[0-9]{1,15})-(?P<last>[0-9]{1,15})?\Z")

router = APIRouter(prefix="/v1/objects")


@router.get("/{transport_id}")
def give_object(
    request: Request, transport_id: TransportId, asked: Annotated[SignedRequest, Depends(signed(0))]
) -> StreamingResponse:
    """Give a complete object to a workstation of the commune that announced it."""
    path, size = service_of(request).objects.whole(asked.device, transport_id)
    wanted = request.headers.get("Range")
    first, last = (0, size - 1) if wanted is None else _stretch(wanted, size)
    headers = {"Content-Length": str(last - first + 1), "Cache-Control": "no-store", "Accept-Ranges": "bytes"}
    if wanted is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return StreamingResponse(
        _pieces(path, first, last),
        status_code=200 if wanted is None else 206,
        media_type="application/octet-stream",
        headers=headers,
    )


def _stretch(wanted: str, size: int) -> tuple[int, int]:
    """Read one stretch of bytes, both ends inclusive; the last one may lie beyond the end."""
    match = _RANGE.match(wanted)
    if match is None:
        raise KnownError("range-wrong")
    first = int(match["first"])
    last = min(int(match["last"] or size), size - 1)
    if first > last:
        raise KnownError("range-wrong")
    return first, last


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(left, _PIECE_BYTES))):
            left -= len(piece)
            yield piece
