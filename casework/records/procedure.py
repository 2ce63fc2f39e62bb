# SPDX-License-Identifier: GPL-3.0-or-later
"""An administrative procedure (thủ tục hành chính) as the catalogue states it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.records.paper import PaperClass


class Channel(enum.StrEnum):
    """How a file reaches the centre (mapi ``KenhThucHien``)."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class Duty(enum.StrEnum):
    """What the citizen does with a paper."""

    SUBMIT = "submit"
    PRESENT = "present"


class Level(enum.StrEnum):
    """Level of administration that decides (cấp thực hiện)."""

    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class Route(enum.StrEnum):
    """The one system that is entitled to confirm the state of a dossier (NĐ 224/2026/NĐ-CP Đ15.1i).

    ``MINISTRY_SYSTEM`` is the ministry's centralised system behind the national portal, ``PROVINCIAL_SYSTEM`` the
    province's own, which serves only what the first does not; ``OFFLINE`` has no online way. ``UNDECIDED`` until the
    province says which: the page does not.
    """

    MINISTRY_SYSTEM = "ministry-system"
    PROVINCIAL_SYSTEM = "provincial-system"
    OFFLINE = "offline"
    UNDECIDED = "undecided"


class DataSource(enum.StrEnum):
    """A database that the office looks into itself before it asks the citizen (NĐ 104/2022/NĐ-CP Đ14)."""

    POPULATION = "population"
    CIVIL_STATUS = "civil-status"
    RESIDENCE = "residence"
    LAND = "land"
    BUSINESS = "business"
    INSURANCE = "insurance"
    OTHER = "other"


class TimeUnit(enum.StrEnum):
    """Unit of a time limit."""

    WORKING_DAY = "working-day"
    CALENDAR_DAY = "calendar-day"
    HOUR = "hour"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long the office may take.

    Attributes:
        amount: Number of units; None when the source gives none. 0 working days means the same working day, or the next
            one when received after 15:00.
        unit: ``UNSTATED`` when the source gives a bare number; it is shown as uncertain and counted as working days.
        source_text: The source's own words, e.g. ``"5 Ngày làm việc"``, or empty.
        legal_basis: The law that sets the limit where the procedure's page gives none, or empty.
    """

    amount: int | None
    unit: TimeUnit
    source_text: str = ""
    legal_basis: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether both number and unit stand in the source."""
        return self.amount is not None and self.unit is not TimeUnit.UNSTATED


@dataclass(frozen=True, slots=True)
class Fee:
    """What the citizen pays.

    Attributes:
        amount: Đồng; None when the source gives no single amount.
        is_certain: False for "Miễn phí" with a note that the province decides, for ranges, for blanks and for amounts
            per page or per copy, whose sum is only known with the papers in hand.
        source_text: The source's own words.
        per: What the amount is for, in the source's words ("trang", "giao dịch"); empty means the dossier.
    """

    amount: int | None
    is_certain: bool
    source_text: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of handing the file in, with its fee and time limit."""

    channel: Channel
    time_limit: TimeLimit
    fee: Fee
    note: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper that the law asks for (thành phần hồ sơ).

    Attributes:
        requirement_id: ``<procedure code>/<two digits>``, stable within a catalogue version.
        name: The paper in the source's full words.
        short_name: A few words for a list row; a prefix or summary made from ``name``, never new content.
        duty: Submitted and kept, or only presented for comparison.
        originals: Number of originals, 0 or more.
        copies: Number of copies, 0 or more.
        condition: The case in which it is asked for ("Trường hợp …"), or empty when always.
        paper_classes: Classes of scanned paper that satisfy it; may be empty.
        channels: Channels through which it is asked for; empty means all.
        alternatives: Name shared by the requirements of a procedure of which one is enough; empty when it stands alone.
        options: Papers that the source's words name within this one requirement, whichever applies, in its order;
            empty when it names one.
        is_for_delegation: Whether it is asked for only when somebody else hands the file in (ủy quyền).
        looked_up_in: Databases in which the office looks itself; only what it does not find there may be asked for.
        replaced_by: Kinds of result (``KQ.…``) that satisfy it, so that nobody scans what an office has issued (mapi
            ``MA_KQ_THAYTHE``).
    """

    requirement_id: str
    name: str
    short_name: str
    duty: Duty
    originals: int
    copies: int
    condition: str = ""
    paper_classes: tuple[PaperClass, ...] = ()
    channels: tuple[Channel, ...] = ()
    alternatives: str = ""
    options: tuple[str, ...] = ()
    is_for_delegation: bool = False
    looked_up_in: tuple[DataSource, ...] = ()
    replaced_by: tuple[str, ...] = ()

    def is_asked_through(self, channel: Channel) -> bool:
        """Whether the paper is asked for when the file comes in through this channel."""
        return not self.channels or channel in self.channels


@dataclass(frozen=True, slots=True)
class ResultKind:
    """A result that a procedure produces, e.g. ``KQ.G15.000031`` Giấy khai sinh."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure in one version of the catalogue.

    Attributes:
        code: ``d.dddddd`` with optional suffixes, e.g. ``1.001193``.
        name: Official name.
        field: Lĩnh vực, e.g. "Hộ tịch".
        ministry: The source's key of the ministry.
        legal_basis: Number of the decision that published it, e.g. "163/QĐ-BTP".
        offered_at_counter: False for customs, tax and other fields that a commune counter does not serve.
        requirements: Papers to submit and to present, in catalogue order.
        notes: The source's notes, each a full sentence.
        ways: By channel.
        results: What it produces.
        catalogue_version: Version of the catalogue it was read from.
        effective_from: First day in force, or None when the source does not say.
        effective_to: Last day in force, or None while it is in force.
        levels: Who decides; empty when the source does not say.
        route: The system that confirms its states.
        subjects: Who may ask for it, in the source's words.
        conditions: What the law asks besides papers (yêu cầu, điều kiện), in the source's words; empty when nothing.
        no_papers_because: Why there are no requirements; empty when there are some.
        may_come_without_appointment: Whether a day without appointments serves it; None while the centre has not said.
        is_boundary_free: Whether any centre of the province takes it in (phi địa giới); None while nobody has said.
        local_decision: Number and day of the decision that changed time, fee or flags here; empty when none did.
    """

    code: str
    name: str
    field: str
    ministry: str
    legal_basis: str
    offered_at_counter: bool
    requirements: tuple[Requirement, ...]
    notes: tuple[str, ...]
    ways: tuple[Way, ...]
    results: tuple[ResultKind, ...]
    catalogue_version: str
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    levels: tuple[Level, ...] = ()
    route: Route = Route.UNDECIDED
    subjects: tuple[str, ...] = ()
    conditions: str = ""
    no_papers_because: str = ""
    may_come_without_appointment: bool | None = None
    is_boundary_free: bool | None = None
    local_decision: str = ""

    def way(self, channel: Channel) -> Way | None:
        """Give the first way of a channel, or None when the procedure is not offered through it."""
        return next((way for way in self.ways if way.channel is channel), None)

    def ways_through(self, channel: Channel) -> tuple[Way, ...]:
        """Give every way of a channel; more than one when time or fee depends on the case (see the notes)."""
        return tuple(way for way in self.ways if way.channel is channel)
