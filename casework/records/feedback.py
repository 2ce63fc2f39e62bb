# SPDX-License-Identifier: GPL-3.0-or-later
"""What a citizen told the centre about its work, and what the centre answered."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class FeedbackKind(enum.StrEnum):
    """What was told; each kind has a time of its own."""

    REPORT = "report"
    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"


class FeedbackChannel(enum.StrEnum):
    """How it reached the centre."""

    COUNTER = "counter"
    BOX = "box"
    PHONE = "phone"
    PORTAL = "portal"
    ZALO = "zalo"
    POST = "post"


@dataclass(frozen=True, slots=True)
class FeedbackReply:
    """The answer, in the parts that no answer may leave out.

    Attributes:
        finding: What the centre found out.
        rule: The law that it goes by, with its number, or the centre's own published rule.
        done: What was done, or will be.
        done_by: Unit or person who does it, by name or post.
        done_until: The last day by which it is done; None while nobody has said.
        written_by: ``clerk_id``.
        written_at: Aware.
        reviewed_by: ``clerk_id`` of the supervisor, or empty while nobody has.
        reviewed_at: Aware, or None.
    """

    finding: str
    rule: str
    done: str
    done_by: str
    done_until: dt.date | None
    written_by: str
    written_at: dt.datetime
    reviewed_by: str = ""
    reviewed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One entry of the register.

    Attributes:
        feedback_id: UUIDv7.
        kind: What it is.
        channel: How it came.
        received_at: Aware.
        text: In the citizen's words.
        due_at: By when it is answered; None for praise, which needs no answer.
        dossier_code: The dossier that it is about; empty when it is about none.
        teller_name: Who told it; empty when she does not want to be named.
        contact: Where the answer goes; empty when she left none.
        reply: None while there is none.
        replied_at: When the answer was given, aware; None while it was not.
    """

    feedback_id: str
    kind: FeedbackKind
    channel: FeedbackChannel
    received_at: dt.datetime
    text: str
    due_at: dt.datetime | None
    dossier_code: str = ""
    teller_name: str = ""
    contact: str = ""
    reply: FeedbackReply | None = None
    replied_at: dt.datetime | None = None
