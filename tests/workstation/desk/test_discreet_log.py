# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import logging
import sys

from workstation.desk.discreet_log import DiscreetFormatter

NAME = "Nguyễn Thị Hồng Nhung"


def record_of_a_fault() -> logging.LogRecord:
    try:
        raise ValueError(NAME)
    except ValueError:
        return logging.LogRecord("desk", logging.ERROR, __file__, 1, "a fault", None, sys.exc_info())


def test_the_kind_and_the_place_of_an_error_are_told_and_not_its_words() -> None:
    line = DiscreetFormatter().format(record_of_a_fault())
    assert "builtins.ValueError" in line
    assert "record_of_a_fault" in line
    assert NAME not in line


def test_what_a_talkative_log_wrote_before_is_not_taken_over() -> None:
    record = record_of_a_fault()
    talkative = logging.Formatter()
    before = talkative.format(record)
    assert NAME in before
    assert NAME not in DiscreetFormatter().format(record)
    assert talkative.format(record) == before
