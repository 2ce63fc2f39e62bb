# SPDX-License-Identifier: GPL-3.0-or-later
"""How the courier is doing, as the desk shows it; counts and codes only."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from localdb import durable_file
from sync_agent.data_folder import DataFolder
from sync_agent.wire.canonical_json import JsonObject, dump
from sync_agent.wire.json_fields import JsonFields, moment_text


class CourierState(enum.StrEnum):
    """How the courier stands with the gateway."""

    NOT_RUNNING = "not-running"
    STARTING = "starting"
    ONLINE = "online"
    OFFLINE = "offline"
    NEEDS_HELP = "needs-help"


@dataclass(frozen=True, slots=True)
class CourierStatus:
    """What the courier last said of itself.

    Attributes:
        state: Online when the last exchange went well.
        code: Why not, or empty; a code of ``KnownError``.
        last_contact_at: When the gateway last answered, on this machine's clock, or None.
        envelopes_left: Envelopes that the gateway has not got.
        objects_left: Announced objects that have not arrived.
        bytes_left: Bytes of those.
        envelopes_refused: Envelopes set aside, damaged or refused; a person must look.
        objects_stuck: Objects among ``objects_left`` that cannot be sent for now.
        clock_ahead_s: Seconds that this machine's clock is ahead of the gateway's.
        written_at: When this was said.
    """

    state: CourierState
    code: str = ""
    last_contact_at: dt.datetime | None = None
    envelopes_left: int = 0
    objects_left: int = 0
    bytes_left: int = 0
    envelopes_refused: int = 0
    objects_stuck: int = 0
    clock_ahead_s: int = 0
    written_at: dt.datetime | None = None

    def to_document(self) -> JsonObject:
        """Give it as a JSON object."""
        return {
            "state": self.state.value,
            "code": self.code,
            "last_contact_at": _text(self.last_contact_at),
            "envelopes_left": self.envelopes_left,
            "objects_left": self.objects_left,
            "bytes_left": self.bytes_left,
            "envelopes_refused": self.envelopes_refused,
            "objects_stuck": self.objects_stuck,
            "clock_ahead_s": self.clock_ahead_s,
            "written_at": _text(self.written_at),
        }

    def save(self, folder: DataFolder) -> None:
        """Write it down for the desk.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``.
        """
        with durable_file.replacing(folder.status) as file:
            file.write(dump(self.to_document()))

    @classmethod
    def from_fields(cls, fields: JsonFields) -> CourierStatus:
        """Read it.

        Raises:
            KnownError: ``courier-status-damaged``.
        """
        try:
            state = CourierState(fields.text("state"))
        except ValueError:
            raise fields.error("state") from None
        return cls(
            state=state,
            code=fields.text("code"),
            last_contact_at=_moment(fields, "last_contact_at"),
            envelopes_left=fields.integer("envelopes_left"),
            objects_left=fields.integer("objects_left"),
            bytes_left=fields.integer("bytes_left"),
            envelopes_refused=fields.integer("envelopes_refused"),
            objects_stuck=fields.integer("objects_stuck"),
            clock_ahead_s=fields.integer("clock_ahead_s", minimum=-(2**62)),
            written_at=_moment(fields, "written_at"),
        )


def _text(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)


def _moment(fields: JsonFields, name: str) -> dt.datetime | None:
    return None if fields.value(name) is None else fields.moment(name)
