# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the law wants a dossier kept: what is known of it, and nothing that is not.

Certified signatures are kept for 2 years, certified contracts and transactions for 20 (NĐ 23/2015/NĐ-CP). For all other
procedures nothing is decided here, and undecided means kept. No year ends early: the years are counted from the end of
the one in which the dossier was received.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """How long to keep a dossier.

    Attributes:
        basis: The law that says so; empty while nothing is decided.
        until: Last day to be kept; None for ever, or while nothing is decided.
    """

    basis: str = ""
    until: dt.date | None = None


def retention_of(procedure_code: str, received_on: dt.date) -> Retention:
    """Give how long a dossier is to be kept.

    Args:
        procedure_code: E.g. ``2.000884``.
        received_on: Day of its reception in Viet Nam.
    """
    rule = _rules().get(procedure_code)
    if rule is None:
        return Retention()
    basis, years = rule
    return Retention(basis, dt.date(received_on.year + years, 12, 31))


@functools.cache
def _rules() -> Mapping[str, tuple[str, int]]:
    text = importlib.resources.files("casework.packs").joinpath("retention.json").read_text(encoding="utf-8")
    return {
        code: (rule["legal_basis"], int(rule["years"])) for rule in json.loads(text)["rules"] for code in rule["codes"]
    }
