# SPDX-License-Identifier: GPL-3.0-or-later
"""The procedures that were read by hand against their pages (docs/verification/catalogue-check.md) stay as read.

Each golden line says how a requirement stands: ``!`` always, ``?`` in a case, ``@`` when somebody else hands in, ``~``
looked up first; then ``>`` submitted or ``=`` presented, originals and copies, the short name, ``|`` and the number of
its options, ``/`` and the name of its alternatives. A change of the reader shows up as a difference; whoever changes a
line reads the page again. ``python -m tests.casework.test_catalogue_check`` prints the lines anew.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from casework.catalogue import Catalogue
from casework.records.procedure import Channel, Duty, Procedure, Requirement

GOLDEN: Final = Path(__file__).parent / "golden" / "catalogue_check.json"
CHECKED: Final[dict[str, Sequence[str]]] = json.loads(GOLDEN.read_text())


def line(item: Requirement) -> str:
    stands = "@" if item.is_for_delegation else "?" if item.condition else "!"
    return "".join(
        (
            stands,
            "~" if item.looked_up_in else "",
            "=" if item.duty is Duty.PRESENT else ">",
            f" {item.originals}/{item.copies} {item.short_name}",
            f" |{len(item.options)}" if item.options else "",
            f" /{item.alternatives[:24]}" if item.alternatives else "",
            " online" if item.channels == (Channel.ONLINE,) else "",
        )
    )


def lines(procedure: Procedure) -> list[str]:
    return [line(item) for item in procedure.requirements]


@pytest.mark.parametrize("code", sorted(CHECKED))
def test_a_procedure_that_was_read_by_hand_stays_as_read(code: str, catalogue: Catalogue) -> None:
    assert lines(catalogue.get(code)) == CHECKED[code]


def test_procedures_of_every_field_that_the_counter_offers_were_read_by_hand(catalogue: Catalogue) -> None:
    offered = [catalogue.get(code) for code in catalogue.codes if catalogue.get(code).offered_at_counter]
    read = {catalogue.get(code).field for code in CHECKED}
    assert {procedure.field for procedure in offered} <= read
    assert len(CHECKED) >= 120


def test_each_of_them_is_written_down_with_its_verdict() -> None:
    written = (Path(__file__).parents[2] / "docs" / "verification" / "catalogue-check.md").read_text()
    for code in CHECKED:
        assert f"| {code} |" in written, code


def test_what_a_commune_sees_every_day_was_read_twice() -> None:
    written = (Path(__file__).parents[2] / "docs" / "verification" / "catalogue-check.md").read_text()
    _, _, second = written.partition("# The catalogue, read a second time")
    for code in ("1.001193", "1.000656", "1.000894", "2.000815", "2.000884", "1.004222", "1.001612", "1.013978"):
        verdicts = rf"^\| {re.escape(code)} \| (right|mended|doubt) \| (agree|mended|doubt) \|"
        assert re.search(verdicts, second, re.MULTILINE), code


if __name__ == "__main__":
    shipped = Catalogue.shipped()
    sys.stdout.write(json.dumps({code: lines(shipped.get(code)) for code in CHECKED}, ensure_ascii=False, indent=1))
