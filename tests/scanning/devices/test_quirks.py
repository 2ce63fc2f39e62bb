# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanners call the same things by many names; each line here is a real one."""

from __future__ import annotations

import pytest

from scanning.devices.driver import PaperSource
from scanning.devices.quirks import mode_name, source_name
from scanning.page_image import ColorMode


@pytest.mark.parametrize(
    ("offered", "flatbed", "feeder", "duplex"),
    [
        (["Flatbed", "ADF", "ADF Duplex"], "Flatbed", "ADF", "ADF Duplex"),
        (["Flatbed", "Automatic Document Feeder"], "Flatbed", "Automatic Document Feeder", None),
        (["ADF Front", "ADF Back", "ADF Duplex"], None, "ADF Front", "ADF Duplex"),
        (["Document Table", "ADF"], "Document Table", "ADF", None),
        (["Auto", "Flatbed", "ADF Simplex", "ADF Duplex"], "Flatbed", "ADF Simplex", "ADF Duplex"),
        (
            ["FlatBed", "Automatic Document Feeder(left aligned)", "Automatic Document Feeder(left aligned,Duplex)"],
            "FlatBed",
            "Automatic Document Feeder(left aligned)",
            "Automatic Document Feeder(left aligned,Duplex)",
        ),
        (["Platen", "1-sided", "2-sided (Binding Top)"], "Platen", None, "2-sided (Binding Top)"),
        (["fb", "adf", "dp"], "fb", "adf", "dp"),
        ([], None, None, None),
    ],
)
def test_the_paper_source_is_found_by_the_name_that_the_driver_gives_it(
    offered: list[str], flatbed: str | None, feeder: str | None, duplex: str | None
) -> None:
    assert source_name(PaperSource.FLATBED, offered) == flatbed
    assert source_name(PaperSource.FEEDER, offered) == feeder
    assert source_name(PaperSource.FEEDER_DUPLEX, offered) == duplex


@pytest.mark.parametrize(
    ("offered", "color", "gray"),
    [
        (["Lineart", "Gray", "Color"], "Color", "Gray"),
        (["Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color"], "24bit Color", "True Gray"),
        (
            ["Binary", "Grayscale - 256 Levels", "Color - 16 Million Colors"],
            "Color - 16 Million Colors",
            "Grayscale - 256 Levels",
        ),
        (["Lineart"], None, None),
    ],
)
def test_the_colour_mode_is_found_by_the_name_that_the_driver_gives_it(
    offered: list[str], color: str | None, gray: str | None
) -> None:
    assert mode_name(ColorMode.COLOR, offered) == color
    assert mode_name(ColorMode.GRAY, offered) == gray
