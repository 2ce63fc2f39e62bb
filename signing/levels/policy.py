# SPDX-License-Identifier: GPL-3.0-or-later
"""What the administrator decides about upgrades: whom to ask, whom to believe, how far a clock may be off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from signing.levels.clock import DEFAULT_TOLERANCE
from signing.levels.network import Network
from signing.levels.revocation_source import RevocationSource
from signing.levels.time_service import TimeService
from signing.trust import TrustAnchors


@dataclass(frozen=True, slots=True)
class UpgradePolicy:
    """How documents are upgraded.

    Attributes:
        trust: Whom to believe.
        network: The way to all services.
        revocation: Asks about certificates; one for many documents, because it remembers.
        time_services: Time stamping authorities, the preferred first; the next is asked when one fails.
        clock_tolerance: How far this machine's clock may be off.
        renew_before: How long before the end of the last timestamp's certificate the archive is renewed.
    """

    trust: TrustAnchors
    network: Network
    revocation: RevocationSource = field(repr=False)
    time_services: tuple[TimeService, ...]
    clock_tolerance: dt.timedelta = DEFAULT_TOLERANCE
    renew_before: dt.timedelta = dt.timedelta(days=90)
