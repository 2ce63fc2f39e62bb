# SPDX-License-Identifier: GPL-3.0-or-later
"""Give a catalogue pack the day from which it counts, for publishing."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json

from casework.catalogue import Catalogue


def beginning_on(day: dt.date, pack: bytes) -> bytes:
    """Name a pack by the day from which it counts and by its content.

    Of two packs that were installed at a desk the one counts whose day came last, so the day begins the name.

    Args:
        day: First day in force.
        pack: A gzipped catalogue pack.

    Raises:
        KnownError: ``catalogue-unreadable``.
    """
    Catalogue.from_bytes(pack)
    content = {name: value for name, value in json.loads(gzip.decompress(pack)).items() if name != "version"}
    digest = hashlib.sha256(_plain(content)).hexdigest()
    return gzip.compress(_plain({"version": f"{day.isoformat()}.{digest[:8]}", **content}), compresslevel=9, mtime=0)


def _plain(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
