# SPDX-License-Identifier: GPL-3.0-or-later
"""The inbox: a folder of replies, each named after the stretch of the feed that it covers.

The courier adds files and never removes one; the desk removes what it has applied, after it has written down how far it
has got. What to ask for next is read off the folder, so neither has to remember anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.data_folder import make_folder
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.json_fields import JsonFields
from sync_agent.wire.reply import ReplyHeader

_NAME = re.compile(r"(?P<after>[0-9]{12})-(?P<upto>[0-9]{12})-(?P<epoch>[0-9A-Za-z][0-9A-Za-z._-]{0,127})\.reply\Z")


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """A place in the feed of one life of the gateway's database.

    Attributes:
        epoch: That life; empty before the first contact.
        cursor: Everything up to here is known.
    """

    epoch: str
    cursor: int


@dataclass(frozen=True, slots=True)
class InboxReply:
    """A reply in the inbox.

    Attributes:
        path: Its file.
        after: The position before the first one that it covers.
        upto: The last position that it covers.
        epoch: The life of the gateway's database that it belongs to.
    """

    path: Path
    after: int
    upto: int
    epoch: str


class Inbox:
    """An inbox folder; made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        make_folder(folder)

    def put(self, header: ReplyHeader, data: bytes) -> None:
        """File a reply durably.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``; nothing is left behind.
        """
        path = self._folder / f"{header.after:012d}-{header.upto:012d}-{header.epoch}.reply"
        with durable_file.replacing(path) as file:
            file.write(data)

    def replies(self) -> list[InboxReply]:
        """List the replies in the order of the feed; other files are passed over."""
        found = []
        for path in self._folder.iterdir():
            match = _NAME.match(path.name)
            if match:
                found.append(InboxReply(path, int(match["after"]), int(match["upto"]), match["epoch"]))
        return sorted(found, key=lambda reply: (reply.after, reply.upto, reply.epoch))

    def remove(self, reply: InboxReply) -> None:
        """Remove a reply that is applied or of no use."""
        reply.path.unlink(missing_ok=True)

    def applied(self) -> FeedPosition:
        """Read how far the desk has got; the beginning when nothing readable was written."""
        try:
            fields = JsonFields.of_bytes((self._folder / "cursor").read_bytes(), "inbox-damaged")
            return FeedPosition(fields.text("epoch"), fields.integer("cursor"))
        except (FileNotFoundError, KnownError):
            return FeedPosition("", 0)

    def write_applied(self, position: FeedPosition) -> None:
        """Write down how far the desk has got.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        with durable_file.replacing(self._folder / "cursor") as file:
            file.write(dump({"epoch": position.epoch, "cursor": position.cursor}))

    def next_position(self, epoch: str) -> int:
        """Give the position after which the gateway is to be asked.

        The replies that follow each other without a gap from where the desk stands count as known. In a new epoch the
        feed begins again.
        """
        applied = self.applied()
        position = applied.cursor if applied.epoch in {epoch, ""} else 0
        for reply in self.replies():
            if reply.epoch == epoch and reply.after == position:
                position = reply.upto
        return position

    def sweep(self) -> int:
        """Remove what a crash left half written and tell how many files that were; the courier does it at start."""
        leftovers = list(self._folder.glob(f".*{durable_file.PART_SUFFIX}"))
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)
